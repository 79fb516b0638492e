//! Which Rust type the strings of a format have.
//!
//! Enters: shapes of strings, the names of their formats, and how `[openapi.formats]` changes them. Leaves:
//! types. Must not know: what a text of a format looks like.
//!
//! A format is an annotation, and services send texts that do not have it. So a type of its own is always
//! that of a `Formatted`, which holds the text and reads it when asked.

use super::table::Table;
use crate::crate_plan::{Foreign, ItemPath, Named, Type};
use crate::openapi::schema::{Form, ShapeId, Text};

/// The type of the strings of a shape.
pub(super) fn of(table: &Table<'_>, shape: ShapeId, text: Text) -> Type {
    let format = name(table, shape).or(usual(text));
    let value = match format.and_then(|name| table.relaxed.format(name)) {
        Some(Change::Plain) => None,
        Some(Change::External(path)) => Some(Type::Generated(path)),
        None => typed(text),
    };
    match value {
        Some(value) => Named::runtime(&["model", "Formatted"]).of(value).into(),
        None => Type::Foreign(Foreign::String),
    }
}

/// What the configuration makes of a format.
pub(super) enum Change {
    /// A string.
    Plain,
    /// A type of the user.
    External(ItemPath),
}

/// The format of a shape, if all of its schemas that name one name this one.
pub(super) fn name<'t>(table: &'t Table<'_>, shape: ShapeId) -> Option<&'t str> {
    let shape = table.api.shapes.shape(shape);
    let keywords = shape.schemas.iter().filter_map(|id| table.api.model.schema(*id).keywords());
    let mut names = keywords.filter_map(|one| Some(one.format.as_ref()?.text.as_str()));
    let first = names.next()?;
    names.all(|one| one == first).then_some(first)
}

/// The names of the formats of all strings.
pub(super) fn all<'t>(table: &'t Table<'_>) -> impl Iterator<Item = &'t str> {
    table.api.shapes.iter().filter_map(|(id, shape)| match shape.form {
        Form::Text(text) => name(table, id).or(usual(text)),
        _ => None,
    })
}

/// The format that means the same as another keyword, such as `contentEncoding`.
fn usual(text: Text) -> Option<&'static str> {
    match text {
        Text::Base64 => Some("byte"),
        Text::Base64Url => Some("base64url"),
        Text::Binary => Some("binary"),
        _ => None,
    }
}

/// The type of the values of a format; `None` for a string.
fn typed(text: Text) -> Option<Type> {
    let path: &'static [&'static str] = match text {
        Text::DateTime => &["primitive", "DateTimeOffset"],
        Text::LocalDateTime => &["primitive", "DateTimeLocal"],
        Text::Date => &["primitive", "Date"],
        Text::Time => &["primitive", "TimeOfDayOffset"],
        Text::LocalTime => &["primitive", "TimeOfDay"],
        Text::HttpDate => &["primitive", "HttpDate"],
        Text::Duration => &["primitive", "CalendarDuration"],
        Text::Uuid => &["primitive", "Guid"],
        Text::Ipv4 => &["primitive", "Ipv4Addr"],
        Text::Ipv6 => &["primitive", "Ipv6Addr"],
        // The seconds may have a fraction.
        Text::Decimal | Text::UnixTime => &["primitive", "Decimal"],
        Text::Base64 | Text::Base64Url => &["primitive", "Binary"],
        Text::Int64 => return Some(Type::Foreign(Foreign::I64)),
        Text::Uint64 => return Some(Type::Foreign(Foreign::U64)),
        // No type holds every URI as it is written, and the others are texts by what they mean.
        Text::Plain | Text::Uri | Text::Binary | Text::Password => return None,
    };
    Some(Named::runtime(path).into())
}
