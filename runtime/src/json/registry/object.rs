//! A value of a type that only a registry knows.

use super::Place;
use crate::json::received::Came;
use crate::json::{Dynamic, Slot, Structured, Unread, View, same, text, unread_below};
use serde::{Serialize, Serializer};
use std::fmt;

/// A value that was decoded by an entry of a registry: an object, a member of an enumeration, a primitive value
/// or any other, as a value of its generated type.
pub struct Object {
    declared: &'static str,
    place: Place,
    /// What came, if the value does not hold all of it.
    came: Option<Came>,
}

impl Object {
    /// An object that is still to be read.
    pub(crate) fn empty(declared: &'static str, place: Place) -> Self {
        Self { declared, place, came: None }
    }

    /// The name of the type that it was decoded by.
    pub fn declared_type_name(&self) -> &'static str {
        self.declared
    }

    /// The value, as a serialiser sees it.
    pub fn view(&self) -> View<'_> {
        self.place.0.view()
    }

    /// The members of an object; `None` for other values and for objects of a type that declares
    /// nothing.
    pub fn as_structured(&self) -> Option<&dyn Structured> {
        match self.place.0.view() {
            View::Object(object, _) => Some(object),
            _ => None,
        }
    }

    /// The members, at any depth, whose values are not of their types: see
    /// [`model::unread`](crate::model::unread()).
    pub fn unread(&self) -> Vec<Unread<'_>> {
        unread_below(&self.view())
    }

    /// The JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let written = text(&self.view());
        match self.came.as_ref().and_then(|came| came.unless_changed(&written)) {
            Some(json) => json.as_bytes().to_vec(),
            None => written.into_bytes(),
        }
    }

    /// Keeps what came, if the value does not hold all of it.
    pub(super) fn keep(&mut self, json: Option<&str>) {
        self.came = json.map(|json| Came::new(json, &self.view()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.place.0.view(), View::Absent)
    }

    pub(crate) fn slot(&mut self) -> Slot<'_> {
        self.place.0.slot()
    }

    pub(crate) fn place(&mut self) -> &mut dyn Dynamic {
        &mut *self.place.0
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view().serialize(serializer)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(formatter)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.declared == other.declared && same(&self.view(), &other.view())
    }
}
