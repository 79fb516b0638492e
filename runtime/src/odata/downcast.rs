//! From the base type that holds an object to the derived type that it has.

use crate::json::{DecodeError, Structured, Value, View, from_json, writer};

/// Objects whose actual type may be derived from the one that holds them.
///
/// Where a schema has very many derived types, a value has the base type: the members of
/// the base are fields, everything else is kept, and this trait returns the whole object.
pub trait Downcast: Structured {
    /// The qualified name of the object's type: the one in its `@odata.type`, otherwise its declared
    /// type.
    fn type_name(&self) -> String
    where
        Self: Sized,
    {
        let object: &dyn Structured = self;
        object.additional().type_name().unwrap_or_else(|| object.shape().name.to_owned())
    }

    /// The object as another type. Members that the type does not declare, and those with other types
    /// than it declares, are kept in [`Additional`](crate::Additional).
    ///
    /// # Errors
    /// If the target is not a structured type.
    fn downcast<T: Structured + Value>(&self) -> Result<T, DecodeError>
    where
        Self: Sized,
    {
        from_json(writer::text(&View::Object(self, false)).as_bytes())
    }
}

impl<T: Structured> Downcast for T {}
