//! How a tree grows: what both readers do with the values that they find.
//!
//! A container is added when it ends, so everything in it has been added before.

use super::Syntax;
use super::tree::{Entry, Index, NodeId, Record, Text, Tree, Value, offset};
use crate::input::diagnostic::Diagnostic;
use crate::input::source::{Source, SourceId};
use std::sync::Arc;

/// Objects with more members than this are searched by their sorted names.
pub(super) const FEW: usize = 16;

/// A name that one object has twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The earlier name, which is a node of its own.
    pub first: NodeId,
    /// The next one, which replaces it.
    pub second: NodeId,
    /// The values of both.
    pub values: [NodeId; 2],
}

impl Repeated {
    fn of(first: Entry, second: Entry) -> Self {
        let values = [first.value, second.value];
        Self { first: first.name, second: second.name, values }
    }

    /// The name.
    pub fn name(self, tree: &Tree) -> &str {
        tree.name(self.second)
    }

    /// The violation, or the error where no part can be given up: JSON has always been read so that
    /// the last one counts, and YAML allows nothing of the kind.
    pub fn diagnostic(self, tree: &Tree, syntax: Syntax) -> Diagnostic {
        let message = format!("the key `{}` is written twice in one object", self.name(tree));
        let [first, second] = self.values.map(|id| tree.node(id));
        let is_lost = syntax == Syntax::Yaml && (first.is_container() || second.is_container());
        let (finding, label) = match is_lost && !first.equals(second) {
            true => (Diagnostic::error("duplicate-key", message), "with another value"),
            false => (Diagnostic::violation("duplicate-key", message), "the last one counts"),
        };
        finding
            .at(tree.node(self.second).span(), label)
            .related(tree.node(self.first).span(), "written here first")
            .help("remove one of them")
    }
}

/// A tree whose containers are not all complete.
pub(super) struct Growing {
    tree: Tree,
    /// The members of the open objects.
    members: Vec<Entry>,
    /// The items of the open arrays.
    items: Vec<NodeId>,
    repeated: Vec<Repeated>,
}

impl Growing {
    pub(super) fn new(source: Arc<Source>, source_id: SourceId) -> Self {
        let tree = Tree {
            source,
            source_id,
            decoded: String::new(),
            records: Vec::new(),
            members: Vec::new(),
            items: Vec::new(),
            superseded: Vec::new(),
            indexes: Vec::new(),
            by_name: Vec::new(),
            origins: Vec::new(),
            root: NodeId(0),
        };
        Self { tree, members: Vec::new(), items: Vec::new(), repeated: Vec::new() }
    }

    /// The tree so far.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The tree so far, to be added to.
    pub(super) fn tree_mut(&mut self) -> &mut Tree {
        &mut self.tree
    }

    /// Takes the members of an open object out again, those from a position.
    pub(super) fn take_members(&mut self, from: usize) -> Vec<Entry> {
        self.members.split_off(from)
    }

    /// Where decoded texts are put.
    pub(super) fn decoded(&mut self) -> &mut String {
        &mut self.tree.decoded
    }

    /// A copy of a text.
    pub(super) fn copy(&mut self, text: &str) -> Text {
        let start = self.tree.decoded.len();
        self.tree.decoded.push_str(text);
        Text::of_decoded(start, self.tree.decoded.len())
    }

    /// Adds a value that is complete.
    pub(super) fn add(&mut self, value: Value, start: usize, end: usize) -> NodeId {
        let id = NodeId(offset(self.tree.records.len()));
        self.tree.records.push(Record { start: offset(start), end: offset(end), value });
        id
    }

    /// How many items the open arrays have: where the items of a new one begin.
    pub(super) fn first_item(&self) -> usize {
        self.items.len()
    }

    /// How many members the open objects have: where the members of a new one begin.
    pub(super) fn first_member(&self) -> usize {
        self.members.len()
    }

    pub(super) fn item(&mut self, item: NodeId) {
        self.items.push(item);
    }

    pub(super) fn member(&mut self, name: NodeId, value: NodeId) {
        self.members.push(Entry { name, value });
    }

    /// Adds an array that has all items from a position.
    pub(super) fn array(&mut self, from: usize, start: usize, end: usize) -> NodeId {
        let first = offset(self.tree.items.len());
        let count = offset(self.items.len() - from);
        self.tree.items.extend(self.items.drain(from..));
        self.add(Value::Array { first, count }, start, end)
    }

    /// Adds an object that has all members from a position.
    pub(super) fn object(&mut self, from: usize, start: usize, end: usize) -> NodeId {
        let first = self.tree.members.len();
        self.tree.members.extend(self.members.drain(from..));
        let count = self.tree.members.len() - first;
        if count > FEW {
            self.index(first);
        } else {
            self.compare(first);
        }
        self.add(Value::Object { first: offset(first), count: offset(count) }, start, end)
    }

    /// Finds the names that come again among a few members.
    fn compare(&mut self, first: usize) {
        let Self { tree, repeated, .. } = self;
        let members = &tree.members[first..];
        for (at, entry) in members.iter().enumerate() {
            let name = tree.name(entry.name);
            let later = members[at + 1..].iter().find(|later| tree.is_name(later.name, name));
            if let Some(later) = later {
                tree.superseded.push(offset(first + at));
                repeated.push(Repeated::of(*entry, *later));
            }
        }
    }

    /// Sorts many members by name, and finds the names that come again.
    fn index(&mut self, first: usize) {
        let Self { tree, repeated, .. } = self;
        let name = |at: u32| tree.name(tree.members[at as usize].name);
        let mut sorted: Vec<u32> = (offset(first)..offset(tree.members.len())).collect();
        sorted.sort_by_key(|at| name(*at)); // Equal names stay in the order in which they are written.
        let is_last = |place: usize| {
            let next = sorted.get(place + 1);
            next.is_none_or(|next| name(*next) != name(sorted[place]))
        };
        let (last, mut again): (Vec<usize>, Vec<usize>) =
            (0..sorted.len()).partition(|at| is_last(*at));
        again.sort_unstable_by_key(|place| sorted[*place]);
        for place in again {
            let [first, second] = [place, place + 1].map(|at| tree.members[sorted[at] as usize]);
            repeated.push(Repeated::of(first, second));
            tree.superseded.push(sorted[place]);
        }
        let begin = tree.by_name.len();
        tree.by_name.extend(last.into_iter().map(|place| sorted[place]));
        let count = offset(tree.by_name.len() - begin);
        tree.indexes.push(Index { first: offset(first), sorted: offset(begin), count });
    }

    /// The tree with a root, and the names that are written twice.
    pub(super) fn finish(mut self, root: NodeId) -> (Tree, Vec<Repeated>) {
        self.tree.root = root;
        self.tree.records.shrink_to_fit();
        self.tree.members.shrink_to_fit();
        self.tree.items.shrink_to_fit();
        self.tree.decoded.shrink_to_fit();
        (self.tree, self.repeated)
    }
}
