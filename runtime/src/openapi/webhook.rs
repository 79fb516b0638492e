//! The requests that a service sends: webhooks and callbacks.
//!
//! Enters: headers, query and body of a request that came. Leaves: its parts as the types that a document
//! declares, or which part is not what is declared. Must not know: servers of HTTP, any particular document.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::parameter::Parameter;
use super::reading::{essence, text};
use super::{fields, headers, reading};
use crate::json::decode::read_strictly;
use crate::json::{DecodeError, Dynamic, Slot, Value};
use crate::web::error::BoxError;

/// A request that the service sends: a webhook, or the call back of an operation.
///
/// The body has the type that the document declares for it, `Option` of it if there may be none, and is `Bytes`
/// where nothing that can be read is declared. Declared headers and parameters of the query are the members of
/// the other two; `()` if there are none. A generated crate has an alias for each webhook.
///
/// ```
/// use schemacrate_runtime::http::{HeaderMap, HeaderValue};
/// use schemacrate_runtime::webhook::Webhook;
///
/// type Ping = Webhook<Vec<i64>>;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("content-type", HeaderValue::from_static("application/json"));
/// let ping = Ping::parse(&headers, b"[1,2]")?;
/// assert_eq!(ping.body, [1, 2]);
///
/// let error = Ping::parse(&headers, br#"[1,"two"]"#).unwrap_err();
/// assert!(error.to_string().starts_with("the body is not what is declared: at `[1]`"), "{error}");
/// # Ok::<(), schemacrate_runtime::webhook::WebhookError>(())
/// ```
///
/// A body is read by its media type, as an answer is: JSON, a form, or text. It is not checked who has sent it: how
/// a service signs its requests is not a part of its description, so verify the signature first, on the bytes as
/// they came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Webhook<B, H = (), Q = ()> {
    /// The body.
    pub body: B,
    /// The declared headers.
    pub headers: H,
    /// The declared parameters of the query.
    pub query: Q,
}

impl<B: WebhookBody, H: WebhookHeaders, Q: WebhookQuery> Webhook<B, H, Q> {
    /// Reads a request without a query.
    ///
    /// # Errors
    ///
    /// A header or the body is not what the document declares.
    pub fn parse(headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<Self, WebhookError> {
        Self::read(headers, "", body.as_ref())
    }

    /// Reads a whole request. Its method and its path are not looked at.
    ///
    /// ```
    /// use schemacrate_runtime::http::Request;
    /// use schemacrate_runtime::webhook::Webhook;
    ///
    /// let request = Request::post("/hooks/ping").body("true").expect("a request");
    /// assert_eq!(Webhook::<bool>::from_request(&request)?.body, true);
    /// # Ok::<(), schemacrate_runtime::webhook::WebhookError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A header, the query or the body is not what the document declares.
    pub fn from_request<R: AsRef<[u8]>>(request: &http::Request<R>) -> Result<Self, WebhookError> {
        let query = request.uri().query().unwrap_or_default();
        Self::read(request.headers(), query, request.body().as_ref())
    }

    fn read(headers: &HeaderMap, query: &str, body: &[u8]) -> Result<Self, WebhookError> {
        let of = |part| move |source| WebhookError { part, source };
        Ok(Self {
            headers: H::read(headers).map_err(of(WebhookPart::Headers))?,
            query: Q::read(query).map_err(of(WebhookPart::Query))?,
            body: B::read(headers, body).map_err(of(WebhookPart::Body))?,
        })
    }
}

/// What the body of a webhook can be read as.
#[diagnostic::on_unimplemented(
    message = "the body of a webhook cannot be read as `{Self}`",
    label = "not a type of bodies",
    note = "it is read as a type of a generated crate, a primitive type, an `Option` or `Vec` of one, `Bytes` or `()`"
)]
pub trait WebhookBody: Sized {
    /// Reads a body with the headers of its request.
    ///
    /// # Errors
    ///
    /// It is not what was expected.
    #[doc(hidden)]
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, BoxError>;
}

