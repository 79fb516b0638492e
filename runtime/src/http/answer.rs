//! An answer, with what the runtime knows of it beside what is written in it.
//!
//! What enters is a response and how it came to be, what leaves is a value that was read from it, or
//! the error that it means. It sends nothing, and it is not generic.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use url::Url;

use crate::json::{Dynamic, Structured, View};
use crate::odata::frame::is_page;
use crate::odata::service_error::{ServiceError, excerpt, one_line};
use crate::odata::{envelope, paging};
use crate::web::call::{Call, has_body};
use crate::web::client::Client;
use crate::web::credential::Token;
use crate::web::error::{BoxError, Error, ErrorKind};
use crate::web::link;
use crate::web::mask::masked;
use crate::web::retry::retry_after;

/// At most this many characters of what is wrong with an answer are shown.
const FAULT: usize = 1000;

/// An answer that was read to its end.
pub(crate) struct Answer {
    pub(crate) response: http::Response<Bytes>,
    /// The token that its request carried, which no error may hold.
    pub(crate) token: Option<Token>,
    /// Where it came from, if not simply from the address of its call.
    pub(crate) source: Option<Box<Source>>,
}

/// Where an answer came from.
#[derive(Clone)]
pub(crate) struct Source {
    /// The address that it came from; `None` if that is the one of its call.
    pub(crate) url: Option<Url>,
    /// Whether another origin than the service was on the way, or named the address. What such an
    /// answer refers to gets no token, even if it is at the service: see [`link`].
    pub(crate) foreign: bool,
}

impl Answer {
    pub(crate) fn new(response: http::Response<Bytes>, token: Option<Token>) -> Self {
        Self { response, token, source: None }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.response.body()
    }

    /// Whether another origin than the service was on the way.
    pub(crate) fn is_foreign(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.foreign)
    }

    /// An answer within this one. It came the same way.
    pub(crate) fn enclosing(&self, client: &Client, response: http::Response<Bytes>) -> Self {
        let mut response = response;
        if let Some(Source { url: Some(url), foreign: true }) = self.source.as_deref() {
            link::mark_headers(response.headers_mut(), url, client.root());
        }
        Self { response, token: self.token.clone(), source: self.source.clone() }
    }

    /// An answer to another call within this one, such as a part of a batch. It came the same way, but
    /// its links are relative to the address of its own call.
    pub(crate) fn part(&self, response: http::Response<Bytes>, url: Option<Url>) -> Self {
        let foreign = self.is_foreign();
        let source = foreign.then(|| Box::new(Source { url, foreign }));
        Self { response, token: self.token.clone(), source }
    }

    /// The same without its body.
    pub(crate) fn emptied(self) -> Self {
        Self { response: self.response.map(|_| Bytes::new()), ..self }
    }

    /// This answer to a call.
    pub(crate) fn to<'a>(&'a self, client: &'a Client, call: &'a Call) -> Answered<'a> {
        Answered { answer: self, client, call }
    }
}

/// The token that no error about a call may hold: what was sent, else what the caller sent in a header,
/// else what may have been sent before a redirect, which can take it along in its address.
pub(crate) fn secret(client: &Client, call: &Call, sent: Option<&Token>) -> Option<Token> {
    let own = || call.headers().get(header::AUTHORIZATION)?.to_str().ok()?.rsplit(' ').next();
    let at_hand = || client.tokens()?.at_hand(client.transport());
    sent.cloned().or_else(|| own().map(Token::new)).or_else(at_hand)
}

/// What is wrong with an answer that is a success.
pub(crate) fn fault(what: &str, error: BoxError, token: Option<&Token>) -> Error {
    let whole = error.to_string();
    let shown = masked(&whole, token);
    let message = format!("{what}: {}", one_line(&shown, FAULT));
    let fault = Error::new(ErrorKind::Decode, message);
    // A source shows all that it holds.
    let is_fit = whole.len() <= FAULT && shown == whole.as_str();
    if is_fit { fault.with_source(error) } else { fault }
}

/// An answer to a call.
pub struct Answered<'a> {
    answer: &'a Answer,
    client: &'a Client,
    call: &'a Call,
}

/// Shows the status and nothing of the content.
impl fmt::Debug for Answered<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Answered({})", self.answer.status())
    }
}

