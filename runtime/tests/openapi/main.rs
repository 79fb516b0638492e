//! Operations of OpenAPI documents, by hand-written code in the form of generated crates.

#[allow(unused_macros, unused_imports)] // Other tests use the rest.
#[path = "../json_types/declare.rs"]
mod declare;

mod answers;
mod calls;
mod issues;
