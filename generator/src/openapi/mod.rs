//! The front end for OpenAPI: descriptions of version 2.0, 3.0, 3.1 and 3.2.
//!
//! Enters: documents in JSON or YAML, and the configuration. Leaves: a [model](model::Model), and the
//! [plan](crate::crate_plan) of a crate.
//! Must not know: Rust text, how files are written, another front end.

mod beside;
mod build;
pub mod description;
mod document;
pub mod explain;
mod lenient;
pub mod model;
mod objects;
pub mod overlay;
pub mod plan;
mod read;
mod reference;
mod references;
mod resources;
pub mod schema;
mod shown;
pub mod slice;
pub mod snippet;
mod source;
mod uri;
mod validate;
mod walk;

pub(crate) use beside::{Beside, is_name_of_document};
pub use build::build;
pub use description::{Description, Document, DocumentId, Location, Version};
pub use objects::{Reached, check as check_objects};
pub(crate) use read::read;
pub use read::{Api, add_document, is_document};
pub use reference::{Dynamic, Missing, Resolved};
pub use references::{Found, Referring, check_references, references};
pub use source::Schema;
pub use uri::{Uri, without_fragment};
