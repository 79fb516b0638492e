//! Which requests carry values of a type, and the shortest way to write them.

use crate::odata::edm::service::{
    Edge, Follow, Navigations, Node, Properties, Service, Step, Template,
};
use crate::odata::edm::{
    ItemType, Model, Operation, OperationId, OperationKind, StructuredTypeId, TypeId, TypeRef,
};
use crate::review::change::Change;
use crate::review::findings::Which;
use crate::review::rule::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// A place of the service: one entity or a collection of a type.
type Resource = (StructuredTypeId, bool);

/// A request is shown by the shortest path of any kind. Functions are not part of it: their results
/// have another path, or are reported with the function.
const READ: Follow = Follow {
    navigations: Navigations::All,
    properties: Properties::Objects,
    casts: true,
    operations: false,
};

/// The segments of a place that are requests of their own.
const REQUESTS: Follow =
    Follow { properties: Properties::None, casts: false, ..Follow::EVERYTHING };

/// Adds to changes the requests that they affect, on the side where what changed exists. A change
/// that a client does not see affects none.
pub(super) fn set(old: &Model, new: &Model, changes: &mut [Change]) {
    let (mut before, mut after) = (Routes::new(old), Routes::new(new));
    for change in changes.iter_mut().filter(|one| one.rule.severity != Severity::Note) {
        let routes = match change.which() {
            Which::Old => &mut before,
            Which::New => &mut after,
        };
        change.affects(&routes.of(&change.target));
    }
}

/// The requests of a service.
struct Routes<'m> {
    service: Service<'m>,
    /// The shortest path to each place.
    places: BTreeMap<Resource, String>,
    /// Requests by the type of the values that they carry.
    by_type: BTreeMap<TypeId, BTreeSet<String>>,
    /// Requests by the element that is called or followed: `Ns.operation`, `Ns.Type/navigation`.
    by_element: BTreeMap<String, BTreeSet<String>>,
    /// The structured types that have a property of a type.
    holders: BTreeMap<TypeId, BTreeSet<StructuredTypeId>>,
    found: BTreeMap<String, BTreeSet<String>>,
}

impl<'m> Routes<'m> {
    fn new(model: &'m Model) -> Self {
        let service = Service::new(model);
        let mut routes = Self {
            places: places(&service),
            service,
            by_type: BTreeMap::new(),
            by_element: BTreeMap::new(),
            holders: BTreeMap::new(),
            found: BTreeMap::new(),
        };
        routes.requests(Node::Root, "");
        for id in model.structured_ids() {
            for collection in [false, true] {
                if let Some(place) = routes.place((id, collection)) {
                    routes.requests(Node::Resource { object: id, collection }, &place);
                }
            }
            for property in &model.structured(id).properties {
                if let Some(held) = property.value.item.declared() {
                    routes.holders.entry(held).or_default().insert(id);
                }
            }
        }
        routes
    }

    /// The requests that a change of an element touches: of a type, one of its members, an
    /// operation, or a member of the container. The shortest first.
    fn of(&mut self, target: &str) -> Vec<&str> {
        if !self.found.contains_key(target) {
            let found = self.find(target);
            self.found.insert(target.to_owned(), found);
        }
        let mut found: Vec<&str> = self.found[target].iter().map(String::as_str).collect();
        found.sort_by_key(|request| (request.matches('/').count(), request.len(), *request));
        found
    }

    fn find(&self, target: &str) -> BTreeSet<String> {
        let mut segments = target.split('/');
        let owner = segments.next().unwrap_or_default();
        let member = segments.next();
        if let Some((operation, _)) = owner.split_once('(') {
            return self.by_element.get(operation).cloned().unwrap_or_default();
        }
        if let Some(member) = member
            && let Some(requests) = self.by_element.get(&format!("{owner}/{member}"))
        {
            return requests.clone();
        }
        match self.service.model.type_named(owner) {
            Some(id) => self.carrying(id),
            None => BTreeSet::new(),
        }
    }

