//! Answers of several kinds, told apart by status and media type.
//!
//! Enters: what a document declares of the answers of an operation, and an answer. Leaves: the variant that
//! the answer is. Must not know: requests.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::operation::Operation;
use super::reading::{self, Kind, kind};
use super::undocumented::Undocumented;
use super::xml::description::XmlNode;
use crate::json::{Dynamic, Value};
use crate::web::answer::Answered;
use crate::web::error::BoxError;

/// The answers of an operation, as an enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of the answers of an operation",
    label = "not generated for the answers of an operation",
    note = "the documentation of each operation names its answers and errors"
)]
pub trait Answers: Sized {
    /// The answers that the document declares.
    const ANSWERS: &'static [Expected];

    /// Reads the answer that is declared at a place; one at no place is undocumented.
    ///
    /// # Errors
    ///
    /// The body is not what is declared.
    fn read(answer: usize, read: &Reading<'_>) -> Result<Self, BoxError>;
}

/// An answer that a document declares.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    statuses: Statuses,
    media_type: &'static str,
    xml: Option<XmlNode>,
}

/// The statuses of a declared answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Statuses {
    One(u16),
    /// All with this first digit.
    Range(u8),
    Any,
}

impl Expected {
    /// An answer with a status. The media type may be a range such as `text/*`; it is empty if there is no
    /// body.
    #[must_use]
    pub const fn status(status: u16, media_type: &'static str) -> Self {
        Self { statuses: Statuses::One(status), media_type, xml: None }
    }

    /// An answer with a status that begins with a digit.
    #[must_use]
    pub const fn range(digit: u8, media_type: &'static str) -> Self {
        Self { statuses: Statuses::Range(digit), media_type, xml: None }
    }

    /// An answer with any status.
    #[must_use]
    pub const fn default(media_type: &'static str) -> Self {
        Self { statuses: Statuses::Any, media_type, xml: None }
    }

    /// The same in XML.
    #[must_use]
    pub const fn with_xml(self, root: XmlNode) -> Self {
        Self { xml: Some(root), ..self }
    }

    /// How exactly it declares a status; `None` if it does not.
    fn exactness(&self, status: StatusCode) -> Option<u8> {
        match self.statuses {
            Statuses::One(own) => (own == status.as_u16()).then_some(2),
            Statuses::Range(digit) => (u16::from(digit) == status.as_u16() / 100).then_some(1),
            Statuses::Any => Some(0),
        }
    }
}

