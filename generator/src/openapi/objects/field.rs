//! What the tables of objects are made of.
//!
//! Everything here can be computed by the compiler, so that a table is data, which reads like the tables of
//! the specification.

use super::Object;
use crate::node::Node;
use crate::openapi::description::Version;
use std::fmt;

/// Some versions of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Versions(u8);

/// No version.
pub(super) const NEVER: Versions = Versions(0);
/// 2.0.
pub(super) const V20: Versions = Versions(1);
/// 2.0 and 3.0.
pub(super) const UNTIL_30: Versions = Versions(0b11);
/// 2.0, 3.0 and 3.1.
pub(super) const UNTIL_31: Versions = Versions(0b111);
/// 3.0.
pub(super) const V30: Versions = Versions(0b10);
/// 3.0 and 3.1.
pub(super) const V30_31: Versions = Versions(0b110);
/// 3.0 and later.
pub(super) const FROM_30: Versions = Versions(0b1110);
/// 3.1 and later.
pub(super) const FROM_31: Versions = Versions(0b1100);
/// 3.2.
pub(super) const FROM_32: Versions = Versions(0b1000);
/// All of them.
pub(super) const ALWAYS: Versions = Versions(0b1111);

impl Versions {
    /// Whether a version is one of them.
    pub(crate) const fn has(self, version: Version) -> bool {
        self.0 & 1 << version as u8 != 0
    }

    /// The first of them.
    pub(super) fn first(self) -> Option<Version> {
        let all = [Version::V20, Version::V30, Version::V31, Version::V32];
        all.into_iter().find(|version| self.has(*version))
    }

    /// These and others.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match *self {
            NEVER => "older drafts of JSON Schema",
            V20 => "OpenAPI 2.0",
            UNTIL_30 => "OpenAPI 2.0 and 3.0",
            UNTIL_31 => "OpenAPI 2.0 to 3.1",
            V30 => "OpenAPI 3.0",
            V30_31 => "OpenAPI 3.0 and 3.1",
            FROM_30 => "OpenAPI 3.0 and later",
            FROM_31 => "OpenAPI 3.1 and later",
            FROM_32 => "OpenAPI 3.2",
            _ => "OpenAPI",
        })
    }
}

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    /// Any JSON.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// A number of characters, items or members.
    Count,
    /// One of some words.
    Word(&'static [Word]),
    /// One of some words, or a list of them.
    Words(&'static [Word]),
    /// The URI of a dialect of JSON Schema.
    Dialect,
    /// A schema: an object, and since 3.1 also a boolean.
    Schema,
    /// A schema, which may be a boolean in all versions.
    SchemaOrBool,
    /// An object.
    Is(Object),
    /// An object or a Reference Object.
    Referable(Object),
    /// The text of a reference to an object.
    ReferenceTo(Object),
    /// The name of a schema, or the text of a reference to one.
    SchemaName,
    /// An array.
    List(&'static Value),
    /// An object whose members have any names.
    Map(&'static Value),
    /// An object whose members are the components of a kind.
    Components(&'static Value),
}

/// An array of strings.
pub(super) const TEXTS: Value = Value::List(&Value::Text);
/// An object of strings.
pub(super) const NAMED_TEXTS: Value = Value::Map(&Value::Text);
/// An object of examples.
pub(super) const NAMED_EXAMPLES: Value = Value::Map(&Value::Referable(Object::Example));
/// An array of schemas.
pub(super) const SCHEMAS: Value = Value::List(&Value::Schema);
/// An object of schemas.
pub(super) const NAMED_SCHEMAS: Value = Value::Map(&Value::Schema);

/// A word that a field may have as its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(super) text: &'static str,
    pub(super) versions: Versions,
    /// What to write in place of it in another version.
    pub(super) instead: Option<&'static str>,
}

pub(super) const fn word(text: &'static str, versions: Versions) -> Word {
    Word { text, versions, instead: None }
}

impl Word {
    pub(super) const fn instead(self, instead: &'static str) -> Self {
        Self { instead: Some(instead), ..self }
    }
}

/// How a field is read that the version of the document does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// As in the versions that have it.
    Honoured,
    /// As if it were absent.
    Ignored,
    /// As a part of a field of the version, unless the object has that field.
    InPlaceOf(&'static str),
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(super) name: &'static str,
    pub(super) value: Value,
    /// The versions that have the field.
    pub(super) versions: Versions,
    /// How it is read in another version.
    pub(super) elsewhere: Elsewhere,
    /// What to write in place of a field that no version has, or of a value of the wrong kind.
    pub(super) instead: Option<&'static str>,
    pub(super) required: Requirement,
}

/// When a field is required.
#[derive(Clone, Copy, Debug)]
pub(super) struct Requirement {
    pub(super) versions: Versions,
    /// Only if another field has one of some values.
    pub(super) when: Option<(&'static str, &'static [&'static str])>,
    /// How the object is read without the field.
    pub(super) reading: &'static str,
}

/// A field that all versions have and none requires.
pub(super) const fn field(name: &'static str, value: Value) -> Field {
    Field {
        name,
        value,
        versions: ALWAYS,
        elsewhere: Elsewhere::Honoured,
        instead: None,
        required: Requirement { versions: NEVER, when: None, reading: "" },
    }
}

impl Field {
    /// Only some versions have the field; in the others it is honoured.
    pub(super) const fn only(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }

    /// In versions that do not have the field it is ignored.
    pub(super) const fn else_ignored(self) -> Self {
        Self { elsewhere: Elsewhere::Ignored, ..self }
    }

    /// In versions that do not have the field it is a part of another one, unless that one is there.
    pub(super) const fn else_in_place_of(self, field: &'static str) -> Self {
        Self { elsewhere: Elsewhere::InPlaceOf(field), ..self }
    }

    /// What to write in place of the field, or of a value that is not one of the field.
    pub(super) const fn instead(self, instead: &'static str) -> Self {
        Self { instead: Some(instead), ..self }
    }

    /// Some versions require the field.
    pub(super) const fn required(self, versions: Versions, reading: &'static str) -> Self {
        Self { required: Requirement { versions, when: None, reading }, ..self }
    }

    /// Some versions require the field if another one has one of some values.
    pub(super) const fn required_when(
        self,
        versions: Versions,
        field: &'static str,
        is: &'static [&'static str],
        reading: &'static str,
    ) -> Self {
        Self { required: Requirement { versions, when: Some((field, is)), reading }, ..self }
    }
}

/// Fields whose names follow a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub(super) names: Names,
    pub(super) value: Value,
}

/// Which names follow a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Those that begin with a slash.
    Path,
    /// Those that are the code of a status, or a range of codes.
    Status,
    /// All.
    Any,
}

/// Fields that exclude each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(super) fields: &'static [&'static str],
    pub(super) versions: Versions,
    /// Whether one of them may be there at most.
    pub(super) is_exclusive: bool,
    /// How the object is read without any of them, if one is required.
    pub(super) reading: Option<&'static str>,
    /// A field of another version that is read in their place.
    pub(super) or_else: Option<&'static str>,
}

impl Choice {
    pub(super) const fn or_else(self, field: &'static str) -> Self {
        Self { or_else: Some(field), ..self }
    }
}

pub(super) const fn at_most_one(versions: Versions, fields: &'static [&'static str]) -> Choice {
    Choice { fields, versions, is_exclusive: true, reading: None, or_else: None }
}

