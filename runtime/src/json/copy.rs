//! Copies of objects, through their tables.
//!
//! Enters: the view of a value. Leaves: the same value in an empty place of its type. Must not know: any
//! particular type, so that it is compiled once; a derived `Clone` would be compiled for each type and
//! each of its members.

use super::{Slot, Structured, View, writer};
use std::any::Any;

/// A copy of an object: what the `Clone` of generated structs calls.
pub fn copy<T: Structured + Default>(object: &T) -> T {
    let mut copied = T::default();
    members(object, &mut copied);
    copied
}

/// Copies the members that are present, and what the type does not declare.
fn members(object: &dyn Structured, copied: &mut dyn Structured) {
    for (index, view) in object.present() {
        value(view, copied.slot(index));
    }
    let additional = object.additional();
    if !additional.holds_nothing() {
        copied.additional_mut().clone_from(additional);
    }
}

/// Copies a value into an empty place of its type, so the slot fits the view.
pub(crate) fn value(view: View<'_>, slot: Slot<'_>) {
    match (slot, view) {
        (Slot::Bool(place), View::Bool(value)) => *place = Some(value),
        (Slot::Int32(place), View::Int(value)) => *place = i32::try_from(value).ok(),
        (Slot::Int64(place), View::Int(value)) => *place = Some(value),
        (Slot::Double(place), View::Double(value)) => *place = Some(value),
        (Slot::String(place), View::Str(value)) => *place = Some(value.to_owned()),
        (Slot::Untyped(place), View::Untyped(value)) => *place = Some(value.clone()),
        (Slot::Text(slot), View::Text(value)) => slot.copy(value as &dyn Any),
        (Slot::Text(slot), View::Str(name)) => {
            // A member of an enumeration: every name is one.
            let _ = slot.set(name);
        }
        (Slot::Json(slot), view) => {
            // A type can read what it writes.
            let _ = slot.set(&writer::text(&view));
        }
        (Slot::Object(slot), View::Object(object, _)) => members(object, slot.insert_default()),
        (Slot::Hierarchy(slot), View::Object(object, derived)) => {
            let name = derived.then_some(object.shape().name);
            members(object, slot.insert_named(name));
        }
        (Slot::Boxed(slot), view) => {
            let mut view = Some(view);
            slot.fill(&mut |slot| {
                if let Some(view) = view.take() {
                    value(view, slot);
                }
            });
        }
        (Slot::List(list), View::List(items)) => {
            list.start(true);
            for index in 0..items.len() {
                list.push(&mut |slot| {
                    value(items.get(index), slot);
                    true
                });
            }
        }
        _ => {}
    }
}
