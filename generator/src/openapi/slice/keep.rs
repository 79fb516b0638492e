//! What of its documents a part of an API needs.
//!
//! Enters: a part of an API. Leaves: the values that are left out of the documents, and the objects that lose
//! their reference. Must not know: how documents are written.
//!
//! Components, paths, operations and tags are units: each is left out unless the part has it, or something that
//! stays refers to it or into it. All else stays.

use super::Selected;
use super::roots::with_callbacks;
use crate::node::Node;
use crate::openapi::description::{Description, DocumentId, Location, Version};
use crate::openapi::document::is_complete;
use crate::openapi::model::{Id, Model, Operation};
use crate::openapi::walk::{Role, is_reference, of_keyword};
use rustc_hash::{FxHashMap, FxHashSet};

/// What of the documents is left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Values of members and items.
    pub(super) values: FxHashSet<Location>,
    /// Objects whose reference is to something that is excluded.
    pub(super) references: FxHashSet<Location>,
    /// The objects and arrays that stay and have a meaning.
    pub(super) visited: FxHashSet<Location>,
    /// The documents that stay, in order.
    pub(super) documents: Vec<DocumentId>,
    /// Where operations are that stay only because something refers to a part of them.
    pub(super) also: Vec<Location>,
}

/// What a part of an API leaves out of its documents.
pub(super) fn left_out(part: &Selected) -> LeftOut {
    let Selected { api, operations, excluded, .. } = part;
    let (description, model) = (&api.description, &api.model);
    let called = with_callbacks(model, operations.iter().copied());
    let units = Units::of(part, &called);
    let excluded = excluded.iter().map(|id| model.schema(*id).location).collect();
    let mut keeping = Keeping {
        description,
        excluded,
        links: dropped_links(model, &called),
        owners: units.owners(description),
        left: units.all,
        operations: units.operations,
        seen: FxHashSet::default(),
        open: Vec::new(),
        result: LeftOut::default(),
    };
    if let Some((document, first)) = description.documents().next() {
        let node = first.tree.root().id();
        keeping.open.push((Location { document, node }, Role::Keywords));
    }
    let named = model.types.iter().map(|id| model.schema(*id)).filter(|one| one.name.is_some());
    named.for_each(|schema| keeping.reach(schema.location));
    while let Some((at, role)) = keeping.open.pop() {
        keeping.visit(at, role);
    }
    keeping.finish()
}

/// The links to operations that are left out.
fn dropped_links(model: &Model, called: &FxHashSet<Id<Operation>>) -> FxHashSet<Location> {
    let links = model.links.iter().map(|(_, link)| link);
    let dropped =
        links.filter(|link| link.operation.is_some_and(|target| !called.contains(&target)));
    dropped.map(|link| link.location).collect()
}

/// What can be left out.
struct Units {
    all: FxHashSet<Location>,
    /// Those that are operations.
    operations: FxHashSet<Location>,
}

impl Units {
    fn of(part: &Selected, called: &FxHashSet<Id<Operation>>) -> Self {
        let Selected { api, .. } = part;
        let model = &api.model;
        let mut all = FxHashSet::default();
        let templates = model.paths.iter().map(|path| path.template.span);
        let names = model.webhooks.iter().map(|webhook| webhook.name.span);
        let kept: FxHashSet<_> = templates.chain(names).collect();
        for id in api.description.used() {
            let document = api.description.document(*id);
            let root = document.tree.root();
            if !is_complete(root) {
                continue;
            }
            let at = Location { document: *id, node: root.id() };
            let entries = items(root).flat_map(|map| map.members());
            let entries = entries.filter(|entry| !kept.contains(&entry.name_span));
            let entries = entries.filter(|entry| !entry.name.starts_with("x-"));
            all.extend(entries.map(|entry| at.with(entry.value)));
            let components = components(root, document.version).flat_map(|map| map.members());
            all.extend(components.map(|one| at.with(one.value)));
        }
        // Several path items may have one operation.
        let stays: FxHashSet<Location> =
            called.iter().map(|id| model.operations[*id].location).collect();
        let locations = model.operations.iter().map(|(_, operation)| operation.location);
        let operations: FxHashSet<Location> =
            locations.filter(|location| !stays.contains(location)).collect();
        all.extend(operations.iter().copied());
        all.extend(dropped_links(model, called));
        all.extend(unused_tags(model, called));
        Self { all, operations }
    }

