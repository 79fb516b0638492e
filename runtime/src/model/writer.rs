//! Writes JSON text from a view.
//!
//! This is what requests are made by. It writes what [`Serialize`](serde::Serialize) has
//! `serde_json` write, but copies names as they are and looks at the bytes of a string only once.

use super::encode::{Type, special, type_of};
use super::{Structured, TYPE, View};
use std::fmt::{self, Write as _};

/// The JSON text of a view.
pub(crate) fn text(view: &View<'_>) -> String {
    let mut output = String::with_capacity(128);
    value(&mut output, view);
    output
}

fn value(output: &mut String, view: &View<'_>) {
    // Writing to a string never fails.
    let _ = match view {
        View::Absent | View::Null => output.write_str("null"),
        View::Bool(value) => output.write_str(if *value { "true" } else { "false" }),
        View::Int(value) => write!(output, "{value}"),
        View::Double(value) => match special(*value) {
            Some(name) => write!(output, "\"{name}\""),
            None => output.write_str(&number(value)),
        },
        View::Single(value) => match special(f64::from(*value)) {
            Some(name) => write!(output, "\"{name}\""),
            None => output.write_str(&number(value)),
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
        View::Object(value, derived) => {
            object(output, *value, *derived);
            Ok(())
        }
        View::List(items) => {
            output.push('[');
            for index in 0..items.len() {
                if index > 0 {
                    output.push(',');
                }
                value(output, &items.get(index));
            }
            output.write_str("]")
        }
        View::Update(update) => {
            output.push('{');
            let mut is_first = true;
            for (member, value) in update.iter() {
                name(output, member, &mut is_first);
                output.push_str(value.text());
            }
            output.write_str("}")
        }
        View::Additional(additional) => {
            output.push('{');
            let mut is_first = true;
            for (member, value) in additional.iter() {
                name(output, member, &mut is_first);
                output.push_str(value.text());
            }
            output.write_str("}")
        }
    };
}

/// A number that is one, in the fewest digits that mean it.
fn number(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

fn object(output: &mut String, object: &dyn Structured, derived: bool) {
    let shape = object.shape();
    let additional = object.additional();
    let mut is_first = true;
    output.push('{');
    match type_of(additional, derived) {
        Type::Held(held) => {
            name(output, TYPE, &mut is_first);
            output.push_str(held.text());
        }
        Type::Derived => {
            name(output, TYPE, &mut is_first);
            output.push_str("\"#");
            escape(output, shape.name);
            output.push('"');
        }
        Type::Unsaid => {}
    }
    let mut from = 0;
    while let Some((index, view)) = object.next_present(from) {
        name(output, shape.members[index], &mut is_first);
        value(output, &view);
        from = index + 1;
    }
    for (member, value) in additional.iter().filter(|(member, _)| *member != TYPE) {
        name(output, member, &mut is_first);
        output.push_str(value.text());
    }
    output.push('}');
}

/// The name of a member, with what is around it.
fn name(output: &mut String, name: &str, is_first: &mut bool) {
    output.reserve(name.len() + 4);
    output.push_str(if std::mem::take(is_first) { "\"" } else { ",\"" });
    escape(output, name);
    output.push_str("\":");
}

fn quoted(output: &mut String, text: &str) {
    output.reserve(text.len() + 3);
    output.push('"');
    escape(output, text);
    output.push('"');
}

/// Writes what a string of JSON has for a text.
fn escape(output: &mut String, text: &str) {
    let mut rest = text;
    // What has to be escaped is one byte long, so both sides of it are text.
    while let Some((plain, byte, after)) = next_escape(rest) {
        output.push_str(plain);
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
        rest = after;
    }
    output.push_str(rest);
}

/// The text before the first byte that has to be escaped, the byte, and the text behind it.
#[inline]
fn next_escape(text: &str) -> Option<(&str, u8, &str)> {
    let bytes = text.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    let plain = words.iter().take_while(|word| !has_escape(u64::from_le_bytes(**word))).count();
    // The last eight bytes are looked at together as well, though some of them are seen twice.
    if plain == words.len()
        && let Some(last) = bytes.last_chunk::<8>()
        && !has_escape(u64::from_le_bytes(*last))
    {
        return None;
    }
    let at = plain * 8 + bytes[plain * 8..].iter().position(|byte| is_escape(*byte))?;
    let (plain, rest) = text.split_at_checked(at)?;
    Some((plain, bytes[at], rest.get(1..)?))
}

fn is_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Whether one of eight bytes has to be escaped. A byte is zero exactly if subtracting one from it
/// borrows and it has no high bit; a byte below 0x20 is found the same way. A borrow reaches into the
/// next byte only behind one that is found already.
fn has_escape(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5C);
    (below(word, 0x20) | below(quote, 1) | below(backslash, 1)) & HIGH != 0
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn strings_are_written_as_serde_json_writes_them(text in ".{0,40}|[\\x00-\\x7f]{0,40}") {
            let ours = super::text(&View::Str(&text));
            prop_assert_eq!(&ours, &serde_json::to_string(&text).unwrap());
            let mut escaped = String::new();
            write!(Escaped(&mut escaped), "{text}").unwrap();
            prop_assert_eq!(&format!("\"{escaped}\""), &ours);
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
