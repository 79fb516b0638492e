//! Bodies that change parts of an object: JSON Merge Patch (RFC 7396).
//!
//! Enters: builders of changes, and structs. Leaves: what can be sent where the changes of a type are declared.
//! Must not know: requests.

use std::fmt;
use std::marker::PhantomData;

use crate::json::{
    AnyChanges, Body, Conversion, Given, Strict, Structured, Untyped, Update, Value, text,
};

/// The changes to a `T` that a merge patch describes: what is absent stays as it is, null removes a member, and
/// everything else takes the place of what was there, except that objects are changed member by member.
///
/// It is only the name of what is declared, and has no values: what is given for it is the builder that is
/// generated for `T`, the struct itself if all of its members are to be set, or an
/// [`Update`](crate::model::Update).
pub struct Patch<T>(PhantomData<fn() -> T>);

impl<T> fmt::Debug for Patch<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Patch")
    }
}

/// The kind of builders of the changes to a type.
#[derive(Debug)]
pub struct Merges<T>(PhantomData<T>);

impl<T> Body for Merges<T> {}

#[diagnostic::do_not_recommend]
impl<V: AsRef<Update>, T> Conversion<V, Patch<T>> for Merges<T> {
    fn convert(value: &V) -> Given<Patch<T>> {
        Given::of_update(value.as_ref())
    }
}

#[diagnostic::do_not_recommend]
impl<V: AsRef<Update>, T> Conversion<V, Untyped> for Merges<T> {
    fn convert(value: &V) -> Given<Untyped> {
        Given::of_update(value.as_ref())
    }
}

#[diagnostic::do_not_recommend]
impl<V: Structured + Value> Conversion<V, Patch<V>> for Strict {
    fn convert(value: &V) -> Given<Patch<V>> {
        Given::text(text(&Value::view(value)))
    }
}

#[diagnostic::do_not_recommend]
impl<T> Conversion<Update, Patch<T>> for AnyChanges {
    fn convert(value: &Update) -> Given<Patch<T>> {
        Given::of_update(value)
    }
}
