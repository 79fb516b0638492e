//! Merge keys: `<<` takes over the members of another mapping, or of several.
//!
//! YAML 1.2 has none, but many documents do. A member of the mapping itself counts before one that
//! is taken over, wherever it is, and of those the first one.

use super::super::build::Growing;
use super::super::tree::{Entry, Node, NodeId};
use crate::input::source::Span;
use std::collections::HashSet;

/// The most members that one document takes over, since they can be exponentially many.
const MOST: usize = 1_000_000;

/// The message if there are more.
pub(super) const TOO_MANY: &str = "expected at most 1,000,000 members that `<<` takes over";

/// A mapping whose members another one takes over.
pub(super) struct Merge {
    /// How many members were before it.
    pub(super) at: usize,
    /// The name `<<`.
    pub(super) name: NodeId,
    /// The mapping, or a sequence of mappings.
    pub(super) node: NodeId,
}

/// Whether `<<` can take something over from a node.
pub(super) fn is_source(node: Node<'_>) -> bool {
    node.is_object() || node.is_array() && node.items().all(Node::is_object)
}

/// How many members a document has taken over.
#[derive(Default)]
pub(super) struct Merged {
    count: usize,
}

impl Merged {
    /// Puts what is taken over among the members of a mapping, which are those from a position. If there
    /// are too many, where.
    pub(super) fn merge(
        &mut self,
        growing: &mut Growing,
        from: usize,
        merges: &[Merge],
    ) -> Result<(), Span> {
        if merges.is_empty() {
            return Ok(());
        }
        let own = growing.take_members(from);
        let tree = growing.tree();
        let mut names: HashSet<&str> = own.iter().map(|entry| tree.name(entry.name)).collect();
        let mut all = Vec::new();
        let mut rest = own.as_slice();
        let mut done = 0;
        for merge in merges {
            let (before, after) = rest.split_at((merge.at - done).min(rest.len()));
            all.extend_from_slice(before);
            (rest, done) = (after, merge.at);
            let node = tree.node(merge.node);
            let mappings = node.is_object().then_some(node).into_iter().chain(node.items());
            for entry in mappings.flat_map(Node::entries) {
                self.count += 1;
                if self.count > MOST {
                    return Err(tree.node(merge.name).span());
                }
                if names.insert(tree.name(entry.name)) {
                    all.push(entry);
                }
            }
        }
        all.extend_from_slice(rest);
        all.into_iter().for_each(|Entry { name, value }| growing.member(name, value));
        Ok(())
    }
}
