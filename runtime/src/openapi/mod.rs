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
mod fields;
pub(crate) mod file;
mod form;
pub(crate) mod headers;
pub(crate) mod invocation;
mod links;
#[cfg(not(feature = "odata"))]
mod long_running;
mod macros;
pub(crate) mod multipart;
pub(crate) mod operation;
pub(crate) mod pages;
pub(crate) mod paging;
pub(crate) mod parameter;
pub(crate) mod patch;
mod path;
mod protocol;
mod reaching;
mod reading;
mod security;
pub(crate) mod server;
mod servers;
pub(crate) mod service;
pub(crate) mod stream;
mod style;
pub(crate) mod undocumented;
pub(crate) mod unsent;
pub(crate) mod webhook;
pub(crate) mod xml;
