//! Arrays whose first items have types of their own.
//!
//! Enters: an array, and an object whose members are the items. Leaves: the object with the items; those that
//! have neither a place of their own nor one for further items are in `additional`, by names such as `[2]`.
//! Must not know: what becomes of an array that does not fit.

use super::decode::{item, value};
use super::decode_error::NULL;
use super::keep::received;
use super::reader::{Fault, Reader};
use super::strict::{filled, filled_or_null};
use super::{ListSlot, ListView, Slot, Structured, View};

/// The place of the items after those with places of their own.
#[inline]
pub fn rest_slot<L: ListSlot>(place: &mut L) -> Slot<'_> {
    Slot::Rest(place)
}

/// The items after those with places of their own.
#[inline]
pub fn rest_view<L: ListView>(items: &L) -> View<'_> {
    if items.is_empty() { View::Absent } else { View::Rest(items) }
}

/// The name of an item that has no place of its own.
pub(crate) fn name(index: usize) -> String {
    format!("[{index}]")
}

/// Reads the items, after the bracket.
pub(crate) fn items(reader: &mut Reader<'_>, tuple: &mut dyn Structured) -> Result<(), Fault> {
    let shape = tuple.shape();
    let strict = shape.strictly();
    let count = shape.members.len();
    let mut came = 0;
    while reader.item(came == 0)? {
        let read = match came {
            index if index < count => own(reader, tuple, index),
            index if strict.has_others => rest(reader, tuple, index),
            index => undeclared(reader, tuple, index),
        };
        read.map_err(|fault| fault.within_item(came))?;
        came += 1;
    }
    let missing = strict.required.iter().find(|index| usize::from(**index) >= came);
    match missing {
        None => Ok(()),
        Some(index) => {
            let fault = reader.invalid("the item is required, but absent");
            Err(fault.within_item(usize::from(*index)))
        }
    }
}

/// Reads an item that has a place of its own.
fn own(reader: &mut Reader<'_>, tuple: &mut dyn Structured, index: usize) -> Result<(), Fault> {
    let start = reader.mark();
    match tuple.slot(index) {
        Slot::Required(slot) => filled(reader, slot)?,
        Slot::Nullable(slot) | Slot::Maybe(slot) => filled_or_null(reader, slot)?,
        slot => {
            value(reader, slot)?;
            if matches!(tuple.view(index), View::Absent) {
                return Err(reader.invalid(NULL));
            }
        }
    }
    if reader.take_inexact() {
        let name = tuple.shape().member(index);
        received(tuple, index, name, reader.value_since(start));
    }
    Ok(())
}

/// Reads one of the items after those with places of their own.
fn rest(reader: &mut Reader<'_>, tuple: &mut dyn Structured, index: usize) -> Result<(), Fault> {
    let count = tuple.shape().members.len();
    let start = reader.mark();
    if let Slot::Rest(list) = tuple.slot(count) {
        item(reader, list)?;
    }
    if reader.take_inexact() {
        note(tuple, index, reader.value_since(start));
    }
    Ok(())
}

/// Notes the JSON that an item without a place of its own came with.
#[cold]
fn note(tuple: &mut dyn Structured, index: usize, json: &str) {
    let count = tuple.shape().members.len();
    let mut additional = std::mem::take(tuple.additional_mut());
    if let View::Rest(items) = tuple.view(count) {
        additional.note_entry(&name(index), json, &items.get(index - count));
    }
    *tuple.additional_mut() = additional;
}

/// Keeps an item that has no place.
fn undeclared(
    reader: &mut Reader<'_>,
    tuple: &mut dyn Structured,
    index: usize,
) -> Result<(), Fault> {
    let json = reader.raw()?;
    reader.trials.undeclared += 1;
    tuple.additional_mut().push(&name(index), json);
    Ok(())
}
