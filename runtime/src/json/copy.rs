//! Copies of objects, through their tables.
//!
//! Enters: the view of a value. Leaves: the same value in an empty place of its type. Must not know: any
//! particular type, so that it is compiled once; a derived `Clone` would be compiled for each type and
//! each of its members.

use super::blank::Blank;
use super::{Slot, Structured, View, writer};
use std::any::Any;

/// A copy of an object: what the `Clone` of generated structs calls.
pub fn copy<T: Structured + Blank>(object: &T) -> T {
    let mut copied = T::blank();
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

/// Copies an object into one with nothing in it. Returns whether they are of one type.
fn copy_into(object: &dyn Structured, copied: &mut dyn Structured) -> bool {
    let (own, other) = (copied.shape(), object.shape());
    let is_one_type = std::ptr::eq(own, other) || own.name == other.name;
    if is_one_type {
        members(object, copied);
    }
    is_one_type
}

/// Copies a value into an empty place. Returns whether the place is one for values of its type; otherwise
/// the place holds nothing of use.
pub(crate) fn value(view: View<'_>, slot: Slot<'_>) -> bool {
    match (slot, view) {
        (Slot::Bool(place), View::Bool(value)) => *place = Some(value),
        (Slot::Int32(place), View::Int(value)) => {
            *place = i32::try_from(value).ok();
            return place.is_some();
        }
        (Slot::Int64(place), View::Int(value)) => *place = Some(value),
        (Slot::Double(place), View::Double(value)) => *place = Some(value),
        (Slot::String(place), View::Str(value)) => *place = Some(value.to_owned()),
        (Slot::Untyped(place), View::Untyped(value)) => *place = Some(value.clone()),
        (Slot::Text(slot), View::Text(value)) => return slot.copy(value as &dyn Any),
        // A member of an enumeration.
        (Slot::Text(slot), View::Str(name)) => return slot.set(name).is_ok(),
        // A type can read what it writes.
        (Slot::Json(slot), view) => return slot.set(&writer::text(&view), false).is_ok(),
        (Slot::Object(slot), View::Object(object, _)) => {
            return copy_into(object, slot.insert_default());
        }
        (Slot::Strict(slot), View::Object(object, _)) => {
            return copy_into(object, slot.insert_blank());
        }
        (Slot::Union(slot), View::Union(value)) => return slot.copy(value as &dyn Any),
        (Slot::Boxed(slot), view) => {
            let mut view = Some(view);
            let mut fits = false;
            slot.fill(&mut |slot| fits = view.take().is_some_and(|view| value(view, slot)));
            return fits;
        }
        (Slot::Nullable(slot) | Slot::Maybe(slot), View::Null) => slot.empty(true),
        (Slot::Required(slot) | Slot::Nullable(slot) | Slot::Maybe(slot), view) => {
            let mut view = Some(view);
            let mut fits = false;
            let is_there = slot.fill(&mut |slot| {
                fits = view.take().is_some_and(|view| value(view, slot));
            });
            return fits && is_there;
        }
        (Slot::Map(slot), View::Map(map)) | (Slot::Entries(slot), View::Entries(map)) => {
            slot.start(true);
            return map.entries().all(|(name, view)| {
                let mut fits = false;
                let is_kept = slot.insert(name, &mut |slot| {
                    fits = value(view, slot);
                    true
                });
                fits && is_kept
            });
        }
        (Slot::List(list), View::List(items)) | (Slot::Rest(list), View::Rest(items)) => {
            list.start(true);
            return (0..items.len()).all(|index| {
                let mut fits = false;
                let is_kept = list.push(&mut |slot| {
                    fits = value(items.get(index), slot);
                    true
                });
                fits && is_kept
            });
        }
        (_, view) => return matches!(view, View::Null),
    }
    true
}
