//! Bodies of requests and responses.

use super::{Example, Extensions, Header, Id, Link, SchemaId, Style, Words};
use crate::openapi::description::Location;

/// What a client sends as the body of a request.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Where it is written. For 2.0 it is the parameter in the body, or the list of the parameters of a
    /// form.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// The name of the parameter in the body, which 2.0 has.
    pub name: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// `required: true`.
    pub required: bool,
    /// What may be sent, by media type or range of them. For 2.0 they are those of `consumes`, or
    /// `application/json` if there are none.
    pub content: Vec<(Words, Id<MediaType>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// What a service answers.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// One line about it.
    pub summary: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// The headers with their names.
    pub headers: Vec<(Words, Id<Header>)>,
    /// What the body may be, by media type or range of them; nothing if there is no body. For 2.0 they are
    /// those of `produces`, or `application/json` if there are none.
    pub content: Vec<(Words, Id<MediaType>)>,
    /// What a client can do next.
    pub links: Vec<(Words, Id<Link>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// A body of one media type, or of those of a range. The map that has it has its name.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// Where it is written. For 2.0 it is the schema.
    pub location: Location,
    /// The name of the component, of 3.2.
    pub component: Option<String>,
    /// What the body as a whole is.
    pub schema: Option<SchemaId>,
    /// What each item of a body is that is a sequence.
    pub item_schema: Option<SchemaId>,
    /// How the members of a form or the parts of a body are written, by name.
    pub encoding: Vec<(Words, Id<Encoding>)>,
    /// How parts without names are written, by position.
    pub prefix_encoding: Vec<Id<Encoding>>,
    /// How the further parts without names are written.
    pub item_encoding: Option<Id<Encoding>>,
    /// Examples, with the names that they have.
    pub examples: Vec<(Option<Words>, Id<Example>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

impl MediaType {
    /// A body of which nothing is known.
    pub(crate) fn unknown(location: Location) -> Self {
        Self {
            location,
            component: None,
            schema: None,
            item_schema: None,
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            examples: Vec::new(),
            extensions: Vec::new(),
        }
    }
}

/// How a member of a form or a part of a body is written.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// Where it is written.
    pub location: Location,
    /// The media types that the part may have, with commas between them.
    pub content_type: Option<Words>,
    /// The headers of the part with their names.
    pub headers: Vec<(Words, Id<Header>)>,
    /// The style of a member of a form; `None` if its content type counts.
    pub style: Option<Style>,
    /// Whether each item or member has a name of its own.
    pub explode: Option<bool>,
    /// Whether characters that separate parts of an address are written as they are.
    pub allow_reserved: Option<bool>,
    /// How the parts of the part are written, by name.
    pub encoding: Vec<(Words, Id<Encoding>)>,
    /// How parts without names are written, by position.
    pub prefix_encoding: Vec<Id<Encoding>>,
    /// How the further parts without names are written.
    pub item_encoding: Option<Id<Encoding>>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
