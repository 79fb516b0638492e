//! What OpenAPI adds to requests and to JSON.
//!
//! Enters: names of a document, values, the answers of a service. Leaves: requests, and what the answers
//! hold. Must not know: any particular document, OData.

// Until the calls of operations are here, some of this is called only by tests.
#![cfg_attr(not(test), allow(dead_code))]

pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod multipart;
pub(crate) mod parameter;
pub(crate) mod style;
