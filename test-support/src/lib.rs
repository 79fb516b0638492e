//! What the tests of this repository have in common.
//!
//! Enters: the text of a schema, or the name of a real one. Leaves: the result of a stage. An
//! unexpected result is a panic with the findings as a user would see them. Must not know: any one
//! test.

#[cfg(feature = "generator")]
mod emitted;
mod goldens;
#[cfg(feature = "generator")]
mod schema;
mod shared;
#[cfg(feature = "generator")]
mod stages;

#[cfg(feature = "generator")]
pub use emitted::emitted;
pub use goldens::golden_folders;
#[cfg(feature = "generator")]
pub use schema::{document, edmx, schema};
pub use shared::shared;
#[cfg(feature = "generator")]
pub use stages::{Parsed, diagnostics, generated, model, parsed, planned, read, session};
