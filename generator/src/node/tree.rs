//! The tree, and the cursor with which it is read.
//!
//! A tree is a few flat tables. A text without escapes is a range of the source, so reading a
//! document copies nearly nothing. An alias is a second reference to the same node, so a tree is in
//! general a graph without cycles: the number of a node is greater than that of any node in it.

use super::build::FEW;
use super::compose::Origin;
use crate::input::source::{Source, SourceId, Span};
use std::sync::Arc;

/// The number of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The number, which is smaller than the [size](Tree::size) of the tree.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The values of one document.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(super) source: Arc<Source>,
    pub(super) source_id: SourceId,
    /// The texts that are not in the source as they are meant.
    pub(super) decoded: String,
    pub(super) records: Vec<Record>,
    /// The members of all objects, those of one object together.
    pub(super) members: Vec<Entry>,
    /// The items of all arrays, those of one array together.
    pub(super) items: Vec<NodeId>,
    /// The members whose name their object has again later, in ascending order.
    pub(super) superseded: Vec<u32>,
    /// For objects with many members, in ascending order of their members.
    pub(super) indexes: Vec<Index>,
    /// The members of the objects in `indexes`, in the order of their names.
    pub(super) by_name: Vec<u32>,
    /// Where nodes of other sources begin and end, in ascending order. Only composed trees have them.
    pub(super) origins: Vec<Origin>,
    pub(super) root: NodeId,
}

/// A node as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) value: Value,
}

/// A value as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(Text),
    String(Text),
    /// A range of `items`.
    Array {
        first: u32,
        count: u32,
    },
    /// A range of `members`.
    Object {
        first: u32,
        count: u32,
    },
}

/// The member of an object as it is stored. The name is a node of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) name: NodeId,
    pub(super) value: NodeId,
}

/// Where the members of an object are in the order of their names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    /// The first of `members`.
    pub(super) first: u32,
    /// The first of `by_name`.
    pub(super) sorted: u32,
    /// How many names there are.
    pub(super) count: u32,
}

/// A range of the source or of the decoded texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    start: u32,
    length: u32,
}

impl Text {
    /// No source has as many bytes, so the bit is free.
    const DECODED: u32 = 1 << 31;

    pub(super) fn of_source(start: usize, end: usize) -> Self {
        Self { start: offset(start), length: offset(end.saturating_sub(start)) }
    }

    pub(super) fn of_decoded(start: usize, end: usize) -> Self {
        let text = Self::of_source(start, end);
        Self { start: text.start | Self::DECODED, ..text }
    }
}

