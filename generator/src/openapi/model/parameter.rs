//! Values that are sent beside a body, or come beside one.

use super::{Example, Extensions, Id, MediaType, SchemaId, Words};
use crate::openapi::description::Location;

/// A value that a client sends in the address, a header or a cookie.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// The name.
    pub name: Words,
    /// Where it is sent.
    pub place: Place,
    /// The description.
    pub description: Option<Words>,
    /// Whether it has to be sent. Those in the path always have to be.
    pub required: bool,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// `allowEmptyValue: true`: the name alone may be sent.
    pub allow_empty: bool,
    /// How the value is written.
    pub form: ValueForm,
    /// Examples, with the names that they have.
    pub examples: Vec<(Option<Words>, Id<Example>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// A value that comes as a header, or that a part of a body has as one. The map that has it has its name.
#[derive(Clone, Debug)]
pub struct Header {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// The description.
    pub description: Option<Words>,
    /// `required: true`.
    pub required: bool,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// How the value is written.
    pub form: ValueForm,
    /// Examples, with the names that they have.
    pub examples: Vec<(Option<Words>, Id<Example>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query, with its name.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How a value is written as text.
#[derive(Clone, Debug)]
pub enum ValueForm {
    /// By a style.
    Styled(Styled),
    /// As a document of a media type. One that has several is wrong; the first one counts.
    Content(Vec<(Words, Id<MediaType>)>),
}

/// How a value is written by a style.
#[derive(Clone, Debug)]
pub struct Styled {
    /// The schema; `None` if the value may be any.
    pub schema: Option<SchemaId>,
    /// The style; that of the place if there is none, or one that no value at the place has.
    pub style: Style,
    /// The style as it is written.
    pub style_words: Option<Words>,
    /// Whether each item or member has a name of its own.
    pub explode: bool,
    /// Whether characters that separate parts of an address are written as they are.
    pub allow_reserved: bool,
    /// The styles of arrays in the array, from the outside in, which 2.0 has.
    pub inner: Vec<Style>,
}

/// How lists and objects are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;name=value`.
    Matrix,
    /// `.value`.
    Label,
    /// `value,value`.
    Simple,
    /// `name=value`.
    Form,
    /// `value%20value`.
    SpaceDelimited,
    /// `value|value`.
    PipeDelimited,
    /// Values with tabs between them, as 2.0 has it.
    TabDelimited,
    /// `name[member]=value`.
    DeepObject,
    /// As `form`, without percent-encoding.
    Cookie,
}

impl Place {
    /// The place of a word in `in`.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "path" => Self::Path,
            "query" => Self::Query,
            "querystring" => Self::QueryString,
            "header" => Self::Header,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }

    /// The style of values at the place that have none.
    pub fn style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::QueryString | Self::Cookie => Style::Form,
        }
    }

    /// What to call it in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl Style {
    /// The style of a word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "matrix" => Self::Matrix,
            "label" => Self::Label,
            "simple" => Self::Simple,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }

    /// Whether values at a place may have the style.
    pub fn fits(self, place: Place) -> bool {
        match self {
            Self::Matrix | Self::Label => place == Place::Path,
            Self::Simple => matches!(place, Place::Path | Place::Header),
            Self::Form => matches!(place, Place::Query | Place::Cookie),
            Self::SpaceDelimited | Self::PipeDelimited | Self::DeepObject => place == Place::Query,
            Self::TabDelimited => true,
            Self::Cookie => place == Place::Cookie,
        }
    }

    /// What to call it in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Simple => "simple",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::TabDelimited => "tsv",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}

impl ValueForm {
    /// What is written by a style; `None` for what has a media type.
    pub fn styled(&self) -> Option<&Styled> {
        match self {
            Self::Styled(styled) => Some(styled),
            Self::Content(_) => None,
        }
    }
}
