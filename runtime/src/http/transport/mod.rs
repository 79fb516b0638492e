//! How requests reach a service.
//!
//! The client decides what is sent and what is done with the answer; a [`Transport`] only carries
//! bytes, sleeps and reads the clock. With the feature `reqwest` (on by default) the client uses
//! `ReqwestTransport`; any other HTTP library can implement the trait. With the feature `tower`, a
//! service of `tower` is a transport and a transport is such a service, so that layers can be put
//! around it. [`Replay`] is a double for tests.

mod body;
mod idle;
#[cfg(feature = "reqwest")]
mod parsed_url;
mod replay;
#[cfg(feature = "reqwest")]
mod reqwest;
mod sending;
#[cfg(feature = "tower")]
mod service;
mod stream;
#[cfg(feature = "tower")]
mod tower;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use self::body::Body;
#[cfg(feature = "reqwest")]
pub(crate) use self::parsed_url::ParsedUrl;
pub use self::replay::Replay;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::service::TransportService;
#[cfg(feature = "tokio")]
pub use self::stream::BodyReader;
pub use self::stream::BodyStream;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
use crate::web::credential::BoxFuture;
use crate::web::error::{BoxError, Error, ErrorKind};

/// Carries requests to a service and answers back.
///
/// # What an implementation must do
///
/// - Send the request as it is: URL, headers and body are complete.
/// - Follow no redirect and add no credential: the client follows redirects itself, because the
///   token must not go along to another host.
/// - Return every answer, whatever its status, and an error only if there is none.
/// - Drop the request when the future is dropped: that is how callers cancel.
#[diagnostic::on_unimplemented(
    message = "expected a transport, found `{Self}`",
    label = "not a transport",
    note = "transports are `ReqwestTransport` (feature `reqwest`), `TowerTransport` (feature \
            `tower`), and `Replay` for tests",
    note = "a proxy, certificates and the like are settings of reqwest: \
            `ReqwestTransport::from_builder`"
)]
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the answer as soon as its head has come.
    ///
    /// # Errors
    ///
    /// There was no answer. The text of the error must not hold the URL, whose path may hold
    /// personal data.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits. The client uses it for the delay between tries and for timeouts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The current time. Where the standard library has no clock, override it.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }
}

/// Why there is no answer, or no complete one.
#[derive(Debug, thiserror::Error)]
#[error("{failure}: {source}")]
pub struct TransportError {
    failure: TransportFailure,
    source: BoxError,
}

/// At which stage an exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportFailure {
    /// No connection was made.
    Connect,
    /// The transport's own limit of time was reached.
    Timeout,
    /// The connection broke, or what came was not HTTP.
    Broken,
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "could not connect to the service",
            Self::Timeout => "the connection timed out",
            Self::Broken => "the connection broke before the answer was complete",
        })
    }
}

impl TransportError {
    /// No answer, at which stage and because of what.
    #[must_use]
    pub fn new(failure: TransportFailure, source: impl Into<BoxError>) -> Self {
        Self { failure, source: source.into() }
    }

    /// At which stage the exchange failed.
    #[must_use]
    pub fn failure(&self) -> TransportFailure {
        self.failure
    }
}

/// Without the request that failed, which is known only where it was sent.
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match error.failure() {
            TransportFailure::Connect => ErrorKind::Connect,
            TransportFailure::Timeout => ErrorKind::Timeout,
            TransportFailure::Broken => ErrorKind::Transport,
        };
        let message = format!("{}: {}", error.failure(), root_cause(&error));
        Self::new(kind, message).with_source(error)
    }
}

/// The last error of a chain: HTTP libraries report there what happened, and little above it.
fn root_cause(error: &TransportError) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
