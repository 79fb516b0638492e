//! Puts what an object holds into one of another type, of which it is a base or which is a base of it.
//!
//! Enters: an object, and an empty one. Leaves: the second one with everything that the first one held: what
//! both types declare in its members, the rest as JSON text in `additional`. Must not know: which types
//! are derived from which, so that it is compiled once.

use super::decode::member;
use super::keep::clear;
use super::reader::Reader;
use super::{Slot, Structured, Untyped, View, copy, writer};

/// Moves everything from one object to another, which is empty.
pub(crate) fn transfer(from: &mut dyn Structured, to: &mut dyn Structured) {
    let held = std::mem::take(from.additional_mut());
    let mut again = Vec::new();
    let mut at = 0;
    while let Some(index) = next(from, at) {
        at = index + 1;
        let name = from.shape().member(index);
        let target = declared(to, index, name);
        if target.is_some_and(|target| is_moved(from, index, to, target)) {
            continue;
        }
        let view = from.view(index);
        let received = held.notes().and_then(|notes| notes.as_received(name, &view));
        let (name, json) = match received {
            Some((name, json)) => (name, json.text().to_owned()),
            None => (name, writer::text(&view)),
        };
        again.push(Untyped::named(name, &json));
    }
    let (members, notes) = held.into_parts();
    let notes = notes.map(|mut notes| {
        let is_read_again = |member: &str| again.iter().any(|one| one.name() == member);
        notes.retain(|member| to.shape().find(member).is_some() && !is_read_again(member));
        notes
    });
    to.additional_mut().set_notes(notes);
    let mut reader = Reader::new("");
    for held in again.iter().chain(&members) {
        if !is_read(&mut reader, held, from, to) {
            to.additional_mut().push(held.name(), held.text());
        }
    }
}

/// The index of the next member that is present.
fn next(object: &dyn Structured, from: usize) -> Option<usize> {
    match object.next_present(from) {
        (_, View::Additional(_)) => None,
        (index, _) => Some(index),
    }
}

/// The index of a member in another type. Inherited members come first, so it is usually the same.
fn declared(to: &dyn Structured, index: usize, name: &str) -> Option<usize> {
    let shape = to.shape();
    if shape.member(index) == name { Some(index) } else { shape.find(name) }
}

/// Moves or copies a member, if both types declare it with the same type.
fn is_moved(
    from: &mut dyn Structured,
    index: usize,
    to: &mut dyn Structured,
    target: usize,
) -> bool {
    match (from.slot(index), to.slot(target)) {
        (Slot::String(from), Slot::String(to)) => *to = from.take(),
        (Slot::Untyped(from), Slot::Untyped(to)) => *to = from.take(),
        _ => {
            let fits = copy::value(from.view(index), to.slot(target));
            if !fits {
                clear(to.slot(target));
            }
            return fits;
        }
    }
    true
}

/// Reads a member from its JSON text, if the type declares it, as if it had come with the object.
fn is_read<'json>(
    reader: &mut Reader<'json>,
    held: &'json Untyped,
    from: &dyn Structured,
    to: &mut dyn Structured,
) -> bool {
    let name = held.name();
    let Some(index) = reader.index_of(to.shape(), name) else { return false };
    // What was kept for a member that has been set since then stays where it is.
    if !matches!(to.view(index), View::Absent) && from.shape().find(name).is_some() {
        return false;
    }
    to.additional_mut().forget(name);
    reader.restart(held.text());
    member(reader, to, index).is_ok()
}
