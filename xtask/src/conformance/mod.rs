//! `cargo xtask conformance`: what is generated from real schemas, against the compiler and against
//! the documentation of the service.
//!
//! Enters: schemas, and examples of requests and answers. Leaves: tables, a report, and whether the result
//! is as good as before. Must not know: how anything is generated.

pub(crate) mod documentation;
pub(crate) mod openapi;
mod schemas;

pub(crate) use documentation::Documentation;
pub(crate) use openapi::OpenApi;
pub(crate) use schemas::Conformance;