    /// For each node of a document the innermost unit that has it.
    fn owners(&self, description: &Description) -> FxHashMap<Location, Option<Location>> {
        let mut owners = FxHashMap::default();
        for id in description.used() {
            let root = description.document(*id).tree.root();
            let at = Location { document: *id, node: root.id() };
            self.own(root, at, None, &mut owners);
        }
        owners
    }

    /// Notes for each unit below a node the one around it, and for each container the one that has it.
    fn own(
        &self,
        node: Node<'_>,
        at: Location,
        around: Option<Location>,
        owners: &mut FxHashMap<Location, Option<Location>>,
    ) {
        if owners.contains_key(&at) {
            return;
        }
        owners.insert(at, around);
        let around = if self.all.contains(&at) { Some(at) } else { around };
        let inner = node.items().chain(node.members().map(|member| member.value));
        for node in inner {
            let inner = at.with(node);
            if node.is_container() || self.all.contains(&inner) {
                self.own(node, inner, around, owners);
            }
        }
    }
}

/// The tags that no operation has, and that are not above one that an operation has.
fn unused_tags(model: &Model, called: &FxHashSet<Id<Operation>>) -> Vec<Location> {
    let tags = called.iter().flat_map(|id| &model.operations[*id].tags);
    let mut used: FxHashSet<&str> = tags.map(|tag| tag.text.as_str()).collect();
    let mut open: Vec<&str> = used.iter().copied().collect();
    while let Some(name) = open.pop() {
        let above = model.tags.iter().filter(|tag| tag.name.text == name);
        let above = above.filter_map(|tag| tag.parent.as_ref());
        open.extend(above.map(|parent| parent.text.as_str()).filter(|parent| used.insert(parent)));
    }
    let unused = model.tags.iter().filter(|tag| !used.contains(tag.name.text.as_str()));
    unused.map(|tag| tag.location).collect()
}

/// The objects of paths and of webhooks.
fn items(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    ["paths", "webhooks", "x-webhooks"].into_iter().filter_map(move |name| root.get(name))
}

/// The objects of components, without those of security schemes: a caller may need one that no operation names.
fn components(root: Node<'_>, version: Version) -> impl Iterator<Item = Node<'_>> {
    const V20: [&str; 3] = ["definitions", "parameters", "responses"];
    let (of_root, of_components) = match version {
        Version::V20 => (V20.iter().filter_map(|name| root.get(name)).collect(), None),
        _ => (Vec::new(), root.get("components")),
    };
    let maps = of_components.into_iter().flat_map(|all| all.members());
    let maps = maps.filter(|map| map.name != "securitySchemes" && !map.name.starts_with("x-"));
    of_root.into_iter().chain(maps.map(|map| map.value))
}

struct Keeping<'d> {
    description: &'d Description,
    excluded: FxHashSet<Location>,
    links: FxHashSet<Location>,
    /// For each container the unit around it.
    owners: FxHashMap<Location, Option<Location>>,
    /// The units that nothing has needed so far.
    left: FxHashSet<Location>,
    operations: FxHashSet<Location>,
    seen: FxHashSet<(Location, Role)>,
    /// What has to be visited.
    open: Vec<(Location, Role)>,
    result: LeftOut,
}

