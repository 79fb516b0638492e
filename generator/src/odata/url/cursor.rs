//! A place in a text that may be percent-encoded.
//!
//! Enters: the text of a URL, a header or a payload value. Leaves: decoded characters one by one,
//! spans into the text, and the error that reached furthest. Must not know: any rule of the grammar
//! except names and blanks.

use std::fmt;

/// Deeper nesting than this is not a request.
const DEEPEST: usize = 128;

/// More operators than this in one text are not a request. A tree is as deep as a chain of
/// operators is long, so this limits the stack that walking a tree needs.
const MOST_OPERATORS: usize = 1000;

/// A range of bytes of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Why a text is not a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlError {
    /// The byte at which the text stops being a URL.
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

/// The result of reading something.
pub(super) type Parsed<T> = Result<T, UrlError>;

/// A character, decoded, and the byte at which it is.
#[derive(Clone, Copy, Debug)]
struct Mark {
    c: char,
    at: usize,
    /// Whether it is percent-encoded, and not one of the characters for which that makes no
    /// difference.
    encoded: bool,
}

/// Reads decoded characters.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    marks: Vec<Mark>,
    position: usize,
    end: usize,
    depth: usize,
    operators: usize,
    furthest: Option<UrlError>,
}

impl Cursor {
    /// A cursor over a part of a URL that begins at a byte of it.
    pub(super) fn new(text: &str, offset: usize) -> Self {
        Self::over(decode(text, offset), offset + text.len())
    }

    /// A cursor over text that is not percent-encoded.
    pub(super) fn plain(text: &str) -> Self {
        let marks = text.char_indices().map(|(at, c)| Mark { c, at, encoded: false }).collect();
        Self::over(marks, text.len())
    }

    fn over(marks: Vec<Mark>, end: usize) -> Self {
        Self { marks, position: 0, end, depth: 0, operators: 0, furthest: None }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.marks.get(self.position + ahead).map(|mark| mark.c)
    }

    /// The next character, and whether it is percent-encoded.
    pub(super) fn peek_mark(&self) -> Option<(char, bool)> {
        self.marks.get(self.position).map(|mark| (mark.c, mark.encoded))
    }

    /// Whether the next character is this one, and not percent-encoded.
    pub(super) fn is_raw(&self, c: char) -> bool {
        self.peek_mark() == Some((c, false))
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

    /// The byte at a position.
    fn byte(&self, position: usize) -> usize {
        self.marks.get(position).map_or(self.end, |mark| mark.at)
    }

    /// The bytes from a position to here.
    pub(super) fn span(&self, start: usize) -> Span {
        Span { start: self.byte(start), end: self.byte(self.position) }
    }

    /// An error at this place, or the one that was further when some other reading was tried.
    pub(super) fn error(&mut self, expected: &'static str) -> UrlError {
        let error = UrlError { at: self.byte(self.position), expected };
        if self.furthest.as_ref().is_none_or(|known| known.at <= error.at) {
            self.furthest = Some(error.clone());
        }
        error
    }

    pub(super) fn fail<T>(&mut self, expected: &'static str) -> Parsed<T> {
        Err(self.error(expected))
    }

    /// Reads all of the text.
    pub(super) fn all<T>(mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let found = read(&mut self);
        match found {
            Ok(found) if self.is_done() => Ok(found),
            Ok(_) => {
                let error = self.error("the end");
                Err(self.furthest.unwrap_or(error))
            }
            Err(error) => Err(self.furthest.unwrap_or(error)),
        }
    }

    /// Takes a character in either form.
    pub(super) fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.position += usize::from(found);
        found
    }

    /// Takes a character that is not percent-encoded.
    pub(super) fn take_raw(&mut self, c: char) -> bool {
        let found = self.is_raw(c);
        self.position += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, c: char, expected: &'static str) -> Parsed<()> {
        if self.take(c) { Ok(()) } else { self.fail(expected) }
    }

    /// The sign after a name, which is never percent-encoded.
    pub(super) fn equals(&mut self) -> Parsed<()> {
        if self.take_raw('=') { Ok(()) } else { self.fail("`=`") }
    }

