//! A request as a value, and its response.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::json::Fault;
use crate::web::answer::{Answer, LinkBase};
use crate::web::call::{self, Call};
use crate::web::client::ServiceClient;
use crate::web::credential::BoxFuture;
use crate::web::error::Error;
use crate::web::exchange;
use crate::web::protocol::Protocol;
use crate::web::response::{FromResponse, request_id};
use crate::web::service_root::ServiceRoot;
use crate::web::settings::settings_methods;
use crate::web::transport::{Body, BodyStream};

/// A request whose answer is a `T`.
///
/// It is a value: it does nothing until it is sent, and it can be cloned, shown, changed by hand,
/// and turned into an [`http::Request`] for another library. Awaiting it sends it; dropping the
/// future cancels it.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(200, r#""in stock""#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let request: Request<String> = client
///     .resource("devices")
///     .key_segment("7")
///     .get()
///     .query("$select", "state")
///     .header("ConsistencyLevel", "eventual");
///
/// let http = request.to_http()?;
/// assert_eq!(http.method(), "GET");
/// assert_eq!(http.uri(), "https://example.com/v1/devices/7?$select=state");
///
/// assert_eq!(request.await?, "in stock");
/// # Ok(())
/// # }
/// ```
///
/// How it is sent can differ from how its client sends:
///
/// ```
/// use std::time::Duration;
///
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{Request, RetryPolicy, ServiceClient};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(200, r#""in stock""#);
/// let client = ServiceClient::builder("https://example.com/v1")
///     .credential("the token of the server")
///     .transport(service.clone())
///     .build()?;
///
/// let request: Request<String> = client.resource("state").get();
/// let request = request
///     .token("the token of a user")
///     .retry(RetryPolicy::none())
///     .timeout(Duration::from_secs(5))
///     .total_timeout(Duration::from_secs(20));
/// assert_eq!(request.await?, "in stock");
/// assert_eq!(service.requests()[0].headers()["authorization"], "Bearer the token of a user");
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is sent: `.await` it, or call `send`"]
pub struct Request<T> {
    client: ServiceClient,
    call: Call,
    answer: PhantomData<fn() -> T>,
}

impl<T> Request<T> {
    pub(crate) fn new(client: ServiceClient, call: Call) -> Self {
        Self { client, call, answer: PhantomData }
    }

    /// The client, and the call.
    pub(crate) fn into_parts(self) -> (ServiceClient, Call) {
        (self.client, self.call)
    }

    /// The call.
    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    /// The same request with a pair of the query, in place of those with the same name.
    pub(crate) fn with_query_pair(mut self, name: &str, value: &str) -> Self {
        self.call.set_pair(name, value);
        self
    }

    /// The same request with other content of its body.
    pub(crate) fn with_content(mut self, content: Bytes) -> Self {
        self.call.set_content(content);
        self
    }

    /// The address; `None` if the request is not valid.
    pub(crate) fn url(&self) -> Option<Url> {
        self.call.url(self.client.root()).ok()
    }

    /// The request for more of the same, at a link of an answer.
    pub(crate) fn followed(&self, link: &str) -> Self {
        Self::new(self.client.clone(), self.call.followed(self.call.root(&self.client), link))
    }

    /// The same request through another client of the same service.
    pub(crate) fn through(self, client: ServiceClient) -> Self {
        Self { client, ..self }
    }

    /// The same request, whose answer is read by another protocol.
    pub(crate) fn read_by(self, protocol: &'static Protocol) -> Self {
        Self { call: self.call.read_by(protocol), ..self }
    }

    /// Adds this request to an error.
    pub(crate) fn described(&self, error: Error) -> Error {
        self.call.described(error)
    }

    /// A value with the head of its answer.
    fn response<V>(&self, value: V, answer: Answer) -> Response<V> {
        let answered = answer.to(&self.client, &self.call);
        let (subject, links) = (answered.subject(), answered.link_base());
        Response::new(value, answer, subject, links)
    }

    /// Makes the request fail if a step was given something that cannot be sent.
    pub(crate) fn failing(mut self, fault: Option<&Fault>) -> Self {
        if let Some(fault) = fault {
            self.call.fail(fault);
        }
        self
    }

    /// Sets a header, in place of one with the same name.
    ///
    /// A name or value that no header can have is an error when the request is made. So is a
    /// header that frames the request, such as `Content-Length`. A request with its own
    /// `Authorization` header does not use the client's credential.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a query option; both sides are percent-encoded.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.call.push_query(name.as_ref(), value.as_ref());
        self
    }

    /// Sets a query option, in place of one with the same name.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.call.set_query(name, value);
        self
    }

    /// Adds a condition to a query option that has conditions, all of which must hold.
    pub(crate) fn conditioned(mut self, name: &str, condition: &str, is_loose: bool) -> Self {
        if !condition.is_empty() {
            self.call.require_query(name, condition, is_loose);
        }
        self
    }

    /// Adds to a query option whose value is a list.
    pub(crate) fn extended(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.call.extend_query(name, value);
        }
        self
    }

    /// Adds to a header whose value is a list.
    pub(crate) fn extended_header(mut self, name: &HeaderName, value: &str) -> Self {
        self.call.extend_header(name, value);
        self
    }

    /// Makes the service act only if the resource still has this ETag, or, with `*`, if it exists.
    ///
    /// If the ETag is another one, the service answers 412: see [`Error::is_precondition_failed`].
    pub fn if_match(self, etag: impl AsRef<str>) -> Self {
        self.header(header::IF_MATCH, etag)
    }

    /// Makes the service act only if the resource does not have this ETag, or, with `*`, if it does not
    /// exist.
    ///
    /// If a resource to be read still has it, the service answers 304: see
    /// [`Error::is_not_modified`].
    pub fn if_none_match(self, etag: impl AsRef<str>) -> Self {
        self.header(header::IF_NONE_MATCH, etag)
    }

    /// Sets a body of any type.
    pub fn body(mut self, content_type: impl AsRef<str>, body: impl Into<Bytes>) -> Self {
        self.call.set_body(content_type.as_ref(), body.into());
        self
    }

    settings_methods!(timing of "the request": self => self.call.settings_mut());
    settings_methods!(credential of "the request": self => self.call.settings_mut(), &self.client);

    /// Sets how long the request may take in total, in place of the client's
    /// [limit](crate::ClientBuilder::total_timeout).
    ///
    /// It covers everything from the first call of the credential to the last byte of the answer: all
    /// tries, the delays between them, and redirects. A retry that would begin too late is not waited for:
    /// the error is then that of the last try. What is not covered is the body of an answer that is
    /// opened as a stream, once its head has come. Of a stream of pages each page is a request of its own,
    /// and so is each poll of an operation, which has a limit for all of them.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.call.settings_mut().total_timeout = Some(timeout);
        self
    }

    /// Reads the answer as another type.
    pub fn expect<U>(self) -> Request<U> {
        Request::new(self.client, self.call)
    }

    /// The client that the request goes through.
    #[must_use]
    pub fn client(&self) -> &ServiceClient {
        &self.client
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.call.method()
    }

    /// The headers that are set so far.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.call.headers()
    }

    /// The request for another HTTP library, without the client's token.
    ///
    /// # Errors
    ///
    /// A header of the caller is not valid, the request follows a link to another origin, or its body is a
    /// file that is opened when it is sent.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, Error> {
        let mut request = self.call.to_http(self.client.root(), self.client.user_agent())?;
        let is_empty = request.body().is_empty();
        call::frame(&mut request, is_empty);
        Ok(request)
    }
}

