//! Writes JSON text from a view.
//!
//! It writes the bodies of requests. The text is the one that `serde_json` writes through
//! [`Serialize`](serde::Serialize), but names are copied as they are, and the bytes of a string are looked
//! at only once.

use super::encode::{Type, is_hidden, special, type_of};
use super::notes::Notes;
use super::parts::{self, Part};
use super::scan::plain;
use super::{Structured, Untyped, View};
use std::convert::Infallible;
use std::fmt::{self, Write as _};

/// The JSON text of a view.
pub(crate) fn text(view: &View<'_>) -> String {
    let mut output = String::with_capacity(128);
    value(&mut output, view);
    output
}

/// Appends the JSON text of a view.
pub(crate) fn value(output: &mut String, view: &View<'_>) {
    // Writing to a string never fails.
    let _ = match view {
        View::Absent | View::Null => output.write_str("null"),
        View::Bool(value) => output.write_str(if *value { "true" } else { "false" }),
        View::Int(value) => number(output, value),
        View::Unsigned(value) => number(output, value),
        View::Double(value) => match special(*value) {
            Some(name) => write!(output, "\"{name}\""),
            None => number(output, value),
        },
        View::Single(value) => match special(f64::from(*value)) {
            Some(name) => write!(output, "\"{name}\""),
            None => number(output, value),
        },
        View::Str(value) => {
            quoted(output, value);
            Ok(())
        }
        View::Text(value) => {
            output.push('"');
            let written = write!(Escaped(output), "{value}");
            output.push('"');
            written
        }
        View::Untyped(value) => output.write_str(value.text()),
        View::Literal(json) => output.write_str(json),
        View::Union(one) => {
            value(output, &one.view());
            Ok(())
        }
        View::Object(value, derived) => {
            object(output, *value, *derived);
            Ok(())
        }
        View::List(items) | View::Rest(items) => {
            output.push('[');
            for index in 0..items.len() {
                if index > 0 {
                    output.push(',');
                }
                value(output, &items.get(index));
            }
            output.write_str("]")
        }
        View::Map(map) | View::Entries(map) => {
            output.push('{');
            let mut is_first = true;
            for (entry, view) in map.entries() {
                name(output, entry, &mut is_first);
                value(output, &view);
            }
            output.write_str("}")
        }
        View::Update(update) => {
            output.push('{');
            members(output, update.iter(), &mut true);
            output.write_str("}")
        }
        View::Additional(additional) => {
            output.push('{');
            members(output, additional.iter(), &mut true);
            output.write_str("}")
        }
    };
}

/// Writes a finite number with the fewest digits that identify it.
fn number(output: &mut String, value: &impl serde::Serialize) -> fmt::Result {
    // Longer than any number that `serde_json` writes.
    let mut buffer = [0; 40];
    let mut rest = buffer.as_mut_slice();
    let written = serde_json::to_writer(&mut rest, value);
    let length = 40 - rest.len();
    let digits = buffer.get(..length).and_then(|digits| std::str::from_utf8(digits).ok());
    output.write_str(digits.filter(|_| written.is_ok()).unwrap_or("null"))
}

fn object(output: &mut String, object: &dyn Structured, derived: bool) {
    let shape = object.shape();
    let additional = object.additional();
    if shape.strict.is_some() {
        return strictly(output, object);
    }
    let mut is_first = true;
    output.push('{');
    let type_of = type_of(shape, additional, derived);
    match type_of {
        Type::Held(held, json) => {
            name(output, held, &mut is_first);
            output.push_str(json.text());
        }
        Type::Derived(member) => {
            name(output, member, &mut is_first);
            output.push('"');
            output.push_str(shape.dialect.type_prefix);
            escape(output, shape.name);
            output.push('"');
        }
        Type::Unsaid => {}
    }
    match additional.notes() {
        None => {
            for (index, view) in object.present() {
                name(output, shape.member(index), &mut is_first);
                value(output, &view);
            }
        }
        Some(notes) => as_received(output, object, notes, &mut is_first),
    }
    let written = type_of.name();
    for (member, json) in additional.iter() {
        if Some(member) != written && !is_hidden(object, shape, member) {
            name(output, member, &mut is_first);
            output.push_str(json.text());
        }
    }
    output.push('}');
}

/// The declared members of an object, some of which came in another form than they would be written.
#[cold]
fn as_received(output: &mut String, object: &dyn Structured, notes: &Notes, is_first: &mut bool) {
    for (index, view) in object.present() {
        let member = object.shape().member(index);
        match notes.as_received(member, &view) {
            Some((received, json)) => {
                name(output, received, is_first);
                output.push_str(json.text());
            }
            None => {
                name(output, member, is_first);
                value(output, &view);
            }
        }
    }
}

