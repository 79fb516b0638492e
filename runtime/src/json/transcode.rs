//! The JSON text of what any deserialiser returns.
//!
//! Enters: a deserialiser. Leaves: its JSON text, or JSON text of the value that it returns.
//! Must not know: what is read from the text.

use super::{View, writer};
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// The name by which raw text is requested from `serde_json` through a generic deserialiser, and passed to
/// it. Other formats do not know the name and return the value itself, whose numbers are then as exact as
/// in the format.
pub(crate) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Takes the text of a deserialiser that has it, and otherwise appends each value to the text. Members keep
/// their order, and doubles that are not numbers become strings such as `INF`.
pub(crate) struct Transcript<'text, 'de>(pub(crate) &'text mut Cow<'de, str>);

impl Transcript<'_, '_> {
    fn push<E>(self, view: &View<'_>) -> Result<(), E> {
        writer::value(self.0.to_mut(), view);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Transcript<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcript<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value that JSON has")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(&View::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.push(&View::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.deserialize(value)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.deserialize(value)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(&View::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.push(&View::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.to_mut().push_str(&value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.push(&View::Double(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.push(&View::Str(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut before = '[';
        loop {
            let end = self.0.len();
            self.0.to_mut().push(before);
            if items.next_element_seed(Transcript(self.0))?.is_none() {
                self.0.to_mut().truncate(end);
                self.0.to_mut().push_str(if before == '[' { "[]" } else { "]" });
                return Ok(());
            }
            before = ',';
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut before = '{';
        while let Some(Text(name)) = members.next_key()? {
            if name == RAW_VALUE && self.0.is_empty() {
                let Text(raw) = members.next_value()?;
                *self.0 = raw;
                return Ok(());
            }
            self.0.to_mut().push(before);
            writer::value(self.0.to_mut(), &View::Str(&name));
            self.0.to_mut().push(':');
            members.next_value_seed(Transcript(self.0))?;
            before = ',';
        }
        self.0.to_mut().push_str(if before == '{' { "{}" } else { "}" });
        Ok(())
    }
}

/// A text, borrowed from the input where that is possible.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text)))
    }
}