/// A position as it is stored.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Tree {
    /// The whole document.
    pub fn root(&self) -> Node<'_> {
        self.node(self.root)
    }

    /// A node of this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// How many nodes there are, the names of members included.
    pub fn size(&self) -> usize {
        self.records.len()
    }

    /// The source from which the tree was read.
    pub fn source(&self) -> SourceId {
        self.source_id
    }

    /// The text of the source from which the tree was read.
    pub fn source_text(&self) -> &str {
        &self.source.text
    }

    /// The source in which a node is written.
    fn source_of(&self, id: NodeId) -> SourceId {
        let after = self.origins.partition_point(|origin| origin.first <= id.0);
        let origin = after.checked_sub(1).and_then(|at| self.origins.get(at));
        origin.map_or(self.source_id, |origin| origin.source)
    }

    /// How many values there are if each alias is a value of its own, as in a walk that follows
    /// them all. It can be exponential in the size of the document; then it is `u64::MAX`.
    pub fn expanded_size(&self) -> u64 {
        let mut sizes: Vec<u64> = Vec::with_capacity(self.records.len());
        for at in 0..self.records.len() {
            let node = self.node(NodeId(offset(at)));
            let inner = |size: u64, inner: Node<'_>| {
                size.saturating_add(sizes.get(inner.id.0 as usize).copied().unwrap_or_default())
            };
            let size = node.items().fold(1, inner);
            let size = node.members().map(|member| member.value).fold(size, inner);
            sizes.push(size);
        }
        sizes.get(self.root.0 as usize).copied().unwrap_or_default()
    }

    pub(super) fn text(&self, text: Text) -> &str {
        let (whole, start) = match text.start & Text::DECODED {
            0 => (self.source.text.as_str(), text.start),
            _ => (self.decoded.as_str(), text.start & !Text::DECODED),
        };
        let start = start as usize;
        whole.get(start..start + text.length as usize).unwrap_or_default()
    }

    fn record(&self, id: NodeId) -> Record {
        const NOTHING: Record = Record { start: 0, end: 0, value: Value::Null };
        self.records.get(id.0 as usize).copied().unwrap_or(NOTHING)
    }

    /// A scalar as text, for its use as a name.
    pub(super) fn scalar_text(&self, id: NodeId) -> Text {
        let Record { start, end, value } = self.record(id);
        match value {
            Value::Number(text) | Value::String(text) => text,
            _ => Text::of_source(start as usize, end as usize),
        }
    }

    /// The text of a name.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.record(id).value {
            Value::String(text) => self.text(text),
            _ => "",
        }
    }

    /// Whether a member has a name. Most names differ in their lengths.
    pub(super) fn is_name(&self, id: NodeId, name: &str) -> bool {
        match self.record(id).value {
            Value::String(text) => text.length as usize == name.len() && self.text(text) == name,
            _ => name.is_empty(),
        }
    }

    /// Whether the object of a member has its name again later.
    fn is_superseded(&self, member: u32) -> bool {
        self.superseded.binary_search(&member).is_ok()
    }

    /// How many of some members are superseded.
    fn superseded_of(&self, first: u32, count: u32) -> u32 {
        let before = |at: u32| self.superseded.partition_point(|one| *one < at);
        offset(before(first.saturating_add(count)) - before(first))
    }
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind<'t> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number of JSON with the digits as they are written.
    Number(&'t str),
    /// A text.
    String(&'t str),
    /// A list.
    Array(Items<'t>),
    /// Names with values.
    Object(Members<'t>),
}

impl Kind<'_> {
    /// What to call a value of this kind in a message.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl<'t> Node<'t> {
    /// The number of the node, which is the same for each alias of it.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree of the node.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Where the node is. Of a string with its quotes, of an alias the place that it refers to.
    pub fn span(self) -> Span {
        let Record { start, end, .. } = self.tree.record(self.id);
        Span { source: self.tree.source_of(self.id), start, end }
    }

    /// What the node is.
    pub fn kind(self) -> Kind<'t> {
        match self.tree.record(self.id).value {
            Value::Null => Kind::Null,
            Value::Bool(value) => Kind::Bool(value),
            Value::Number(text) => Kind::Number(self.tree.text(text)),
            Value::String(text) => Kind::String(self.tree.text(text)),
            Value::Array { .. } => Kind::Array(self.items()),
            Value::Object { .. } => Kind::Object(self.members()),
        }
    }

    /// The text of a string.
    pub fn text(self) -> Option<&'t str> {
        match self.tree.record(self.id).value {
            Value::String(text) => Some(self.tree.text(text)),
            _ => None,
        }
    }

    /// The digits of a number.
    pub fn number(self) -> Option<&'t str> {
        match self.tree.record(self.id).value {
            Value::Number(text) => Some(self.tree.text(text)),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn bool(self) -> Option<bool> {
        match self.tree.record(self.id).value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A boolean, a number or a string as text.
    pub fn scalar(self) -> Option<&'t str> {
        match self.kind() {
            Kind::Bool(true) => Some("true"),
            Kind::Bool(false) => Some("false"),
            Kind::Number(text) | Kind::String(text) => Some(text),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => None,
        }
    }

    /// Whether the node is null.
    pub fn is_null(self) -> bool {
        matches!(self.tree.record(self.id).value, Value::Null)
    }

    /// Whether the node is an array.
    pub fn is_array(self) -> bool {
        matches!(self.tree.record(self.id).value, Value::Array { .. })
    }

    /// Whether the node is an object.
    pub fn is_object(self) -> bool {
        matches!(self.tree.record(self.id).value, Value::Object { .. })
    }

    /// Whether the node is an array or an object.
    pub fn is_container(self) -> bool {
        self.is_array() || self.is_object()
    }

    /// The items of an array; none for other values.
    pub fn items(self) -> Items<'t> {
        let items = match self.tree.record(self.id).value {
            Value::Array { first, count } => {
                let first = first as usize;
                self.tree.items.get(first..first + count as usize).unwrap_or_default()
            }
            _ => &[],
        };
        Items { tree: self.tree, items: items.iter() }
    }

    /// The item of an array at a position.
    pub fn item(self, at: usize) -> Option<Node<'t>> {
        self.items().nth(at)
    }

    /// The members, each name once, by their numbers.
    pub(super) fn entries(self) -> impl Iterator<Item = Entry> {
        let (first, entries) = self.range();
        let tree = self.tree;
        let numbered = entries.iter().zip(first..);
        numbered.filter(|(_, at)| !tree.is_superseded(*at)).map(|(entry, _)| *entry)
    }

    fn range(self) -> (u32, &'t [Entry]) {
        match self.tree.record(self.id).value {
            Value::Object { first, count } => {
                let range = first as usize..first as usize + count as usize;
                (first, self.tree.members.get(range).unwrap_or_default())
            }
            _ => (0, &[]),
        }
    }

    /// The members of an object in the order in which they are written; none for other values.
    ///
    /// Each name is there once: of a name that is written twice the last value counts.
    pub fn members(self) -> Members<'t> {
        let written = self.written();
        let count = offset(written.entries.len());
        let left = count.saturating_sub(self.tree.superseded_of(written.at, count)) as usize;
        Members { written, left }
    }

    /// The members of an object as they are written, also those whose name comes again.
    pub fn written(self) -> Written<'t> {
        let (at, entries) = self.range();
        Written { tree: self.tree, at, entries: entries.iter() }
    }

    /// The member of an object with a name. Of a name that is written twice it is the last one.
    pub fn member(self, name: &str) -> Option<Member<'t>> {
        let (first, entries) = self.range();
        let tree = self.tree;
        let index = || tree.indexes.binary_search_by_key(&first, |index| index.first).ok();
        let found = match Some(entries.len()).filter(|count| *count > FEW).and_then(|_| index()) {
            Some(at) => {
                let Index { sorted, count, .. } = tree.indexes[at];
                let range = sorted as usize..sorted as usize + count as usize;
                let names = tree.by_name.get(range).unwrap_or_default();
                let at = |member: u32| tree.members.get(member as usize).copied();
                let name_of = |member: u32| at(member).map_or("", |entry| tree.name(entry.name));
                let place = names.binary_search_by(|member| name_of(*member).cmp(name)).ok()?;
                at(names[place])?
            }
            None => *entries.iter().rev().find(|entry| tree.is_name(entry.name, name))?,
        };
        Some(Member::of(tree, found))
    }

    /// The value of the member of an object with a name. Of a name that is written twice it is the
    /// last one.
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        self.member(name).map(|member| member.value)
    }
}