impl Keeping<'_> {
    /// Notes that a value stays, and all units around it.
    fn reach(&mut self, at: Location) {
        let around = self.owners.get(&at).copied().flatten();
        let mut unit = if self.left.contains(&at) { Some(at) } else { around };
        self.open.push((at, Role::Keywords));
        while let Some(at) = unit {
            if self.left.remove(&at) {
                self.open.push((at, Role::Keywords));
                self.result.also.extend(self.operations.get(&at));
            }
            unit = self.owners.get(&at).copied().flatten();
        }
    }

    fn visit(&mut self, at: Location, role: Role) {
        let node = self.description.node(at);
        if !node.is_container() || self.left.contains(&at) || !self.seen.insert((at, role)) {
            return;
        }
        if node.is_array() {
            node.items().for_each(|item| self.visit(at.with(item), Role::Keywords));
            return;
        }
        for member in node.members() {
            let value = at.with(member.value);
            let inner = match role {
                Role::Keywords => of_keyword(member.name, member.value),
                Role::Names | Role::Schemas => Some(Role::Keywords),
                Role::Examples => is_reference(member.value).then_some(Role::Keywords),
            };
            let text = member.value.text();
            match (role, member.name, text) {
                (Role::Keywords | Role::Names | Role::Schemas, "$ref", Some(text)) => {
                    self.reference(at, text);
                }
                (Role::Keywords, "$dynamicRef", Some(text)) => {
                    if let Ok(found) = self.description.dynamic(at, text) {
                        self.reach(found.target);
                    }
                }
                (Role::Keywords, "mapping", None) => {
                    self.mapping(value);
                    continue;
                }
                (Role::Keywords, "defaultMapping", Some(text)) => _ = self.target(at, text),
                (Role::Keywords, "links", None) => self.drop_links(value),
                _ => {}
            }
            if let Some(inner) = inner {
                self.visit(value, inner);
            }
        }
    }

    fn reference(&mut self, from: Location, text: &str) {
        let Ok(target) = self.description.resolve(from, text) else { return };
        if self.excluded.contains(&target) {
            self.result.references.insert(from);
        } else {
            self.reach(target);
        }
    }

    /// The schemas to which a mapping refers. A value that refers to one that is excluded is left out.
    fn mapping(&mut self, at: Location) {
        let description = self.description;
        for member in description.node(at).members() {
            let is_kept = member.value.text().is_none_or(|text| self.target(at, text));
            if !is_kept {
                self.left.insert(at.with(member.value));
            }
        }
    }

    /// Whether what a value of a mapping refers to stays.
    fn target(&mut self, from: Location, text: &str) -> bool {
        let description = self.description;
        let document = description.document(from.document);
        let schemas = match document.version {
            Version::V20 => document.tree.root().get("definitions"),
            _ => document.tree.root().get("components").and_then(|all| all.get("schemas")),
        };
        let component = schemas.and_then(|all| all.get(text)).map(|node| from.with(node));
        let target = component.or_else(|| description.resolve(from, text).ok());
        let is_excluded = target.is_some_and(|target| self.excluded.contains(&target));
        if let Some(target) = target.filter(|_| !is_excluded) {
            self.reach(target);
        }
        !is_excluded
    }

    /// Leaves out the references to links that are left out.
    fn drop_links(&mut self, at: Location) {
        let description = self.description;
        for member in description.node(at).members() {
            let link = at.with(member.value);
            let target = description.target(link);
            if target.is_ok_and(|target| self.links.contains(&target)) {
                self.left.insert(link);
            }
        }
    }

    fn finish(self) -> LeftOut {
        let Self { description, left, seen, mut result, .. } = self;
        result.visited = seen.into_iter().map(|(at, _)| at).collect();
        let reached: FxHashSet<DocumentId> = result.visited.iter().map(|at| at.document).collect();
        let all = description.documents().map(|(id, _)| id);
        result.documents = all.filter(|id| reached.contains(id)).collect();
        result.also.sort_unstable();
        result.values = left;
        result
    }
}
