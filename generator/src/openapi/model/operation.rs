//! What a client can call.

use super::{
    Callback, Extensions, ExternalDocs, Id, Parameter, PathItem, RequestBody, Requirement,
    Response, Server, Words,
};
use crate::input::source::Span;
use crate::openapi::description::Location;

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it is written.
    pub location: Location,
    /// The path item that has it. One to which several path items refer is one operation of each.
    pub item: Id<PathItem>,
    /// The method of HTTP, as a client sends it.
    pub method: Method,
    /// Where the method is written.
    pub span: Span,
    /// `operationId`.
    pub id: Option<Words>,
    /// The names of its groups.
    pub tags: Vec<Words>,
    /// One line about it.
    pub summary: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// Documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// The parameters: those of the path item for which the operation has none of the same name at the
    /// same place, then its own.
    pub parameters: Vec<Id<Parameter>>,
    /// How many of the parameters are those of the path item.
    pub inherited: usize,
    /// Parameters that are not sent: those that have the name and the place of another one, and headers
    /// that the client sets itself.
    pub left_out: Vec<Id<Parameter>>,
    /// What a client sends.
    pub body: Option<Id<RequestBody>>,
    /// Parameters that would be another body, which are left out.
    pub other_bodies: Vec<Location>,
    /// What the service answers, by status. The first of several for one status counts.
    pub responses: Vec<Answer>,
    /// The requests that the service sends afterwards, by name.
    pub callbacks: Vec<(Words, Id<Callback>)>,
    /// What a caller needs; `None` if it is what the API needs.
    pub security: Option<Vec<Requirement>>,
    /// The servers; none if they are those of the path item or of the API.
    pub servers: Vec<Server>,
    /// Fields that begin with `x-`, also those beside the responses.
    pub extensions: Extensions,
}

/// An answer of an [`Operation`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of the answer.
    pub status: Status,
    /// Where the status is written.
    pub name: Words,
    /// The answer.
    pub response: Id<Response>,
}

/// The status of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Code(u16),
    /// All codes with a first digit: `4XX`.
    Range(u8),
    /// All codes for which there is no other answer.
    Default,
}

/// A method of HTTP.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names are those of HTTP.
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// Another one, as it is written.
    Other(Words),
}

impl Method {
    /// The method of a field of a path item.
    pub(crate) fn of_field(name: &str) -> Option<Self> {
        Some(match name {
            "get" => Self::Get,
            "put" => Self::Put,
            "post" => Self::Post,
            "delete" => Self::Delete,
            "options" => Self::Options,
            "head" => Self::Head,
            "patch" => Self::Patch,
            "trace" => Self::Trace,
            "query" => Self::Query,
            _ => return None,
        })
    }

    /// The method as it is sent.
    pub fn name(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(words) => &words.text,
        }
    }
}

impl Status {
    /// The status that a name in a Responses Object means.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        match name.as_bytes() {
            b"default" => Some(Self::Default),
            [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Self::Range(first - b'0')),
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => name.parse().ok().map(Self::Code),
            _ => None,
        }
    }
}
