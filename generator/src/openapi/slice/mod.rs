//! The part of an API that some paths, tags, operations and components are.
//!
//! Enters: an [`Api`](super::Api) and the configured [patterns](Pattern). Leaves: a smaller one, with the
//! operations that are included and the schemas that they need. Must not know: Rust, how documents are
//! written.

mod asked;
mod document;
mod keep;
mod pattern;
mod roots;
mod select;

pub(crate) use asked::{PATTERNS, asked};
pub use document::{Documents, SlicedDocument, documents};
pub use pattern::{Pattern, PatternError};
pub use select::{Selected, select};
