//! Puts what an object holds into one of another type, of which it is a base or which is a base of it.
//!
//! Enters: an object, and an empty one. Leaves: the second one with everything that the first one held: what
//! both types declare in its members, the rest as JSON text in `additional`. Must not know: which types
//! are derived from which, so that it is compiled once.

use super::decode::member;
use super::keep::clear;
use super::reader::Reader;
use super::{Shape, Slot, Structured, Untyped, View, copy, writer};

/// Moves everything from one object to another, which is empty.
pub(crate) fn transfer(from: &mut dyn Structured, to: &mut dyn Structured) {
    let held = std::mem::take(from.additional_mut());
    let mut again = Vec::new();
    let mut moved = Vec::new();
    let mut at = 0;
    while let Some(index) = next(from, at) {
        at = index + 1;
        let name = from.shape().member(index);
        if let Some(target) = declared(to, index, name)
            && is_moved(from, index, to, target)
        {
            moved.push(target);
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
    let has_notes = notes.is_some();
    if let Some(mut notes) = notes {
        let is_read_again = |member: &str| again.iter().any(|one| one.name() == member);
        notes.retain(|member| to.shape().find(member).is_some() && !is_read_again(member));
        to.additional_mut().set_notes(Some(notes));
    }
    let mut reader = Reader::new("");
    let mut place = Place { shape: to.shape(), next: 0 };
    for held in again.iter().chain(&members) {
        let (name, json) = held.parts();
        let target = place.of(&mut reader, name);
        // What was kept for a member that has been set since then stays where it is.
        let is_read = target.filter(|target| !moved.contains(target)).is_some_and(|target| {
            if has_notes {
                to.additional_mut().forget(name);
            }
            is_read(&mut reader, json, to, target)
        });
        if !is_read {
            to.additional_mut().push(name, json);
        }
    }
}

/// A place among the members of a type. Members mostly come in the order in which they are declared.
struct Place {
    shape: &'static Shape,
    next: usize,
}

impl Place {
    /// The index of the member with a name.
    #[inline]
    fn of(&mut self, reader: &mut Reader<'_>, name: &str) -> Option<usize> {
        let index = match self.shape.members.get(self.next) {
            Some(next) if *next == name => self.next,
            _ => reader.index_of(self.shape, name)?,
        };
        self.next = index + 1;
        Some(index)
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

/// Reads a declared member from its JSON text, as if it had come with the object. Returns whether it did.
#[inline]
fn is_read<'json>(
    reader: &mut Reader<'json>,
    json: &'json str,
    to: &mut dyn Structured,
    index: usize,
) -> bool {
    // Null is what the member is already.
    if json == "null" && matches!(to.view(index), View::Absent) {
        return true;
    }
    reader.restart(json);
    let first = reader.undeclared.len();
    member(reader, to, index, first).is_ok()
}
