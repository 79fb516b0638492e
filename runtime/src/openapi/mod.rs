//! What OpenAPI adds to requests and to JSON.
//!
//! Enters: names of a document, values, the answers of a service. Leaves: requests, and what the answers
//! hold. Must not know: any particular document, OData.

pub(crate) mod parameter;
