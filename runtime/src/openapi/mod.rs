//! What OpenAPI adds to requests and to JSON.
//!
//! Enters: names of a document, values, the answers of a service. Leaves: requests, and what the answers
//! hold. Must not know: any particular document, OData.

// Until the calls of operations are here, some of this is called only by tests.
#![cfg_attr(not(test), allow(dead_code))]

pub(crate) mod answers;
pub(crate) mod errors;
mod failure;
pub(crate) mod form;
pub(crate) mod invocation;
mod macros;
pub(crate) mod operation;
pub(crate) mod parameter;
mod path;
mod protocol;
mod reading;
pub(crate) mod style;
pub(crate) mod undocumented;
