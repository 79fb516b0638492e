//! The documents of a part of an API.
//!
//! Enters: a part of an API. Leaves: its documents as trees, with everything in its order. Must not know: how
//! trees are written.

use super::Selected;
use super::keep::{LeftOut, left_out};
use crate::node::{Composer, Kind, Member, Node, NodeId, Tree};
use crate::openapi::description::{DocumentId, Location, Version};

/// The documents of a part of an API.
#[derive(Debug)]
pub struct Documents {
    /// Those that the part needs, the one with the paths first.
    pub documents: Vec<SlicedDocument>,
    /// Where operations are that stay only because something refers to a part of them.
    pub also: Vec<Location>,
}

/// A document, without what is left out of it.
#[derive(Debug)]
pub struct SlicedDocument {
    /// Its name.
    pub name: String,
    /// Its values; `None` if nothing is left out of it.
    pub tree: Option<Tree>,
    /// The document of which it is a part.
    pub document: DocumentId,
}

/// The documents of a part of an API.
pub fn documents(part: &Selected) -> Documents {
    let left_out = left_out(part);
    let description = &part.api.description;
    let sliced = left_out.documents.iter().map(|id| {
        let document = description.document(*id);
        let mut cutting = Cutting {
            left_out: &left_out,
            document: *id,
            has_keywords_beside: document.version >= Version::V31,
            composer: Composer::new(&document.tree),
            is_cut: false,
        };
        let root = document.tree.root();
        let copied = cutting.copy(root, "");
        let copied = copied.unwrap_or_else(|| cutting.composer.object([], root.span()));
        let tree = cutting.is_cut.then(|| cutting.composer.finish(copied));
        SlicedDocument { name: document.name.clone(), tree, document: *id }
    });
    Documents { documents: sliced.collect(), also: left_out.also.clone() }
}

struct Cutting<'l> {
    left_out: &'l LeftOut,
    document: DocumentId,
    /// Whether what is beside a reference counts.
    has_keywords_beside: bool,
    composer: Composer,
    is_cut: bool,
}

impl Cutting<'_> {
    /// A value without what is left out; `None` if nothing of it stays. A description has to have its paths, even
    /// without one of them.
    fn copy(&mut self, node: Node<'_>, name: &str) -> Option<NodeId> {
        let before = node.items().len().max(node.members().len());
        let (copied, after) = match node.kind() {
            Kind::Array(items) => {
                let items: Vec<Node<'_>> = items.filter(|item| self.stays(*item)).collect();
                let items: Vec<NodeId> =
                    items.into_iter().filter_map(|item| self.copy(item, "")).collect();
                let after = items.len();
                (self.composer.array(items, node.span()), after)
            }
            Kind::Object(members) => {
                let members: Vec<Member<'_>> =
                    members.filter(|member| self.member_stays(node, *member)).collect();
                let members: Vec<(NodeId, NodeId)> =
                    members.into_iter().filter_map(|member| self.member(member)).collect();
                let after = members.len();
                (self.composer.object(members, node.span()), after)
            }
            _ => return Some(self.composer.scalar(node)),
        };
        self.is_cut |= after < before;
        let is_empty = after == 0 && before > 0 && !self.lost_reference(node);
        (!is_empty || name == "paths").then_some(copied)
    }

    fn member(&mut self, member: Member<'_>) -> Option<(NodeId, NodeId)> {
        let value = self.copy(member.value, member.name)?;
        Some((self.composer.name(member.name, member.name_span), value))
    }

    fn member_stays(&self, object: Node<'_>, member: Member<'_>) -> bool {
        let is_lost =
            self.lost_reference(object) && (member.name == "$ref" || !self.has_keywords_beside);
        !is_lost && self.stays(member.value)
    }

    fn stays(&self, node: Node<'_>) -> bool {
        !self.left_out.values.contains(&self.at(node))
    }

    fn lost_reference(&self, node: Node<'_>) -> bool {
        self.left_out.references.contains(&self.at(node))
    }

    fn at(&self, node: Node<'_>) -> Location {
        Location { document: self.document, node: node.id() }
    }
}
