//! Lines of Rust, broken where they are too wide.
//!
//! Enters: each line as if there were room for it, and how deep it stands. Leaves: text, which is
//! what prettyplease would print.
//! Must not know: the plan, or what the lines say.
//!
//! Most lines fit and are only copied. What does not fit is read by `syntax.rs`, which knows where
//! a line may break, and printed by `breaks.rs`, which decides where it does.

mod breaks;
mod syntax;
#[cfg(test)]
mod tests;

use std::sync::Arc;

/// How wide a line may be, in bytes.
const MARGIN: usize = 89;

/// How wide a line may be from its indentation on, however deep that is.
const MIN_SPACE: usize = 60;

/// How much deeper each level stands.
const INDENT: usize = 4;

/// The text of a file as it is written, line by line.
#[derive(Debug, Default)]
pub(crate) struct Text {
    written: String,
    depth: usize,
}

impl Text {
    /// Writes a line of code, given in parts.
    pub(crate) fn line(&mut self, parts: &[&str]) {
        self.indent();
        let start = self.written.len();
        for part in parts {
            self.written.push_str(part);
        }
        let width = self.written.len() - start;
        if width > space(self.depth) {
            let flat = self.written.split_off(start);
            let line = syntax::read(&flat);
            breaks::print(&mut self.written, self.depth, &line);
        }
        self.written.push('\n');
    }

    /// Writes a line that ends with an opening bracket, and begins what is between the brackets.
    pub(crate) fn open(&mut self, parts: &[&str]) {
        self.line(parts);
        self.depth += INDENT;
    }

    /// Ends what is between brackets.
    pub(crate) fn close(&mut self) {
        self.depth -= INDENT;
        self.line(&["}"]);
    }

    /// Writes lines of somebody else as they are, such as an attribute.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.indent();
        self.written.push_str(text);
        self.written.push('\n');
    }

    /// Writes an empty line.
    pub(crate) fn blank(&mut self) {
        self.written.push('\n');
    }

    /// Writes a line of documentation: what stands behind the slashes. It stays one line whatever
    /// is in it.
    pub(crate) fn doc(&mut self, parts: &[&str]) {
        self.indent();
        self.written.push_str("///");
        for part in parts {
            if every_byte(part, |byte| !matches!(byte, b'\n' | b'\r')) {
                self.written.push_str(part);
            } else {
                self.written.push_str(&part.replace(['\n', '\r'], " "));
            }
        }
        self.written.truncate(self.written.trim_end_matches(' ').len());
        self.written.push('\n');
    }

    /// What was written, behind something else. The text is empty then, and keeps its room.
    pub(crate) fn take_behind(&mut self, before: &[&str]) -> Arc<str> {
        self.written.insert_str(0, &before.concat());
        let taken = Arc::from(self.written.as_str());
        self.written.clear();
        taken
    }

    /// What was written.
    pub(crate) fn into_string(self) -> String {
        self.written
    }

    fn indent(&mut self) {
        const BLANKS: &str = "                ";
        self.written.push_str(&BLANKS[..self.depth]);
    }
}

/// The room of a line that is indented.
fn space(depth: usize) -> usize {
    MARGIN.saturating_sub(depth).max(MIN_SPACE)
}

/// Whether all bytes of a text are so. Nearly always they are, and what looks at each without a
/// branch looks at many at once.
fn every_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & is(byte))
}

/// A string literal.
pub(crate) fn literal(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    push_literal(&mut written, text);
    written
}

/// Writes a string literal.
pub(crate) fn push_literal(written: &mut String, text: &str) {
    written.push('"');
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if every_byte(text, is_plain) {
        written.push_str(text);
    } else {
        push_escaped(written, text);
    }
    written.push('"');
}

fn push_escaped(written: &mut String, text: &str) {
    let mut chars = text.chars();
    while let Some(found) = chars.next() {
        match found {
            // `\0` before a digit would look like an octal escape.
            '\0' if chars.as_str().starts_with(|next| ('0'..='7').contains(&next)) => {
                written.push_str("\\x00");
            }
            '\0' => written.push_str("\\0"),
            '\'' => written.push('\''),
            other => written.extend(other.escape_debug()),
        }
    }
}
