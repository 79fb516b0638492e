//! The fields of an object, read leniently.
//!
//! A value of the wrong kind is as good as absent: the walk over the document reports it.

use crate::input::source::Span;
use crate::node::{Member, Node};
use crate::openapi::description::{Description, Location, Version};
use crate::openapi::lenient;
use crate::openapi::model::{Extensions, Words};
use std::cell::Cell;

/// How much may be read. Without aliases each value is read a few times at most; with them a small
/// document can have more parts than a machine has memory.
pub(super) struct Budget(Cell<u64>);

/// What a value costs in addition to its text.
const VALUE: u64 = 8;

impl Budget {
    pub(super) fn of(description: &Description) -> Self {
        let length = description.documents().map(|(_, one)| one.tree.source_text().len() as u64);
        Self(Cell::new(length.sum::<u64>() * 16 + 1_000_000))
    }

    /// Whether there is enough left.
    pub(super) fn spend(&self, cost: u64) -> bool {
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Whether more was asked for than there was.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// An object of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields<'d> {
    pub(super) at: Location,
    pub(super) node: Node<'d>,
    pub(super) version: Version,
    description: &'d Description,
    budget: &'d Budget,
}

impl<'d> Fields<'d> {
    pub(super) fn new(description: &'d Description, budget: &'d Budget, at: Location) -> Self {
        let version = description.document(at.document).version;
        Self { at, node: description.node(at), version, description, budget }
    }

    /// What the object refers to, if it is a reference; also where the specification has none.
    pub(super) fn followed(self) -> Self {
        if self.node.get("$ref").and_then(Node::text).is_none() {
            return self;
        }
        let target = self.description.target(self.at).ok();
        target.map_or(self, |at| Self::new(self.description, self.budget, at))
    }

    fn with(self, node: Node<'d>) -> Self {
        Self { at: self.at.with(node), node, ..self }
    }

    pub(super) fn span(self) -> Span {
        self.node.span()
    }

    /// A field that is an object.
    pub(super) fn object(self, name: &str) -> Option<Self> {
        let node = self.node.get(name).filter(|node| node.is_object())?;
        Some(self.with(node).followed())
    }

    /// The location of a field.
    pub(super) fn location(self, name: &str) -> Option<Location> {
        self.node.get(name).map(|node| self.at.with(node))
    }

    /// The text of a field.
    pub(super) fn words(self, name: &str) -> Option<Words> {
        self.node.get(name).and_then(|node| self.with(node).own_words())
    }

    /// The text that the value itself is.
    pub(super) fn own_words(self) -> Option<Words> {
        let text = lenient::text(self.node)?;
        let is_paid = self.budget.spend(text.len() as u64 + VALUE);
        is_paid.then(|| Words { text: text.to_owned(), span: self.span() })
    }

    pub(super) fn bool(self, name: &str) -> Option<bool> {
        self.node.get(name).and_then(lenient::boolean)
    }

    pub(super) fn is_true(self, name: &str) -> bool {
        self.bool(name) == Some(true)
    }

    /// The items of a field that is an array.
    pub(super) fn items(self, name: &str) -> impl Iterator<Item = Self> + use<'d> {
        let inner = self.node.get(name).map(|node| self.with(node));
        inner.into_iter().flat_map(Self::own_items)
    }

    /// All items.
    pub(super) fn own_items(self) -> impl Iterator<Item = Self> + use<'d> {
        let items = self.node.items();
        items.take_while(move |_| self.budget.spend(VALUE)).map(move |node| self.with(node))
    }

    /// The texts of a field that is an array of them.
    pub(super) fn texts(self, name: &str) -> Vec<Words> {
        self.items(name).filter_map(Self::own_words).collect()
    }

    /// The members of a field that is an object.
    pub(super) fn members(self, name: &str) -> impl Iterator<Item = (Words, Self)> + use<'d> {
        self.object(name).into_iter().flat_map(Self::own_members)
    }

    /// All members.
    pub(super) fn own_members(self) -> impl Iterator<Item = (Words, Self)> + use<'d> {
        let members = self.node.members();
        let is_paid =
            move |member: &Member<'_>| self.budget.spend(member.name.len() as u64 + VALUE);
        members.take_while(is_paid).map(move |member| (name(&member), self.with(member.value)))
    }

    /// The members whose names begin with `x-`.
    pub(super) fn extensions(self) -> Extensions {
        let members = self.node.members().filter(|member| member.name.starts_with("x-"));
        let is_paid = |member: &Member<'_>| self.budget.spend(member.name.len() as u64 + VALUE);
        let paid = members.take_while(is_paid);
        paid.map(|member| (name(&member), self.at.with(member.value))).collect()
    }
}

fn name(member: &Member<'_>) -> Words {
    Words { text: member.name.to_owned(), span: member.name_span }
}
