//! What a document declares of a parameter, or of a field of a form.
//!
//! Enters: constants of generated code. Leaves: all that decides how a value becomes text. Must not know:
//! values, requests.

/// A parameter of an operation, or a field of a form, which is written as one in the query is.
///
/// ```
/// use schemacrate_runtime::codegen::{Parameter, Style};
///
/// const TAGS: Parameter = Parameter::query("tags").with_style(Style::PipeDelimited).with_explode(false);
/// assert_eq!((TAGS.name, TAGS.explode), ("tags", false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// Where it is sent.
    pub place: Place,
    /// How lists and objects are written.
    pub style: Style,
    /// Whether each item or member is written with a name of its own.
    pub explode: bool,
    /// Whether reserved characters and percent-encoded bytes are written as they are.
    pub reserved: bool,
    /// Whether the value is written as JSON.
    pub json: bool,
    /// Whether an empty value in the query is the name alone.
    pub empty: bool,
    /// The styles of the lists in a list, from the outside in.
    pub inner: &'static [Style],
    /// How members are written where the parameter is the whole query.
    pub fields: &'static [Self],
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How lists and objects are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// `value%7Cvalue`.
    PipeDelimited,
    /// `value%09value`.
    TabDelimited,
    /// `name[member]=value`.
    DeepObject,
    /// As [`Form`](Self::Form), without percent-encoding.
    Cookie,
}

impl Parameter {
    const fn new(name: &'static str, place: Place, style: Style, explode: bool) -> Self {
        Self {
            name,
            place,
            style,
            explode,
            reserved: false,
            json: false,
            empty: false,
            inner: &[],
            fields: &[],
        }
    }

    /// One in the path: style `simple`, not exploded.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path, Style::Simple, false)
    }

    /// One in the query, or a field of a form: style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form, true)
    }

    /// One that is the whole query, written as a form.
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Place::QueryString, Style::Form, true)
    }

    /// A header: style `simple`, not exploded.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple, false)
    }

    /// A cookie: style `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form, true)
    }

    /// The same with another style.
    #[must_use]
    pub const fn with_style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// The same, exploded or not.
    #[must_use]
    pub const fn with_explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }

    /// The same, with reserved characters as they are.
    #[must_use]
    pub const fn with_reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// The same, written as JSON.
    #[must_use]
    pub const fn with_json(self) -> Self {
        Self { json: true, ..self }
    }

    /// The same, where an empty value is the name alone.
    #[must_use]
    pub const fn with_empty(self) -> Self {
        Self { empty: true, ..self }
    }

    /// The same, with styles of the lists in its list, from the outside in.
    #[must_use]
    pub const fn with_inner(self, inner: &'static [Style]) -> Self {
        Self { inner, ..self }
    }

    /// The same, with the fields of the form that it is.
    #[must_use]
    pub const fn with_fields(self, fields: &'static [Self]) -> Self {
        Self { fields, ..self }
    }
}
