//! The result of a comparison.
//!
//! Enters: the [`Findings`] of a front end, the accepted breaks and the day. Leaves: a [`Report`].
//! Must not know: how a front end compares.

use super::allow::{self, Allow, Complaint};
use super::attribute;
use super::change::{Change, Notice, Place};
use super::findings::{Announcement, Findings};
use super::rule::{Bump, Severity};
use crate::input::source::{SourceMap, Span};
use time::Date;
use time::format_description::well_known::Iso8601;

/// What changed between two sides.
#[derive(Clone, Debug)]
pub struct Report {
    /// The changes: breaking ones first, then by severity, then by name.
    pub changes: Vec<Change>,
    /// For each change the reason for which it is accepted, if it is.
    pub accepted: Vec<Option<String>>,
    /// The accepted breaks of the configuration that accept nothing.
    pub complaints: Vec<Complaint>,
    /// How many changes the slice does not reach.
    pub outside: usize,
    /// Whether only a part of the service was compared.
    pub is_sliced: bool,
    /// The day of the comparison.
    pub today: Date,
}

/// What makes a comparison fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// A break on the wire.
    Wire,
    /// A major change of the crate.
    Rust,
    /// Either of these.
    Any,
    /// Nothing.
    None,
}

/// Breaking changes first; then by severity, rule, name and values.
fn sort(changes: &mut [Change]) {
    changes.sort_by(|a, b| {
        let key =
            |change: &Change| (change.severity(), change.owner.clone(), change.target.clone());
        key(a)
            .cmp(&key(b))
            .then_with(|| a.rule.id.cmp(b.rule.id))
            .then_with(|| (&a.old, &a.new).cmp(&(&b.old, &b.new)))
    });
}

/// Whether the removal of what is gone was announced, and whether its day is over.
fn notices(changes: &mut [Change], today: Date) {
    for change in changes.iter_mut().filter(|change| change.rule.is_loss()) {
        let Some(Announcement { removal }) = &change.announced else {
            change.notice = Some(Notice::Unannounced);
            continue;
        };
        let date = removal.as_ref().and_then(|date| Date::parse(date, &Iso8601::DATE).ok());
        change.notice = Some(match date.filter(|date| *date > today) {
            Some(date) => {
                let days = (date - today).whole_days();
                change
                    .details
                    .push(format!("It was announced to stay until {date}, {days} more days."));
                Notice::Early
            }
            None => Notice::Announced,
        });
    }
}

/// Lines and columns for the places of all changes.
fn places([old, new]: [&SourceMap; 2], changes: &mut [Change]) {
    let place = |sources: &SourceMap, span: Span| {
        let (line, column) = sources.line_column(span);
        Place { file: sources.get(span.source).name.clone(), line, column }
    };
    for change in changes {
        change.old_place = change.old_span.map(|span| place(old, span));
        change.new_place = change.new_span.map(|span| place(new, span));
    }
}

impl Report {
    /// Judges what a front end found: attributes what changes in the crate, leaves out what the slice
    /// does not reach, and accepts breaks. `today` decides which dates are over.
    pub(super) fn new(findings: Findings<'_>, allows: &[Allow], today: Date) -> Self {
        let Findings { mut changes, plans, sources, is_sliced, elements } = findings;
        attribute::attribute(&mut changes, &*elements, plans);
        let count = changes.len();
        changes.retain(|change| change.is_in_slice || !change.rust.is_empty());
        let outside = count - changes.len();
        notices(&mut changes, today);
        places(sources, &mut changes);
        sort(&mut changes);
        let (accepted, complaints) = allow::apply(allows, &changes, today);
        Self { changes, accepted, complaints, outside, is_sliced, today }
    }

    /// The changes that are not accepted and that a gate stops.
    pub fn stopped_by(&self, gate: Gate) -> usize {
        let stops = |change: &Change| match gate {
            Gate::Wire => change.breaks_wire(),
            Gate::Rust => change.breaks_rust(),
            Gate::Any => change.breaks_wire() || change.breaks_rust(),
            Gate::None => false,
        };
        let open = self.changes.iter().zip(&self.accepted).filter(|(_, one)| one.is_none());
        open.filter(|(change, _)| stops(change)).count()
    }

    /// What the changes do to the version of the crate.
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(|change| change.bump).max().unwrap_or_default()
    }

    /// How many changes break a client on the wire.
    pub fn wire_breaks(&self) -> usize {
        self.changes.iter().filter(|change| change.breaks_wire()).count()
    }

    /// The changes of a severity, each with the reason for which it is accepted, if it is.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = (&Change, Option<&str>)> {
        self.changes
            .iter()
            .zip(self.accepted.iter().map(Option::as_deref))
            .filter(move |(change, _)| change.severity() == severity)
    }
}
