//! All references of a document, found before it is known what its objects are; and what is wrong with those
//! that count.
//!
//! Enters: a document. Leaves: the objects that have references; what is wrong with them is reported. Must
//! not know: which object may have which field.

use super::description::{Description, Document, DocumentId, Location, Version};
use super::resources::ResourceId;
use super::uri::without_fragment;
use super::walk::{Role, walk};
use crate::input::config::Unresolved;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::node::{Node, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A reference.
#[derive(Clone, Copy, Debug)]
pub struct Found<'t> {
    /// The object that has it.
    pub object: Node<'t>,
    /// The keyword, or for a mapping of a discriminator the value of the member.
    pub keyword: &'t str,
    /// The text.
    pub text: Node<'t>,
    /// Whether it cannot be anything else, such as the name of a component or data.
    pub is_certain: bool,
}

/// The references of a document in order: of each object that is not data.
pub fn references(root: Node<'_>, version: Version) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let has_json_schema = version.has_json_schema();
    walk(root, false, |object, role, is_example| {
        for member in object.members().filter(|_| role != Role::Examples) {
            let is_certain = match (role, member.name) {
                (Role::Keywords, "$ref") => !is_example,
                (Role::Keywords, "$dynamicRef") if has_json_schema => !is_example,
                (Role::Keywords, "operationRef") => false,
                (Role::Keywords, "mapping") => {
                    found.extend(mappings(member.value));
                    continue;
                }
                (Role::Names, "$ref") => true,
                // A schema is not a text, so this can only be meant as a reference to all of the schemas.
                (Role::Schemas, "$ref") => false,
                _ => continue,
            };
            if member.value.text().is_some() {
                found.push(Found { object, keyword: member.name, text: member.value, is_certain });
            }
        }
        match role {
            Role::Keywords => is_example,
            Role::Names | Role::Schemas => false,
            Role::Examples => true,
        }
    });
    found
}

/// The values of a mapping that are references, and not names.
fn mappings(mapping: Node<'_>) -> impl Iterator<Item = Found<'_>> {
    mapping.members().filter_map(move |member| {
        let is_reference = |text: &str| {
            text.contains(['#', '/']) || text.contains(".yaml") || text.contains(".json")
        };
        member.value.text().filter(|text| is_reference(text))?;
        Some(Found { object: mapping, keyword: member.name, text: member.value, is_certain: false })
    })
}

/// A reference that counts: of an object that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referring {
    /// The object that has it.
    pub object: Location,
    /// The text.
    pub text: NodeId,
    /// Whether it is a `$dynamicRef`.
    pub is_dynamic: bool,
}

/// The first document, and those to which it refers, or one of those does, in their order.
pub(super) fn used_documents(description: &Description) -> Vec<DocumentId> {
    let all: Vec<(DocumentId, &Document)> = description.documents().collect();
    let mut used = vec![false; all.len()];
    let mut open: Vec<usize> = if all.is_empty() { Vec::new() } else { vec![0] };
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut used[at], true) || all.len() == 1 {
            continue;
        }
        let (id, document) = all[at];
        for found in references(document.tree.root(), document.version) {
            let from = Location { document: id, node: found.object.id() };
            let (address, _) = without_fragment(found.text.text().unwrap_or_default());
            let is_same = address.is_empty();
            let target = if is_same { None } else { description.document_at(from, address) };
            open.extend(target.map(DocumentId::index));
        }
    }
    all.into_iter().map(|(id, _)| id).filter(|id| used[id.index()]).collect()
}

/// Reports the documents to which nothing refers.
pub(super) fn report_unused(description: &Description, diagnostics: &mut Diagnostics) {
    let used = description.used();
    let unused = description.documents().filter(|(id, _)| !used.contains(id));
    let unused: Vec<(DocumentId, &Document)> = unused.collect();
    if unused.is_empty() {
        return;
    }
    let mentioned = mentioned(description);
    for (id, document) in unused.into_iter().filter(|(id, _)| !mentioned.contains(id)) {
        let span = description.span(Location { document: id, node: document.tree.root().id() });
        let place = Span { end: span.end.min(span.start.saturating_add(1)), ..span };
        let message = format!("nothing refers to `{}`", document.name);
        diagnostics.push(
            Diagnostic::warning("unused-document", message)
                .at(place, "it is neither checked nor read")
                .help("refer to it from the first document, or leave it out"),
        );
    }
}

