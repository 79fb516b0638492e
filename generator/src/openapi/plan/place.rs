//! Where a node is in the documents, and what is at the places on the way to it.
//!
//! Enters: the trees of a description. Leaves: for each node the JSON pointer to it. Must not know: schemas.

use crate::node::{Kind, Node, NodeId, Pointer};
use crate::openapi::description::{Description, DocumentId, Location};

/// The step from a node to one in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'d> {
    /// To a member of an object.
    Name(&'d str),
    /// To an item of an array.
    Item(usize),
}

/// The way to each node.
pub(super) struct Places<'d> {
    description: &'d Description,
    documents: Vec<Vec<Option<(NodeId, Step<'d>)>>>,
}

impl<'d> Places<'d> {
    pub(super) fn new(description: &'d Description) -> Self {
        let documents = description.documents().map(|(_, one)| ways(one.tree.root())).collect();
        Self { description, documents }
    }

    /// The steps from the root of the document.
    pub(super) fn steps(&self, at: Location) -> Vec<Step<'d>> {
        let mut steps = Vec::new();
        let mut node = at.node;
        let numbered = self.description.documents().zip(&self.documents);
        let ways = numbered.filter(|((id, _), _)| *id == at.document).map(|(_, ways)| ways).next();
        while let Some(Some((parent, step))) = ways.and_then(|ways| ways.get(node.index())) {
            steps.push(*step);
            node = *parent;
        }
        steps.reverse();
        steps
    }

    /// The JSON pointer from the root of the document.
    pub(super) fn pointer(&self, at: Location) -> Pointer {
        let mut pointer = Pointer::default();
        for step in self.steps(at) {
            match step {
                Step::Name(name) => pointer.push(name),
                Step::Item(at) => pointer.push(at),
            }
        }
        pointer
    }

    /// The location as the fragment of an address, which is without a document for the first one.
    pub(super) fn address(&self, at: Location) -> String {
        let fragment = self.pointer(at).fragment();
        let first = self.description.documents().next();
        match first.filter(|(id, _)| *id != at.document) {
            None => ["#", &fragment].concat(),
            Some((_, first)) => {
                let name = relative(&first.name, self.document(at.document));
                [&name, "#", &fragment].concat()
            }
        }
    }

    /// The name of a document.
    pub(super) fn document(&self, id: DocumentId) -> &'d str {
        &self.description.document(id).name
    }
}

/// The name of a document as a reference in the first one would have it, which is the same from wherever the
/// generator is run.
fn relative(first: &str, name: &str) -> String {
    // Where the path begins, after a scheme and a host.
    let path = |one: &str| {
        one.find("://").map_or(0, |at| {
            let host = at + 3;
            one[host..].find('/').map_or(one.len(), |length| host + length)
        })
    };
    let is_absolute = |one: &str| one[path(one)..].starts_with('/');
    if first[..path(first)] != name[..path(name)] || is_absolute(first) != is_absolute(name) {
        return name.to_owned();
    }
    let (mut above, mut below) = (first, name);
    while let (Some((one, rest)), Some((other, end))) =
        (above.split_once('/'), below.split_once('/'))
        && one == other
    {
        (above, below) = (rest, end);
    }
    "../".repeat(above.matches('/').count()) + below
}

/// For each node the one around it. What aliases make part of several nodes is in the first of them.
fn ways<'d>(root: Node<'d>) -> Vec<Option<(NodeId, Step<'d>)>> {
    let mut ways = vec![None; root.tree().size()];
    let mut seen = vec![false; ways.len()];
    seen[root.id().index()] = true;
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let mut visit = |value: Node<'d>, step: Step<'d>| {
            let at = value.id().index();
            if !seen.get(at).copied().unwrap_or(true) {
                seen[at] = true;
                ways[at] = Some((node.id(), step));
                if value.is_container() {
                    open.push(value);
                }
            }
        };
        match node.kind() {
            Kind::Object(members) => {
                members.for_each(|member| visit(member.value, Step::Name(member.name)));
            }
            Kind::Array(items) => {
                items.enumerate().for_each(|(at, item)| visit(item, Step::Item(at)));
            }
            _ => {}
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn names_are_relative_to_the_first_document() {
        for (first, name, expected) in [
            ("api.yaml", "types.yaml", "types.yaml"),
            ("a/b/api.yaml", "a/b/parts/types.yaml", "parts/types.yaml"),
            ("a/b/api.yaml", "a/c/types.yaml", "../c/types.yaml"),
            ("a/b/api.yaml", "types.yaml", "../../types.yaml"),
            ("/a/api.yaml", "/a/b/types.yaml", "b/types.yaml"),
            ("a/api.yaml", "/a/types.yaml", "/a/types.yaml"),
            ("api.yaml", "https://h/types.yaml", "https://h/types.yaml"),
            ("https://h/v1/api.yaml", "https://h/types.yaml", "../types.yaml"),
            ("https://h/api.yaml", "https://g/types.yaml", "https://g/types.yaml"),
        ] {
            assert_eq!(relative(first, name), expected, "{first} {name}");
        }
    }
}
