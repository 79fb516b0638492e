//! The error object of OData.
//!
//! Enters: the body of an answer that is not a success. Leaves: the error object in it, or a short excerpt
//! of the body. See
//! [OData JSON format, 19 Error Response](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_ErrorResponse).

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::json::members::Members;
use crate::web::error::{Error, ErrorBody};
use crate::web::mask::{Secrets, masked};
use crate::web::text::one_line;

/// At most this many characters of a message are shown in one line; [`ServiceError::message`] has all.
const MESSAGE: usize = 2000;

/// At most so many of the single errors are shown.
const DETAILS: usize = 10;

/// At most this many characters of a short text are shown.
const EXCERPT: usize = 200;

/// What a service reports about a request that failed.
///
/// It is read leniently: a member that is missing or not of the type in the standard is treated as
/// absent, because an error about an error does not help.
#[derive(Clone)]
pub struct ServiceError {
    main: ErrorDetail,
    details: Vec<ErrorDetail>,
    inner_error: Option<Box<RawValue>>,
    request_id: Option<String>,
    client_request_id: Option<String>,
    date: Option<String>,
}

/// One of several faults of a request.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ErrorDetail {
    code: String,
    message: String,
    target: Option<String>,
}

impl ErrorDetail {
    fn read(members: &Members<'_>) -> Self {
        Self {
            code: members.text("code").unwrap_or_default(),
            message: message(members).unwrap_or_default(),
            target: members.text("target"),
        }
    }

    fn mask(&mut self, secrets: &Secrets<'_>) {
        mask(&mut self.code, secrets);
        mask(&mut self.message, secrets);
        mask_some(&mut self.target, secrets);
    }

    /// The code, which is for programs and not for people; empty if the service sent none.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message; empty if the service sent none.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the error is about, such as the name of a property.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }
}

impl ServiceError {
    /// Reads a body of the form `{"error":{…}}`; `None` if it does not have that form.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        Self::of(Members::of_body(body).ok()?.get("error")?.get())
    }

    /// Reads what the member `error` holds; `None` if it is not an error.
    pub(crate) fn of(json: &str) -> Option<Self> {
        let error = Members::of_body(json.as_bytes()).ok()?;
        let main = ErrorDetail::read(&error);
        if main.code.is_empty() && main.message.is_empty() {
            return None;
        }
        let inner_error = error.get("innererror");
        // Some services put the ids next to the code, most put them into the inner error.
        let inner = inner_error.and_then(Members::of);
        let inner_text = |name: &str| inner.as_ref().and_then(|inner| inner.text(name));
        let id = |name: &str| inner_text(name).or_else(|| error.text(name));
        Some(Self {
            details: error.objects("details").iter().map(ErrorDetail::read).collect(),
            inner_error: inner_error.map(ToOwned::to_owned),
            request_id: id("request-id").or_else(|| id("requestId")),
            client_request_id: id("client-request-id"),
            date: id("date"),
            main,
        })
    }

    /// The same without a secret that the service echoes.
    pub(crate) fn masked(mut self, secrets: &Secrets<'_>) -> Self {
        if secrets.is_empty() {
            return self;
        }
        self.main.mask(secrets);
        self.details.iter_mut().for_each(|detail| detail.mask(secrets));
        for text in [&mut self.request_id, &mut self.client_request_id, &mut self.date] {
            mask_some(text, secrets);
        }
        self.inner_error = self.inner_error.and_then(|raw| {
            let text = masked(raw.get(), secrets).into_owned();
            RawValue::from_string(text).ok()
        });
        self
    }

    /// The code, which is for programs and not for people; empty if the service sent none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.main.code()
    }

    /// The message; empty if the service sent none.
    #[must_use]
    pub fn message(&self) -> &str {
        self.main.message()
    }

    /// What the error is about, such as the name of a property.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.main.target()
    }

    /// The single errors, if the service found several.
    #[must_use]
    pub fn details(&self) -> &[ErrorDetail] {
        &self.details
    }

    /// The inner error as the JSON that the service sent: its form differs between services.
    #[must_use]
    pub fn inner_error(&self) -> Option<&str> {
        self.inner_error.as_deref().map(RawValue::get)
    }

    /// The id that the service assigned to the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The id that the caller assigned to the request.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.client_request_id.as_deref()
    }

    /// When the error occurred at the service, in its own format.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

impl ErrorBody for ServiceError {
    fn request_id(&self) -> Option<&str> {
        self.request_id()
    }

    fn client_request_id(&self) -> Option<&str> {
        self.client_request_id()
    }

    fn masked(self: Box<Self>, secrets: &Secrets<'_>) -> Arc<dyn ErrorBody> {
        Arc::new((*self).masked(secrets))
    }
}