impl<'a> Answered<'a> {
    pub(crate) fn response(&self) -> &'a http::Response<Bytes> {
        &self.answer.response
    }

    pub(crate) fn client(&self) -> &'a Client {
        self.client
    }

    pub(crate) fn is_foreign(&self) -> bool {
        self.answer.is_foreign()
    }

    /// The address that the answer came from, to which its links are relative.
    pub(crate) fn url(&self) -> Option<Url> {
        let source = self.answer.source.as_ref();
        let url = source.and_then(|source| source.url.clone());
        url.or_else(|| self.call.url(self.client.root()).ok())
    }

    /// The id of the entity that the answer is about, from its headers.
    pub(crate) fn entity_id(&self) -> Option<String> {
        link::entity_id(self.answer.headers(), || self.url())
    }

    /// Reads the body into an empty place, which stays empty for null.
    ///
    /// # Errors
    ///
    /// The body is not what the place is for.
    pub(crate) fn read(&self, place: &mut dyn Dynamic) -> Result<(), BoxError> {
        let body = self.answer.body();
        if body.is_empty() {
            return self.read_reference(place);
        }
        let mut settle = |object: &mut dyn Structured| paging::settle(object, self);
        if self.is_foreign()
            && let Ok(text) = std::str::from_utf8(body)
        {
            let marked = link::mark_body(text, self.client.root());
            return Ok(envelope::read_answer_with(place, marked.as_bytes(), &mut settle)?);
        }
        Ok(envelope::read_answer_with(place, body, &mut settle)?)
    }

    /// Reads what the headers have in place of a body: a success without one, to a request that
    /// changes something, is an entity reference (JSON Format 4.01, section 14) to what it made.
    fn read_reference(&self, place: &mut dyn Dynamic) -> Result<(), BoxError> {
        if !has_body(self.call.method()) {
            return Err("it has no body".into());
        }
        if self.answer.status() == StatusCode::ACCEPTED {
            let why = "it has no body, for the service has accepted the request and goes on with it; \
                       `start` waits for the result";
            return Err(why.into());
        }
        let reference = self.entity_id().and_then(|id| serde_json::to_vec(&id).ok());
        if let Some(id) = reference {
            let reference = [br#"{"@odata.id":"#, &id[..], b"}"].concat();
            let read = envelope::read_answer(place, &reference);
            let is_page =
                matches!(place.view(), View::Object(object, _) if is_page(object.shape()));
            if read.is_ok() && !is_page {
                return Ok(());
            }
        }
        // Who takes this for a failure and repeats the request has it done twice.
        let why = "it has no body, though the service has done what was asked, so the request must \
                   not be repeated; `minimal` and `expect::<()>` read such an answer";
        Err(why.into())
    }

    /// The error of an answer that is a success, but is not what was expected.
    pub(crate) fn unreadable(&self, error: BoxError) -> Error {
        let token = self.secret();
        let what = "the answer is not what was expected";
        let fault = fault(what, error, token.as_ref());
        let service_error = ServiceError::read(self.answer.body());
        let service_error = service_error.map(|error| error.masked(token.as_ref()));
        self.about(fault).with_service_error(service_error)
    }

    /// The error of an answer whose status is not a success.
    pub(crate) fn refusal(&self, now: SystemTime) -> Error {
        let token = self.secret();
        let token = token.as_ref();
        let service_error = ServiceError::read(self.answer.body());
        let service_error = service_error.map(|error| error.masked(token));
        let message = match &service_error {
            Some(service_error) => service_error.to_string(),
            None => excerpt(&masked(&String::from_utf8_lossy(self.answer.body()), token)),
        };
        self.error(ErrorKind::Service, message)
            .with_service_error(service_error)
            .with_retry_after(retry_after(self.answer.headers(), now))
    }

    /// An error about the answer, with its status and headers.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        self.about(Error::new(kind, message))
    }

    /// Adds the status and headers of the answer to an error.
    fn about(&self, error: Error) -> Error {
        let headers = self.answer.headers().clone();
        let error = error.with_head(self.answer.status(), headers, self.secret().as_ref());
        self.call.described(error.with_location(|| self.url()))
    }

    fn secret(&self) -> Option<Token> {
        secret(self.client, self.call, self.answer.token.as_ref())
    }
}
