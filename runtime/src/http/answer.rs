//! An answer, with what the runtime knows about it besides its content.
//!
//! Enters: a response, and how it was obtained. Leaves: a value that was read from it, or the error that it
//! reports. It sends nothing, and it is not generic.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use url::Url;

use crate::json::Dynamic;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::credential::Token;
use crate::web::error::{BoxError, Error, ErrorBody, ErrorKind};
use crate::web::link;
use crate::web::mask::{Secrets, masked};
use crate::web::protocol::Protocol;
use crate::web::retry::retry_after;
use crate::web::service_root::ServiceRoot;
use crate::web::text::{excerpt, one_line};
use crate::web::transport::Body;

/// At most this many characters of what is wrong with an answer are shown.
const FAULT: usize = 1000;

/// An answer that was read to its end.
pub(crate) struct Answer {
    pub(crate) response: http::Response<Bytes>,
    /// The token that its request carried, which no error may hold.
    pub(crate) token: Option<Token>,
    /// How it came, if not from the address of its call, or to a request with an id.
    pub(crate) source: Option<Box<Source>>,
    /// The body, if it is read as it comes. Who reads it takes it.
    unread: Option<Box<Mutex<Option<Body>>>>,
}

/// How an answer came. It is in a box, because most answers have none.
#[derive(Clone, Default)]
pub(crate) struct Source {
    /// The address that it came from; `None` if that is the one of its call.
    pub(crate) url: Option<Url>,
    /// Whether an origin other than the service was on the way, or supplied the address. What such an
    /// answer refers to gets no token, even if it is at the service: see [`link`].
    pub(crate) foreign: bool,
    /// The id that the client assigned to the request.
    pub(crate) client_request_id: Option<Box<str>>,
}

impl Answer {
    pub(crate) fn new(response: http::Response<Bytes>, token: Option<Token>) -> Self {
        Self { response, token, source: None, unread: None }
    }

    /// The same with a body that is read as it comes.
    pub(crate) fn with_unread(self, body: Body) -> Self {
        Self { unread: Some(Box::new(Mutex::new(Some(body)))), ..self }
    }

    /// The body: what is yet to be read, if nobody has taken it, or else what was.
    pub(crate) fn take_body(&self) -> Body {
        let unread = self.unread.as_ref();
        let taken =
            unread.and_then(|body| body.lock().unwrap_or_else(PoisonError::into_inner).take());
        taken.unwrap_or_else(|| self.response.body().clone().into())
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

    /// The id that the client assigned to the request.
    pub(crate) fn client_request_id(&self) -> Option<&str> {
        self.source.as_ref()?.client_request_id.as_deref()
    }

    /// Whether an origin other than the service was on the way.
    pub(crate) fn is_foreign(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.foreign)
    }

    /// An answer within this one. It came the same way.
    pub(crate) fn enclosing(
        &self,
        client: &ServiceClient,
        protocol: &Protocol,
        response: http::Response<Bytes>,
    ) -> Self {
        let mut response = response;
        if let Some(Source { url: Some(url), foreign: true, .. }) = self.source.as_deref() {
            let headers = response.headers_mut();
            link::mark_headers(headers, url, client.root(), protocol);
        }
        Self { source: self.source.clone(), ..Self::new(response, self.token.clone()) }
    }

    /// An answer to another call within this one, such as a part of a batch. It came the same way, but
    /// its links are relative to the address of its own call.
    pub(crate) fn part(&self, response: http::Response<Bytes>, url: Option<Url>) -> Self {
        let foreign = self.is_foreign();
        // The ids of parts are headers of their calls.
        let source = foreign.then(|| Box::new(Source { url, foreign, client_request_id: None }));
        Self { source, ..Self::new(response, self.token.clone()) }
    }

    /// The same without its body.
    pub(crate) fn emptied(self) -> Self {
        Self { response: self.response.map(|_| Bytes::new()), ..self }
    }

    /// This answer to a call.
    pub(crate) fn to<'a>(&'a self, client: &'a ServiceClient, call: &'a Call) -> Answered<'a> {
        Answered { answer: self, client, call }
    }
}

/// What no error about a call may hold: the token that was sent, else what the caller sent in a header,
/// else what may have been sent before a redirect, which can take it along in its address; and keys.
pub(crate) fn secrets<'c>(
    client: &ServiceClient,
    call: &'c Call,
    sent: Option<&Token>,
) -> Secrets<'c> {
    let own = || call.headers().get(header::AUTHORIZATION)?.to_str().ok()?.rsplit(' ').next();
    let at_hand = || call.tokens_or(client)?.at_hand(client.transport());
    let token = sent.cloned().or_else(|| own().map(Token::new)).or_else(at_hand);
    Secrets::new(token, call.keys())
}