/// Appends an object or an array of a type that is read strictly.
fn strictly(output: &mut String, object: &dyn Structured) {
    match parts::whole(object) {
        Some(json) => output.push_str(json.text()),
        None => in_parts(output, object),
    }
}

/// An object or an array of a type that is read strictly, without the JSON that came in its place.
pub(crate) fn without_whole(object: &dyn Structured) -> String {
    let mut output = String::new();
    in_parts(&mut output, object);
    output
}

fn in_parts(output: &mut String, object: &dyn Structured) {
    let mut is_first = true;
    // Writing to a string never fails.
    let _: Result<(), Infallible> = if object.shape().strictly().is_tuple {
        output.push('[');
        let written = parts::items(object, &mut |item| {
            output.push_str(if std::mem::take(&mut is_first) { "" } else { "," });
            part(output, &item);
            Ok(())
        });
        output.push(']');
        written
    } else {
        output.push('{');
        let written = parts::members(object, &mut |member, value| {
            name(output, member, &mut is_first);
            part(output, &value);
            Ok(())
        });
        output.push('}');
        written
    };
}

fn part(output: &mut String, part: &Part<'_>) {
    match part {
        Part::View(view) => value(output, view),
        Part::Json(json) => output.push_str(json.text()),
    }
}

/// Members whose values are JSON text.
fn members<'a>(
    output: &mut String,
    members: impl Iterator<Item = (&'a str, &'a Untyped)>,
    is_first: &mut bool,
) {
    for (member, value) in members {
        name(output, member, is_first);
        output.push_str(value.text());
    }
}

/// The name of a member, with what is around it.
fn name(output: &mut String, name: &str, is_first: &mut bool) {
    output.push_str(if std::mem::take(is_first) { "\"" } else { ",\"" });
    escape(output, name);
    output.push_str("\":");
}

fn quoted(output: &mut String, text: &str) {
    output.push('"');
    escape(output, text);
    output.push('"');
}

/// Writes the content of a JSON string for a text.
#[inline]
fn escape(output: &mut String, text: &str) {
    let plain = plain(text.as_bytes());
    if plain == text.len() {
        output.push_str(text);
    } else {
        escape_from(output, text, plain);
    }
}

/// Writes a text whose first byte that must be escaped is at a place.
#[cold]
fn escape_from(output: &mut String, text: &str, mut at: usize) {
    let mut rest = text;
    // A character that has to be escaped is one byte long, so both sides of it are text.
    while let (Some(byte), Some((before, after))) =
        (rest.as_bytes().get(at), rest.split_at_checked(at))
    {
        output.push_str(before);
        match byte {
            b'"' => output.push_str("\\\""),
            b'\\' => output.push_str("\\\\"),
            b'\n' => output.push_str("\\n"),
            b'\r' => output.push_str("\\r"),
            b'\t' => output.push_str("\\t"),
            0x08 => output.push_str("\\b"),
            0x0C => output.push_str("\\f"),
            other => {
                let _ = write!(output, "\\u{other:04x}");
            }
        }
        rest = after.get(1..).unwrap_or_default();
        at = plain(rest.as_bytes());
    }
    output.push_str(rest);
}

/// Escapes what is written to it.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(self.0, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Text;
    use proptest::prelude::*;
    use std::str::FromStr;

    /// A value that any text is valid for.
    #[derive(Clone)]
    struct Plain(String);

    impl Text for Plain {}

    impl FromStr for Plain {
        type Err = Infallible;

        fn from_str(text: &str) -> Result<Self, Infallible> {
            Ok(Self(text.to_owned()))
        }
    }

    impl fmt::Display for Plain {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(&self.0)
        }
    }

    proptest! {
        #[test]
        fn strings_are_written_as_serde_json_writes_them(text in ".{0,40}|[\\x00-\\x7f]{0,40}") {
            let ours = super::text(&View::Str(&text));
            prop_assert_eq!(&ours, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(&super::text(&View::Text(&Plain(text))), &ours);
        }

        #[test]
        fn doubles_are_written_as_serde_json_writes_them(value: f64) {
            let expected = serde_json::to_string(&View::Double(value)).unwrap();
            prop_assert_eq!(super::text(&View::Double(value)), expected);
        }
    }

    #[test]
    fn each_byte_is_escaped_where_it_must_be() {
        for byte in 0..=0x7F_u8 {
            for at in 0..17 {
                let mut bytes = vec![b'a'; 17];
                bytes[at] = byte;
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(super::text(&View::Str(&text)), serde_json::to_string(&text).unwrap());
            }
        }
    }
}
