//! What OpenAPI adds to requests and to JSON.
//!
//! Enters: names of a document, values, the answers of a service. Leaves: requests, and what the answers
//! hold. Must not know: any particular document, OData.

pub(crate) mod answers;
pub(crate) mod authorization;
#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod client_credentials;
pub(crate) mod errors;
mod failure;
pub(crate) mod file;
mod form;
pub(crate) mod headers;
pub(crate) mod invocation;
mod links;
mod macros;
pub(crate) mod multipart;
pub(crate) mod operation;
pub(crate) mod pages;
pub(crate) mod paging;
pub(crate) mod parameter;
mod path;
mod protocol;
mod reading;
mod security;
pub(crate) mod server;
mod servers;
pub(crate) mod service;
pub(crate) mod stream;
mod style;
pub(crate) mod undocumented;
pub(crate) mod unsent;
