//! A node as text: JSON in one line or in many. `yaml` writes YAML.

use super::Syntax;
use super::tree::{Kind, Node, Tree};
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

    /// The node as JSON with a line for each member and item.
    pub fn json_lines(self) -> String {
        let mut text = String::new();
        // A string takes everything.
        _ = lines(self, 0, &mut text);
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

impl Tree {
    /// The document as text in the syntax. What an alias refers to is written for each alias. JSON is on one line
    /// if the source is.
    pub fn write(&self, syntax: Syntax) -> String {
        let root = self.root();
        let mut text = match syntax {
            Syntax::Yaml => return root.yaml(),
            Syntax::Json if self.source_text().trim().contains('\n') => root.json_lines(),
            Syntax::Json => root.json(),
        };
        text.push('\n');
        text
    }
}

/// A container without anything in it is on one line.
fn lines(node: Node<'_>, depth: usize, out: &mut String) -> fmt::Result {
    match node.kind() {
        Kind::Array(items) if items.len() > 0 => {
            out.push('[');
            for (at, item) in items.enumerate() {
                line(at, depth + 1, out)?;
                lines(item, depth + 1, out)?;
            }
            line(0, depth, out)?;
            out.push(']');
            Ok(())
        }
        Kind::Object(members) if members.len() > 0 => {
            out.push('{');
            for (at, member) in members.enumerate() {
                line(at, depth + 1, out)?;
                string(member.name, out)?;
                out.push_str(": ");
                lines(member.value, depth + 1, out)?;
            }
            line(0, depth, out)?;
            out.push('}');
            Ok(())
        }
        _ => node.write_json(out),
    }
}

fn line(at: usize, depth: usize, out: &mut String) -> fmt::Result {
    comma(at, out)?;
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("  "));
    Ok(())
}

fn comma(at: usize, out: &mut impl Write) -> fmt::Result {
    if at > 0 { out.write_char(',') } else { Ok(()) }
}

pub(super) fn string(text: &str, out: &mut impl Write) -> fmt::Result {
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
