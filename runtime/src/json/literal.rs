//! Enumerations of numbers, booleans, or scalars of several kinds.
//!
//! Enters: generated enumerations whose members are JSON scalars. Leaves: how they are read, written and
//! compared: by their JSON text in one notation, so that `1.0` is `1`.
//! Must not know: any particular enumeration.

use super::reader::canonical;
use super::{Held, InvalidText, JsonSlot, Kind, Slot, Untyped, View, writer};
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

/// An enumeration of JSON scalars that keeps unknown ones.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enumeration of a generated crate",
    label = "not a generated enumeration",
    note = "only enumerations that are generated from a schema have the JSON of their members"
)]
pub trait OpenLiteral: Sized {
    /// The name of the type.
    const NAME: &'static str;
    /// The member with a JSON text, which is in its one notation.
    fn from_json(json: &str) -> Self;
    /// The JSON text of the member.
    fn json(&self) -> &str;
}

/// JSON text that is known to be a value, as one that an enumeration does not know.
#[must_use]
pub fn untyped(json: &str) -> Untyped {
    Untyped::from_value(json)
}

/// The kind of generated enumerations of JSON scalars.
#[derive(Debug)]
pub struct Literals;

impl<T: OpenLiteral> Kind<T> for Literals {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Json(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Literal(value.json())
    }
}

impl<T: OpenLiteral> JsonSlot for Option<T> {
    fn set(&mut self, json: &str, _is_strict: bool) -> Result<Held, InvalidText> {
        let text = one_notation(json)?;
        let value = T::from_json(&text);
        let held = Held::all(value.json() == json);
        *self = Some(value);
        Ok(held)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// A JSON scalar in its one notation.
fn one_notation(json: &str) -> Result<Cow<'_, str>, InvalidText> {
    match json.as_bytes().first() {
        Some(b'"') if !json.contains('\\') => Ok(Cow::Borrowed(json)),
        Some(b'"') => {
            let text: Result<String, _> = Untyped::from_value(json).to();
            let text = text.map_err(InvalidText::new)?;
            Ok(Cow::Owned(writer::text(&View::Str(&text))))
        }
        Some(b'-' | b'0'..=b'9') => Ok(match canonical(json) {
            Some(number) if number != json => Cow::Owned(number),
            _ => Cow::Borrowed(json),
        }),
        Some(b'{' | b'[') => Err(InvalidText::new("expected a scalar")),
        _ => Ok(Cow::Borrowed(json)),
    }
}

/// Whether two JSON scalars are equal.
#[must_use]
pub fn same_literals(a: &str, b: &str) -> bool {
    a == b || matches!((one_notation(a), one_notation(b)), (Ok(a), Ok(b)) if a == b)
}

/// Hashes a JSON scalar, so that equal ones have equal hashes.
pub fn hash_literal<H: Hasher>(json: &str, hasher: &mut H) {
    match one_notation(json) {
        Ok(text) => text.hash(hasher),
        Err(_) => json.hash(hasher),
    }
}
