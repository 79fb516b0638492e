//! The runtime of every crate that schemacrate generates: typed requests, and how they are sent.
//!
//! A [`ServiceClient`] is a client of one service, a [`Request`] a request on one of its resources. The types and
//! functions of a generated crate are thin wrappers of these.
//!
//! ```
//! use schemacrate_runtime::transport::Replay;
//! use schemacrate_runtime::{ServiceClient, Request};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), schemacrate_runtime::Error> {
//! // `Replay` takes the place of a service. Without it, the client sends its requests with reqwest.
//! let service = Replay::new();
//! service.answer(200, r#""on loan""#);
//! let client = ServiceClient::builder("https://example.com/v1")
//!     .credential("token")
//!     .transport(service)
//!     .build()?;
//!
//! let read: Request<String> = client.resource("books").key_segment("7").child("state").get();
//! assert_eq!(read.await?, "on loan");
//! # Ok(())
//! # }
//! ```
//!
#![cfg_attr(
    feature = "odata",
    doc = "The [`guide`] lists what can be done, with links to examples.\n"
)]
//!
//! # Security
//!
//! - A token is sent only to the origin of the service root: neither a redirect nor a link that the
//!   service sends takes it to another one. A link that came by way of another origin gets no token even
//!   if it refers to the service: it ends in `#from-another-origin`, by which
//!   `ServiceClient::follow` and `LongRunning::follow` recognise it. The same holds for keys.
//! - No key, query option or header of a caller can change the structure of a request.
//! - Errors, `Debug` and `tracing` spans hold no token, no key and no body. The one exception is
//!   an answer that is not a success: what the service reports about it is shown, shortened, and `Debug`
//!   shows its `Location`.
//!
//! # Features
//!
//! - `odata` (default): what crates of OData services need, and what is shown above. Without it only the
//!   core is compiled: clients, requests, JSON and primitive types.
//! - `openapi`: what crates of OpenAPI documents need: operations, security, files, pages and more.
//! - `reqwest` (default): sends requests with `reqwest` and rustls, within a Tokio runtime.
//!   Without it, supply a [`Transport`](transport::Transport).
//! - `tokio` (with `reqwest`): files and readers of Tokio are sources of uploads, and the bodies of answers
//!   are readers.
//! - `serde` (default): generated models implement `Serialize` and `Deserialize`, for formats other than
//!   JSON and for code that requires these traits. Requests need neither, nor do
//!   [`from_json`](model::from_json) and [`to_json`](model::to_json); without the feature, checking the
//!   crate of a large schema takes nine tenths of the time and a seventh less memory.
//! - `tower`: any HTTP service of `tower` is a transport, and any transport is such a service, so that
//!   layers can be put around it.
//! - `azure`: the credentials of the Azure SDK are credentials of a client.
//! - `blocking`: `send_blocking` for code that is not asynchronous, and `blocking::run` for everything that
//!   is awaited and is not a request, such as `all()`, a batch or an upload.

#[doc(hidden)]
pub mod codegen;
#[cfg(feature = "odata")]
pub mod guide;
mod json;
pub mod model;
#[cfg(feature = "odata")]
mod odata;
#[cfg(feature = "openapi")]
mod openapi;
pub mod registry;
pub mod types;
// The crate `http` is public by its name here, so the folder has another one.
#[path = "http/mod.rs"]
mod web;

pub use crate::json::{Additional, Update};
#[cfg(all(feature = "odata", feature = "tokio"))]
pub use crate::odata::upload::{FileSource, ReaderSource};
#[cfg(feature = "odata")]
pub use crate::odata::{
    batch::{Answers, AtomicGroup, Batch, Handle, PartId},
    count::Count,
    delta::{AllChanges, Change, Changes},
    literal::Literal,
    page::Page,
    paging::{All, Items, Pages},
    paths, query,
    resource::Resource,
    service_error::{ErrorDetail, ServiceError},
    upload::{Upload, UploadProgress, UploadSource, UploadStatus},
};
/// The pages and items of the lists of OpenAPI crates: see [`Request::pages`].
#[cfg(feature = "openapi")]
pub mod paged {
    pub use crate::openapi::pages::{Items, Pages};
}
/// The requests that a service sends: webhooks and callbacks.
#[cfg(feature = "openapi")]
pub mod webhook {
    pub use crate::openapi::webhook::{
        Webhook, WebhookBody, WebhookError, WebhookHeaders, WebhookPart, WebhookQuery,
    };
}
#[cfg(feature = "openapi")]
pub use crate::openapi::{
    authorization::Authorization, client_credentials::ClientCredentials, server::ServerAddress,
    unsent::Unsent,
};
pub use crate::types as edm;
pub use crate::types as primitive;
#[cfg(feature = "azure")]
pub use crate::web::azure;
#[cfg(feature = "blocking")]
pub use crate::web::blocking;
pub use crate::web::client::ServiceClient;
pub use crate::web::client_builder::ClientBuilder;
pub use crate::web::credential::{
    BoxFuture, Credential, CredentialFn, Token, TokenRequest, credential_fn,
};
pub use crate::web::error::{BoxError, Error, ErrorKind};
pub use crate::web::long_running::{LongRunning, Progress};
pub use crate::web::request::{Request, Response};
pub use crate::web::response::FromResponse;
pub use crate::web::retry::RetryPolicy;
pub use crate::web::{cloud, transport};

#[cfg(feature = "azure")]
pub use azure_core;
pub use bytes;
pub use http;
pub use indexmap::{self, IndexMap};
#[cfg(feature = "reqwest")]
pub use reqwest;
pub use serde;

/// The examples of the README, which run as tests.
#[cfg(all(doctest, feature = "odata"))]
#[doc = include_str!("../README.md")]
struct Readme;
