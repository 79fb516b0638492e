//! The parts of one kind, each made once however often it is asked for.

use crate::openapi::description::Location;
use crate::openapi::model::{Arena, Id};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::hash::Hash;

/// The parts of one kind that were asked for so far.
///
/// A part is read after all that was asked for before it, and not where it is asked for: so no chain of
/// references can be too deep.
pub(super) struct Parts<T, C = ()> {
    made: Vec<Option<T>>,
    open: VecDeque<(Id<T>, Asked<C>)>,
    known: FxHashMap<Asked<C>, Id<T>>,
}

/// A part that is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asked<C = ()> {
    /// The object.
    pub(super) at: Location,
    /// The reference to it whose own description takes the place of that of the object.
    pub(super) over: Option<Location>,
    /// What else determines how it is read.
    pub(super) context: C,
}

impl<T, C: Copy + Eq + Hash> Parts<T, C> {
    pub(super) fn new() -> Self {
        Self { made: Vec::new(), open: VecDeque::new(), known: FxHashMap::default() }
    }

    /// The number of a part, which is read later.
    pub(super) fn ask(&mut self, asked: Asked<C>) -> Id<T> {
        let Self { made, open, known } = self;
        *known.entry(asked).or_insert_with(|| {
            let id = Id::new(made.len());
            made.push(None);
            open.push_back((id, asked));
            id
        })
    }

    /// Adds a part that is not written as one object.
    pub(super) fn add(&mut self, part: T) -> Id<T> {
        self.made.push(Some(part));
        Id::new(self.made.len() - 1)
    }

    /// The next part that has not been read.
    pub(super) fn next(&mut self) -> Option<(Id<T>, Asked<C>)> {
        self.open.pop_front()
    }

    pub(super) fn set(&mut self, id: Id<T>, part: T) {
        if let Some(place) = self.made.get_mut(id.index()) {
            *place = Some(part);
        }
    }

    /// All parts, which have been read.
    pub(super) fn finish(self) -> Arena<T> {
        let mut arena = Arena::default();
        self.made.into_iter().flatten().for_each(|part| _ = arena.push(part));
        arena
    }
}

impl Asked {
    /// The same part, read in a context.
    pub(super) fn with<C>(self, context: C) -> Asked<C> {
        Asked { at: self.at, over: self.over, context }
    }
}
