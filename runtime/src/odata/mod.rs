//! What OData adds to requests and to JSON.
//!
//! Enters: names of a schema, values, the answers of a service. Leaves: requests, and what the answers
//! hold. Must not know: any particular schema.

pub(crate) mod annotations;
pub(crate) mod answer;
pub(crate) mod batch;
#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod bodies;
pub(crate) mod count;
pub(crate) mod delta;
mod enclosed;
pub(crate) mod envelope;
pub(crate) mod frame;
pub(crate) mod hierarchy;
mod link;
pub(crate) mod literal;
pub(crate) mod long_running;
mod macros;
pub(crate) mod page;
pub(crate) mod paging;
mod path;
pub mod paths;
pub mod query;
pub(crate) mod references;
pub(crate) mod registry;
mod request;
pub(crate) mod resource;
pub(crate) mod service_error;
pub(crate) mod single;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod upload;
