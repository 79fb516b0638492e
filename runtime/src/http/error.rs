//! The one error type of the client.
//!
//! Enters: the failures of every stage of a request. Leaves: one boxed value that prints as one line.
//! It holds neither a token nor the keys of the path.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::web::link;
use crate::web::mask::{Secrets, mask_headers};
use crate::web::response::request_id;
use crate::web::text::one_line;
use crate::web::token_cache::SharedError;

/// At most this many characters of the id of a request are shown.
const REQUEST_ID: usize = 200;

/// At most this many characters of a message are shown. That of a service is shorter.
const MESSAGE: usize = 5000;

/// What a service reports in the body of an answer, read as its protocol defines it.
pub(crate) trait ErrorBody: Any + fmt::Debug + fmt::Display + Send + Sync {
    /// The id that the service assigned to the request.
    fn request_id(&self) -> Option<&str>;

    /// The id that the client assigned to the request.
    fn client_request_id(&self) -> Option<&str>;

    /// The same without a secret that the service echoes.
    fn masked(self: Box<Self>, secrets: &Secrets<'_>) -> Arc<dyn ErrorBody>;
}

/// A source of any type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a client could not be built, or a request could not be made, sent or understood.
///
/// It prints as one line that names the request that failed and the reason, with the keys of the path left
/// out, and it never holds a token: where the answer has the token in it, `[token]` is there instead.
/// `Debug` shows the `Location` of an answer that is not a redirect as well, and no other header.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(404, r#"{"error":{"code":"ResourceNotFound","message":"No such device."}}"#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let read: Request<String> = client.resource("devices").key_segment("7").get();
/// let error = read.await.expect_err("the device is not there");
/// assert!(error.is_not_found());
/// assert_eq!(error.service_error().expect("an OData error").code(), "ResourceNotFound");
/// assert_eq!(
///     error.to_string(),
///     "GET /devices/{key}: 404 Not Found: ResourceNotFound: No such device.",
/// );
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    method: Option<Method>,
    template: String,
    status: Option<StatusCode>,
    body: Option<Arc<dyn ErrorBody>>,
    request_id: Option<String>,
    client_request_id: Option<Box<str>>,
    headers: HeaderMap,
    location: Option<String>,
    retry_after: Option<Duration>,
    source: Option<SharedError>,
}

