//! The part of a model that some resource paths, types and operations reach.
//!
//! Enters: a whole [`Model`](crate::odata::edm::Model) and path patterns. Leaves: a smaller model;
//! references to elements outside of it are removed. Must not know: Rust.

mod asked;
mod pattern;
mod reach;
mod select;

pub(crate) use asked::{Part, asked, part};
pub use pattern::{PathPattern, Pattern, PatternError, PatternSegment};
pub use select::{Unmatched, ends, slice};
