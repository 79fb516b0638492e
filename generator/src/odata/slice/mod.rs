//! The part of a model that some resource paths, types and operations reach.
//!
//! Enters: a whole [`Model`](crate::odata::edm::Model) and path patterns. Leaves: a smaller model;
//! references to elements outside of it are removed. Must not know: Rust.

mod asked;
mod brought;
mod pattern;
mod reach;
mod select;
mod slip;
mod trail;

pub(crate) use asked::{asked, part};
pub use brought::{Bringer, Brought, ByPattern, Reason, why};
pub use pattern::{PathPattern, Pattern, PatternError, PatternSegment, References};
pub use select::{Sliced, ends, slice};
pub use slip::{At, Slip, WhyNot};
