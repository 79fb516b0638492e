//! The part of a model that some resource paths reach.
//!
//! Enters: a whole [`Model`](crate::edm::Model) and path patterns.
//! Leaves: a smaller model; edges that lead out of it are cut.
//! Must not know: Rust, or how the patterns were given.

mod pattern;
mod reach;
mod select;

pub use pattern::{PathPattern, PatternError};
pub use select::{Unmatched, slice};
