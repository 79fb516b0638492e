//! What has been checked: each node once for each kind of object that it is read as.

use super::Object;
use crate::openapi::description::{Description, Location};

/// The kinds of objects as which nodes have been checked.
pub(super) struct Seen {
    /// A set for each node of each document.
    sets: Vec<Vec<u128>>,
}

/// The place of a kind in the upper half of a set: an array or an object of such objects.
const CONTAINERS: u32 = 64;

impl Seen {
    pub(super) fn of(description: &Description) -> Self {
        let sets = description.documents().map(|(_, document)| vec![0; document.tree.size()]);
        Self { sets: sets.collect() }
    }

    fn add(&mut self, at: Location, bit: u32) -> bool {
        let sets = self.sets.get_mut(at.document.index());
        let Some(set) = sets.and_then(|sets| sets.get_mut(at.node.index())) else { return false };
        let before = *set;
        *set |= 1 << bit;
        *set != before
    }

    /// Adds an object. Returns whether it is new.
    pub(super) fn insert(&mut self, at: Location, object: Object) -> bool {
        self.add(at, object as u32)
    }

    /// Adds an array or an object of objects; `None` is of other values. Returns whether it is new.
    pub(super) fn insert_container(&mut self, at: Location, of: Option<Object>) -> bool {
        self.add(at, CONTAINERS + of.map_or(CONTAINERS - 1, |object| object as u32))
    }

    /// The first of the objects as which a node has been checked.
    pub(super) fn object(&self, at: Location) -> Option<Object> {
        let set = self.sets.get(at.document.index())?.get(at.node.index())?;
        Object::ALL.get(set.trailing_zeros() as usize).copied()
    }

    /// Whether a node has been checked as an object.
    pub(super) fn contains(&self, at: Location, object: Object) -> bool {
        let set = self.sets.get(at.document.index()).and_then(|sets| sets.get(at.node.index()));
        set.is_some_and(|set| set & 1 << (object as u32) != 0)
    }
}
