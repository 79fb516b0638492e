//! Transports as services of `tower`, with the feature `tower`.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_service::Service;

use super::{Body, Transport, TransportError};
use crate::web::credential::BoxFuture;

/// A [`Transport`] as a [`tower_service::Service`], so that layers can be put around it.
///
/// It is always ready. [`TowerTransport`](super::TowerTransport) turns a service into a transport.
///
/// ```
/// use schemacrate_runtime::transport::{Replay, TowerTransport, TransportService};
/// use schemacrate_runtime::{ServiceClient, Request};
/// use tower::ServiceBuilder;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let replay = Replay::new();
/// replay.answer(200, r#""in stock""#);
/// let service = ServiceBuilder::new()
///     .map_request(|mut request: http::Request<_>| {
///         request.headers_mut().insert("x-trace", http::HeaderValue::from_static("1"));
///         request
///     })
///     .service(TransportService::new(replay.clone()));
/// let transport = TowerTransport::new(service);
/// let client = ServiceClient::builder("https://example.com/v1").transport(transport).build()?;
///
/// let read: Request<String> = client.resource("state").get();
/// assert_eq!(read.await?, "in stock");
/// assert_eq!(replay.requests()[0].headers()["x-trace"], "1");
/// # Ok(())
/// # }
/// ```
pub struct TransportService<T>(Arc<T>);

impl<T: Transport> TransportService<T> {
    /// A service that sends with `transport`.
    #[must_use]
    pub fn new(transport: T) -> Self {
        Self(Arc::new(transport))
    }
}

impl<T: Transport> Service<http::Request<Body>> for TransportService<T> {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move { transport.send(request).await })
    }
}

impl<T> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for TransportService<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TransportService(…)")
    }
}
