//! Requests over HTTP: the client, its credential, how a request travels, and what can go wrong.
//!
//! Enters: a call. Leaves: its answer, or one error. Must not know: OData.

// Most of this is called only by the wings, so it is unused without one.
#![cfg_attr(not(all(feature = "odata", feature = "openapi")), allow(dead_code, unused_imports))]

pub(crate) mod answer;
#[cfg(feature = "azure")]
pub mod azure;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod client_builder;
pub mod cloud;
pub(crate) mod content;
pub(crate) mod credential;
pub(crate) mod error;
pub(crate) mod exchange;
pub(crate) mod followed;
pub(crate) mod keys;
pub(crate) mod link;
pub(crate) mod long_running;
pub(crate) mod mask;
pub(crate) mod page_items;
pub(crate) mod path;
pub(crate) mod protocol;
pub(crate) mod random;
pub(crate) mod redirect;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod service_root;
pub(crate) mod settings;
pub(crate) mod text;
pub(crate) mod token_cache;
pub mod transport;
