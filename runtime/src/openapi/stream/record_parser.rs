//! JSON texts, one after another: JSON Lines (`application/jsonl`, `application/x-ndjson`), and JSON text
//! sequences (`application/json-seq`, RFC 7464), in which each text begins with a record separator.
//!
//! The first byte decides which of both it is, since no JSON text has a record separator.

use std::mem::take;

use bytes::{Buf, Bytes};

use super::{Parser, TooLong};

const SEPARATOR: u8 = 0x1E;

/// A JSON text as it comes, which may be none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) json: Vec<u8>,
    /// Whether it may have been cut off: in a sequence, a number without a line feed after it may go on.
    pub(super) is_cut: bool,
}

/// Finds JSON texts.
pub(super) struct RecordParser {
    /// What is not looked at yet.
    bytes: Bytes,
    /// The beginning of a text whose end has not come.
    text: Vec<u8>,
    limit: usize,
    form: Form,
    is_first: bool,
    /// Whether the rest of a text is ignored, because it is too long.
    is_skipping: bool,
    /// Where in a text of a sequence the next byte is.
    place: Place,
}

/// What is between texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Unknown,
    Lines,
    Sequence,
}

/// A place in a JSON text.
#[derive(Clone, Copy, Default)]
struct Place {
    /// How many brackets are open.
    depth: usize,
    is_in_string: bool,
    is_after_escape: bool,
}

impl Place {
    /// Goes on after a byte.
    fn pass(&mut self, byte: u8) {
        match byte {
            _ if take(&mut self.is_after_escape) => {}
            b'\\' if self.is_in_string => self.is_after_escape = true,
            b'"' => self.is_in_string = !self.is_in_string,
            b'{' | b'[' if !self.is_in_string => self.depth += 1,
            b'}' | b']' if !self.is_in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

impl RecordParser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            bytes: Bytes::new(),
            text: Vec::new(),
            limit,
            form: Form::Unknown,
            is_first: true,
            is_skipping: false,
            place: Place::default(),
        }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// How many bytes it has room for.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.text.capacity()
    }

    /// Finds out the form, by the first byte that is neither blank nor of a byte order mark.
    fn recognize(&mut self) {
        let first = self
            .bytes
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && !"\u{feff}".as_bytes().contains(byte));
        self.form = match first {
            None => Form::Unknown,
            Some(&SEPARATOR) => Form::Sequence,
            Some(_) => Form::Lines,
        };
    }

    /// How many bytes are before the end of the text, and whether the byte there is its own.
    fn end_of_text(&mut self) -> Option<usize> {
        if self.form != Form::Sequence {
            return self.bytes.iter().position(|byte| *byte == b'\n');
        }
        let place = &mut self.place;
        self.bytes.iter().position(|byte| match byte {
            &SEPARATOR => true,
            b'\n' if place.depth == 0 => true,
            byte => {
                place.pass(*byte);
                false
            }
        })
    }

    /// Keeps bytes of a text.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        if self.is_skipping {
            return Ok(());
        }
        if self.text.len() + bytes.len() > self.limit {
            self.is_skipping = true;
            self.text = Vec::new();
            return Err(TooLong);
        }
        self.text.extend_from_slice(bytes);
        Ok(())
    }

    /// The text that ends here; `None` if it is blank, or was too long.
    fn finish(&mut self, is_ended: bool) -> Option<Record> {
        self.place = Place::default();
        let mut json = take(&mut self.text);
        if take(&mut self.is_skipping) {
            return None;
        }
        if take(&mut self.is_first) && json.starts_with("\u{feff}".as_bytes()) {
            json.drain(.."\u{feff}".len());
        }
        let first = json.iter().find(|byte| !byte.is_ascii_whitespace())?;
        let is_open = !matches!(first, b'{' | b'[' | b'"');
        let is_cut = self.form == Form::Sequence && !is_ended && is_open;
        Some(Record { json, is_cut })
    }
}

impl Parser for RecordParser {
    type Found = Record;

    fn push(&mut self, bytes: Bytes) {
        self.bytes = bytes;
    }

    fn next(&mut self) -> Option<Result<Record, TooLong>> {
        while !self.bytes.is_empty() {
            if self.form == Form::Unknown {
                self.recognize();
            }
            let end = self.end_of_text();
            let part = self.bytes.split_to(end.unwrap_or(self.bytes.len()));
            let kept = self.keep(&part);
            let ended_by = end.and_then(|_| self.bytes.first().copied());
            if kept.is_err() {
                // What ends it is looked at again, to stop skipping.
                return Some(Err(TooLong));
            }
            if let Some(byte) = ended_by {
                self.bytes.advance(1);
                if let Some(record) = self.finish(byte == b'\n') {
                    return Some(Ok(record));
                }
            }
        }
        None
    }

    fn end(&mut self) -> Option<Result<Record, TooLong>> {
        self.finish(false).map(Ok)
    }
}
