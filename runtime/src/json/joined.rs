//! Objects and arrays that are put together from JSON texts.
//!
//! Enters: names and JSON texts, one after the other. Leaves: the text of the whole. Must not know: types.

use super::{View, writer};

/// A JSON array.
#[derive(Default)]
pub(crate) struct JoinedArray(String);

impl JoinedArray {
    /// Adds an item.
    pub(crate) fn push(&mut self, json: &str) {
        self.0.push(if self.0.is_empty() { '[' } else { ',' });
        self.0.push_str(json);
    }

    /// Whether it has no items.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of all items.
    pub(crate) fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('[');
        }
        self.0.push(']');
        self.0
    }
}

/// A JSON object.
#[derive(Default)]
pub(crate) struct JoinedObject(String);

impl JoinedObject {
    /// Adds a member.
    pub(crate) fn push(&mut self, name: &str, json: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&writer::text(&View::Str(name)));
        self.0.push(':');
        self.0.push_str(json);
    }

    /// Whether it has no members.
    #[cfg(feature = "openapi")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of all members.
    pub(crate) fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}
