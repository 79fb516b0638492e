//! The error of JSON that cannot be read.

use super::Unread;
use super::reader::{Fault, no_text_after};
use serde::de::Error as _;
use std::fmt;

/// Why JSON is not a value of the expected type.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// The place in the JSON, such as `value[3].status`; empty for the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An error of the whole value.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self::whole(serde_json::Error::custom(message))
    }

    /// An error of the whole value, as `serde_json` reports it.
    pub(crate) fn whole(source: serde_json::Error) -> Self {
        Self { path: String::new(), source }
    }

    /// The value is null, but must not be.
    pub(crate) fn null() -> Self {
        Self::new(NULL)
    }

    /// A member could not be read, but must be.
    pub(crate) fn unread(unread: &Unread<'_>) -> Self {
        Self { path: unread.path().to_owned(), source: serde_json::Error::custom(unread.reason()) }
    }

    /// What is wrong with a text.
    pub(crate) fn at(fault: &Fault, text: &str) -> Self {
        Self { path: fault.path(), source: fault.error(text) }
    }

    /// What is wrong with a text that is followed by bytes that are not text.
    pub(crate) fn before_no_text(fault: Option<&Fault>, text: &str) -> Self {
        // A text that ends too early ends because of these bytes.
        let early = fault.filter(|fault| !fault.is_end_of(text));
        let source = early.map_or_else(|| no_text_after(text), |fault| fault.error(text));
        Self { path: fault.map(Fault::path).unwrap_or_default(), source }
    }

    /// What is wrong with a value, for callers that read what is around it and report the place.
    pub(crate) fn in_part(fault: &Fault, text: &str, is_of_input: bool) -> Self {
        let source = match fault.why() {
            Some(why) if is_of_input => {
                let (line, column) = fault.line_and_column(text);
                let place = format_args!("(line {line} column {column} of this value)");
                serde_json::Error::custom(format_args!("{why} {place}"))
            }
            Some(why) => serde_json::Error::custom(why),
            None => fault.error(text),
        };
        Self { path: fault.path(), source }
    }

    /// The error as one of the object that has the value in a member.
    pub(crate) fn within(self, member: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{member}{dot}{}", self.path), source: self.source }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "at `{}`: ", self.path)?;
        }
        self.source.fmt(formatter)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The message about a null where there must be a value.
pub(crate) const NULL: &str = "null is not a value here";
