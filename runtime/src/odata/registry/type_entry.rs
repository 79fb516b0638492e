//! A type that is known by name.

use super::ObjectPage;
use super::changes::{check, checked, typed};
use super::object_page::PagePlace;
use crate::json::registry::{Object, Place};
use crate::json::{DecodeError, Slot, Structured, Update, read_slot};
use crate::odata::envelope::read_answer;
use std::fmt;

/// A type of a schema, by which JSON can be decoded.
#[derive(Clone, Copy)]
pub struct TypeEntry {
    name: &'static str,
    kind: TypeKind,
    place: fn() -> Place,
    changes: Option<Setters>,
}

/// What the update of a structured type has setters for, by wire names.
#[derive(Clone, Copy)]
struct Setters {
    members: &'static [&'static str],
    never_null: &'static [&'static str],
}

/// The kind of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TypeKind {
    /// An entity type.
    Entity,
    /// A complex type.
    Complex,
    /// An enumeration, or a set of its members.
    Enumeration,
    /// A primitive type of OData, or a type definition over one.
    Primitive,
}

impl TypeEntry {
    /// An entity type, whose values are decoded into a place.
    #[must_use]
    pub const fn entity(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, kind: TypeKind::Entity, place, changes: None }
    }

    /// A complex type, whose values are decoded into a place.
    #[must_use]
    pub const fn complex(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, kind: TypeKind::Complex, place, changes: None }
    }

    /// An enumeration, whose values are decoded into a place.
    #[must_use]
    pub const fn enumeration(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, kind: TypeKind::Enumeration, place, changes: None }
    }

    /// A primitive type or a type definition, whose values are decoded into a place.
    #[must_use]
    pub const fn primitive(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, kind: TypeKind::Primitive, place, changes: None }
    }

    /// Sets which members the update of the type can set, and which of them cannot be null. A
    /// collection is never null and need not be among those.
    #[must_use]
    pub const fn changes(
        self,
        members: &'static [&'static str],
        never_null: &'static [&'static str],
    ) -> Self {
        Self { changes: Some(Setters { members, never_null }), ..self }
    }

    /// The qualified name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The kind of the type.
    pub fn kind(&self) -> TypeKind {
        self.kind
    }

    /// Decodes one value, as a member of this type is decoded: the members that a derived type adds stay
    /// JSON, and the entry with the [`type_name`](Object::type_name) of the value reads them. Members that
    /// are not of their types are kept as they came: see [`Object::unread`].
    ///
    /// # Errors
    /// If the bytes are not JSON, if they are null, or not a value of the type.
    pub fn decode(&self, json: &[u8]) -> Result<Object, DecodeError> {
        let mut object = self.empty();
        read_slot(object.slot(), json)?;
        if object.is_empty() { Err(DecodeError::null()) } else { Ok(object) }
    }

    /// Decodes the body of an answer that holds one value, as a typed call does: the value may be in
    /// an envelope (see [`from_answer`](crate::model::from_answer)); `None` is null.
    ///
    /// # Errors
    /// If the bytes are not JSON, or not an answer with a value of the type.
    pub fn decode_answer(&self, json: &[u8]) -> Result<Option<Object>, DecodeError> {
        let mut object = self.empty();
        read_answer(object.place(), json)?;
        Ok(if object.is_empty() { None } else { Some(object) })
    }

    /// Decodes the body of an answer that holds a page of a collection of the type, as a typed call
    /// decodes a [`Page`](crate::Page).
    ///
    /// # Errors
    /// If the bytes are not JSON, if they are not a page, or if an item is not of the type.
    pub fn decode_page(&self, json: &[u8]) -> Result<ObjectPage, DecodeError> {
        let mut place = PagePlace::new(*self);
        read_answer(&mut place, json)?;
        place.page.ok_or_else(DecodeError::null)
    }

    /// Decodes the body of a request that changes an object of the type, and checks that the update of the
    /// type can write it.
    ///
    /// Each member that the update has a setter for must be of its declared type in all of its parts, and null only
    /// where the setter takes null. These members are written from the values that were read, with
    /// the nulls in them, so that what is returned shows what a typed program would send. Members
    /// without a setter are kept as they came: keys, what the service computes, navigation
    /// properties, what the type does not declare, annotations.
    ///
    /// # Errors
    /// If the bytes are not a JSON object, if a member is not of its declared type, or if the type is
    /// not structured.
    pub fn decode_changes(&self, json: &[u8]) -> Result<Update, DecodeError> {
        let Some(changes) = self.changes else {
            return Err(DecodeError::new(format_args!("{} is not a type with changes", self.name)));
        };
        let mut empty = self.empty();
        let mut object = own(empty.slot());
        typed(json, |name, value| {
            let Some(object) = object.as_mut().filter(|_| changes.members.contains(&name)) else {
                return Ok(None);
            };
            let Some(index) = object.shape().find(name) else { return Ok(None) };
            check(object.slot(index), !changes.never_null.contains(&name), value)?;
            checked(&object.view(index), value).map(Some)
        })
    }

    /// Whether values are objects.
    pub(super) fn is_structured(&self) -> bool {
        matches!(self.kind, TypeKind::Entity | TypeKind::Complex)
    }

    /// An object without a value.
    pub(super) fn empty(&self) -> Object {
        Object::empty(self.name, (self.place)())
    }
}

/// An empty object of the type. There is none for a type without declarations, whose values may be
/// anything.
fn own(slot: Slot<'_>) -> Option<&mut dyn Structured> {
    match slot {
        Slot::Object(slot) => Some(slot.insert_default()),
        _ => None,
    }
}

impl fmt::Debug for TypeEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}({})", self.kind, self.name)
    }
}
