//! Groups of operations.

use super::{Extensions, ExternalDocs, Words};
use crate::openapi::description::Location;

/// A group of operations.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Where it is written.
    pub location: Location,
    /// The name.
    pub name: Words,
    /// One line about it.
    pub summary: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// Documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
    /// The name of the tag of which this one is a part.
    pub parent: Option<Words>,
    /// What the tag is for, such as `nav`.
    pub kind: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
