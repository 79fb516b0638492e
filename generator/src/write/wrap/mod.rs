//! Lines of Rust, broken where they are too wide.
//!
//! Enters: each line as a [`Form`], and how deep it is. Leaves: text, which is what prettyplease
//! would print.
//! Must not know: the plan, or what the lines mean.
//!
//! A form marks in `line.rs` where its line may break; `breaks.rs` decides where it does.

mod breaks;
mod line;
#[cfg(test)]
mod tests;

pub(crate) use breaks::{Break, Breaks, Offset};
pub(crate) use line::{Form, Items, Line, List};

use std::sync::Arc;

/// How wide a line may be, in bytes.
const MARGIN: usize = 89;

/// How wide a line may be from its indentation on, however deep that is.
const MIN_SPACE: usize = 60;

/// How much deeper each level is.
const INDENT: usize = 4;

/// The text of a file as it is written, line by line.
#[derive(Debug, Default)]
pub(crate) struct Text {
    line: Line,
    /// The level of the next line.
    level: usize,
}

impl Text {
    /// Writes a line of code.
    pub(crate) fn line(&mut self, form: impl Form) {
        form.write(self.begin(0));
        self.end();
    }

    /// Begins a line that is some levels deeper; [`Self::end`] ends it.
    pub(crate) fn begin(&mut self, deeper: usize) -> &mut Line {
        self.line.start((self.level + deeper) * INDENT);
        &mut self.line
    }

    /// The line that is begun.
    pub(crate) fn current(&mut self) -> &mut Line {
        &mut self.line
    }

    /// Ends a line.
    pub(crate) fn end(&mut self) {
        self.line.finish();
    }

    /// The lines that follow are some levels deeper.
    pub(crate) fn deepen(&mut self, levels: usize) {
        self.level += levels;
    }

    /// The lines that follow are some levels less deep.
    pub(crate) fn rise(&mut self, levels: usize) {
        self.level -= levels;
    }

    /// Writes lines from another source as they are, such as an attribute.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.begin(0);
        let written = self.line.written();
        written.push_str(text);
        written.push('\n');
    }

    /// Writes an empty line.
    pub(crate) fn blank(&mut self) {
        self.line.written().push('\n');
    }

    /// Writes a line of documentation: what follows the slashes. It stays one line, whatever the
    /// text contains.
    pub(crate) fn doc(&mut self, parts: &[&str]) {
        self.begin(0);
        let written = self.line.written();
        written.push_str("///");
        for part in parts {
            if every_byte(part, |byte| !matches!(byte, b'\n' | b'\r')) {
                written.push_str(part);
            } else {
                written.push_str(&part.replace(['\n', '\r'], " "));
            }
        }
        written.truncate(written.trim_end_matches(' ').len());
        written.push('\n');
    }

    /// Writes what a function writes as comments, whose lines begin with these slashes.
    pub(crate) fn comment(&mut self, slashes: &str, write: impl FnOnce(&mut Self)) {
        let start = self.line.written().len();
        let level = std::mem::take(&mut self.level);
        write(self);
        self.level = level;
        let code = self.line.written().split_off(start);
        for line in code.lines() {
            self.begin(0);
            let written = self.line.written();
            written.push_str(slashes);
            if !line.is_empty() {
                written.push(' ');
            }
            written.push_str(line);
            written.push('\n');
        }
    }

    /// Appends what was written to another text. This one is empty then, and keeps its capacity.
    pub(crate) fn take_after(&mut self, before: &[&str]) -> Arc<str> {
        let written = self.line.written();
        written.insert_str(0, &before.concat());
        let taken = Arc::from(written.as_str());
        written.clear();
        taken
    }

    /// What was written.
    pub(crate) fn into_string(mut self) -> String {
        std::mem::take(self.line.written())
    }
}

/// The width of a line that is indented.
fn space(depth: usize) -> usize {
    MARGIN.saturating_sub(depth).max(MIN_SPACE)
}

/// Whether a condition holds for all bytes of a text. It nearly always does, and without branches
/// the loop is vectorized.
fn every_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & is(byte))
}

/// Writes a string literal.
fn push_literal(written: &mut String, text: &str) {
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