impl<T: FromResponse> Request<T> {
    /// Sends the request and reads the answer. Awaiting the request itself does the same.
    ///
    /// # Errors
    ///
    /// The request could not be made or sent, the service answered with a status that is not a
    /// success, or the answer could not be read as a `T`: see [`ErrorKind`](crate::ErrorKind).
    pub async fn send(self) -> Result<T, Error> {
        let answer = exchange::send_for(&self.client, &self.call, T::IS_STREAM).await?;
        self.read(&answer)
    }

    /// Sends the request and returns the status and headers of the answer with its value.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn send_full(self) -> Result<Response<T>, Error> {
        let answer = exchange::send_for(&self.client, &self.call, T::IS_STREAM).await?;
        let value = self.read(&answer)?;
        Ok(self.response(value, answer))
    }

    /// Sends the request once, with a streamed body in place of its own: it is never tried again. The limits
    /// of time are those of any request, so a large body needs [a longer one](Self::timeout).
    ///
    /// ```
    /// # use schemacrate_runtime::paths::MediaPath;
    /// # async fn example(video: MediaPath) -> Result<(), schemacrate_runtime::Error> {
    /// use std::time::Duration;
    ///
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::transport::{Body, TransportError};
    ///
    /// # let parts = futures_util::stream::iter([Ok::<_, TransportError>(Bytes::from("frame"))]);
    /// let upload = video.upload("video/mp4", "").timeout(Duration::from_secs(3600));
    /// upload.send_stream(Body::from_stream(parts)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn send_stream(self, body: Body) -> Result<T, Error> {
        let answer = exchange::send_stream(&self.client, &self.call, body).await?;
        self.read(&answer)
    }

    pub(crate) fn read(&self, answer: &Answer) -> Result<T, Error> {
        let answered = answer.to(&self.client, &self.call);
        T::from_answer(&answered).map_err(|error| answered.unreadable(error))
    }
}