/// What is wrong with an answer whose status is a success.
pub(crate) fn fault(what: &str, error: BoxError, secrets: &Secrets<'_>) -> Error {
    let whole = error.to_string();
    let shown = masked(&whole, secrets);
    let message = format!("{what}: {}", one_line(&shown, FAULT));
    let fault = Error::new(ErrorKind::Decode, message);
    // A source shows everything that it holds.
    let is_fit = whole.len() <= FAULT && shown == whole.as_str();
    if is_fit { fault.with_source(error) } else { fault }
}

/// What the links of an answer are relative to.
#[derive(Clone)]
pub(crate) struct LinkBase {
    pub(crate) url: Url,
    /// The service, if another origin was on the way.
    pub(crate) foreign_to: Option<ServiceRoot>,
}

/// An answer to a call.
pub struct Answered<'a> {
    answer: &'a Answer,
    client: &'a ServiceClient,
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

    /// The answer.
    pub(crate) fn answer(&self) -> &'a Answer {
        self.answer
    }

    pub(crate) fn client(&self) -> &'a ServiceClient {
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

    /// What the links in the header `Link` are relative to, if there is one.
    pub(crate) fn link_base(&self) -> Option<Box<LinkBase>> {
        if !self.answer.headers().contains_key(header::LINK) {
            return None;
        }
        let foreign_to = self.is_foreign().then(|| self.call.root(self.client).clone());
        Some(Box::new(LinkBase { url: self.url()?, foreign_to }))
    }

    /// The body.
    pub(crate) fn body(&self) -> &'a [u8] {
        self.answer.body()
    }

    /// The call.
    pub(crate) fn call(&self) -> &'a Call {
        self.call
    }

    /// The address of what the answer is about, from its headers.
    pub(crate) fn subject(&self) -> Option<String> {
        (self.call.protocol().subject)(self)
    }

    /// Reads the body into an empty place, which stays empty for null.
    ///
    /// # Errors
    ///
    /// The body is not what the place is for.
    pub(crate) fn read(&self, place: &mut dyn Dynamic) -> Result<(), BoxError> {
        (self.call.protocol().read)(self, place)
    }

    /// The error of an answer whose status is a success, but whose body is not what was expected.
    pub(crate) fn unreadable(&self, error: BoxError) -> Error {
        let secrets = self.secrets();
        let what = "the answer is not what was expected";
        let fault = fault(what, error, &secrets);
        self.about(fault).with_body(self.error_body(&secrets))
    }

    /// The error of an answer whose status is not a success.
    pub(crate) fn refusal(&self, now: SystemTime) -> Error {
        let secrets = self.secrets();
        let body = self.error_body(&secrets);
        let mut message = match &body {
            Some(body) => body.to_string(),
            None => {
                let shown = String::from_utf8_lossy(self.answer.body());
                excerpt(&masked(&shown, &secrets), self.call.protocol().error_name)
            }
        };
        if matches!(self.answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            && let Some(hint) = self.call.keys().and_then(|keys| keys.hint.as_deref())
        {
            message = format!("{message}; {hint}");
        }
        self.error(ErrorKind::Service, message)
            .with_body(body)
            .with_retry_after(retry_after(self.answer.headers(), now))
    }

    /// What the service reports in the body, without a secret that it echoes.
    fn error_body(&self, secrets: &Secrets<'_>) -> Option<Arc<dyn ErrorBody>> {
        let body = (self.call.protocol().read_error)(&self.answer.response)?;
        Some(body.masked(secrets))
    }

    /// An error about the answer, with its status and headers.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        self.about(Error::new(kind, message))
    }

    /// Adds the status and headers of the answer to an error.
    fn about(&self, error: Error) -> Error {
        let headers = self.answer.headers().clone();
        let error = error.with_head(self.answer.status(), headers, &self.secrets());
        let assigned = self.answer.client_request_id();
        let error =
            error.with_client_request_id(assigned.or_else(|| self.call.own_id(self.client)));
        self.call.described(error.with_location(|| self.url()))
    }

    fn secrets(&self) -> Secrets<'a> {
        secrets(self.client, self.call, self.answer.token.as_ref())
    }
}
