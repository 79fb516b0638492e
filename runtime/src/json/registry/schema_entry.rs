//! A schema that is known by name.

use super::{Object, Place, place};
use crate::json::decode::read_strictly;
use crate::json::{DecodeError, Described, Shape, Value};
use std::fmt;

/// A schema of an OpenAPI description, by which JSON can be decoded.
#[derive(Clone, Copy)]
pub struct SchemaEntry {
    name: &'static str,
    address: &'static str,
    may_be_null: bool,
    of: SchemaType,
}

/// The type that a schema has in Rust.
#[derive(Clone, Copy)]
pub struct SchemaType {
    kind: SchemaKind,
    shape: Option<&'static Shape>,
    place: fn() -> Place,
}

/// What a schema is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemaKind {
    /// A struct whose values are objects.
    Object,
    /// A struct whose values are arrays with items of different types.
    Tuple,
    /// An enumeration of strings, numbers or other scalars.
    Enumeration,
    /// An enum of several types.
    Union,
    /// Any other: a scalar, a list, a map, any JSON, or a type of another crate.
    Value,
}

/// A member of an object, or an item of a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaMember {
    /// The name in JSON; of an item its index, such as `[0]`.
    pub name: &'static str,
    /// Whether it must be there.
    pub is_required: bool,
}

impl SchemaType {
    const fn new<T>(kind: SchemaKind, shape: Option<&'static Shape>) -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self { kind, shape, place: place::<T> }
    }

    /// A struct.
    #[must_use]
    pub const fn structure<T>() -> Self
    where
        T: Described + Value + Send + Sync + 'static,
    {
        let kind = match T::SHAPE.strictly().is_tuple {
            true => SchemaKind::Tuple,
            false => SchemaKind::Object,
        };
        Self::new::<T>(kind, Some(T::SHAPE))
    }

    /// An enumeration.
    #[must_use]
    pub const fn enumeration<T>() -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(SchemaKind::Enumeration, None)
    }

    /// An enum of several types.
    #[must_use]
    pub const fn union<T>() -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(SchemaKind::Union, None)
    }

    /// Any other type.
    #[must_use]
    pub const fn value<T>() -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(SchemaKind::Value, None)
    }
}

impl SchemaEntry {
    /// An inline schema at an address.
    #[must_use]
    pub const fn new(address: &'static str, of: SchemaType) -> Self {
        Self { name: address, address, may_be_null: false, of }
    }

    /// The same schema, which is a component with a name.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The same schema, which null is a value of.
    #[must_use]
    pub const fn or_null(self) -> Self {
        Self { may_be_null: true, ..self }
    }

    /// The name of the component; of an inline schema the address.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where the schema is, such as `#/components/schemas/Pet`: a JSON pointer as the fragment of a URI.
    pub fn address(&self) -> &'static str {
        self.address
    }

    /// What the schema is in Rust.
    pub fn kind(&self) -> SchemaKind {
        self.of.kind
    }

    /// The declared members of an object, or the items of a tuple that have types of their own; none for
    /// all others.
    pub fn members(&self) -> impl ExactSizeIterator<Item = SchemaMember> + '_ {
        let names = self.of.shape.map_or(&[][..], |shape| shape.members);
        let required = self.of.shape.map_or(&[][..], |shape| shape.strictly().required);
        names.iter().enumerate().map(|(index, name)| SchemaMember {
            name,
            is_required: required.iter().any(|one| usize::from(*one) == index),
        })
    }

    /// Decodes a value, just as the type of the schema does. It is written again as it came.
    ///
    /// # Errors
    /// If the bytes are not JSON, or not a value of the type.
    pub fn decode(&self, json: &[u8]) -> Result<Object, DecodeError> {
        let mut object = Object::empty(self.name, (self.of.place)());
        let came = read_strictly(object.slot(), json)?;
        if object.is_empty() && !self.may_be_null {
            return Err(DecodeError::null());
        }
        object.keep(came);
        Ok(object)
    }
}

impl fmt::Debug for SchemaEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}({})", self.of.kind, self.name)
    }
}

impl fmt::Debug for SchemaType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}
