//! Operations of OpenAPI documents, by hand-written code in the form of generated crates.

#[allow(unused_macros, unused_imports)] // Other tests use the rest.
#[path = "../json_types/declare.rs"]
mod declare;
#[allow(dead_code)] // Other tests use the rest.
#[path = "../wire/service.rs"]
mod service;

mod answers;
mod bodies;
mod calls;
mod client_credentials;
mod guarded;
mod headers;
mod issues;
mod long_running;
mod pages;
mod security;
mod servers;
mod streams;
