//! Values with the text that they were read from, where they do not hold all of it.
//!
//! Enters: JSON that is not a member of an object, which would keep its text. Leaves: the value, and on
//! writing it again, the same JSON.
//! Must not know: the type of the value.

use super::decode::from_json_strictly;
use super::{DecodeError, Untyped, Value, View, writer};
use std::fmt;

/// A value that was read, with its JSON text if the value does not hold all of it, such as an integer with
/// more digits than its type has.
pub struct Received<T> {
    value: T,
    came: Option<Came>,
}

/// The JSON text of a value, and how the value was written when it had been read.
#[derive(Clone)]
pub(super) struct Came {
    json: Untyped,
    read_as: Box<str>,
}

impl Came {
    /// What came for a value that has just been read.
    pub(super) fn new(json: &str, value: &View<'_>) -> Self {
        Self { json: Untyped::from_value(json), read_as: writer::text(value).into() }
    }

    /// What came, if the value is still written as it was when it had been read.
    pub(super) fn unless_changed(&self, written: &str) -> Option<&str> {
        (*self.read_as == *written).then(|| self.json.text())
    }
}

impl<T> Received<T> {
    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, to change it.
    pub fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The JSON that came, if the value does not hold all of it.
    pub fn json(&self) -> Option<&Untyped> {
        self.came.as_ref().map(|came| &came.json)
    }
}

impl<T: Value> Received<T> {
    /// The JSON of the value: what came, unless the value has been changed.
    pub fn to_json(&self) -> Vec<u8> {
        let written = writer::text(&self.value.view());
        match self.came.as_ref().and_then(|came| came.unless_changed(&written)) {
            Some(json) => json.as_bytes().to_vec(),
            None => written.into_bytes(),
        }
    }
}

impl<T> From<T> for Received<T> {
    fn from(value: T) -> Self {
        Self { value, came: None }
    }
}

impl<T: Clone> Clone for Received<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), came: self.came.clone() }
    }
}

impl<T: PartialEq> PartialEq for Received<T> {
    /// The form in which the values came does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Received<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}

/// Reads one JSON value strictly, as within objects that are read strictly.
///
/// # Errors
/// If the bytes are not JSON, or not a value of the type.
pub fn received<T: Value>(json: &[u8]) -> Result<Received<T>, DecodeError> {
    let (value, came) = from_json_strictly::<T>(json)?;
    let came = came.map(|json| Came::new(json, &value.view()));
    Ok(Received { value, came })
}
