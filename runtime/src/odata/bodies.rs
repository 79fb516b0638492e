//! Objects whose type may be derived from the declared one.
//!
//! Enters: values of generated types, builders of changes. Leaves: what is sent where a type is declared.
//! Must not know: requests, any particular type.

use crate::json::{
    AnyChanges, Body, Changes, Conversion, Given, Object, Structured, Untyped, Update, View, text,
};
use crate::odata::annotations::{NEWER_TYPE, TYPE};
use crate::odata::hierarchy::{Hierarchy, Polymorphic};
use crate::odata::query::{DerivedFrom, Queryable};

#[diagnostic::do_not_recommend]
impl<V, B> Conversion<V, B> for Object
where
    V: Structured + DerivedFrom<B>,
    B: Queryable,
{
    fn convert(value: &V) -> Given<B> {
        Given::text(text(&View::Object(value, V::IS_OTHER)))
    }
}

impl<V: Structured> Conversion<V, Untyped> for Object {
    fn convert(value: &V) -> Given<Untyped> {
        Given::text(text(&View::Object(value, false)))
    }
}

#[diagnostic::do_not_recommend]
impl<V, B> Conversion<V, B> for Polymorphic
where
    V: Hierarchy,
    V::Base: DerivedFrom<B>,
    B: Queryable,
{
    fn convert(value: &V) -> Given<B> {
        let is_other = value.is_derived() || V::Base::IS_OTHER;
        Given::text(text(&View::Object(value.structured(), is_other)))
    }
}

impl<V: Hierarchy> Conversion<V, Untyped> for Polymorphic {
    fn convert(value: &V) -> Given<Untyped> {
        Given::text(text(&View::Object(value.structured(), value.is_derived())))
    }
}

impl Body for Polymorphic {}

#[diagnostic::do_not_recommend]
impl<V, T, B> Conversion<V, B> for Changes<T>
where
    V: AsRef<Update>,
    T: DerivedFrom<B>,
    B: Queryable,
{
    fn convert(value: &V) -> Given<B> {
        if !T::IS_OTHER {
            return Given::of_update(value.as_ref());
        }
        let mut update = value.as_ref().clone();
        update.name_type(T::NAME);
        Given::of_update(&update)
    }
}

impl<V: AsRef<Update>, T> Conversion<V, Untyped> for Changes<T> {
    fn convert(value: &V) -> Given<Untyped> {
        Given::of_update(value.as_ref())
    }
}

#[diagnostic::do_not_recommend]
impl<B: Queryable> Conversion<Update, B> for AnyChanges {
    fn convert(value: &Update) -> Given<B> {
        Given::of_update(value)
    }
}

impl Update {
    /// Writes the type of the changed object before everything else, unless it is already there.
    fn name_type(&mut self, name: &str) {
        if self.get(TYPE).is_none() && self.get(NEWER_TYPE).is_none() {
            self.set_first(TYPE, format!("#{name}").into());
        }
    }
}
