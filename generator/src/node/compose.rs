//! A tree of parts of others, also of other sources. Each value keeps its place.
//!
//! Enters: values with their places, the inner ones first. Leaves: a [`Tree`].

use super::build::Growing;
use super::tree::{Kind, Node, NodeId, Text, Tree, Value, offset};
use crate::input::source::{SourceId, Span};

/// A tree that is composed.
pub struct Composer {
    growing: Growing,
}

impl Composer {
    /// A tree that counts as that of the source of another one. Texts of that source are not copied.
    pub fn new(like: &Tree) -> Self {
        Self { growing: Growing::new(like.source.clone(), like.source_id) }
    }

    /// Adds null, a boolean, a number or a text of any tree. A container is added as null.
    pub fn scalar(&mut self, node: Node<'_>) -> NodeId {
        let value = match node.kind() {
            Kind::Null | Kind::Array(_) | Kind::Object(_) => Value::Null,
            Kind::Bool(value) => Value::Bool(value),
            Kind::Number(text) => Value::Number(self.stored(text)),
            Kind::String(text) => Value::String(self.stored(text)),
        };
        self.add(value, node.span())
    }

    /// Adds the name of a member.
    pub fn name(&mut self, name: &str, place: Span) -> NodeId {
        let value = Value::String(self.stored(name));
        self.add(value, place)
    }

    /// Adds an array.
    pub fn array(&mut self, items: impl IntoIterator<Item = NodeId>, place: Span) -> NodeId {
        let first = self.growing.first_item();
        items.into_iter().for_each(|item| self.growing.item(item));
        self.growing.goes_on_in(place.source);
        self.growing.array(first, place.start as usize, place.end as usize)
    }

    /// Adds an object: its names with their values.
    pub fn object(
        &mut self,
        members: impl IntoIterator<Item = (NodeId, NodeId)>,
        place: Span,
    ) -> NodeId {
        let first = self.growing.first_member();
        members.into_iter().for_each(|(name, value)| self.growing.member(name, value));
        self.growing.goes_on_in(place.source);
        self.growing.object(first, place.start as usize, place.end as usize)
    }

    /// The tree.
    pub fn finish(self, root: NodeId) -> Tree {
        self.growing.finish(root).0
    }

    fn add(&mut self, value: Value, place: Span) -> NodeId {
        self.growing.goes_on_in(place.source);
        self.growing.add(value, place.start as usize, place.end as usize)
    }

    /// The range of a text of the source, or of a copy of any other one.
    fn stored(&mut self, text: &str) -> Text {
        let source = self.growing.tree().source_text();
        let start = (text.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
        if source.get(start..start.saturating_add(text.len())).is_some_and(|part| part == text) {
            return Text::of_source(start, start + text.len());
        }
        self.growing.copy(text)
    }
}

/// Where the nodes begin that come from another source than those before them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub(super) first: u32,
    pub(super) source: SourceId,
}

impl Growing {
    /// Sets the source that the next nodes are in.
    fn goes_on_in(&mut self, source: SourceId) {
        let tree = self.tree_mut();
        let current = tree.origins.last().map_or(tree.source_id, |origin| origin.source);
        if current != source {
            tree.origins.push(Origin { first: offset(tree.records.len()), source });
        }
    }
}
