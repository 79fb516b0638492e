//! A request that a description of an API has, as plain data.
//!
//! Enters: what a planner decides. Leaves: what is known of the request before it is made, and how each
//! argument gets into it. Must not know: how it is written as code.

use super::{Docs, Signature, Type, XmlNode};

/// A method that makes a request of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationMethod {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// Its arguments, and the request or the builder of it that it returns.
    pub signature: Signature,
    /// The request.
    pub operation: Operation,
}

/// A request of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The method of HTTP.
    pub verb: String,
    /// The path, in which variables are in braces.
    pub path: String,
    /// All values that it has beside its body, also those that are not arguments.
    pub parameters: Vec<Carried>,
    /// The media types that it accepts, as they are sent.
    pub accept: Option<String>,
    /// The media type of its body, unless it is that of its kind.
    pub content_type: Option<String>,
    /// How its body is written, if that is in XML.
    pub xml: Option<XmlNode>,
    /// How its answer is read, if that comes in XML.
    pub xml_answer: Option<XmlNode>,
    /// The schemes that it needs together, in alternatives. `None` if nothing is known.
    pub security: Option<Vec<Vec<String>>>,
    /// The address to which it is sent, if it is not that of the API.
    pub server: Option<String>,
    /// The header for the key by which the service recognises the tries of one call.
    pub idempotency: Option<String>,
    /// Where its result is, if it may continue at the service after its answer.
    pub final_state: Option<FinalState>,
    /// How the pages that it returns follow one another.
    pub paging: Option<Paging>,
    /// What becomes of the arguments of the method, by name and in their order.
    pub arguments: Vec<(String, Part)>,
}

/// Where the result of an operation that continues is, once it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinalState {
    /// After `PUT` and `PATCH` at the address of the request; after `POST` at that of the header `Location`, if
    /// there is one; else in the last answer.
    Usual,
    /// At the address of the request.
    OriginalUri,
    /// At the address of the header `Location`.
    Location,
    /// It is the last report.
    Status,
    /// It is the member `result` of the last report.
    Result,
}

impl FinalState {
    /// The variant of the runtime.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "Usual",
            Self::OriginalUri => "OriginalUri",
            Self::Location => "Location",
            Self::Status => "Status",
            Self::Result => "Result",
        }
    }
}

/// How pages follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What is the next page.
    pub rule: PagingRule,
    /// The parameter for the most items of a page.
    pub limit: Option<String>,
    /// The JSON pointer to whether there are more pages.
    pub more: Option<String>,
    /// The JSON pointer to the number of all pages.
    pub pages: Option<String>,
    /// Whether parameters are JSON pointers into the body of the request, and not of its query.
    pub in_body: bool,
}

/// What the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingRule {
    /// There is none.
    OnePage,
    /// The relation `next` of the header `Link`.
    LinkHeader,
    /// The address at a JSON pointer.
    NextLink(String),
    /// The path at a JSON pointer, below the address of the service.
    NextPath(String),
    /// The cursor at a JSON pointer, sent in a parameter.
    Cursor {
        /// The parameter.
        parameter: String,
        /// The pointer.
        pointer: String,
    },
    /// The number of items before it, in a parameter.
    Offset(String),
    /// Its number, in a parameter, and that of the first one.
    Page(String, u64),
}

/// A part of a request that a value becomes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A value with a name.
    Parameter(Place, String),
    /// A header of a part of the body: the part, and the header.
    PartHeader(String, String),
    /// The media type of the body, which the caller chooses.
    MediaType,
    /// The body, and its fields that are not written by the kinds of their values.
    Body(BodyKind, Vec<Carried>),
}

/// Where a value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As the fields of a form.
    Form,
    /// As text.
    Text,
    /// As it is.
    Bytes,
    /// In parts.
    Multipart,
    /// As XML.
    Xml,
    /// As lines of JSON, one for each item of a list.
    Lines,
}

/// A value that a request has beside its body, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carried {
    /// Where.
    pub place: Place,
    /// The name.
    pub name: String,
    /// The style, by the name of the variant of the runtime, if it is not that of the place.
    pub style: Option<&'static str>,
    /// Whether each item or member has a name of its own, if that is not as usual for the style.
    pub explode: Option<bool>,
    /// Whether characters that separate parts of an address are written as they are.
    pub is_reserved: bool,
    /// Whether it is JSON.
    pub is_json: bool,
    /// Whether an empty value is sent as the name alone.
    pub may_be_empty: bool,
    /// The styles of the lists in a list, from the outside in.
    pub inner: Vec<&'static str>,
    /// How members are written where it is the whole query.
    pub fields: Vec<Carried>,
    /// The media type of the part that it is, if that is declared.
    pub content_type: Option<String>,
    /// Whether a part is written by a style.
    pub is_styled: bool,
    /// The headers of a part whose values are declared.
    pub headers: Vec<(String, String)>,
    /// The headers of a part whose values a caller sets.
    pub given: Vec<Carried>,
}

impl Carried {
    /// A value that is written as is usual at its place.
    pub fn new(place: Place, name: &str) -> Self {
        Self {
            place,
            name: name.to_owned(),
            style: None,
            explode: None,
            is_reserved: false,
            is_json: false,
            may_be_empty: false,
            inner: Vec::new(),
            fields: Vec::new(),
            content_type: None,
            is_styled: false,
            headers: Vec::new(),
            given: Vec::new(),
        }
    }

    /// Whether it is written as is usual at its place.
    pub fn is_usual(&self) -> bool {
        *self == Self::new(self.place, &self.name)
    }
}

impl Place {
    /// The function of the runtime for values there.
    pub fn function(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "query_string",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl BodyKind {
    /// The media type that such bodies have unless another one is declared.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
            Self::Multipart => "multipart/form-data",
            Self::Xml => "application/xml",
            Self::Lines => "application/jsonl",
        }
    }

    /// The function of the runtime for such bodies.
    pub fn function(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::Multipart => "multipart",
            Self::Xml => "xml",
            Self::Lines => "lines",
        }
    }
}

impl Part {
    /// The function of the runtime that takes the value.
    pub fn function(&self, takes: &Type) -> &'static str {
        match (self, takes) {
            (Self::Parameter(Place::Query, _), Type::IntoNullable(_)) => "query_nullable",
            (Self::Parameter(Place::Header, _), Type::IntoNullable(_)) => "header_nullable",
            (Self::Parameter(Place::Cookie, _), Type::IntoNullable(_)) => "cookie_nullable",
            (Self::Parameter(place, _), _) => place.function(),
            (Self::PartHeader(..), _) => "part_header",
            (Self::MediaType, _) => "content_type",
            (Self::Body(BodyKind::Json, _), Type::IntoNullable(_)) => "json_nullable",
            (Self::Body(BodyKind::Json, _), Type::IntoValue(_)) => "json_value",
            (Self::Body(BodyKind::Xml, _), Type::IntoNullable(_)) => "xml_nullable",
            (Self::Body(BodyKind::Xml, _), Type::IntoValue(_)) => "xml_value",
            (Self::Body(kind, _), _) => kind.function(),
        }
    }

    /// The names that the function takes before the value.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::MediaType | Self::Body(..) => Vec::new(),
            Self::Parameter(_, name) => vec![name],
            Self::PartHeader(part, name) => vec![part, name],
        }
    }

    /// What it is called on the wire.
    pub fn wire_name(&self) -> &str {
        match self {
            Self::Parameter(_, name) | Self::PartHeader(_, name) => name,
            Self::MediaType => "Content-Type",
            Self::Body(..) => "body",
        }
    }
}