#[diagnostic::do_not_recommend]
impl<T: Value> WebhookBody for T {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, BoxError> {
        let mut place = None;
        fill(headers, body, &mut place)?;
        place.ok_or_else(|| "it is null".into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Value> WebhookBody for Option<T> {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, BoxError> {
        let mut place = None;
        if !body.is_empty() {
            fill(headers, body, &mut place)?;
        }
        Ok(place)
    }
}

/// Whatever comes.
impl WebhookBody for () {
    fn read(_headers: &HeaderMap, _body: &[u8]) -> Result<Self, BoxError> {
        Ok(())
    }
}

/// The body as it is.
impl WebhookBody for Bytes {
    fn read(_headers: &HeaderMap, body: &[u8]) -> Result<Self, BoxError> {
        Ok(Self::copy_from_slice(body))
    }
}

/// Reads a body into an empty place, which stays empty for null.
fn fill(headers: &HeaderMap, body: &[u8], place: &mut dyn Dynamic) -> Result<(), BoxError> {
    if body.is_empty() && !matches!(place.slot(), Slot::String(_)) {
        return Err("there is none".into());
    }
    if essence(headers) != "application/x-www-form-urlencoded" {
        return reading::read(headers, body, ("", None), place);
    }
    let json = fields::object(&text(headers, body)?, &[], place)?;
    Ok(read_strictly(place.slot(), json.as_bytes()).map(drop)?)
}

/// What the headers of a webhook can be read as.
#[diagnostic::on_unimplemented(
    message = "the headers of a webhook cannot be read as `{Self}`",
    label = "not generated for the headers of a webhook",
    note = "they are read as a struct of the module `webhooks`, or as `()`"
)]
pub trait WebhookHeaders: Sized {
    /// Reads the declared headers.
    ///
    /// # Errors
    ///
    /// One of them is not of its type.
    #[doc(hidden)]
    fn read(headers: &HeaderMap) -> Result<Self, BoxError>;
}

#[diagnostic::do_not_recommend]
impl<H: headers::Headers> WebhookHeaders for H {
    fn read(headers: &HeaderMap) -> Result<Self, BoxError> {
        Ok(headers::read(headers)?)
    }
}

/// None are declared.
impl WebhookHeaders for () {
    fn read(_headers: &HeaderMap) -> Result<Self, BoxError> {
        Ok(())
    }
}

/// A struct whose members are declared parameters of a query, by their names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of the query of a webhook",
    label = "not generated for the query of a webhook",
    note = "generated crates have a struct for each query that a document declares, in the module `webhooks`"
)]
pub trait Query: Value {
    /// The parameters that have a place in the struct.
    const PARAMETERS: &'static [Parameter];
}

/// What the query of a webhook can be read as.
#[diagnostic::on_unimplemented(
    message = "the query of a webhook cannot be read as `{Self}`",
    label = "not generated for the query of a webhook",
    note = "it is read as a struct of the module `webhooks`, or as `()`"
)]
pub trait WebhookQuery: Sized {
    /// Reads the declared parameters.
    ///
    /// # Errors
    ///
    /// One of them is not of its type.
    #[doc(hidden)]
    fn read(query: &str) -> Result<Self, BoxError>;
}

#[diagnostic::do_not_recommend]
impl<Q: Query> WebhookQuery for Q {
    fn read(query: &str) -> Result<Self, BoxError> {
        let mut place = None;
        let json = fields::object(query, Q::PARAMETERS, &mut place)?;
        read_strictly(Q::slot(&mut place), json.as_bytes())?;
        Ok(place.ok_or_else(DecodeError::null)?)
    }
}

/// None are declared.
impl WebhookQuery for () {
    fn read(_query: &str) -> Result<Self, BoxError> {
        Ok(())
    }
}

/// Why a request is not the webhook that it was read as.
///
/// It has the place and the kind of what is wrong, and may contain a part of a value.
#[derive(Debug)]
pub struct WebhookError {
    part: WebhookPart,
    source: BoxError,
}

/// A part of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookPart {
    /// The headers.
    Headers,
    /// The query.
    Query,
    /// The body.
    Body,
}

impl WebhookError {
    /// The part that is not what the document declares.
    #[must_use]
    pub fn part(&self) -> WebhookPart {
        self.part
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.part {
            WebhookPart::Headers => "the headers are",
            WebhookPart::Query => "the query is",
            WebhookPart::Body => "the body is",
        };
        write!(formatter, "{what} not what is declared: {}", self.source)
    }
}

impl Error for WebhookError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