    /// The requests that carry values of a type, also within other values.
    fn carrying(&self, id: TypeId) -> BTreeSet<String> {
        let mut requests = BTreeSet::new();
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            requests.extend(self.by_type.get(&id).into_iter().flatten().cloned());
            let holders = self.holders.get(&id).into_iter().flatten();
            open.extend(holders.map(|holder| TypeId::Structured(*holder)));
            if let TypeId::Structured(id) = id {
                let derived = self.service.descendants.get(&id).into_iter().flatten();
                open.extend(derived.map(|one| TypeId::Structured(*one)));
            }
        }
        requests
    }

    fn carries(&mut self, value: &TypeRef, request: &str) {
        if let Some(id) = value.item.declared() {
            self.by_type.entry(id).or_default().insert(request.to_owned());
        }
    }

    /// Adds the requests one segment below a place. An inherited member has the requests of the type
    /// that declares it.
    fn requests(&mut self, node: Node, place: &str) {
        let model = self.service.model;
        let container = model.container.as_ref();
        let at_root = |name: &str| container.map(|one| format!("{}/{name}", one.name));
        for Edge { step, to } in self.service.edges(node, REQUESTS) {
            let (element, has_key) = match step {
                Step::Set(one) => (at_root(&one.name), true),
                Step::Singleton(one) => (at_root(&one.name), false),
                Step::Navigation(owner, one) if declares(node, owner) => {
                    let owner = &model.structured(owner).name;
                    (Some(format!("{owner}/{}", one.name)), one.contains_target)
                }
                Step::Import(import, id) => {
                    let request = call(model.operation(id), place, &import.name);
                    self.note(at_root(&import.name), &request);
                    self.called(model.operation(id), &request);
                    continue;
                }
                Step::Operation(id, name) if is_bound(model, id, node) => {
                    let request = call(model.operation(id), place, &name.to_string());
                    self.called(model.operation(id), &request);
                    continue;
                }
                _ => continue,
            };
            let request = format!("GET {place}/{}", step.label());
            self.note(element, &request);
            let Node::Resource { object, collection } = to else { continue };
            let carried = self.by_type.entry(TypeId::Structured(object)).or_default();
            if collection && has_key {
                carried.insert(format!("{request}/{{id}}"));
            }
            carried.insert(request);
        }
    }

    fn note(&mut self, element: Option<String>, request: &str) {
        if let Some(element) = element {
            self.by_element.entry(element).or_default().insert(request.to_owned());
        }
    }

    fn called(&mut self, operation: &Operation, request: &str) {
        let element = operation.name.to_string();
        self.by_element.entry(element).or_default().insert(request.to_owned());
        for parameter in operation.own_parameters() {
            self.carries(&parameter.value, request);
        }
        if let Some(returned) = &operation.return_type {
            self.carries(&returned.value, request);
        }
    }

    /// The shortest path to a place, or to one of a derived type.
    fn place(&self, (id, many): Resource) -> Option<String> {
        let derived = self.service.descendants.get(&id).into_iter().flatten();
        self.places.get(&(id, many)).cloned().or_else(|| {
            derived
                .filter_map(|one| self.places.get(&(*one, many)))
                .min_by_key(|path| (path.matches('/').count(), path.len(), *path))
                .cloned()
        })
    }
}

/// Whether the type of a place itself declares what has this owner.
fn declares(node: Node, owner: StructuredTypeId) -> bool {
    matches!(node, Node::Resource { object, .. } if object == owner)
}

/// Whether an operation is bound to the type of a place itself.
fn is_bound(model: &Model, id: OperationId, node: Node) -> bool {
    let binding = model.operation(id).binding_parameter().map(|one| one.value.item);
    matches!(binding, Some(ItemType::Structured(owner)) if declares(node, owner))
}

/// A call of an operation at a place.
fn call(operation: &Operation, place: &str, name: &str) -> String {
    match operation.kind {
        OperationKind::Action => format!("POST {place}/{name}"),
        OperationKind::Function => {
            let own = operation.own_parameters();
            let arguments: Vec<String> =
                own.iter().map(|one| format!("{}={{{}}}", one.name, one.name)).collect();
            format!("GET {place}/{name}({})", arguments.join(","))
        }
    }
}

/// The shortest path to each place.
fn places(service: &Service<'_>) -> BTreeMap<Resource, String> {
    let go = |path: &Template, edge: &Edge<'_>| {
        Some(path.with(edge.step, &format!("/{}", edge.step.label())))
    };
    let paths = service.first_paths(READ, Template::default(), go);
    let place = |(node, path): (Node, Template)| match node {
        Node::Resource { object, collection } => {
            Some(((object, collection), path.as_str().to_owned()))
        }
        Node::Root | Node::Value => None,
    };
    paths.into_iter().filter_map(place).collect()
}
