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
    kind: SchemaKind,
    may_be_null: bool,
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

impl SchemaEntry {
    const fn new<T>(address: &'static str, kind: SchemaKind) -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self { name: address, address, kind, may_be_null: false, shape: None, place: place::<T> }
    }

    /// A schema with a struct.
    #[must_use]
    pub const fn structure<T>(address: &'static str) -> Self
    where
        T: Described + Value + Send + Sync + 'static,
    {
        let kind = match T::SHAPE.strictly().is_tuple {
            true => SchemaKind::Tuple,
            false => SchemaKind::Object,
        };
        Self { shape: Some(T::SHAPE), ..Self::new::<T>(address, kind) }
    }

    /// A schema with an enumeration.
    #[must_use]
    pub const fn enumeration<T>(address: &'static str) -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(address, SchemaKind::Enumeration)
    }

    /// A schema with an enum of several types.
    #[must_use]
    pub const fn union<T>(address: &'static str) -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(address, SchemaKind::Union)
    }

    /// A schema with any other type.
    #[must_use]
    pub const fn value<T>(address: &'static str) -> Self
    where
        T: Value + Send + Sync + 'static,
    {
        Self::new::<T>(address, SchemaKind::Value)
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
        self.kind
    }

    /// The declared members of an object, or the items of a tuple that have types of their own; none for
    /// all others.
    pub fn members(&self) -> impl ExactSizeIterator<Item = SchemaMember> + '_ {
        let names = self.shape.map_or(&[][..], |shape| shape.members);
        let required = self.shape.map_or(&[][..], |shape| shape.strictly().required);
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
        let mut object = Object::empty(self.name, (self.place)());
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
        write!(formatter, "{:?}({})", self.kind, self.name)
    }
}
