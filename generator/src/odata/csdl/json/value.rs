//! JSON with places.
//!
//! Enters: text. Leaves: [`Value`], each with its bytes in the source.

use crate::input::source::{SourceId, Span};

/// A JSON value and where it is.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: JsonKind,
    pub(super) span: Span,
}

/// What a [`Value`] is.
#[derive(Clone, Debug)]
pub(super) enum JsonKind {
    Null,
    Bool(bool),
    /// The text of the number, so that no digit is lost.
    Number(String),
    String(String),
    Array(Vec<Value>),
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// Where the name is, with its quotes.
    pub(super) span: Span,
    pub(super) value: Value,
}

impl Value {
    /// The text of a string.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            JsonKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an object; empty for other values.
    pub(super) fn members(&self) -> &[Member] {
        match &self.kind {
            JsonKind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of an array; empty for other values.
    pub(super) fn items(&self) -> &[Value] {
        match &self.kind {
            JsonKind::Array(items) => items,
            _ => &[],
        }
    }

    /// A member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.members().iter().find(|member| member.name == name).map(|member| &member.value)
    }

    /// A scalar as the text of an attribute.
    pub(super) fn scalar(&self) -> Option<String> {
        match &self.kind {
            JsonKind::Bool(value) => Some(value.to_string()),
            JsonKind::Number(text) | JsonKind::String(text) => Some(text.clone()),
            JsonKind::Null | JsonKind::Array(_) | JsonKind::Object(_) => None,
        }
    }
}

/// Why a text is not JSON, and where.
#[derive(Debug)]
pub(super) struct Malformed {
    pub(super) expected: &'static str,
    pub(super) span: Span,
}

/// Deeper nesting than this is not a schema.
const DEEPEST: usize = 128;

/// Reads a whole text.
pub(super) fn read(text: &str, source: SourceId) -> Result<Value, Malformed> {
    let mut reader = Parser { text, at: 0, source };
    let value = reader.value(0)?;
    reader.blank();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.expected("the end of the document")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    source: SourceId,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: offset(start), end: offset(self.at) }
    }

    fn expected(&self, expected: &'static str) -> Malformed {
        let mut span = self.span(self.at);
        span.end = span.start.saturating_add(1);
        Malformed { expected, span }
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        if depth > DEEPEST {
            return Err(self.expected("less nesting"));
        }
        self.blank();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => JsonKind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ if self.take("true") => JsonKind::Bool(true),
            _ if self.take("false") => JsonKind::Bool(false),
            _ if self.take("null") => JsonKind::Null,
            _ => return Err(self.expected("a value")),
        };
        Ok(Value { kind, span: self.span(start) })
    }

    fn object(&mut self, depth: usize) -> Result<JsonKind, Malformed> {
        self.at += 1;
        let mut members = Vec::new();
        self.blank();
        if self.take("}") {
            return Ok(JsonKind::Object(members));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.expected("a member name"));
            }
            let start = self.at;
            let name = self.string()?;
            let span = self.span(start);
            self.blank();
            if !self.take(":") {
                return Err(self.expected("`:`"));
            }
            let value = self.value(depth + 1)?;
            members.push(Member { name, span, value });
            self.blank();
            if self.take("}") {
                return Ok(JsonKind::Object(members));
            }
            if !self.take(",") {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<JsonKind, Malformed> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.take("]") {
            return Ok(JsonKind::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blank();
            if self.take("]") {
                return Ok(JsonKind::Array(items));
            }
            if !self.take(",") {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    /// This only finds the end; `serde_json` decodes the text.
    fn string(&mut self) -> Result<String, Malformed> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return Err(self.expected("a string that ends"));
                }
            }
        }
        self.at += 1;
        let parsed = self.text.get(start..self.at).and_then(|text| serde_json::from_str(text).ok());
        parsed.ok_or_else(|| {
            self.at = start;
            self.expected("a string without control characters and unknown escapes")
        })
    }

    fn number(&mut self) -> Result<JsonKind, Malformed> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        if !is_number(text) {
            self.at = start;
            return Err(self.expected("a number"));
        }
        Ok(JsonKind::Number(text.to_owned()))
    }
}

/// Whether a text is a JSON number of any size: its digits are kept, not its value.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(text, rest)| (text, Some(rest)));
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_json_grammar() {
        for good in ["0", "-0", "10", "1.50", "-2.5e+10", "1E400", "0.0e-0"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "--1", "1.2.3", "1e5e5"] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