/// An answer that is being read.
#[derive(Debug)]
pub struct Reading<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
    /// The media type that is declared for it.
    declared: &'static str,
    /// How it is written in XML, if it may be.
    xml: Option<XmlNode>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body, declared: "", xml: None }
    }

    /// The body as a value.
    ///
    /// # Errors
    ///
    /// The body is not a value of the type.
    pub fn value<T: Value>(&self) -> Result<T, BoxError> {
        let mut place = None;
        self.read(&mut place)?;
        place.ok_or_else(|| "it is null".into())
    }

    /// The body as a value that may be null.
    ///
    /// # Errors
    ///
    /// The body is not a value of the type.
    pub fn nullable<T: Value>(&self) -> Result<Option<T>, BoxError> {
        let mut place = None;
        self.read(&mut place)?;
        Ok(place)
    }

    /// The body as it is.
    ///
    /// # Errors
    ///
    /// None: it is a `Result` as that of the others.
    pub fn bytes(&self) -> Result<Bytes, BoxError> {
        Ok(self.body.clone())
    }

    /// The answer as one that the document does not declare.
    #[must_use]
    pub fn undocumented(&self) -> Undocumented {
        Undocumented::new(self.status, self.headers.clone(), self.body.clone())
    }

    fn read(&self, place: &mut dyn Dynamic) -> Result<(), BoxError> {
        reading::read(self.headers, self.body, (self.declared, self.xml.as_ref()), place)
    }

    /// The place of the declared answer that this one is, and its media type.
    fn find(&self, answers: &[Expected]) -> Option<(usize, &'static str)> {
        let exactness = answers.iter().filter_map(|answer| answer.exactness(self.status)).max()?;
        let of_status = answers.iter().enumerate();
        let of_status: Vec<_> = of_status
            .filter(|(_, answer)| answer.exactness(self.status) == Some(exactness))
            .map(|(at, answer)| (at, answer.media_type))
            .collect();
        if self.body.is_empty() {
            // An empty text or file is one, too.
            let is_empty = |(at, own): &&(usize, &str)| {
                own.is_empty() || kind(own) != Kind::Json && answers[*at].xml.is_none()
            };
            let nothing = of_status.iter().find(|(_, media_type)| media_type.is_empty());
            return nothing.or_else(|| of_status.iter().find(is_empty)).copied();
        }
        let came = reading::essence(self.headers);
        let best = of_status.iter().filter_map(|&(at, own)| Some((likeness(own, &came)?, at, own)));
        if let Some((_, at, own)) =
            best.max_by_key(|&(likeness, at, _)| (likeness, usize::MAX - at))
        {
            return Some((at, own));
        }
        // A status that is declared without a body is meant, whatever the service adds.
        let plausible = self.plausible(answers, &of_status, kind(&came));
        plausible.or_else(|| of_status.iter().find(|(_, own)| own.is_empty()).copied())
    }

    /// The declared answer of which a body of another media type may be.
    fn plausible(
        &self,
        answers: &[Expected],
        of_status: &[(usize, &'static str)],
        came: Kind,
    ) -> Option<(usize, &'static str)> {
        let first = |wanted: Kind| {
            let is_wanted = |own: &str| kind(&reading::essence_of(own)) == wanted;
            of_status.iter().find(|(_, own)| is_wanted(own)).copied()
        };
        let is_json = || {
            let text = reading::text(self.headers, self.body);
            text.is_ok_and(|text| reading::begins_as_json(&text))
        };
        let json = || first(Kind::Json).filter(|_| is_json());
        // One that is declared as JSON may be declared as XML, too.
        let described = || of_status.iter().find(|(at, _)| answers[*at].xml.is_some()).copied();
        let is_xml = || reading::begins_as_xml(self.body);
        let xml = || first(Kind::Xml).or_else(described).filter(|_| is_xml());
        match came {
            Kind::Json | Kind::Xml | Kind::Text => {
                json().or_else(xml).or_else(|| first(Kind::Text))
            }
            Kind::Absent => {
                let other = || first(Kind::Other).or_else(|| first(Kind::Xml));
                json().or_else(xml).or_else(|| first(Kind::Text)).or_else(other)
            }
            Kind::Other => json().or_else(xml),
        }
    }
}

/// How well a declared media type fits the one that came, which has no parameters; `None` if it does not.
fn likeness(declared: &str, came: &str) -> Option<u8> {
    let declared = reading::essence_of(declared);
    let (own, came_type) = (declared.split_once('/')?, came.split_once('/')?);
    match own {
        _ if declared == came => Some(4),
        // `application/json` and `application/problem+json` are both JSON.
        _ if kind(&declared) == Kind::Json && kind(came) == Kind::Json => Some(3),
        _ if kind(&declared) == Kind::Xml && kind(came) == Kind::Xml => Some(3),
        (kind, "*") if kind == came_type.0 => Some(2),
        ("*", "*") => Some(1),
        _ => None,
    }
}

/// Reads the answer as one of those that are declared.
///
/// # Errors
///
/// The body is not what is declared.
pub(super) fn read_as<A: Answers>(mut reading: Reading<'_>) -> Result<A, BoxError> {
    let (answer, declared) = reading.find(A::ANSWERS).unwrap_or((usize::MAX, ""));
    reading.declared = declared;
    reading.xml = A::ANSWERS.get(answer).and_then(|expected| expected.xml);
    A::read(answer, &reading)
}

/// Reads an answer whose status is a success, for [`answers!`](crate::answers).
///
/// # Errors
///
/// The body is not what is declared.
#[inline]
pub fn answer<A: Answers>(response: &http::Response<Bytes>) -> Result<A, BoxError> {
    read_as(Reading::new(response.status(), response.headers(), response.body()))
}

/// Reads the body of an answer into a place.
///
/// # Errors
///
/// The body is not what the place is for.
pub(super) fn read(answered: &Answered<'_>, place: &mut dyn Dynamic) -> Result<(), BoxError> {
    let response = answered.response();
    if response.body().is_empty() && !takes_nothing(place) {
        return Err(nothing(answered).into());
    }
    let accept = answered.call().headers().get(http::header::ACCEPT);
    let declared = accept.and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let operation: Option<&Operation> = answered.call().context();
    let xml = operation.and_then(|operation| operation.xml_answer.as_ref());
    reading::read(response.headers(), response.body(), (declared, xml), place)
}

/// Whether an empty body is a value: an empty text.
fn takes_nothing(place: &mut dyn Dynamic) -> bool {
    matches!(place.slot(), crate::json::Slot::String(_))
}

/// Why an answer without a body is not a value. A caller that takes it for a failure and repeats the request
/// would execute it twice.
fn nothing(answered: &Answered<'_>) -> &'static str {
    let may_continue = answered.call().settings().is_some_and(|one| one.final_state.is_some());
    if may_continue && answered.response().status() == StatusCode::ACCEPTED {
        return "the service goes on with what it was asked for: `start` in place of `send` returns an operation that \
                can be waited for";
    }
    match answered.call().method().is_safe() {
        true => "it has no body",
        false => {
            "it has no body, though the service has done what was asked, so the request must not be \
             repeated; `expect::<()>` reads such an answer"
        }
    }
}
