//! What is wrong, and where.

use serde::de::{Error as _, IgnoredAny};
use std::fmt::Display;

/// Why a text cannot be read. It is small, because every result of the reader has room for it.
pub(crate) struct Fault(Box<Inner>);

struct Inner {
    what: What,
    /// How many bytes are before it, or before its end.
    at: usize,
    /// The way to the value, innermost step first.
    steps: Vec<Step>,
}

enum What {
    /// The text is not JSON.
    Syntax,
    /// It is JSON, but not what can be taken, for this reason.
    Invalid(String),
}

/// A step on the way to a value.
enum Step {
    /// Into a member of an object.
    Member(&'static str),
    /// Into a member of an object that is not declared by name.
    Entry(Box<str>),
    /// To an item of a collection.
    Item(usize),
}

impl Fault {
    fn new(what: What, at: usize) -> Self {
        Self(Box::new(Inner { what, at, steps: Vec::new() }))
    }

    /// What is at a place is not JSON.
    pub(crate) fn syntax(at: usize) -> Self {
        Self::new(What::Syntax, at)
    }

    /// What ends at a place cannot be taken.
    pub(crate) fn invalid(why: impl Display, at: usize) -> Self {
        Self::new(What::Invalid(why.to_string()), at)
    }

    /// There are too many levels.
    #[cold]
    pub(crate) fn too_deep(at: usize) -> Self {
        Self::invalid("recursion limit exceeded", at)
    }

    /// The fault as one of the object that has the value in a member.
    #[cold]
    pub(crate) fn within(mut self, member: &'static str) -> Self {
        self.0.steps.push(Step::Member(member));
        self
    }

    /// The fault as one of the object or the map that has the value in a member with any name.
    #[cold]
    pub(crate) fn within_entry(mut self, name: &str) -> Self {
        self.0.steps.push(Step::Entry(name.into()));
        self
    }

    /// The fault as one of the collection that has the value at an index.
    #[cold]
    pub(crate) fn within_item(mut self, index: usize) -> Self {
        self.0.steps.push(Step::Item(index));
        self
    }

    /// The way to the value, such as `value[3].status`; empty for the whole value.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Member(name) => push_name(&mut path, name),
                Step::Entry(name) => push_name(&mut path, name),
                Step::Item(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// The error in the text that was read.
    pub(crate) fn error(&self, text: &str) -> serde_json::Error {
        let why = match &self.0.what {
            What::Invalid(why) => why,
            // `serde_json` has the best messages about what is not JSON.
            What::Syntax => match serde_json::from_str::<IgnoredAny>(text) {
                Err(error) => return error,
                Ok(_) => "expected value",
            },
        };
        located(why, text, self.0.at)
    }

    /// Whether the input ended too early.
    pub(crate) fn is_end_of(&self, text: &str) -> bool {
        matches!(self.0.what, What::Syntax) && self.0.at >= text.len()
    }

    /// Whether the text is not JSON.
    pub(crate) fn is_syntax(&self) -> bool {
        matches!(self.0.what, What::Syntax)
    }

    /// Why a value that is JSON cannot be taken, with the way to it.
    pub(crate) fn reason(&self) -> String {
        let why = self.why().unwrap_or_default();
        match self.path() {
            path if path.is_empty() => why.to_owned(),
            path => format!("at `{path}`: {why}"),
        }
    }

    /// Why a value that is JSON cannot be taken.
    pub(crate) fn why(&self) -> Option<&str> {
        match &self.0.what {
            What::Syntax => None,
            What::Invalid(why) => Some(why),
        }
    }

    /// The line and the column of the place in the text that was read.
    pub(crate) fn line_and_column(&self, text: &str) -> (usize, usize) {
        line_and_column(text, self.0.at)
    }
}

/// Appends a member to a path.
pub(crate) fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() && !name.starts_with('[') {
        path.push('.');
    }
    path.push_str(name);
}

/// The error of bytes after a text that are not text.
pub(crate) fn no_text_after(text: &str) -> serde_json::Error {
    located("invalid unicode code point", text, text.len() + 1)
}

fn located(why: &str, text: &str, at: usize) -> serde_json::Error {
    let (line, column) = line_and_column(text, at);
    serde_json::Error::custom(format_args!("{why} at line {line} column {column}"))
}

/// The line, counted from one, and how many bytes of it are before a place.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    (lines + 1, column + at.saturating_sub(text.len()))
}
