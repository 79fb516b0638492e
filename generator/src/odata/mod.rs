//! The front end for OData: from CSDL to the plan of a crate.
//!
//! Enters: CSDL documents and the configuration. Leaves: a model, a slice of it, the
//! [plan](crate::crate_plan) of a crate, the changes between two models, and programs that make
//! requests. Must not know: Rust text, how files are written, another front end.

pub mod binding;
pub(crate) mod compare;
pub mod csdl;
pub mod edm;
pub mod plan;
mod read;
mod runtime;
mod schema;
pub mod slice;
pub(crate) mod snippet;
pub mod url;

pub(crate) use read::{is_document, read};
pub use schema::Schema;

/// The features of the runtime that every crate of an OData service needs.
pub(crate) const RUNTIME_FEATURES: &[&str] = &["odata"];
