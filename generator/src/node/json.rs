//! JSON, strictly by its grammar.
//!
//! Enters: text. Leaves: a [`Document`]. The reader has a stack of its own, so no nesting can
//! overflow that of the thread.

use super::build::Growing;
use super::tree::{NodeId, Text, Value};
use super::{DEEPEST, Document, Occurrences, Syntax, number, span, too_deep};
use crate::input::diagnostic::Diagnostic;
use crate::input::source::{SourceId, SourceMap, Span};

/// How each error of this reader begins, but for one about nesting.
const NOT_JSON: &str = "the document is not well-formed JSON";

/// Reads a whole source.
///
/// # Errors
/// If it is not JSON: what was expected, and where.
pub fn read(sources: &SourceMap, source: SourceId) -> Result<Document, Diagnostic> {
    let shared = sources.share(source);
    let reader = Reader {
        text: &shared.text,
        at: 0,
        source,
        open: Vec::new(),
        growing: Growing::new(shared.clone(), source),
        halves: Occurrences::default(),
    };
    reader.document()
}

/// What a string must be.
const STRING: &str = "a string without control characters and unknown escapes";

/// A container that has not ended.
struct Open {
    start: usize,
    /// The first of its members or items.
    first: usize,
    /// The name whose value comes next, if it is an object.
    name: Option<NodeId>,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    source: SourceId,
    open: Vec<Open>,
    growing: Growing,
    halves: Occurrences,
}

