//! What is known about values that are read by trial.
//!
//! Enters: what the branches of unions hold of the values that were tried. Leaves: how much may still be tried,
//! and which branch was found for a value, so that it is found once. Must not know: slots, or types.

use std::collections::BTreeMap;

/// How many times the length of a text may be tried.
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
    /// How many bytes have been read by trial.
    tried: usize,
    /// How many trials are going on, one within the other.
    depth: usize,
    /// The branches that were found, by the place of the value and by the union.
    found: BTreeMap<(usize, usize), usize>,
}

impl Trials {
    /// Whether more may be tried, in a text of a length.
    pub(crate) fn may_try(&self, length: usize) -> bool {
        self.tried <= length.saturating_mul(TIMES)
    }

    /// A trial begins.
    pub(crate) fn enter(&mut self) {
        self.depth += 1;
    }

    /// A trial has read so many bytes.
    pub(crate) fn leave(&mut self, bytes: usize) {
        self.tried = self.tried.saturating_add(bytes);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Remembers the branch of a union that was found for the value at a place.
    pub(crate) fn remember(&mut self, place: usize, union: usize, branch: usize) {
        if self.depth == 0 {
            // Nothing that was tried is read again.
            self.found.clear();
        } else {
            self.found.insert((place, union), branch);
        }
    }

    /// The branch of a union that was found before for the value at a place.
    pub(crate) fn found(&self, place: usize, union: usize) -> Option<usize> {
        self.found.get(&(place, union)).copied()
    }
}