impl<T> Request<Option<T>> {
    /// Reads a value that has to be there: an answer without one is an error.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#""on loan""#);
    /// service.answer(200, "null");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let state: Request<Option<String>> = client.resource("books").key_segment("7").get();
    /// assert_eq!(state.clone().required().await?, "on loan");
    /// assert!(state.required().await.expect_err("null").to_string().ends_with("it is null"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn required(self) -> Request<T> {
        self.expect()
    }
}

impl Request<Bytes> {
    /// Sends the request and returns the body of the answer as it comes, however long it is.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); what goes wrong later is an error of the body.
    pub async fn open(self) -> Result<Response<Body>, Error> {
        let (answer, body) = exchange::open(&self.client, &self.call).await?;
        Ok(self.response(body, answer))
    }
}

impl<T: FromResponse + 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        // Not through `send`, whose future holds the request twice.
        Box::pin(async move {
            let answer = exchange::send_for(&self.client, &self.call, T::IS_STREAM).await?;
            self.read(&answer)
        })
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self::new(self.client.clone(), self.call.clone())
    }
}

/// Shows the kind of request: method, path without keys, the names of query options and
/// headers, the length of the body. Values may be secrets or personal data and are left out.
impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.call, formatter)
    }
}

/// The value of an answer, with the status and headers that it came with.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    subject: Option<String>,
    client_request_id: Option<Box<str>>,
    links: Option<Box<LinkBase>>,
}

impl<T> Response<T> {
    fn new(
        value: T,
        answer: Answer,
        subject: Option<String>,
        links: Option<Box<LinkBase>>,
    ) -> Self {
        let client_request_id = answer.client_request_id().map(Box::from);
        let (head, _) = answer.response.into_parts();
        let (status, headers) = (head.status, head.headers);
        Self { value, status, headers, subject, client_request_id, links }
    }

    /// What the links in the header `Link` are relative to, and the service to which they are foreign if they
    /// came by way of another origin; `None` if there is no such header.
    pub(crate) fn link_base(&self) -> Option<(&Url, Option<&ServiceRoot>)> {
        let LinkBase { url, foreign_to } = self.links.as_deref()?;
        Some((url, foreign_to.as_ref()))
    }

    /// The status, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the service assigned to the request. Support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The id that the client assigned to the request, if it
    /// [assigns any](crate::ClientBuilder::client_request_id_header).
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// The address of the resource that the answer describes, as its protocol reads it from the headers.
    pub(crate) fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

/// An answer that is opened, as other libraries take it.
impl Response<Body> {
    /// The parts of the body as a `futures::Stream`: see [`Body::into_stream`].
    pub fn into_stream(self) -> BodyStream {
        self.value.into_stream()
    }

    /// The body as an `AsyncRead` of Tokio: see [`Body::into_reader`].
    #[cfg(feature = "tokio")]
    #[must_use]
    pub fn into_reader(self) -> crate::web::transport::BodyReader {
        self.value.into_reader()
    }
}

/// Shows the status and the names of the headers. Their values and the answer's value may be
/// personal data.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
