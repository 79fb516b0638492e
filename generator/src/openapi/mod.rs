//! The front end for OpenAPI: descriptions of version 2.0, 3.0, 3.1 and 3.2.
//!
//! Enters: documents in JSON or YAML, and the configuration. Leaves: a [model](model::Model).
//! Must not know: Rust text, how files are written, another front end.

mod build;
pub mod description;
pub mod model;
mod reference;
pub mod schema;

pub use build::build;
pub use description::{Description, Document, DocumentId, Location, Version};
