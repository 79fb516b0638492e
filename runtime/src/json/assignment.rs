//! What the setters of an update take.
//!
//! The traits define what can be converted into a value for a member of type `T`. They are not `From`,
//! because a crate of a large schema has thousands of updates that can be a part of another one, and a
//! compiler compares all implementations for one type with each other.

use super::Update;

/// A value, an explicit null, or changes to a complex value: what a setter of an update converts its
/// argument to where the schema allows null.
#[derive(Clone, Debug, PartialEq)]
pub enum Nullable<T> {
    /// Null.
    Null,
    /// A value.
    Value(T),
    /// Changes to a complex value, whose other members stay as they are.
    Changes(Update),
}

/// A complex value or changes to it: what a setter of an update converts its argument to where the schema
/// does not allow null.
#[derive(Clone, Debug, PartialEq)]
pub enum Assigned<T> {
    /// A value.
    Value(T),
    /// Changes, which leave the other members as they are.
    Changes(Update),
}

/// What a setter takes for a member of type `T` that may be null: a value, an `Option`, for strings also
/// `&str`, and for complex values the update of their type.
///
/// ```
/// use schemacrate_runtime::model::{IntoNullable, Nullable};
///
/// let name = |name: Nullable<String>| name;
/// assert_eq!(name("Ada".into_nullable()), Nullable::Value("Ada".to_owned()));
/// assert_eq!(name(None.into_nullable()), Nullable::Null);
/// ```
pub trait IntoNullable<T> {
    /// The value, null, or the changes.
    fn into_nullable(self) -> Nullable<T>;
}

impl<T> IntoNullable<T> for T {
    fn into_nullable(self) -> Nullable<T> {
        Nullable::Value(self)
    }
}

impl<T> IntoNullable<T> for Option<T> {
    fn into_nullable(self) -> Nullable<T> {
        self.map_or(Nullable::Null, Nullable::Value)
    }
}

impl<T> IntoNullable<T> for Nullable<T> {
    fn into_nullable(self) -> Self {
        self
    }
}

impl IntoNullable<String> for &str {
    fn into_nullable(self) -> Nullable<String> {
        Nullable::Value(self.to_owned())
    }
}

/// What a setter takes for a member of the complex type `T` that is never null: a value, or the update of
/// its type.
pub trait IntoAssigned<T> {
    /// The value or the changes.
    fn into_assigned(self) -> Assigned<T>;
}

impl<T> IntoAssigned<T> for T {
    fn into_assigned(self) -> Assigned<T> {
        Assigned::Value(self)
    }
}

impl<T> IntoAssigned<T> for Assigned<T> {
    fn into_assigned(self) -> Self {
        self
    }
}
