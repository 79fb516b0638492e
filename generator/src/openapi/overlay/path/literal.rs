//! The words of a path: names, strings and numbers.

use super::Malformed;

/// A text that is read from its beginning to its end.
pub(super) struct Text<'p> {
    pub(super) text: &'p str,
    pub(super) at: usize,
}

pub(super) type Read<T> = Result<T, Malformed>;

/// The greatest position that JSON numbers have everywhere.
const GREATEST: i64 = (1 << 53) - 1;

impl<'p> Text<'p> {
    pub(super) fn rest(&self) -> &'p str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn take(&mut self, expected: &str) -> bool {
        let is_there = self.rest().starts_with(expected);
        self.at += if is_there { expected.len() } else { 0 };
        is_there
    }

    pub(super) fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// What all characters from here on have that satisfy a condition.
    pub(super) fn span(&mut self, is_part: impl Fn(char) -> bool) -> &'p str {
        let rest = self.rest();
        let part = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        self.at += part.len();
        part
    }

    pub(super) fn expected<T>(&self, what: &str) -> Read<T> {
        Err(Malformed { message: format!("expected {what}"), at: self.at })
    }

    /// A name without quotes.
    pub(super) fn name(&mut self) -> Read<String> {
        let is_first = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        if !self.peek().is_some_and(is_first) {
            return self.expected("a name; quote it (`['…']`) if it is not a word");
        }
        Ok(self.span(|c| is_first(c) || c.is_ascii_digit()).to_owned())
    }

    /// A string in either kind of quotes; the first one comes next.
    pub(super) fn string(&mut self) -> Read<String> {
        let start = self.at;
        let quote = if self.take("'") { '\'' } else { '"' };
        self.at = start + 1;
        let mut string = String::new();
        loop {
            string.push_str(self.span(|c| c != quote && c != '\\' && c >= ' '));
            match self.peek() {
                Some(c) if c == quote => {
                    self.at += 1;
                    return Ok(string);
                }
                Some('\\') => string.push(self.escape(quote)?),
                Some(_) => return self.expected("no control character in a string"),
                None => {
                    self.at = start;
                    return self.expected("a string that ends");
                }
            }
        }
    }

    fn escape(&mut self, quote: char) -> Read<char> {
        let start = self.at;
        self.at += 1;
        let escaped = self.peek();
        self.at += escaped.map_or(0, char::len_utf8);
        let character = match escaped {
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some(c @ ('/' | '\\')) => Some(c),
            Some(c) if c == quote => Some(c),
            Some('u') => self.unicode(),
            _ => None,
        };
        character.map_or_else(
            || {
                self.at = start;
                self.expected("an escape as in JSON")
            },
            Ok,
        )
    }

    /// The character of `\u…`, or of a pair of surrogates.
    fn unicode(&mut self) -> Option<char> {
        let high = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        let low = if self.take("\\u") { self.hexadecimal()? } else { 0 };
        (0xDC00..0xE000)
            .contains(&low)
            .then(|| char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)))?
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        self.at += 4;
        digits.chars().try_fold(0, |value, digit| Some(value << 4 | digit.to_digit(16)?))
    }

    /// A position in an array; `None` if there is none here.
    pub(super) fn position(&mut self) -> Read<Option<i64>> {
        let start = self.at;
        let is_negative = self.take("-");
        let digits = self.span(|c| c.is_ascii_digit());
        if digits.is_empty() && !is_negative {
            return Ok(None);
        }
        let is_canonical = digits == "0" && !is_negative || !digits.starts_with('0');
        match digits.parse::<i64>() {
            Ok(value) if is_canonical && value <= GREATEST => {
                Ok(Some(if is_negative { -value } else { value }))
            }
            _ => {
                self.at = start;
                self.expected("an integer of at most 53 bits without leading zeros")
            }
        }
    }

    /// A number to compare with.
    pub(super) fn number(&mut self) -> Read<String> {
        let start = self.at;
        let number = self.span(|c| matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'));
        if crate::node::is_number(number.as_bytes()) {
            return Ok(number.to_owned());
        }
        self.at = start;
        self.expected("a number of JSON")
    }
}
