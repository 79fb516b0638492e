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

    /// The location as an address relative to the first document, so that it is the same wherever the
    /// generator runs. In the first document it is a fragment.
    pub(super) fn address(&self, at: Location) -> String {
        let fragment = self.pointer(at).fragment();
        let first = self.description.documents().next();
        match first.filter(|(id, _)| *id != at.document) {
            None => ["#", &fragment].concat(),
            Some((_, first)) => {
                [&relative(&first.name, self.document(at.document)), "#", &fragment].concat()
            }
        }
    }

    /// The name of a document.
    pub(super) fn document(&self, id: DocumentId) -> &'d str {
        &self.description.document(id).name
    }
}

/// The way from one document to another by their names, which are paths or addresses. What has no common
/// beginning has its whole name.
fn relative(from: &str, to: &str) -> String {
    let host = |name: &str| {
        name.find("://").map_or(0, |at| {
            let host = at + 3;
            name[host..].find('/').map_or(name.len(), |length| host + length)
        })
    };
    let begins = |name: &str| name[host(name)..].starts_with(['/', '\\']);
    if from[..host(from)] != to[..host(to)] || begins(from) != begins(to) {
        return to.to_owned();
    }
    let parts = |name| str::split(name, ['/', '\\']).collect::<Vec<_>>();
    let (mut from, to) = (parts(from), parts(to));
    from.pop();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(one, two)| one == two).count();
    ["../".repeat(from.len() - common), to[common..].join("/")].concat()
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
    fn documents_are_named_by_the_way_from_the_first_one() {
        for (from, to, expected) in [
            ("api.yaml", "part.yaml", "part.yaml"),
            ("api.yaml", "parts/a.yaml", "parts/a.yaml"),
            ("../api.yaml", "../parts/a.yaml", "parts/a.yaml"),
            ("/home/me/api.yaml", "/home/me/parts/a.yaml", "parts/a.yaml"),
            ("C:\\me\\api.yaml", "C:\\me\\parts\\a.yaml", "parts/a.yaml"),
            ("a/api.yaml", "b/part.yaml", "../b/part.yaml"),
            ("a/a.yaml", "a/a.yaml/b", "a.yaml/b"),
            ("a/b/api.yaml", "types.yaml", "../../types.yaml"),
            ("a/api.yaml", "/a/types.yaml", "/a/types.yaml"),
            ("api.yaml", "https://h/types.yaml", "https://h/types.yaml"),
            ("https://h/v1/api.yaml", "https://h/types.yaml", "../types.yaml"),
            ("https://h/api.yaml", "https://g/types.yaml", "https://g/types.yaml"),
            ("https://a.example/v1/api.json", "https://a.example/v1/b.json", "b.json"),
            ("", "", ""),
        ] {
            assert_eq!(relative(from, to), expected, "{from} {to}");
        }
    }
}