impl Error {
    /// The error object of the answer, if its body was one.
    #[must_use]
    pub fn service_error(&self) -> Option<&ServiceError> {
        let body: &dyn Any = self.body()?;
        body.downcast_ref()
    }

    /// The code of the error object, by which programs distinguish errors that have the same status.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(400, r#"{"error":{"code":"quotaExceeded","message":"The disk is full."}}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let write: Request<()> = client.resource("notes").create("water the plants");
    /// let error = write.await.expect_err("there is no room");
    /// match error.code() {
    ///     Some("quotaExceeded") => { /* make room */ }
    ///     _ => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.service_error().map(ServiceError::code).filter(|code| !code.is_empty())
    }
}

/// `code: message`, then what it is about.
impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [self.code(), self.message()].map(str::trim);
        let mut parts = parts.into_iter().filter(|part| !part.is_empty());
        if let Some(first) = parts.next() {
            formatter.write_str(&one_line(first, MESSAGE))?;
        }
        for part in parts {
            write!(formatter, ": {}", one_line(part, MESSAGE))?;
        }
        if let Some(target) = self.target() {
            write!(formatter, " (about {})", one_line(target, EXCERPT))?;
        }
        Ok(())
    }
}

/// Shows as much as a log can take.
impl fmt::Debug for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some = |text: &Option<String>| text.as_ref().map(|text| one_line(text, EXCERPT));
        let details = self.details.get(..DETAILS).unwrap_or(&self.details);
        let inner = self.inner_error().map(|json| one_line(json, MESSAGE));
        formatter
            .debug_struct("ServiceError")
            .field("main", &self.main)
            .field("details", &details)
            .field("inner_error", &inner)
            .field("request_id", &some(&self.request_id))
            .field("client_request_id", &some(&self.client_request_id))
            .field("date", &some(&self.date))
            .finish()
    }
}

impl fmt::Debug for ErrorDetail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ErrorDetail")
            .field("code", &one_line(&self.code, EXCERPT))
            .field("message", &one_line(&self.message, MESSAGE))
            .field("target", &self.target().map(|target| one_line(target, EXCERPT)))
            .finish()
    }
}

/// The message, which services of earlier versions wrap as `{"lang":…,"value":…}`.
fn message(members: &Members<'_>) -> Option<String> {
    members.text("message").or_else(|| members.object("message")?.text("value"))
}

fn mask(text: &mut String, secrets: &Secrets<'_>) {
    if let std::borrow::Cow::Owned(shown) = masked(text, secrets) {
        *text = shown;
    }
}

fn mask_some(text: &mut Option<String>, secrets: &Secrets<'_>) {
    if let Some(text) = text {
        mask(text, secrets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_read() {
        let body =
            br#"{"error":{"code":"Bad","message":"Two\n things.","target":"status","details":[
            {"code":"A","message":"a","target":"x"},{"code":7}],"innerError":{"request-id":"r-1",
            "client-request-id":"c-1","date":"2017-01-01T00:00:00","deep":[1.50]}}}"#;
        let error = ServiceError::read(body).expect("an error");
        assert_eq!(error.to_string(), "Bad: Two things. (about status)");
        assert_eq!(error.target(), Some("status"));
        assert_eq!(error.details().len(), 2);
        assert_eq!(error.details()[0].target(), Some("x"));
        assert_eq!(error.details()[1].code(), "7");
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.client_request_id(), Some("c-1"));
        assert_eq!(error.date(), Some("2017-01-01T00:00:00"));
        assert!(error.inner_error().expect("inner").contains("[1.50]"));
    }

    #[test]
    fn odd_forms_are_read_as_far_as_they_go() {
        for (body, expected) in [
            (r#"{"error":{"code":"X"}}"#, Some("X")),
            (r#"{"error":{"code":null,"message":"m"}}"#, Some("m")),
            (r#"{"error":{"code":"X","message":{"lang":"en","value":"old"}}}"#, Some("X: old")),
            (r#"{"error":{"code":"X","details":null,"innererror":7}}"#, Some("X")),
            ("\u{feff}{\"error\":{\"code\":\"X\"}}", Some("X")),
            (r#"{"Error":{"Code":"X","Message":"m","Target":"t"}}"#, Some("X: m (about t)")),
            (r#"{"error":"invalid_grant"}"#, None),
            (r#"{"error":{}}"#, None),
            (r#"{"message":"m"}"#, None),
            ("[]", None),
            ("", None),
            ("<html>", None),
        ] {
            let read = ServiceError::read(body.as_bytes()).map(|error| error.to_string());
            assert_eq!(read.as_deref(), expected, "{body}");
        }
    }
}
