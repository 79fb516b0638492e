//! Services of `tower` as transports, with the feature `tower`.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tower_service::Service;

use super::{Body, Transport, TransportError, TransportFailure};
use crate::web::credential::BoxFuture;
use crate::web::error::BoxError;

type Sleep = dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync;
type Classify = dyn Fn(&(dyn StdError + 'static)) -> Option<TransportFailure> + Send + Sync;

/// Sends requests with a [`tower_service::Service`]: an HTTP client such as hyper's, or any
/// service with layers around it.
///
/// Each request is sent by a clone of the service, as soon as that is ready. The service must follow
/// no redirect and add no credential: see [`Transport`]. The requests that the layers see hold the token.
///
/// ```
/// use std::time::Duration;
///
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::transport::{TowerTransport, TransportFailure};
/// use tower::ServiceBuilder;
/// use tower::timeout::error::Elapsed;
///
/// # #[cfg(feature = "reqwest")] {
/// use schemacrate_runtime::transport::ReqwestTransport;
///
/// let service = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .timeout(Duration::from_secs(10))
///     .service(ReqwestTransport::new()?.into_service());
/// let transport = TowerTransport::new(service).classify(|error| {
///     error.is::<Elapsed>().then_some(TransportFailure::Timeout)
/// });
/// let client = ServiceClient::builder("https://example.com/v1").transport(transport).build()?;
/// # }
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
pub struct TowerTransport<S> {
    /// Locked only to clone it, because a service need not be `Sync`.
    service: Mutex<S>,
    sleep: Arc<Sleep>,
    classify: Option<Arc<Classify>>,
}

impl<S> TowerTransport<S> {
    /// A transport that sends with `service`, and waits with Tokio.
    #[must_use]
    pub fn new(service: S) -> Self {
        let sleep = |duration| -> BoxFuture<'static, ()> { Box::pin(tokio::time::sleep(duration)) };
        Self { service: Mutex::new(service), sleep: Arc::new(sleep), classify: None }
    }

    /// Waits with `sleep`, for a runtime other than Tokio.
    #[must_use]
    pub fn sleep_with<F, W>(mut self, sleep: F) -> Self
    where
        F: Fn(Duration) -> W + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        self.sleep = Arc::new(move |duration| Box::pin(sleep(duration)));
        self
    }

    /// Sets how an error of a layer or of the service is classified.
    ///
    /// `classify` is called with the error, then with its sources one after the other, until it returns
    /// a failure. The errors of this crate, of `std::io` and of `reqwest` are known without it;
    /// everything else is taken as a [broken](TransportFailure::Broken) connection, after which a
    /// request may be tried again.
    #[must_use]
    pub fn classify<F>(mut self, classify: F) -> Self
    where
        F: Fn(&(dyn StdError + 'static)) -> Option<TransportFailure> + Send + Sync + 'static,
    {
        self.classify = Some(Arc::new(classify));
        self
    }

    fn failure(&self, error: BoxError) -> TransportError {
        let error = match error.downcast::<TransportError>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        let failure = self.stage(&*error).unwrap_or(TransportFailure::Broken);
        TransportError::new(failure, error)
    }

    /// How an error is classified, or the first of its sources that can be.
    fn stage(&self, error: &(dyn StdError + 'static)) -> Option<TransportFailure> {
        let own = self.classify.as_ref().and_then(|classify| classify(error));
        own.or_else(|| known(error)).or_else(|| self.stage(error.source()?))
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let failure = |error: S::Error| self.failure(error.into());
            poll_fn(|context| service.poll_ready(context)).await.map_err(failure)?;
            let response = service.call(request).await.map_err(failure)?;
            Ok(response.map(Body::new))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (self.sleep)(duration)
    }
}

impl<S: Clone> Clone for TowerTransport<S> {
    fn clone(&self) -> Self {
        let service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self {
            service: Mutex::new(service),
            sleep: Arc::clone(&self.sleep),
            classify: self.classify.clone(),
        }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TowerTransport(…)")
    }
}

/// How an error is classified, if its type determines that.
fn known(error: &(dyn StdError + 'static)) -> Option<TransportFailure> {
    if let Some(error) = error.downcast_ref::<TransportError>() {
        return Some(error.failure());
    }
    #[cfg(feature = "reqwest")]
    if let Some(error) = error.downcast_ref::<reqwest::Error>() {
        return Some(super::reqwest::stage(error));
    }
    match error.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::TimedOut => Some(TransportFailure::Timeout),
        io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable => Some(TransportFailure::Connect),
        _ => None,
    }
}
