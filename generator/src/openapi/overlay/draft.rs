//! A document that can be changed.
//!
//! Enters: nodes. Leaves: a [`Draft`], in which each value has its place. Must not know: overlays.

use crate::input::source::Span;
use crate::node::{Composer, Kind, Node, NodeId};
use std::collections::{BTreeMap, HashMap};

/// A value that can be changed.
#[derive(Clone, Debug)]
pub(super) struct Draft<'t> {
    /// Where the value is; a scalar is this node.
    pub(super) node: Node<'t>,
    pub(super) content: Content<'t>,
}

/// What is in a value.
#[derive(Clone, Debug)]
pub(super) enum Content<'t> {
    Scalar,
    Array(Vec<Draft<'t>>),
    Object(Vec<Field<'t>>),
}

/// The member of an object.
#[derive(Clone, Debug)]
pub(super) struct Field<'t> {
    pub(super) name: &'t str,
    name_span: Span,
    pub(super) value: Draft<'t>,
}

/// A step into an object or an array, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Member(usize),
    Item(usize),
}

impl<'t> Draft<'t> {
    pub(super) fn of(node: Node<'t>) -> Self {
        let content = match node.kind() {
            Kind::Array(items) => Content::Array(items.map(Self::of).collect()),
            Kind::Object(members) => {
                let field = |member: crate::node::Member<'t>| Field {
                    name: member.name,
                    name_span: member.name_span,
                    value: Self::of(member.value),
                };
                Content::Object(members.map(field).collect())
            }
            _ => Content::Scalar,
        };
        Self { node, content }
    }

    /// How many values there are, and how deeply they are nested.
    pub(super) fn size(&self) -> (u64, usize) {
        let inner: &mut dyn Iterator<Item = &Self> = match &self.content {
            Content::Scalar => return (1, 1),
            Content::Array(items) => &mut items.iter(),
            Content::Object(fields) => &mut fields.iter().map(|field| &field.value),
        };
        let (size, depth) = inner
            .map(Self::size)
            .fold((1, 0), |(size, depth), (more, deep)| (size + more, depth.max(deep)));
        (size, depth + 1)
    }

    /// The value at a path.
    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |value, step| match (&mut value.content, step) {
            (Content::Array(items), Step::Item(at)) => items.get_mut(*at),
            (Content::Object(fields), Step::Member(at)) => {
                fields.get_mut(*at).map(|field| &mut field.value)
            }
            _ => None,
        })
    }

    /// Removes the values at some paths, each of which has at least one step.
    pub(super) fn remove(&mut self, paths: &[Vec<Step>]) {
        let mut containers: BTreeMap<&[Step], Vec<usize>> = BTreeMap::new();
        for path in paths {
            if let Some((Step::Member(at) | Step::Item(at), container)) = path.split_last() {
                containers.entry(container).or_default().push(*at);
            }
        }
        // From the end on, so that the positions of those before it stay as they are.
        for (container, mut removed) in containers.into_iter().rev() {
            removed.sort_unstable();
            let mut at = 0..;
            let mut stays = || at.next().is_some_and(|at| removed.binary_search(&at).is_err());
            match self.at(container).map(|container| &mut container.content) {
                Some(Content::Array(items)) => items.retain(|_| stays()),
                Some(Content::Object(fields)) => fields.retain(|_| stays()),
                Some(Content::Scalar) | None => {}
            }
        }
    }

    /// Merges an object into this one, which `merge` does for members of the same name.
    pub(super) fn merge_members(
        fields: &mut Vec<Field<'t>>,
        more: Vec<Field<'t>>,
        mut merge: impl FnMut(&mut Self, Self),
    ) {
        /// The most members that are looked up one by one.
        const FEW: usize = 8;
        if more.len() <= FEW {
            for field in more {
                match fields.iter_mut().find(|one| one.name == field.name) {
                    Some(into) => merge(&mut into.value, field.value),
                    None => fields.push(field),
                }
            }
            return;
        }
        let mut places: HashMap<&str, usize> =
            fields.iter().enumerate().map(|(at, field)| (field.name, at)).collect();
        for field in more {
            match places.get(field.name) {
                Some(at) => merge(&mut fields[*at].value, field.value),
                None => {
                    places.insert(field.name, fields.len());
                    fields.push(field);
                }
            }
        }
    }

    /// Adds the value to a tree.
    pub(super) fn compose(&self, to: &mut Composer) -> NodeId {
        match &self.content {
            Content::Scalar => to.scalar(self.node),
            Content::Array(items) => {
                let items: Vec<NodeId> = items.iter().map(|item| item.compose(to)).collect();
                to.array(items, self.node.span())
            }
            Content::Object(fields) => {
                let members: Vec<(NodeId, NodeId)> = fields
                    .iter()
                    .map(|field| (to.name(field.name, field.name_span), field.value.compose(to)))
                    .collect();
                to.object(members, self.node.span())
            }
        }
    }
}
