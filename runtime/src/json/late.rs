//! What has to be remembered about objects that name their type late.
//!
//! Enters: the members of objects whose type is not known yet. Leaves: the same members, and the types that
//! came late. Must not know: how an object names its type.

use super::reader::Mark;
use std::borrow::Cow;
use std::collections::HashMap;

/// What is known about objects that have not named their type yet.
#[derive(Default)]
pub(crate) struct Late<'json> {
    /// Members of objects without a known type that none of them declares, those of inner objects last.
    pub(crate) waiting: Vec<(Cow<'json, str>, &'json str)>,
    /// How many objects around this place have not named their type.
    pub(crate) untyped: usize,
    /// The types that came late within such objects, by where the objects begin. When the object around
    /// them is read again, they are read only once more: otherwise each level would double the work.
    pub(crate) types: HashMap<Mark, &'json str>,
}
