//! A value of a type that only the registry knows.

use super::Place;
use crate::json::{Dynamic, Slot, Structured, Unread, View, same, text, unread_below};
use serde::{Serialize, Serializer};
use std::fmt;

/// A value that was decoded by a [`TypeEntry`](super::TypeEntry): an object, a member of an
/// enumeration or a primitive value, as a value of its generated type.
pub struct Object {
    declared: &'static str,
    place: Place,
}

impl Object {
    /// An object that is still to be read.
    pub(super) fn empty(declared: &'static str, place: Place) -> Self {
        Self { declared, place }
    }

    /// The qualified name of the value's type: the one in its `@odata.type`, otherwise the declared
    /// type.
    pub fn type_name(&self) -> String {
        let named = self.as_structured().map(|object| {
            let own = object.additional().type_name();
            own.unwrap_or_else(|| object.shape().name.to_owned())
        });
        named.unwrap_or_else(|| self.declared.to_owned())
    }

    /// The qualified name of the type that it was decoded by.
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
        text(&self.view()).into_bytes()
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self.place.0.view(), View::Absent)
    }

    pub(super) fn slot(&mut self) -> Slot<'_> {
        self.place.0.slot()
    }

    pub(super) fn place(&mut self) -> &mut dyn Dynamic {
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