    /// Whether some text follows, in its own case.
    pub(super) fn looking_at(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek_at(ahead) == Some(c))
    }

    fn looking_at_any_case(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| {
            self.peek_at(ahead).is_some_and(|found| found.eq_ignore_ascii_case(&c))
        })
    }

    /// Takes some text in its own case.
    pub(super) fn take_exact(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        self.position += if found { text.chars().count() } else { 0 };
        found
    }

    /// Takes some text, whatever its case.
    pub(super) fn take_text(&mut self, text: &str) -> bool {
        let found = self.looking_at_any_case(text);
        self.position += if found { text.chars().count() } else { 0 };
        found
    }

    /// Takes a word, whatever its case, if no name goes on after it.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let start = self.position;
        let found = self.take_text(word) && !self.peek().is_some_and(is_name);
        if !found {
            self.position = start;
        }
        found
    }

    /// Takes a word between blanks that are on both sides, whatever its case.
    pub(super) fn take_spaced(&mut self, word: &str) -> bool {
        let start = self.position;
        let found = self.blanks() && self.take_word(word) && self.blanks();
        if !found {
            self.position = start;
        }
        found
    }

    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        self.take_marks(|c, _| fits(c))
    }

    /// Takes characters while a condition on the character and its encoding holds.
    pub(super) fn take_marks(&mut self, fits: impl Fn(char, bool) -> bool) -> String {
        let start = self.position;
        while self.peek_mark().is_some_and(|(c, encoded)| fits(c, encoded)) {
            self.position += 1;
        }
        self.since(start)
    }

    pub(super) fn digits(&mut self) -> String {
        self.take_while(|c| c.is_ascii_digit())
    }

    /// Skips blanks. Returns whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let start = self.position;
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.position += 1;
        }
        self.position > start
    }

    /// Reads something, or returns to where it was.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let start = self.position;
        let found = read(self).ok();
        if found.is_none() {
            self.position = start;
        }
        found
    }

    /// Reads something nested.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return self.fail("less nesting");
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Counts an operator.
    pub(super) fn operator(&mut self) -> Parsed<()> {
        self.operators += 1;
        if self.operators > MOST_OPERATORS { self.fail("fewer operators") } else { Ok(()) }
    }

    /// Reads one or more items in parentheses, no blanks between them.
    pub(super) fn tight_list<T>(
        &mut self,
        separator: char,
        item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        self.enclosed(separator, false, item)
    }

    /// Reads one or more items in parentheses, with or without blanks around them.
    pub(super) fn list<T>(&mut self, item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.enclosed(',', true, item)
    }

    fn enclosed<T>(
        &mut self,
        separator: char,
        spaced: bool,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        self.expect('(', "`(`")?;
        let mut items = Vec::new();
        loop {
            let _ = spaced && self.blanks();
            items.push(item(self)?);
            let _ = spaced && self.blanks();
            if self.take(')') {
                return Ok(items);
            }
            self.expect(separator, "`)` or another item")?;
        }
    }

    /// Reads one or more items with commas between them and no blanks.
    pub(super) fn items<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.take(',') {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// An identifier (CSDL 4.01, section 15.2).
    pub(super) fn identifier(&mut self) -> Parsed<String> {
        const LONGEST: usize = 128;
        let start = self.position;
        if !self.peek().is_some_and(|c| c == '_' || c.is_alphabetic()) {
            return self.fail("a name");
        }
        let name = self.take_while(is_name);
        if self.position - start > LONGEST {
            self.position = start;
            return self.fail("a shorter name");
        }
        Ok(name)
    }

    /// One or more identifiers with dots between them.
    pub(super) fn qualified(&mut self) -> Parsed<String> {
        let start = self.position;
        self.identifier()?;
        while self.take_raw('.') {
            self.identifier()?;
        }
        Ok(self.since(start))
    }

    /// Two or more identifiers with dots between them.
    pub(super) fn dotted(&mut self) -> Parsed<String> {
        let name = self.qualified()?;
        if name.contains('.') { Ok(name) } else { self.fail("`.`") }
    }
}

pub(super) fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Whether a character may be in a segment of a path: percent-encoded, or one of few.
pub(super) fn is_segment(c: char, encoded: bool) -> bool {
    encoded || is_unreserved(c) || "!$&'()*+,;=:@".contains(c)
}

/// Whether a character may be in a query option.
pub(super) fn is_query(c: char, encoded: bool) -> bool {
    c != '&' && is_segment(c, encoded) || encoded || matches!(c, '/' | '?')
}

pub(super) fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}

/// The byte that a percent sign and two digits encode.
fn octet(bytes: &[u8], at: usize) -> Option<u8> {
    let hex = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let value = (*bytes.get(at)? == b'%').then_some(hex(at + 1)? * 16 + hex(at + 2)?)?;
    u8::try_from(value).ok()
}

/// Decodes what is percent-encoded. An octet that is not part of a character becomes a replacement
/// character; a percent sign that encodes nothing stays as it is.
fn decode(text: &str, offset: usize) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let Some(first) = octet(bytes, at) else {
            marks.push(Mark { c, at: offset + at, encoded: false });
            at += c.len_utf8();
            continue;
        };
        let length = match first {
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF7 => 4,
            _ => 1,
        };
        let octets: Option<Vec<u8>> = (0..length).map(|i| octet(bytes, at + i * 3)).collect();
        let whole = octets.and_then(|octets| String::from_utf8(octets).ok());
        let decoded = whole.as_ref().and_then(|whole| whole.chars().next());
        let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        marks.push(Mark { c, at: offset + at, encoded: !is_unreserved(c) });
        at += if decoded.is_some() { length * 3 } else { 3 };
    }
    marks
}
