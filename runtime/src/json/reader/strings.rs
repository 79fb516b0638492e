//! Strings.

use super::{Fault, Reader};
use crate::json::scan::plain;
use std::borrow::Cow;

impl<'json> Reader<'json> {
    /// Reads a string; `None` is null.
    #[inline]
    pub(crate) fn string(&mut self, expected: &str) -> Result<Option<Cow<'json, str>>, Fault> {
        match self.peek() {
            Some(b'"') => self.quoted().map(Some),
            Some(b'n') => self.literal("null").map(|()| None),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Reads the string whose quote comes next.
    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<Cow<'json, str>, Fault> {
        let start = self.at + 1;
        self.at = start;
        self.pass_plain();
        if self.text.as_bytes().get(self.at) != Some(&b'"') {
            return self.escaped(start).map(Cow::Owned);
        }
        let text = self.since(start);
        self.at += 1;
        Ok(Cow::Borrowed(text))
    }

    /// Skips the string whose quote comes next. Escapes must be valid, whatever they mean.
    #[inline]
    pub(crate) fn skip_string(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            self.pass_plain();
            match self.next() {
                Some(b'"') => return Ok(()),
                Some(b'\\') => match self.next() {
                    Some(b'u') => drop(self.hexadecimal()?),
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                    _ => return Err(self.fault()),
                },
                _ => return Err(self.fault()),
            }
        }
    }

    /// Reads the rest of a string that has escapes, or is not valid.
    #[cold]
    fn escaped(&mut self, start: usize) -> Result<String, Fault> {
        let mut text = self.since(start).to_owned();
        loop {
            match self.next() {
                Some(b'"') => return Ok(text),
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.fault()),
            }
            let start = self.at;
            self.pass_plain();
            text.push_str(self.since(start));
        }
    }

    /// Reads the character that an escape encodes. Its backslash is already read.
    fn escape(&mut self) -> Result<char, Fault> {
        Ok(match self.next() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.character(),
            _ => return Err(self.fault()),
        })
    }

    /// Reads the character that one escape with digits or two of them encode. Half a surrogate pair is not a
    /// character, but it is JSON (RFC 8259, section 8.2): services cut texts within emoji.
    fn character(&mut self) -> Result<char, Fault> {
        let first = self.hexadecimal()?;
        let after_first = self.at;
        if matches!(first, 0xD800..0xDC00)
            && self.next() == Some(b'\\')
            && self.next() == Some(b'u')
        {
            let second = self.hexadecimal()?;
            if let Some(Ok(character)) = char::decode_utf16([first, second]).next() {
                return Ok(character);
            }
        }
        // The escape after the first half may be another character.
        self.at = after_first;
        Ok(char::from_u32(first.into()).unwrap_or_else(|| {
            self.note_inexact();
            char::REPLACEMENT_CHARACTER
        }))
    }

    /// Reads four digits.
    fn hexadecimal(&mut self) -> Result<u16, Fault> {
        let digits = self.text.as_bytes().get(self.at..).and_then(|rest| rest.first_chunk::<4>());
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digits.and_then(|digits| {
            digits.iter().try_fold(0, |value, byte| Some(value << 4 | digit(*byte)?))
        });
        match value.and_then(|value| u16::try_from(value).ok()) {
            Some(value) => {
                self.at += 4;
                Ok(value)
            }
            None => Err(self.fault()),
        }
    }

    /// Reads the next byte. If it is the expected one, it is not a part of a longer character.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.text.as_bytes().get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    /// Skips characters without a special meaning, up to a quote, a backslash, a control character or the end.
    #[inline]
    fn pass_plain(&mut self) {
        self.at += plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    /// What was read since a place.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'json str {
        // Both places are after or before a byte that is not part of a longer character.
        self.text.get(start..self.at).unwrap_or_default()
    }
}
