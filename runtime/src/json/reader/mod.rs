//! Reads JSON text from its beginning to its end.
//!
//! Enters: text. Leaves: names, values, the text of values, and the place of what is wrong.
//! Must not know: slots, objects, or what is done with a value.
//!
//! A [`Reader`] is asked for what must come next, so nothing is read that nobody wants, and nothing
//! is called back. It accepts what `serde_json` accepts, which the tests hold it to, and what is plainly
//! meant beside it: half a surrogate pair in a string is U+FFFD (RFC 8259, section 8.2), and a number or a
//! boolean may be written as another one is, such as `5.0` or `"5"` for an integer. Whoever reads such a
//! value can ask [`take_inexact`](Reader::take_inexact), and keep the text as it came.

mod decimal;
mod fault;
mod names;
mod numbers;
mod skip;
mod strings;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use fault::{Fault, no_text_behind};
pub(crate) use names::{Cursor, Name};
pub(crate) use numbers::{has_all_digits, integer};

use decimal::Decimal;
use names::Guesses;
use serde::de::{Error as _, Unexpected};
use std::borrow::Cow;
use tables::Tables;

/// How deep objects and collections may be in one another, as `serde_json` has it: each level is a
/// level of calls, and the stack ends.
const LEVELS: u8 = 127;

/// A place in JSON text.
pub(crate) struct Reader<'json> {
    text: &'json str,
    /// How many bytes are read. It is never within a character.
    at: usize,
    /// How many levels there may be below this one.
    levels: u8,
    /// Whether a value was read that would be written otherwise.
    is_inexact: bool,
    /// Which member came after which one so far.
    guesses: Guesses,
    /// How a member is found that came after another one.
    tables: Tables,
}

/// Where a reader was.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Mark {
    at: usize,
    levels: u8,
}

impl<'json> Reader<'json> {
    /// At the beginning of a text.
    pub(crate) fn new(text: &'json str) -> Self {
        Self {
            text,
            at: 0,
            levels: LEVELS,
            is_inexact: false,
            guesses: Guesses::new(),
            tables: Tables::new(),
        }
    }

    /// Where it is.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, levels: self.levels }
    }

    /// Goes back to where it was.
    pub(crate) fn return_to(&mut self, mark: Mark) {
        self.at = mark.at;
        self.levels = mark.levels;
    }

    /// Whether a value was read that would be written otherwise: see [`take_inexact`](Self::take_inexact).
    #[inline]
    pub(crate) fn is_inexact(&self) -> bool {
        self.is_inexact
    }

    /// Whether, since this was last asked, a value was read whose JSON text says more than the value
    /// holds, or says it in another way than the value is written.
    pub(crate) fn take_inexact(&mut self) -> bool {
        std::mem::take(&mut self.is_inexact)
    }

    /// Notes that what was just read would be written otherwise.
    #[cold]
    pub(crate) fn note_inexact(&mut self) {
        self.is_inexact = true;
    }

    /// The text of the value that begins at a place, after blanks, and has been read.
    pub(crate) fn value_since(&self, start: Mark) -> &'json str {
        self.since(start.at).trim_start_matches([' ', '\n', '\t', '\r'])
    }

    /// Passes over blanks. The byte after them stays.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Passes over one byte, if it comes next.
    #[inline]
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The text must end here.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault()),
        }
    }

    /// Reads a boolean; `None` is null.
    #[inline]
    pub(crate) fn boolean(&mut self) -> Result<Option<bool>, Fault> {
        match self.peek() {
            Some(b't') => self.literal("true").map(|()| Some(true)),
            Some(b'f') => self.literal("false").map(|()| Some(false)),
            Some(b'n') => self.literal("null").map(|()| None),
            _ => self.odd_boolean(),
        }
    }

    /// Reads a boolean that is written as a string.
    #[cold]
    fn odd_boolean(&mut self) -> Result<Option<bool>, Fault> {
        let start = self.mark();
        let value = match self.raw()? {
            "\"true\"" => true,
            "\"false\"" => false,
            _ => {
                self.return_to(start);
                return Err(self.unexpected("a boolean"));
            }
        };
        self.note_inexact();
        Ok(Some(value))
    }

    /// Passes over `true`, `false` or `null`.
    #[inline]
    fn literal(&mut self, literal: &str) -> Result<(), Fault> {
        let end = self.at + literal.len();
        if self.text.as_bytes().get(self.at..end) != Some(literal.as_bytes()) {
            return Err(self.fault());
        }
        self.at = end;
        Ok(())
    }

    /// Goes into the object or the collection that begins with a bracket. Null is none.
    #[inline]
    pub(crate) fn begin(&mut self, bracket: u8, expected: &str) -> Result<bool, Fault> {
        match self.peek() {
            Some(byte) if byte == bracket => {
                if self.levels == 0 {
                    return Err(Fault::too_deep(self.at + 1));
                }
                self.levels -= 1;
                self.at += 1;
                Ok(true)
            }
            Some(b'n') => self.literal("null").map(|()| false),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Goes on to the next item of a collection. Without one, the collection is left.
    #[inline]
    pub(crate) fn item(&mut self, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b']') => {
                self.leave();
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.fault()),
        }
    }

    /// Passes over the end of an object or a collection.
    #[inline]
    fn leave(&mut self) {
        self.levels += 1;
        self.at += 1;
    }

    /// What comes next is not JSON.
    #[cold]
    fn fault(&self) -> Fault {
        Fault::syntax(self.at)
    }

    /// What was read is not a value of its type.
    #[cold]
    pub(crate) fn invalid(&self, why: impl std::fmt::Display) -> Fault {
        Fault::invalid(why, self.at)
    }

    /// What comes next is a value of another type.
    #[cold]
    pub(crate) fn unexpected(&mut self, expected: &str) -> Fault {
        match self.found() {
            Ok(found) => {
                let found = found.as_unexpected();
                self.invalid(serde_json::Error::invalid_type(found, &expected))
            }
            Err(fault) => fault,
        }
    }

    /// What comes next. Of what has brackets only the first one is read.
    fn found(&mut self) -> Result<Found<'json>, Fault> {
        Ok(match self.peek() {
            Some(b'n') => self.literal("null").map(|()| Found::Null)?,
            Some(b't') => self.literal("true").map(|()| Found::Bool(true))?,
            Some(b'f') => self.literal("false").map(|()| Found::Bool(false))?,
            Some(b'-' | b'0'..=b'9') => Found::Number(self.number()?),
            Some(b'"') => Found::Text(self.quoted()?),
            Some(bracket @ (b'[' | b'{')) => {
                self.at += 1;
                if bracket == b'[' { Found::Collection } else { Found::Object }
            }
            _ => return Err(self.fault()),
        })
    }
}

/// A value as errors tell it.
enum Found<'json> {
    Null,
    Bool(bool),
    Number(numbers::Number),
    Text(Cow<'json, str>),
    Collection,
    Object,
}

impl Found<'_> {
    fn as_unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Number(number) => number.as_unexpected(),
            Self::Text(text) => Unexpected::Str(text),
            Self::Collection => Unexpected::Seq,
            Self::Object => Unexpected::Map,
        }
    }
}