/// The items of an array.
#[derive(Clone, Debug)]
pub struct Items<'t> {
    tree: &'t Tree,
    items: std::slice::Iter<'t, NodeId>,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        self.items.next().map(|id| self.tree.node(*id))
    }

    fn nth(&mut self, at: usize) -> Option<Node<'t>> {
        self.items.nth(at).map(|id| self.tree.node(*id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl DoubleEndedIterator for Items<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.items.next_back().map(|id| self.tree.node(*id))
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'t> {
    /// The name.
    pub name: &'t str,
    /// Where the name is, with its quotes if it has any.
    pub name_span: Span,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Member<'t> {
    fn of(tree: &'t Tree, entry: Entry) -> Self {
        let name_span = tree.node(entry.name).span();
        Self { name: tree.name(entry.name), name_span, value: tree.node(entry.value) }
    }
}

/// The members of an object, each name once.
#[derive(Clone, Debug)]
pub struct Members<'t> {
    written: Written<'t>,
    left: usize,
}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        let tree = self.written.tree;
        loop {
            let at = self.written.at;
            let member = self.written.next()?;
            // Nearly no document has one.
            if tree.superseded.is_empty() || !tree.is_superseded(at) {
                self.left = self.left.saturating_sub(1);
                return Some(member);
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Members<'_> {}

/// The members of an object as they are written.
#[derive(Clone, Debug)]
pub struct Written<'t> {
    tree: &'t Tree,
    at: u32,
    entries: std::slice::Iter<'t, Entry>,
}

impl<'t> Iterator for Written<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        let entry = *self.entries.next()?;
        self.at += 1;
        Some(Member::of(self.tree, entry))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for Written<'_> {}
