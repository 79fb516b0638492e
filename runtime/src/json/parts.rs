//! What is written of an object or an array of a type that is read strictly.
//!
//! Enters: an object. Leaves: its members or items in order, each as its value, or as the JSON that it came
//! with, if the value has not been changed.
//! Must not know: who writes them.

use super::encode::is_hidden;
use super::notes::Notes;
use super::{Structured, Untyped, View, tuple};

/// What is written for a member or an item.
pub(crate) enum Part<'a> {
    /// Its value.
    View(View<'a>),
    /// The JSON that came.
    Json(&'a Untyped),
}

/// The JSON that came in place of an object or an array, if the members or items have not been set.
pub(crate) fn whole(object: &dyn Structured) -> Option<&Untyped> {
    let notes = object.additional().notes()?;
    notes.unchanged_whole(|| super::writer::without_whole(object))
}

/// The members of an object, with their names.
pub(crate) fn members<'a, E>(
    object: &'a dyn Structured,
    write: &mut dyn FnMut(&'a str, Part<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let shape = object.shape();
    let additional = object.additional();
    let notes = additional.notes();
    for (index, view) in object.present() {
        if let View::Entries(map) = view {
            for (name, view) in map.entries() {
                write(name, entry(notes, name, view))?;
            }
        } else {
            let name = shape.member(index);
            write(name, member(notes, name, view))?;
        }
    }
    for (name, json) in additional.iter() {
        if !is_hidden(object, shape, name) {
            write(name, Part::Json(json))?;
        }
    }
    Ok(())
}

/// The items of an array. One that is absent before others that are not is null.
pub(crate) fn items<'a, E>(
    object: &'a dyn Structured,
    write: &mut dyn FnMut(Part<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let shape = object.shape();
    let additional = object.additional();
    let notes = additional.notes();
    let mut written = 0;
    for (index, view) in object.present() {
        for _ in written..index {
            write(Part::View(View::Null))?;
        }
        written = index + 1;
        if let View::Rest(items) = view {
            for at in 0..items.len() {
                let name = tuple::name(index + at);
                write(entry(notes, &name, items.get(at)))?;
            }
        } else {
            write(member(notes, shape.member(index), view))?;
        }
    }
    let further = additional.iter().filter(|(name, _)| name.starts_with('['));
    for (_, json) in further {
        for _ in written..shape.members.len() {
            write(Part::View(View::Null))?;
        }
        written = written.max(shape.members.len());
        write(Part::Json(json))?;
    }
    Ok(())
}

fn member<'a>(notes: Option<&'a Notes>, name: &str, view: View<'a>) -> Part<'a> {
    match notes.and_then(|notes| notes.as_received(name, &view)) {
        Some((_, json)) => Part::Json(json),
        None => Part::View(view),
    }
}

fn entry<'a>(notes: Option<&'a Notes>, name: &str, view: View<'a>) -> Part<'a> {
    match notes.and_then(|notes| notes.entry_as_received(name, &view)) {
        Some(json) => Part::Json(json),
        None => Part::View(view),
    }
}
