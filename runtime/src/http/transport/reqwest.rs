//! The transport of the feature `reqwest`.

use std::time::Duration;

use reqwest::redirect;

use super::{Body, ParsedUrl, Transport, TransportError, TransportFailure};
use crate::web::credential::BoxFuture;
use crate::web::error::{Error, ErrorKind};

/// Sends requests with [`reqwest`], over TLS by rustls, within a Tokio runtime.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with reqwest's settings.
    ///
    /// # Errors
    ///
    /// The TLS library could not be set up.
    pub fn new() -> Result<Self, Error> {
        Self::from_builder(reqwest::Client::builder())
    }

    /// A transport that uses no proxy, whatever the environment specifies: for services on loopback.
    ///
    /// # Errors
    ///
    /// The TLS library could not be set up.
    pub fn direct() -> Result<Self, Error> {
        Self::from_builder(reqwest::Client::builder().no_proxy())
    }

    /// A transport with the settings of `builder`: proxies, certificates, pools. Redirects are
    /// turned off, because the client follows them itself.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use schemacrate_runtime::transport::ReqwestTransport;
    ///
    /// let settings = reqwest::Client::builder().connect_timeout(Duration::from_secs(5));
    /// let transport = ReqwestTransport::from_builder(settings)?;
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The settings do not fit together, or the TLS library could not be set up.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let client = builder.redirect(redirect::Policy::none()).build();
        client.map(Self).map_err(|error| {
            let message = format!("the HTTP client could not be set up: {error}");
            Error::new(ErrorKind::Configuration, message).with_source(error)
        })
    }

    /// This transport as a service of `tower`, to put layers around it; a
    /// [`TowerTransport`](super::TowerTransport) of the result is a transport again.
    #[cfg(feature = "tower")]
    #[must_use]
    pub fn into_service(self) -> super::TransportService<Self> {
        super::TransportService::new(self)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // The request of reqwest is much smaller, and so is the box that holds it.
        let answer = into_reqwest(request).map(|request| self.0.execute(request));
        Box::pin(async move {
            let response = answer?.await.map_err(failure)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Body::mapped(body, failure)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn into_reqwest(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (mut head, body) = request.into_parts();
    let url = ParsedUrl::take(&head.uri, &mut head.extensions);
    let url = url.map_err(|error| TransportError::new(TransportFailure::Broken, error))?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    *request.body_mut() = Some(match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap(body),
    });
    Ok(request)
}

/// Removes the URL from the error, because its path may hold personal data.
fn failure(error: reqwest::Error) -> TransportError {
    TransportError::new(stage(&error), error.without_url())
}

/// At which stage an exchange failed.
pub(super) fn stage(error: &reqwest::Error) -> TransportFailure {
    if error.is_timeout() {
        TransportFailure::Timeout
    } else if error.is_connect() {
        TransportFailure::Connect
    } else {
        TransportFailure::Broken
    }
}
