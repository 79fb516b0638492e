//! The names of members.
//!
//! Most members are declared, and the objects of a page have them in the same order. So the reader
//! remembers which member followed which one, and compares the text with the expected name before it does
//! anything else.

use super::tables::hash;
use super::{Fault, Reader};
use crate::json::Shape;
use std::borrow::Cow;

/// What a name means to an object.
pub(crate) enum Name<'json> {
    /// A declared member, by its index.
    Member(usize),
    /// Anything else.
    Other(Cow<'json, str>),
}

impl Name<'_> {
    /// The fault as one of the member.
    #[cold]
    fn fault(self, fault: Fault, shape: &'static Shape) -> Fault {
        match self {
            Self::Member(index) => fault.within(shape.member(index)),
            Self::Other(_) => fault,
        }
    }
}

/// How many guesses there is room for. Types share the places: a wrong guess costs a comparison.
const PLACES: usize = 512;

/// Which member came after which one when an object of the type was last read. One more than its
/// index; zero if there was none.
pub(crate) struct Guesses([u16; PLACES]);

impl Guesses {
    pub(crate) fn new() -> Self {
        Self([0; PLACES])
    }
}

/// A place among the members of an object.
pub(crate) struct Cursor {
    shape: &'static Shape,
    /// A number that few other types share; the guesses of the type begin there.
    number: usize,
    /// The place after the last declared member.
    after: usize,
    /// Whether no member has been read.
    is_first: bool,
}

impl Cursor {
    /// Before the first member.
    #[inline]
    pub(crate) fn new(shape: &'static Shape) -> Self {
        Self { shape, number: hash(shape.name), after: 0, is_first: true }
    }
}

impl<'json> Reader<'json> {
    /// Reads the name of the next member, up to its value. Without one, the object is left.
    #[inline]
    pub(crate) fn name(&mut self, cursor: &mut Cursor) -> Result<Option<Name<'json>>, Fault> {
        if !self.member(std::mem::take(&mut cursor.is_first))? {
            return Ok(None);
        }
        let place = (cursor.number + cursor.after) % PLACES;
        let guess = match self.guesses.0[place] {
            0 => cursor.after,
            guess => usize::from(guess - 1),
        };
        let name = match cursor.shape.members.get(guess) {
            Some(name) if self.is_next(name) => {
                self.at += name.len() + 2;
                cursor.after = guess + 1;
                Name::Member(guess)
            }
            _ => self.find(cursor, place)?,
        };
        match self.colon() {
            Ok(()) => Ok(Some(name)),
            Err(fault) => Err(name.fault(fault, cursor.shape)),
        }
    }

    /// Reads the name of the next member, whatever it is, up to its colon. Without one, the object is
    /// left.
    pub(crate) fn any_name(&mut self, is_first: bool) -> Result<Option<Cow<'json, str>>, Fault> {
        if !self.member(is_first)? {
            return Ok(None);
        }
        self.quoted().map(Some)
    }

    /// Goes on to the quote of the next name. Without one, the object is left.
    #[inline]
    fn member(&mut self, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b'}') => {
                self.leave();
                return Ok(false);
            }
            Some(b',') if !is_first => {
                self.at += 1;
                self.peek();
            }
            Some(b'"') if is_first => return Ok(true),
            _ => return Err(self.fault()),
        }
        match self.peek() {
            Some(b'"') => Ok(true),
            _ => Err(self.fault()),
        }
    }

    /// Whether a string comes next that is this name, without escapes.
    #[inline]
    fn is_next(&self, name: &str) -> bool {
        let end = self.at + 1 + name.len();
        let bytes = self.text.as_bytes();
        bytes.get(end) == Some(&b'"')
            && bytes.get(self.at + 1..end).is_some_and(|next| same(next, name.as_bytes()))
    }

    /// Reads a name that was not expected.
    #[inline(never)]
    fn find(&mut self, cursor: &mut Cursor, place: usize) -> Result<Name<'json>, Fault> {
        let name = self.quoted()?;
        let Some(index) = self.tables.find(cursor.shape, cursor.number, &name) else {
            return Ok(Name::Other(name));
        };
        if let Ok(guess) = u16::try_from(index + 1) {
            self.guesses.0[place] = guess;
        }
        cursor.after = index + 1;
        Ok(Name::Member(index))
    }

    /// The index of the member of a type with a name.
    pub(crate) fn index_of(&mut self, shape: &'static Shape, name: &str) -> Option<usize> {
        self.tables.find(shape, hash(shape.name), name)
    }

    /// Skips the colon after a name.
    #[inline]
    pub(crate) fn colon(&mut self) -> Result<(), Fault> {
        if self.eat(b':') { Ok(()) } else { Err(self.fault()) }
    }
}

/// Whether two texts of one length are the same. Names are short, and most that differ do so in their
/// first bytes, so that calling a function to compare them costs more than comparing them.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    let (a_words, _) = a.as_chunks::<8>();
    let (b_words, _) = b.as_chunks::<8>();
    for (a, b) in a_words.iter().zip(b_words) {
        if u64::from_le_bytes(*a) != u64::from_le_bytes(*b) {
            return false;
        }
    }
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(a), Some(b)) => u64::from_le_bytes(*a) == u64::from_le_bytes(*b),
        _ => match (a.first_chunk::<4>(), b.first_chunk::<4>()) {
            (Some(first), Some(name)) => {
                u32::from_le_bytes(*first) == u32::from_le_bytes(*name)
                    && a.last_chunk::<4>() == b.last_chunk::<4>()
            }
            _ => a.iter().eq(b),
        },
    }
}
