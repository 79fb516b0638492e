//! Examples of values.

use super::{Extensions, Words};
use crate::openapi::description::Location;

/// An example of a value. The map that has it has its name.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// One line about it.
    pub summary: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// The value: `value` or `dataValue`.
    pub value: Option<Location>,
    /// The value as it is sent.
    pub serialized: Option<Words>,
    /// The address of the value.
    pub external: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
