//! What is told when JSON cannot be read.

use serde::de::Error as _;
use std::cell::RefCell;
use std::fmt;

/// Why JSON is no value of the expected type.
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

    /// An error of the whole value, as JSON tells it.
    pub(crate) fn whole(source: serde_json::Error) -> Self {
        Self { path: String::new(), source }
    }

    /// Null stands where there must be a value.
    pub(crate) fn null() -> Self {
        Self::new(NULL)
    }

    /// An error at the end of a trail.
    pub(super) fn at(trail: &Trail, source: serde_json::Error) -> Self {
        Self { path: trail.path(), source }
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

/// What is said of a null where there must be a value.
pub(super) const NULL: &str = "null is no value here";

/// The way to the value that could not be read, innermost step first.
#[derive(Default)]
pub(super) struct Trail(RefCell<Vec<Step>>);

/// A step on the way to a value.
pub(super) enum Step {
    /// Into a member of an object.
    Member(String),
    /// To an item of a collection.
    Item(usize),
}

impl Trail {
    pub(super) fn push(&self, step: Step) {
        self.0.borrow_mut().push(step);
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.borrow().iter().rev() {
            match step {
                Step::Member(name) if path.is_empty() => path.push_str(name),
                Step::Member(name) => path.extend([".", name]),
                Step::Item(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}
