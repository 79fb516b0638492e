//! The transport of the feature `reqwest`.

use std::time::Duration;

use reqwest::redirect;

use super::{Body, ParsedUrl, Transport, TransportError, TransportFailure};
use crate::web::credential::BoxFuture;
use crate::web::error::{Error, ErrorKind};

/// What is wrong with a client of the caller that follows redirects.
const REDIRECTED: &str =
    "the client of reqwest follows redirects; build it with `redirect(Policy::none())`";

/// Sends requests with [`reqwest`], over TLS by rustls, within a Tokio runtime.
///
/// The crate exports the `reqwest` that it uses as [`schemacrate_runtime::reqwest`](crate::reqwest), and
/// a generated crate as `runtime::reqwest`, so that a program that sets a client up needs no version of
/// its own that fits.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Whether the client was built here, so that it follows no redirects.
    is_own: bool,
}

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
    /// use schemacrate_runtime::reqwest;
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
        client.map(|client| Self { client, is_own: true }).map_err(|error| {
            let message = format!("the HTTP client could not be set up: {error}");
            Error::new(ErrorKind::Configuration, message).with_source(error)
        })
    }

    /// A transport that shares a client, with its connections, with other parts of a program.
    ///
    /// The client must follow no redirects: the client of the service follows them itself, because neither
    /// its token nor its other headers must go to another host. An answer for which this client followed
    /// one is an error.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::reqwest::{Client, redirect};
    /// use schemacrate_runtime::transport::ReqwestTransport;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let shared = Client::builder().redirect(redirect::Policy::none()).build()?;
    /// let client = ServiceClient::builder("https://example.com/v1")
    ///     .transport(ReqwestTransport::from_client(shared.clone()))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client, is_own: false }
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
        let request = into_reqwest(request);
        let is_own = self.is_own;
        // In a box, because only a client of the caller needs it.
        let asked =
            request.as_ref().ok().filter(|_| !is_own).map(|one| Box::new(one.url().clone()));
        let answer = request.map(|request| self.client.execute(request));
        Box::pin(async move {
            let response = answer?.await.map_err(failure)?;
            if asked.is_some_and(|asked| *asked != *response.url()) {
                return Err(TransportError::new(TransportFailure::Broken, REDIRECTED));
            }
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
