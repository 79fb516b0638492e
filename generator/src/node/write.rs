//! A node as JSON text.

use super::tree::{Kind, Node};
use std::fmt::{self, Write};

impl Node<'_> {
    /// The node as JSON without blanks: numbers as they are written, each name of an object once.
    ///
    /// What an alias refers to is written for each alias; [`Tree::expanded_size`] is how much.
    ///
    /// [`Tree::expanded_size`]: super::Tree::expanded_size
    pub fn json(self) -> String {
        let mut text = String::new();
        // A string takes everything.
        _ = self.write_json(&mut text);
        text
    }

    /// Writes the node as [`json`](Self::json) returns it.
    ///
    /// # Errors
    /// Those of what is written to.
    pub fn write_json(self, out: &mut impl Write) -> fmt::Result {
        match self.kind() {
            Kind::Null => out.write_str("null"),
            Kind::Bool(value) => out.write_str(if value { "true" } else { "false" }),
            Kind::Number(text) => out.write_str(text),
            Kind::String(text) => string(text, out),
            Kind::Array(items) => {
                out.write_char('[')?;
                for (at, item) in items.enumerate() {
                    comma(at, out)?;
                    item.write_json(out)?;
                }
                out.write_char(']')
            }
            Kind::Object(members) => {
                out.write_char('{')?;
                for (at, member) in members.enumerate() {
                    comma(at, out)?;
                    string(member.name, out)?;
                    out.write_char(':')?;
                    member.value.write_json(out)?;
                }
                out.write_char('}')
            }
        }
    }
}

fn comma(at: usize, out: &mut impl Write) -> fmt::Result {
    if at > 0 { out.write_char(',') } else { Ok(()) }
}

fn string(text: &str, out: &mut impl Write) -> fmt::Result {
    out.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| matches!(c, '"' | '\\' | '\0'..='\u{1f}')) {
        let (plain, special) = rest.split_at(at);
        out.write_str(plain)?;
        let mut characters = special.chars();
        match characters.next() {
            Some('\n') => out.write_str("\\n")?,
            Some('\r') => out.write_str("\\r")?,
            Some('\t') => out.write_str("\\t")?,
            Some(character @ ('"' | '\\')) => write!(out, "\\{character}")?,
            Some(control) => write!(out, "\\u{:04x}", u32::from(control))?,
            None => {}
        }
        rest = characters.as_str();
    }
    out.write_str(rest)?;
    out.write_char('"')
}
