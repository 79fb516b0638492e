//! Keeps values that cannot be read as their declared types, and the JSON of those that can but are written
//! in another form.
//!
//! Enters: an object, one of its members, and the result of reading it. Leaves: the reader after the
//! value, and the JSON text of the value in the object. Only what is not JSON remains a fault: a broken
//! text has no certain value.
//! Must not know: the types of members. It costs nothing if all values are of their types.

use super::reader::{Fault, Mark, Reader};
use super::{Slot, Structured, View};

/// Keeps what the value does not hold of the member that came by a name and begins at a place.
#[cold]
pub(crate) fn keep(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    index: usize,
    name: &'static str,
    start: Mark,
    read: Result<(), Fault>,
) -> Result<(), Fault> {
    let is_inexact = reader.take_inexact();
    let Err(fault) = read else {
        if is_inexact {
            received(object, index, name, reader.value_since(start));
        }
        return Ok(());
    };
    if fault.is_syntax() {
        return Err(fault.within(name));
    }
    reader.return_to(start);
    let json = reader.raw().map_err(|fault| fault.within(name))?;
    clear(object.slot(index));
    object.additional_mut().push_unread(name, json, fault.reason());
    // A member may come twice, and then the last one counts.
    if !matches!(object.view(index), View::Absent) {
        received(object, index, name, json);
    }
    Ok(())
}

/// Notes the JSON and the name that a member came with.
pub(crate) fn received(object: &mut dyn Structured, index: usize, name: &'static str, json: &str) {
    // The view borrows the object, so the note is made outside of it.
    let mut additional = std::mem::take(object.additional_mut());
    additional.note_received(object.shape().member(index), name, json, &object.view(index));
    *object.additional_mut() = additional;
}

/// Keeps a member that is not declared by name, begins at a place and is not of its type.
#[cold]
pub(crate) fn keep_entry(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    index: usize,
    name: &str,
    start: Mark,
    fault: Fault,
) -> Result<(), Fault> {
    reader.take_inexact();
    if fault.is_syntax() {
        return Err(fault.within_entry(name));
    }
    reader.return_to(start);
    let json = reader.raw().map_err(|fault| fault.within_entry(name))?;
    if let Slot::Entries(map) = object.slot(index) {
        map.remove(name);
    }
    object.additional_mut().push_unread_entry(name, json, fault.reason());
    Ok(())
}

/// Notes the JSON that a member came with that is not declared by name.
#[cold]
pub(crate) fn received_entry(object: &mut dyn Structured, index: usize, name: &str, json: &str) {
    let mut additional = std::mem::take(object.additional_mut());
    if let View::Entries(map) = object.view(index)
        && let Some(view) = map.find(name)
    {
        additional.note_entry(name, json, &view);
    }
    *object.additional_mut() = additional;
}

/// Empties a place. A place with an object stays as it is: a value that is not an object has not changed it.
pub(crate) fn clear(slot: Slot<'_>) {
    match slot {
        Slot::Bool(place) => *place = None,
        Slot::Int32(place) => *place = None,
        Slot::Int64(place) => *place = None,
        Slot::Double(place) => *place = None,
        Slot::String(place) => *place = None,
        Slot::Untyped(place) => *place = None,
        Slot::Text(slot) => {
            slot.copy(&());
        }
        Slot::Json(slot) => slot.clear(),
        Slot::Boxed(slot) => slot.fill(&mut |_| {}),
        Slot::Strict(slot) => slot.clear(),
        Slot::Union(slot) => slot.clear(),
        Slot::List(list) | Slot::Rest(list) => list.start(false),
        Slot::Map(map) | Slot::Entries(map) => map.start(false),
        Slot::Required(slot) | Slot::Nullable(slot) | Slot::Maybe(slot) => slot.empty(false),
        Slot::Object(_) | Slot::Additional(_) | Slot::Ignore => {}
    }
}