pub(super) const fn at_least_one(
    versions: Versions,
    fields: &'static [&'static str],
    reading: &'static str,
) -> Choice {
    Choice { fields, versions, is_exclusive: false, reading: Some(reading), or_else: None }
}

pub(super) const fn exactly_one(
    versions: Versions,
    fields: &'static [&'static str],
    reading: &'static str,
) -> Choice {
    Choice { fields, versions, is_exclusive: true, reading: Some(reading), or_else: None }
}

/// The table of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Definition {
    /// Its name in the specification, with an article.
    pub(super) title: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) pattern: Option<Pattern>,
    pub(super) choices: &'static [Choice],
    /// The versions in which it may have extensions: fields whose names begin with `x-`.
    pub(super) extensions: Versions,
}

/// An object with extensions in all versions.
pub(super) const fn object(title: &'static str, fields: &'static [Field]) -> Definition {
    Definition { title, fields, pattern: None, choices: &[], extensions: ALWAYS }
}

impl Definition {
    pub(super) const fn pattern(self, names: Names, value: Value) -> Self {
        Self { pattern: Some(Pattern { names, value }), ..self }
    }

    pub(super) const fn choices(self, choices: &'static [Choice]) -> Self {
        Self { choices, ..self }
    }

    pub(super) const fn extensions(self, extensions: Versions) -> Self {
        Self { extensions, ..self }
    }
}

impl Value {
    /// What to call it in a message, with an article.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text
            | Self::Word(_)
            | Self::Dialect
            | Self::ReferenceTo(_)
            | Self::SchemaName => "a string",
            Self::Words(_) => "a string or an array of strings",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Count => "a whole number that is not negative",
            Self::Schema => "a schema",
            Self::SchemaOrBool => "a schema or a boolean",
            Self::Is(object) | Self::Referable(object) => object.title(),
            Self::List(Self::Text) => "an array of strings",
            Self::List(Self::Schema) => "an array of schemas",
            Self::List(_) => "an array",
            Self::Map(_) | Self::Components(_) => "an object",
        }
    }

    /// Whether a value has the right kind, without a look into it.
    pub(super) fn fits(self, node: Node<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Text
            | Self::Word(_)
            | Self::Dialect
            | Self::ReferenceTo(_)
            | Self::SchemaName => node.text().is_some(),
            Self::Words(_) => node.text().is_some() || node.is_array(),
            Self::Bool => node.bool().is_some(),
            Self::Number | Self::Count => node.number().is_some(),
            Self::Schema | Self::SchemaOrBool => node.is_object() || node.bool().is_some(),
            Self::List(_) => node.is_array(),
            Self::Is(_) | Self::Referable(_) | Self::Map(_) | Self::Components(_) => {
                node.is_object()
            }
        }
    }

    /// The object that it is, or in which each item or member is one.
    pub(super) fn object(self) -> Option<Object> {
        match self {
            Self::Schema | Self::SchemaOrBool => Some(Object::Schema),
            Self::Is(object) | Self::Referable(object) => Some(object),
            Self::List(of) | Self::Map(of) | Self::Components(of) => of.object(),
            _ => None,
        }
    }
}