/// What went wrong, as a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from what it was given.
    Configuration,
    /// The request cannot be made: a header or link of the caller is not valid.
    Request,
    /// The credential returned no token, or one that no header can carry.
    Credential,
    /// The credential returned no token within the time allowed.
    CredentialTimeout,
    /// No connection to the service.
    Connect,
    /// No complete answer within the time allowed.
    Timeout,
    /// The connection broke, or what came was not HTTP.
    Transport,
    /// The service sent a redirect that is not followed.
    Redirect,
    /// The service answered with a status that is not a success.
    Service,
    /// The answer is larger than the client allows.
    TooLarge,
    /// The answer is a success, but its body is not what was expected.
    Decode,
    /// A part of a batch was left undone because another one, which it needs, failed.
    Dependency,
    /// A long-running operation failed, or was cancelled at the service.
    Operation,
    /// A blocking call was made within a Tokio runtime, or its own could not be started.
    Blocking,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            method: None,
            template: String::new(),
            status: None,
            body: None,
            request_id: None,
            client_request_id: None,
            headers: HeaderMap::new(),
            location: None,
            retry_after: None,
            source: None,
        }))
    }

    pub(crate) fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.with_shared_source(SharedError::from(source.into()))
    }

    /// Adds a source that other errors share.
    pub(crate) fn with_shared_source(mut self, source: SharedError) -> Self {
        self.0.source = Some(source);
        self
    }

    pub(crate) fn with_call(mut self, method: &Method, template: String) -> Self {
        self.0.method = Some(method.clone());
        self.0.template = template;
        self
    }

    /// Adds the status and headers of the answer, in which the secrets are masked that were sent.
    pub(crate) fn with_head(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        secrets: &Secrets<'_>,
    ) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        mask_headers(&mut self.0.headers, secrets);
        self.0.request_id = request_id(&self.0.headers).map(str::to_owned);
        self
    }

    /// Adds the target of the header `Location`, which is relative to the address that it came from.
    pub(crate) fn with_location(mut self, base: impl FnOnce() -> Option<Url>) -> Self {
        self.0.location = link::location(&self.0.headers, base);
        self
    }

    /// Adds what the service reports in the body of its answer.
    pub(crate) fn with_body(mut self, body: Option<Arc<dyn ErrorBody>>) -> Self {
        self.0.body = body;
        self
    }

    /// Adds the id that the client assigned to the request.
    pub(crate) fn with_client_request_id(mut self, id: Option<&str>) -> Self {
        if let Some(id) = id {
            self.0.client_request_id = Some(id.into());
        }
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// The same error again, for another request that failed because of it.
    pub(crate) fn again(&self, message: impl Into<String>) -> Self {
        let inner = &self.0;
        Self(Box::new(Inner {
            kind: inner.kind,
            message: message.into(),
            method: None,
            template: String::new(),
            status: inner.status,
            body: inner.body.clone(),
            request_id: inner.request_id.clone(),
            client_request_id: inner.client_request_id.clone(),
            headers: inner.headers.clone(),
            location: inner.location.clone(),
            retry_after: inner.retry_after,
            source: inner.source.clone(),
        }))
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What went wrong, without the request and the status.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// What went wrong, as a category.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// What the service reports in the body of its answer.
    pub(crate) fn body(&self) -> Option<&dyn ErrorBody> {
        self.0.body.as_deref()
    }

    /// The id that the service assigned to the request, from the header or the error object. Support
    /// asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let inner = &self.0;
        inner.request_id.as_deref().or_else(|| inner.body.as_ref()?.request_id())
    }

    /// The id that the client assigned to the request, if it
    /// [assigns any](crate::ClientBuilder::client_request_id_header), else the one that the error object
    /// has. Unlike [`request_id`](Self::request_id) it is there without an answer, too: after a timeout
    /// or a broken connection.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        let inner = &self.0;
        inner.client_request_id.as_deref().or_else(|| inner.body.as_ref()?.client_request_id())
    }

    /// The headers of the answer; none if there was no answer.
    ///
    /// A link in them that came by way of an origin other than the service's is marked, and
    /// is not followed with a token.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The header `Location` of the answer as an absolute URL, such as where a delta query that has
    /// expired (410) starts again, or the target of a redirect of a part of a batch.
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::model::Untyped;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Page, Request, http};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// let gone = http::Response::builder().status(410).header("Location", "delta?token=fresh");
    /// service.respond(gone.body(Bytes::new()).expect("a response"));
    /// service.answer(200, r#"{"value":[]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let stale: Request<Page<Untyped>> = client.follow("items/delta?token=stale");
    /// let error = stale.await.expect_err("the token is too old");
    /// assert!(error.is_gone());
    /// let anew = error.location().expect("where to start again");
    /// assert_eq!(anew, "https://example.com/v1/items/delta?token=fresh");
    /// let page: Page<Untyped> = client.follow(anew).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.0.location.as_deref()
    }

    /// How long the service asks to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// 304: the caller's copy is current.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.has_status(StatusCode::NOT_MODIFIED)
    }

    /// 400: the service does not understand the request.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.has_status(StatusCode::BAD_REQUEST)
    }

    /// 401: the service does not accept the token, or there was none.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// 403: the token does not allow this request; a scope may be missing.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// 404: the resource does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// 409: the state of the resource does not allow this request.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// 410: the resource, or the delta token, no longer exists.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.has_status(StatusCode::GONE)
    }

    /// 412: the resource changed since its ETag was read.
    #[must_use]
    pub fn is_precondition_failed(&self) -> bool {
        self.has_status(StatusCode::PRECONDITION_FAILED)
    }

    /// 423: the resource is locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.has_status(StatusCode::LOCKED)
    }

    /// 428: the service requires the ETag of the resource; see `if_match`.
    #[must_use]
    pub fn is_precondition_required(&self) -> bool {
        self.has_status(StatusCode::PRECONDITION_REQUIRED)
    }

    /// 429: too many requests, and the retries are used up.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// 501: the service cannot do what is asked, such as a query option.
    #[must_use]
    pub fn is_not_implemented(&self) -> bool {
        self.has_status(StatusCode::NOT_IMPLEMENTED)
    }

    /// 502, 503 or 504: the service cannot answer now, and the retries are used up.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.has_status(StatusCode::BAD_GATEWAY)
            || self.has_status(StatusCode::SERVICE_UNAVAILABLE)
            || self.has_status(StatusCode::GATEWAY_TIMEOUT)
    }

    /// 500 or above: the service failed, and the request may be fine.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.0.status.is_some_and(|status| status.is_server_error())
    }

    /// The credential returned no token, none within the time allowed, or one that no header can carry.
    #[must_use]
    pub fn is_credential(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Credential | ErrorKind::CredentialTimeout)
    }

    /// There was no complete answer within the time allowed, or no token from the credential.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout | ErrorKind::CredentialTimeout)
    }

    /// There was no connection to the service.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// The answer was a success, but its body is not what was expected.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.0.status == Some(status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(method) = &inner.method {
            write!(formatter, "{method} {}: ", inner.template)?;
        }
        if let Some(status) = inner.status {
            write!(formatter, "{status}: ")?;
        }
        // Messages of transports, credentials and sources have any form.
        formatter.write_str(&one_line(&inner.message, MESSAGE))?;
        let ids = [
            ("request-id", self.request_id()),
            ("client-request-id", inner.client_request_id.as_deref()),
        ];
        let mut before = " (";
        for (name, id) in ids {
            let Some(id) = id else { continue };
            write!(formatter, "{before}{name} {}", one_line(id, REQUEST_ID))?;
            before = ", ";
        }
        formatter.write_str(if before == ", " { ")" } else { "" })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let mut debug = formatter.debug_struct("Error");
        debug.field("kind", &inner.kind);
        if let Some(method) = &inner.method {
            debug.field("request", &format_args!("{method} {}", inner.template));
        }
        if let Some(status) = inner.status {
            debug.field("status", &status);
        }
        debug.field("message", &one_line(&inner.message, MESSAGE));
        if let Some(body) = &inner.body {
            debug.field("service_error", body);
        }
        if let Some(request_id) = self.request_id() {
            debug.field("request_id", &one_line(request_id, REQUEST_ID));
        }
        if let Some(id) = &inner.client_request_id {
            debug.field("client_request_id", &one_line(id, REQUEST_ID));
        }
        // The target of a redirect is often an address that grants access to everyone who knows it.
        let failed = inner.status.is_some_and(|status| status.as_u16() >= 400);
        if let Some(location) = inner.location.as_ref().filter(|_| failed) {
            debug.field("location", &one_line(location, MESSAGE));
        }
        if let Some(source) = &inner.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}
