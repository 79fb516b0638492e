//! Primitive values by their text.
//!
//! Enters: the text of a value in JSON or in a URL, and a type. Leaves: whether the text is a value
//! of the type, and its form in Rust. Must not know: where the value is.

use super::index::Index;
use crate::crate_plan::program::Code;
use crate::crate_plan::{Foreign, ItemPath, Type};
use crate::odata::runtime::standard;
use crate::odata::url;

/// Whether a text parses as a value of the type and is unchanged when that is written again.
fn is_parsed(foreign: Foreign, text: &str) -> bool {
    let is = |name: &str| url::value(name, text).is_ok();
    match foreign {
        Foreign::Binary => is_base64(text),
        Foreign::Date => is("Date"),
        Foreign::DateTimeOffset => is("DateTimeOffset"),
        Foreign::Decimal => is("Decimal"),
        Foreign::Duration => is("Duration"),
        Foreign::Guid => is("Guid"),
        Foreign::TimeOfDay => is("TimeOfDay"),
        _ => false,
    }
}

/// A text as an argument for a value of the type: the text itself, if the runtime takes it as one.
pub(super) fn literal(foreign: Foreign, text: &str) -> Option<Code> {
    let text = is_parsed(foreign, text).then(|| Code::Text(text.to_owned()))?;
    Some(match foreign {
        Foreign::Binary => Code::Parse(Box::new(text), Some(Type::Foreign(foreign))),
        _ => text,
    })
}

/// Both alphabets are understood, and padding may be missing.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let all =
        |alphabet: &str| digits.chars().all(|c| c.is_ascii_alphanumeric() || alphabet.contains(c));
    let padded = digits.len() == text.len() || text.len().is_multiple_of(4);
    (all("+/") || all("-_")) && digits.len() % 4 != 1 && padded && text.len() - digits.len() <= 2
}

/// The member of an enumeration.
pub(super) fn member(index: &Index<'_>, path: &ItemPath, name: &str) -> Option<Code> {
    let item = index.enumeration(path)?;
    let variant = item.variants.iter().find(|variant| variant.wire_name == name);
    Some(match variant {
        Some(variant) => Code::constant(path, &variant.name),
        None => Code::associated(path.into(), standard::FROM, vec![Code::Text(name.to_owned())]),
    })
}

/// A set of members, if the set writes the same text.
pub(super) fn flags(index: &Index<'_>, member_type: &Type, text: &str) -> Option<Code> {
    let Type::Generated(path) = member_type else { return None };
    if text.is_empty() || text.contains(' ') || text == "0" {
        return None;
    }
    let members: Option<Vec<Code>> =
        text.split(',').map(|name| member(index, path, name)).collect();
    let mut members = members?;
    Some(if members.len() == 1 { members.remove(0) } else { Code::Array(members) })
}