impl Reader<'_> {
    fn document(mut self) -> Result<Document, Diagnostic> {
        let root = self.value()?;
        self.blank();
        if self.peek().is_some() {
            return Err(self.expected("the end of the document"));
        }
        let halves = self.halves.finding("half of a surrogate pair is not a character");
        let findings = halves.map(|(message, first)| {
            Diagnostic::violation("surrogate", message)
                .at(first, "read as U+FFFD")
                .help("write the character, or both halves")
        });
        let findings = findings.into_iter().collect();
        let (tree, repeated) = self.growing.finish(root);
        Ok(Document { tree, syntax: Syntax::Json, findings, repeated })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The byte after blanks.
    fn next(&mut self) -> Option<u8> {
        self.blank();
        self.peek()
    }

    fn expected(&self, expected: &str) -> Diagnostic {
        let message = format!("{NOT_JSON}: expected {expected}");
        Diagnostic::error("json", message).at(self.here(), "here")
    }

    fn here(&self) -> Span {
        span(self.source, self.at, self.at + 1)
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.text.as_bytes()[self.at..].starts_with(token.as_bytes());
        if found {
            self.at += token.len();
        }
        found
    }

    /// A value with everything in it.
    fn value(&mut self) -> Result<NodeId, Diagnostic> {
        loop {
            if let Some(node) = self.begin()?
                && let Some(node) = self.after(node)?
            {
                return Ok(node);
            }
        }
    }

    /// Reads up to a complete value. `None` if it is a container with something in it; then its first
    /// value comes next.
    fn begin(&mut self) -> Result<Option<NodeId>, Diagnostic> {
        if self.open.len() > DEEPEST {
            return Err(too_deep(self.here()));
        }
        let first = self.next();
        let start = self.at;
        let value = match first {
            Some(b'{') => return self.open_object(),
            Some(b'[') => return self.open_array(),
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ if self.take("true") => Value::Bool(true),
            _ if self.take("false") => Value::Bool(false),
            _ if self.take("null") => Value::Null,
            _ => return Err(self.expected("a value")),
        };
        Ok(Some(self.growing.add(value, start, self.at)))
    }

    fn open_object(&mut self) -> Result<Option<NodeId>, Diagnostic> {
        let (start, first) = (self.at, self.growing.first_member());
        self.at += 1;
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(Some(self.growing.object(first, start, self.at)));
        }
        let name = Some(self.name()?);
        self.open.push(Open { start, first, name });
        Ok(None)
    }

    fn open_array(&mut self) -> Result<Option<NodeId>, Diagnostic> {
        let (start, first) = (self.at, self.growing.first_item());
        self.at += 1;
        if self.next() == Some(b']') {
            self.at += 1;
            return Ok(Some(self.growing.array(first, start, self.at)));
        }
        self.open.push(Open { start, first, name: None });
        Ok(None)
    }

    /// A name with its colon.
    fn name(&mut self) -> Result<NodeId, Diagnostic> {
        if self.next() != Some(b'"') {
            return Err(self.expected("a member name"));
        }
        let start = self.at;
        let text = self.string()?;
        let name = self.growing.add(Value::String(text), start, self.at);
        if self.next() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(name)
    }

    /// Puts a value where it belongs and closes the containers that end after it. Returns the value of
    /// the whole document at its end, and `None` if another value comes first.
    fn after(&mut self, mut node: NodeId) -> Result<Option<NodeId>, Diagnostic> {
        while let Some(&Open { start, first, name }) = self.open.last() {
            let (close, missing) = match name {
                Some(name) => {
                    self.growing.member(name, node);
                    (b'}', "`,` or `}`")
                }
                None => {
                    self.growing.item(node);
                    (b']', "`,` or `]`")
                }
            };
            let found = self.next();
            if found != Some(b',') && found != Some(close) {
                return Err(self.expected(missing));
            }
            self.at += 1;
            if found == Some(b',') {
                if name.is_some() {
                    let next = self.name()?;
                    self.open
                        .iter_mut()
                        .next_back()
                        .into_iter()
                        .for_each(|one| one.name = Some(next));
                }
                return Ok(None);
            }
            self.open.pop();
            node = match name {
                Some(_) => self.growing.object(first, start, self.at),
                None => self.growing.array(first, start, self.at),
            };
        }
        Ok(Some(node))
    }

    /// A string, from its first quote to its last.
    fn string(&mut self) -> Result<Text, Diagnostic> {
        let start = self.at;
        self.at += 1;
        self.plain();
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                Ok(Text::of_source(start + 1, self.at - 1))
            }
            _ => self.escaped(start),
        }
    }

    /// Passes over what a string has that is not an escape, a control character or its end.
    fn plain(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        self.at += rest.iter().position(special).unwrap_or(rest.len());
    }

    /// The rest of a string that has escapes.
    fn escaped(&mut self, start: usize) -> Result<Text, Diagnostic> {
        let begin = self.growing.decoded().len();
        let mut from = start + 1;
        loop {
            let plain = self.text.get(from..self.at).unwrap_or_default();
            self.growing.decoded().push_str(plain);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => match self.escape() {
                    Some(character) => self.growing.decoded().push(character),
                    None => return Err(self.broken(start)),
                },
                _ => return Err(self.broken(start)),
            }
            from = self.at;
            self.plain();
        }
        self.at += 1;
        Ok(Text::of_decoded(begin, self.growing.decoded().len()))
    }

    /// Why a string is none. One that never ends is reported so, whatever is in it.
    fn broken(&mut self, start: usize) -> Diagnostic {
        let mut rest = self.text.as_bytes()[start + 1..].iter();
        let ends = loop {
            match rest.next() {
                Some(b'"') => break true,
                Some(b'\\') => _ = rest.next(),
                Some(_) => {}
                None => break false,
            }
        };
        self.at = start;
        self.expected(if ends { STRING } else { "a string that ends" })
    }

    fn escape(&mut self) -> Option<char> {
        let start = self.at;
        self.at += 2;
        Some(match self.text.as_bytes().get(start + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode(start)?,
            _ => return None,
        })
    }

    /// The character of `\u…`, or of two of them.
    fn unicode(&mut self, start: usize) -> Option<char> {
        let high = self.hexadecimal()?;
        if let Some(character) = char::from_u32(high) {
            return Some(character);
        }
        let after = self.at;
        if high < 0xDC00 && self.take("\\u") {
            let low = self.hexadecimal()?;
            if (0xDC00..0xE000).contains(&low) {
                return char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
            self.at = after; // What comes is a character of its own.
        }
        self.halves.add(span(self.source, start, after));
        Some(char::REPLACEMENT_CHARACTER)
    }

    /// Four digits.
    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        self.at += 4;
        digits
            .iter()
            .try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
    }

    fn number(&mut self) -> Result<Text, Diagnostic> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = rest.iter().position(|byte| !part(byte)).unwrap_or(rest.len());
        if !number::is_json(&rest[..length]) {
            return Err(self.expected("a number"));
        }
        self.at += length;
        Ok(Text::of_source(start, self.at))
    }
}
