//! A node as YAML in blocks.
//!
//! Enters: a node. Leaves: text that reads as the same values, also for readers of YAML 1.1.

use super::scalar::is_text;
use crate::node::write::string;
use crate::node::{Kind, Node};
use std::fmt::{self, Write};

impl Node<'_> {
    /// The node as a document of YAML. What an alias refers to is written for each alias.
    pub fn yaml(self) -> String {
        let mut text = String::new();
        // A string takes everything.
        _ = value(self, 0, Before::Nothing, &mut text);
        text
    }
}

/// What is before a value on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// `name:`
    Name,
    /// `-`
    Dash,
}

/// Writes a value with the end of its last line. Its members, items or lines are indented by `depth`.
fn value(node: Node<'_>, depth: usize, before: Before, out: &mut String) -> fmt::Result {
    let space = if before == Before::Nothing { "" } else { " " };
    match node.kind() {
        Kind::Object(members) if members.len() > 0 => {
            for (at, member) in members.enumerate() {
                begin(at, depth, before, out);
                scalar(member.name, out)?;
                out.push(':');
                value(member.value, depth + 1, Before::Name, out)?;
            }
            Ok(())
        }
        Kind::Array(items) if items.len() > 0 => {
            for (at, item) in items.enumerate() {
                begin(at, depth, before, out);
                out.push('-');
                value(item, depth + 1, Before::Dash, out)?;
            }
            Ok(())
        }
        Kind::Object(_) => writeln!(out, "{space}{{}}"),
        Kind::Array(_) => writeln!(out, "{space}[]"),
        Kind::Null => writeln!(out, "{space}null"),
        Kind::Bool(value) => writeln!(out, "{space}{value}"),
        Kind::Number(digits) => writeln!(out, "{space}{digits}"),
        Kind::String(text) => {
            out.push_str(space);
            match header(text).filter(|_| before != Before::Nothing) {
                Some(header) => lines(text, header, depth, out),
                None => {
                    scalar(text, out)?;
                    out.push('\n');
                }
            }
            Ok(())
        }
    }
}

/// Begins the line of a member or an item. After a dash the first one is on the same line.
fn begin(at: usize, depth: usize, before: Before, out: &mut String) {
    match (at, before) {
        (0, Before::Dash) => out.push(' '),
        (0, Before::Name) => {
            out.push('\n');
            indent(depth, out);
        }
        _ => indent(depth, out),
    }
}

fn indent(depth: usize, out: &mut String) {
    (0..depth).for_each(|_| out.push_str("  "));
}

/// How the lines of a text are announced; `None` for a text of one line, and for one that a block cannot have.
fn header(text: &str) -> Option<&'static str> {
    let fits = text.contains('\n')
        && !text.starts_with(['\n', ' ', '\t'])
        && !text.chars().any(|one| is_special(one) && !matches!(one, '\n' | '\t'));
    fits.then(|| match text.strip_suffix('\n') {
        None => "|-",
        Some(rest) if rest.ends_with('\n') => "|+",
        Some(_) => "|",
    })
}

fn lines(text: &str, header: &str, depth: usize, out: &mut String) {
    out.push_str(header);
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            indent(depth, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Writes a text on one line: as it is, or in quotes.
fn scalar(text: &str, out: &mut String) -> fmt::Result {
    if is_plain(text) {
        out.push_str(text);
        return Ok(());
    }
    if !text.chars().any(is_special) {
        return write!(out, "'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::new();
    string(text, &mut quoted)?;
    for one in quoted.chars() {
        match u32::from(one) {
            code @ 0..=0xffff if is_special(one) => write!(out, "\\u{code:04x}")?,
            _ => out.push(one),
        }
    }
    Ok(())
}

/// Whether a character needs an escape, or is the end of a line.
fn is_special(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text needs no quotes.
fn is_plain(text: &str) -> bool {
    /// What readers of YAML 1.1 take for something else.
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    let begins = text.starts_with(|first: char| first.is_alphabetic() || "/$_".contains(first));
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    begins
        && !is_word
        && is_text(text)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|one| is_special(one) || (one.is_whitespace() && one != ' '))
}