/// The documents that are named in the documents that count, also where it has no meaning for OpenAPI: in
/// examples and extensions.
fn mentioned(description: &Description) -> FxHashSet<DocumentId> {
    let mut mentioned = FxHashSet::default();
    for id in description.used() {
        let root = description.document(*id).tree.root();
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if !node.is_container() || !seen.insert(node.id()) {
                continue;
            }
            open.extend(node.items());
            for member in node.members() {
                open.push(member.value);
                let is_address = matches!(member.name, "$ref" | "externalValue");
                if let Some(text) = member.value.text().filter(|_| is_address) {
                    let from = Location { document: *id, node: node.id() };
                    mentioned.extend(description.document_at(from, without_fragment(text).0));
                }
            }
        }
    }
    mentioned
}

/// Reports what is wrong with addresses, anchors and some references: those that refer to nothing, those
/// that break a rule, and those that go in a circle.
pub fn check_references(
    description: &Description,
    referring: &[Referring],
    unresolved: Unresolved,
    diagnostics: &mut Diagnostics,
) {
    description.resources.findings().iter().for_each(|one| diagnostics.push(one.clone()));
    let mut graph = Graph::default();
    let mut resolved: FxHashMap<(ResourceId, &str), Location> = FxHashMap::default();
    let mut missing = BTreeMap::new();
    // Several references can go through one that is wrong.
    let mut known: FxHashSet<(Option<Span>, String)> = FxHashSet::default();
    let mut broken = |one: Diagnostic| {
        let place = one.place.as_ref().map(|(span, _)| *span);
        if !known.insert((place, one.message.clone())) {
            return;
        }
        diagnostics.push(match unresolved {
            Unresolved::Error => one,
            Unresolved::Untyped => one.allowed(),
        });
    };
    let mut violations = Vec::new();
    for found in referring {
        let from = found.object;
        let text = description.node(from.with_id(found.text)).text().unwrap_or_default();
        // Nearly all references are to what others are to, from the same resource.
        let key = (description.resources.of(from), text);
        if let Some(known) = resolved.get(&key).filter(|_| !found.is_dynamic) {
            graph.add(from, *known);
            continue;
        }
        let target = match found.is_dynamic {
            true => description.dynamic(from, text).map(|_| None),
            false => description.look_up(from, text).map(Some),
        };
        match target {
            Ok(Some(target)) => {
                graph.add(from, target.location);
                if target.findings.is_empty() {
                    resolved.insert(key, target.location);
                }
                violations.extend(target.findings);
            }
            Ok(None) => {}
            Err(error) => match description.missing(from, text) {
                Some(document) => {
                    missing.entry(document.uri.to_string()).or_insert((*error, 0)).1 += 1;
                }
                None => broken(*error),
            },
        }
    }
    for (mut error, count) in missing.into_values() {
        if count > 1 {
            error.message.push_str(&format!(", to which {count} references are"));
        }
        broken(error);
    }
    graph.cycles().for_each(|(from, back)| broken(description.cycle(from, back)));
    violations.into_iter().for_each(|one| diagnostics.push(one));
}

/// What each object with a reference refers to.
#[derive(Default)]
struct Graph {
    order: Vec<Location>,
    next: FxHashMap<Location, Location>,
}

impl Graph {
    fn add(&mut self, from: Location, to: Location) {
        self.order.push(from);
        self.next.insert(from, to);
    }

    /// The references that go in a circle: for each circle its first object, and the one that refers to it.
    fn cycles(&self) -> impl Iterator<Item = (Location, Location)> {
        // The object from which each one was passed first.
        let mut passed: FxHashMap<Location, Location> = FxHashMap::default();
        self.order.iter().filter_map(move |start| {
            let mut at = *start;
            while !passed.contains_key(&at) {
                passed.insert(at, *start);
                let next = *self.next.get(&at)?;
                if passed.get(&next) == Some(start) {
                    return Some((next, at));
                }
                at = next;
            }
            None
        })
    }
}
