//! A place in a text that is percent-encoded.

use std::fmt;

/// Deeper nesting than this is no request.
const DEEPEST: usize = 100;

/// Why a text is no URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlError {
    /// The byte at which the text stops to be one.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for UrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {} at byte {}", self.expected, self.at)
    }
}

impl std::error::Error for UrlError {}

/// A character, decoded, and the byte at which it stands.
#[derive(Clone, Copy, Debug)]
struct Mark {
    c: char,
    at: usize,
    /// Whether the character is percent-encoded in the text.
    encoded: bool,
}

/// Reads decoded characters.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    marks: Vec<Mark>,
    position: usize,
    end: usize,
    depth: usize,
}

impl Cursor {
    /// A cursor over a part of a URL that begins at a byte of it.
    pub(super) fn new(text: &str, offset: usize) -> Self {
        Self::over(text, offset, true)
    }

    /// A cursor over text that is not percent-encoded.
    pub(super) fn plain(text: &str) -> Self {
        Self::over(text, 0, false)
    }

    fn over(text: &str, offset: usize, encoded: bool) -> Self {
        let marks = if encoded { decode(text, offset) } else { plain(text, offset) };
        Self { marks, position: 0, end: offset + text.len(), depth: 0 }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.marks.get(self.position + ahead).map(|mark| mark.c)
    }

    /// Whether the next character is this one, and not percent-encoded.
    pub(super) fn is_raw(&self, c: char) -> bool {
        self.marks.get(self.position).is_some_and(|mark| mark.c == c && !mark.encoded)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.position += 1;
        Some(c)
    }

    pub(super) fn is_done(&self) -> bool {
        self.position >= self.marks.len()
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn reset(&mut self, position: usize) {
        self.position = position;
    }

    /// The decoded text from a position to here.
    pub(super) fn since(&self, start: usize) -> String {
        self.marks[start..self.position].iter().map(|mark| mark.c).collect()
    }

    pub(super) fn rest(&self) -> String {
        self.marks[self.position..].iter().map(|mark| mark.c).collect()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.position = self.position.saturating_add(count).min(self.marks.len());
    }

    pub(super) fn error(&self, expected: &'static str) -> UrlError {
        let at = self.marks.get(self.position).map_or(self.end, |mark| mark.at);
        UrlError { at, expected }
    }

    pub(super) fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.position += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, c: char, expected: &'static str) -> Result<(), UrlError> {
        if self.take(c) { Ok(()) } else { Err(self.error(expected)) }
    }

    /// Takes a word, whatever its case, if no name goes on behind it.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found =
            self.starts_with(word) && !self.peek_at(word.chars().count()).is_some_and(is_name);
        if found {
            self.skip(word.chars().count());
        }
        found
    }

    /// Takes some text, whatever its case.
    pub(super) fn take_text(&mut self, text: &str) -> bool {
        let found = self.starts_with(text);
        if found {
            self.skip(text.chars().count());
        }
        found
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        let mut ahead = 0;
        text.chars().all(|c| {
            let same = self.peek_at(ahead).is_some_and(|found| found.eq_ignore_ascii_case(&c));
            ahead += 1;
            same
        })
    }

    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let start = self.position;
        while self.peek().is_some_and(&fits) {
            self.position += 1;
        }
        self.since(start)
    }

    /// Passes over blanks. Whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        !self.take_while(|c| matches!(c, ' ' | '\t')).is_empty()
    }

    pub(super) fn done(&self) -> Result<(), UrlError> {
        if self.is_done() { Ok(()) } else { Err(self.error("the end")) }
    }

    /// Reads something nested.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, UrlError>,
    ) -> Result<T, UrlError> {
        if self.depth >= DEEPEST {
            return Err(self.error("less nesting"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads a list in parentheses, of at least one item.
    pub(super) fn list<T>(
        &mut self,
        separator: char,
        mut item: impl FnMut(&mut Self) -> Result<T, UrlError>,
    ) -> Result<Vec<T>, UrlError> {
        self.expect('(', "`(`")?;
        let mut items = Vec::new();
        loop {
            self.blanks();
            items.push(item(self)?);
            self.blanks();
            if self.take(')') {
                return Ok(items);
            }
            self.expect(separator, "`)` or another item")?;
        }
    }

    /// An identifier (CSDL 4.01, section 15.2).
    pub(super) fn identifier(&mut self) -> Result<String, UrlError> {
        let start = self.position;
        if !self.peek().is_some_and(|c| c == '_' || c.is_alphabetic()) {
            return Err(self.error("a name"));
        }
        let name = self.take_while(is_name);
        if name.chars().count() > 128 {
            self.position = start;
            return Err(self.error("a shorter name"));
        }
        Ok(name)
    }

    /// One or more identifiers with dots between them.
    pub(super) fn qualified(&mut self) -> Result<String, UrlError> {
        let mut name = self.identifier()?;
        while self.peek() == Some('.') {
            self.position += 1;
            name.push('.');
            name.push_str(&self.identifier()?);
        }
        Ok(name)
    }
}

pub(super) fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn plain(text: &str, offset: usize) -> Vec<Mark> {
    text.char_indices().map(|(at, c)| Mark { c, at: offset + at, encoded: false }).collect()
}

/// Decodes what is percent-encoded; what decodes to no UTF-8 stays as it is.
fn decode(text: &str, offset: usize) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let hex = |at: usize| -> Option<u8> {
        let digits = bytes.get(at + 1..at + 3)?;
        (bytes[at] == b'%').then_some(())?;
        u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut marks = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let mut run = Vec::new();
        while let Some(byte) = hex(at + run.len() * 3).filter(|_| at + run.len() * 3 < bytes.len())
        {
            run.push(byte);
        }
        match std::str::from_utf8(&run) {
            Ok(decoded) if !run.is_empty() => {
                marks.extend(decoded.char_indices().map(|(i, c)| Mark {
                    c,
                    at: offset + at + i * 3,
                    encoded: true,
                }));
                at += run.len() * 3;
            }
            _ => {
                marks.push(Mark { c, at: offset + at, encoded: false });
                at += c.len_utf8();
            }
        }
    }
    marks
}
