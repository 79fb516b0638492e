//! What a front end hands to a review.
//!
//! Enters: the changes that a front end found between two revisions of a schema, each with what the
//! front end knows about it. Leaves: [`Findings`], and the query that a review makes: which
//! elements of the schema a line of the crate comes from. Must not know: any format of a schema.

use super::change::Change;
use crate::crate_plan::CratePlan;
use crate::crate_plan::api::Line;
use crate::input::source::SourceMap;

/// One of two revisions of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Which {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// What a front end found between two revisions.
pub(crate) struct Findings<'a> {
    /// The changes, with their anchors, announcements and requests.
    pub(crate) changes: Vec<Change>,
    /// The crate of the old revision, and of the new one.
    pub(crate) plans: [&'a CratePlan; 2],
    /// The sources that the spans of the changes on the old and on the new side point into.
    pub(crate) sources: [&'a SourceMap; 2],
    /// Whether either crate is made of a part of the schema only.
    pub(crate) is_sliced: bool,
    /// What a line of a crate comes from.
    pub(crate) elements: Box<dyn Explains + 'a>,
}

/// Finds the elements of a schema that the items of a crate come from.
pub(crate) trait Explains {
    /// The elements whose change may explain a difference in a line of the crate of one revision, each
    /// with how far it is from the line. `named` are the wire names of the types and operations whose
    /// items the line names.
    fn anchors(&self, which: Which, line: &Line, named: &[String]) -> Vec<(Distance, Anchor)>;
}

/// Where a difference of the crate and a change of the schema that explains it meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Anchor {
    /// An element, by its wire name with that of its owner.
    Element(String),
    /// Operations, by their simple name.
    Operation(String),
    /// The types that are derived from a type, by its wire name.
    Hierarchy(String),
    /// The paths that end at a type, by its wire name.
    End(String),
    /// The paths that go on through values of a type, by its wire name.
    Passage(String),
}

/// How far the element of an anchor is from a line, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Distance {
    /// It is the element that the line is made from.
    Member,
    /// It has that element as a member, or is a base of what has it.
    Owner,
    /// The line names its item.
    Named,
    /// The line depends on what is derived from it.
    Hierarchy,
    /// The line depends on which paths go through it.
    Passage,
}

/// The announcement that an element will be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// The day of the removal as the schema has it, if it has one: ISO 8601.
    pub(crate) removal: Option<String>,
}
