//! What is found while shapes are made, each finding once: a schema may be a part of many shapes.

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use rustc_hash::FxHashSet;

/// Findings, of which none is reported twice.
pub(super) struct Findings<'d> {
    all: &'d mut Diagnostics,
    known: FxHashSet<(&'static str, Option<Span>, Option<Span>)>,
}

impl<'d> Findings<'d> {
    pub(super) fn new(all: &'d mut Diagnostics) -> Self {
        Self { all, known: FxHashSet::default() }
    }

    /// Adds a finding, unless the same rule was already found to be broken at its places.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        let place = |place: &Option<(Span, String)>| place.as_ref().map(|(span, _)| *span);
        if self.known.insert((finding.code, place(&finding.place), place(&finding.related))) {
            self.all.push(finding);
        }
    }

    /// All that was found here and before.
    pub(super) fn into_all(self) -> &'d mut Diagnostics {
        self.all
    }
}
