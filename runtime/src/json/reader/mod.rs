//! Reads JSON text from its beginning to its end.
//!
//! Enters: text. Leaves: names, values, the text of values, and the place of what is wrong.
//! Must not know: slots, objects, or what is done with a value.
//!
//! A [`Reader`] is asked for what must come next, so it reads nothing that is not needed and needs no
//! callbacks. It accepts what `serde_json` accepts, as the tests verify, and other forms with only one
//! possible meaning: half a surrogate pair in a string is U+FFFD (RFC 8259, section 8.2), and a number or a
//! boolean may have another notation, such as `5.0` or `"5"` for an integer. A caller that reads such a
//! value can call [`take_inexact`](Reader::take_inexact), and keep the text as it came.

mod decimal;
mod fault;
mod names;
mod numbers;
mod skip;
mod strings;
mod tables;
#[cfg(test)]
mod tests;
mod trials;

pub(crate) use fault::{Fault, no_text_after, push_name};
pub(crate) use names::{Cursor, Name};
pub(crate) use numbers::{canonical, has_all_digits, integer, is_integer, same_number, saturated};

use decimal::Decimal;
use names::Guesses;
use serde::de::{Error as _, Unexpected};
use std::borrow::Cow;
use tables::Tables;
use trials::Trials;

/// How deep objects and collections may be nested, the same as for `serde_json`: each level is a level of
/// calls, and the stack is limited.
const LEVELS: u8 = 127;

/// A place in JSON text.
pub(crate) struct Reader<'json> {
    text: &'json str,
    /// How many bytes are read. It is never within a character.
    at: usize,
    /// How many levels there may be below this one.
    levels: u8,
    /// Whether a value was read that would be written in another form.
    is_inexact: bool,
    /// Whether a value has only one notation, the one of its type.
    is_strict: bool,
    /// What is known about values that are read by trial.
    pub(crate) trials: Trials,
    /// Which member has followed which one so far.
    guesses: Guesses,
    /// How a member is found that came after another one.
    tables: Tables,
    /// The undeclared members of the objects that are being read, those of inner objects last.
    pub(crate) undeclared: Vec<(Cow<'json, str>, &'json str)>,
}

/// Where a reader was.
#[derive(Clone, Copy)]
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
            is_strict: false,
            trials: Trials::default(),
            guesses: Guesses::new(),
            tables: Tables::new(),
            undeclared: Vec::new(),
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'json str {
        self.text
    }

    /// Goes to the beginning of another text.
    pub(crate) fn restart(&mut self, text: &'json str) {
        self.text = text;
        self.at = 0;
        self.levels = LEVELS;
        self.is_inexact = false;
        self.trials = Trials::default();
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

    /// Whether a value was read that would be written in another form: see [`take_inexact`](Self::take_inexact).
    #[inline]
    pub(crate) fn is_inexact(&self) -> bool {
        self.is_inexact
    }

    /// Whether, since the last call, a value was read whose JSON text holds more than the value, or has
    /// another form than the one in which the value is written.
    pub(crate) fn take_inexact(&mut self) -> bool {
        std::mem::take(&mut self.is_inexact)
    }

    /// Whether it reads strictly.
    #[inline]
    pub(crate) fn is_strict(&self) -> bool {
        self.is_strict
    }

    /// Makes it read strictly or not, and returns whether it did so before.
    pub(crate) fn set_strict(&mut self, is_strict: bool) -> bool {
        std::mem::replace(&mut self.is_strict, is_strict)
    }

    /// Whether a value was read that would be written in another form, as it was before something was read
    /// by trial.
    pub(crate) fn set_inexact(&mut self, is_inexact: bool) {
        self.is_inexact = is_inexact;
    }

    /// How many bytes are read.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// Notes that the value just read would be written in another form, and whether that is because what came
    /// is out of range.
    #[cold]
    pub(crate) fn note_held(&mut self, is_out_of_range: bool) {
        self.is_inexact = true;
        self.trials.undeclared += u32::from(is_out_of_range);
    }

    /// Notes that the value just read would be written in another form.
    #[cold]
    pub(crate) fn note_inexact(&mut self) {
        self.is_inexact = true;
    }

    /// The text of the value that begins at a place, after blanks, and has been read.
    pub(crate) fn value_since(&self, start: Mark) -> &'json str {
        self.since(start.at).trim_start_matches([' ', '\n', '\t', '\r'])
    }

    /// Skips white space, up to the byte after it.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Skips one byte, if it comes next.
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
            "\"true\"" if !self.is_strict => true,
            "\"false\"" if !self.is_strict => false,
            _ => {
                self.return_to(start);
                return Err(self.unexpected("a boolean"));
            }
        };
        self.note_inexact();
        Ok(Some(value))
    }

    /// Skips `true`, `false` or `null`.
    #[inline]
    fn literal(&mut self, literal: &str) -> Result<(), Fault> {
        let end = self.at + literal.len();
        if self.text.as_bytes().get(self.at..end) != Some(literal.as_bytes()) {
            return Err(self.fault());
        }
        self.at = end;
        Ok(())
    }

    /// Enters the object or the collection that begins with a bracket. Null is neither.
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

    /// Skips the end of an object or a collection.
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

    /// What comes next. Of a value in brackets, only the first bracket is read.
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

/// A value as errors show it.
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
