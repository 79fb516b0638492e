//! What is known about values that are read by trial.
//!
//! Enters: what the branches of unions hold of the values that were tried. Leaves: how much may still be tried,
//! and which branch was found for a value, so that it is found once. Must not know: slots, or types.
//!
//! Since each branch is found once, a value is read at most as many times as there are branches for each union
//! that is around it. What may be tried in all is limited nevertheless, because unions may be nested deeply.

use std::collections::BTreeMap;

/// How many times the length of a text may be tried, with all branches of a union each time.
const TIMES: usize = 32;

/// What is known about values that are read by trial.
#[derive(Default)]
pub(crate) struct Trials {
    /// How many values of members are not of their types.
    pub(crate) misfits: u32,
    /// How many members are not declared, and how many numbers are out of range.
    pub(crate) undeclared: u32,
    /// Whether a declared member came twice.
    pub(crate) is_repeated: bool,
    /// How many bytes have been tried.
    tried: usize,
    /// How many trials are going on, one within the other.
    depth: usize,
    /// The branches that were found.
    found: BTreeMap<Place, usize>,
    /// The branches that the last one of several tags tells, if it tells any.
    last_tags: BTreeMap<Place, Option<usize>>,
}

/// How many bytes are before a value, and a number for the union as which it is read.
type Place = (usize, usize);

impl Trials {
    /// Whether more may be tried, in a text of a length.
    pub(crate) fn may_try(&self, length: usize) -> bool {
        self.tried <= length.saturating_mul(TIMES)
    }

    /// A trial begins.
    pub(crate) fn enter(&mut self) {
        self.depth += 1;
    }

    /// A trial ends, and counts as so many bytes.
    pub(crate) fn leave(&mut self, bytes: usize) {
        self.tried = self.tried.saturating_add(bytes);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Remembers the branch that was found for the value at a place.
    pub(crate) fn remember(&mut self, place: Place, branch: usize) {
        if self.depth == 0 {
            // Nothing that was tried is read again.
            self.found.clear();
        } else {
            self.found.insert(place, branch);
        }
    }

    /// The branch that was found before for the value at a place.
    pub(crate) fn found(&self, place: Place) -> Option<usize> {
        self.found.get(&place).copied()
    }

    /// Remembers the branch for a value in which a tag comes twice.
    pub(crate) fn remember_last_tag(&mut self, place: Place, branch: Option<usize>) {
        self.last_tags.insert(place, branch);
    }

    /// The branch that was found before for a value in which a tag comes twice, if it is such a value.
    pub(crate) fn last_tag(&self, place: Place) -> Option<Option<usize>> {
        self.last_tags.get(&place).copied()
    }
}
