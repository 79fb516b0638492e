//! Primitive values by their text.
//!
//! Enters: the text of a value in JSON or in a URL, and a type. Leaves: whether the text is a value
//! of the type, and its form in Rust. Must not know: where the value is.

use super::index::Index;
use crate::crate_plan::program::{Code, Owner};
use crate::crate_plan::{Foreign, ItemPath, Type};
use crate::odata::runtime::standard;
use crate::odata::url;

/// A number as Rust writes it, if it is a value of the type.
pub(super) fn number(foreign: Foreign, text: &str) -> Option<String> {
    let integer = |least: i128, most: i128| {
        let value: i128 = text.parse().ok()?;
        (least..=most).contains(&value).then(|| value.to_string())
    };
    match foreign {
        Foreign::U8 => integer(0, u8::MAX.into()),
        Foreign::I8 => integer(i8::MIN.into(), i8::MAX.into()),
        Foreign::I16 => integer(i16::MIN.into(), i16::MAX.into()),
        Foreign::I32 => integer(i32::MIN.into(), i32::MAX.into()),
        Foreign::I64 => integer(i64::MIN.into(), i64::MAX.into()),
        Foreign::F32 | Foreign::F64 => {
            let value: f64 = text.parse().ok()?;
            let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            (value.is_finite() && is_number).then(|| {
                if text.contains(['.', 'e', 'E']) { text.to_owned() } else { format!("{text}.0") }
            })
        }
        _ => None,
    }
}

/// Whether a text parses as a value of the type and is unchanged when that is written again.
pub(super) fn is_parsed(foreign: Foreign, text: &str) -> bool {
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
    let of = |name, argument| Code::associated(Owner::Flags, name, vec![argument]);
    let mut members = members?;
    Some(if members.len() == 1 {
        of(standard::FROM, members.remove(0))
    } else {
        of(standard::FROM_ITER, Code::Array(members))
    })
}
