//! Reads objects whose type their `@odata.type` says.
//!
//! Services put it first, and leave it out where an object is of its declared type, but any order is
//! right. So an object without it is read as one of its declared type at once. If it comes after all,
//! what was read that way is few members, since a base declares few, and is read again from its JSON
//! text; what the base does not declare waits as the text of the input.

use super::decode::{Key, KeySeed, Seed, members};
use super::decode_error::{Step, Trail};
use super::untyped::{RawText, Text};
use super::{HierarchySlot, Structured, TYPE, writer};
use serde::de::{DeserializeSeed, MapAccess};
use std::borrow::Cow;

/// Members without a place yet.
type Waiting<'de> = Vec<(Cow<'de, str>, RawText<'de>)>;

/// Reads an object of a hierarchy.
pub(super) fn polymorphic<'de, A: MapAccess<'de>>(
    slot: &mut dyn HierarchySlot,
    mut map: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let mut waiting = Waiting::new();
    while let Some(Text(name)) = map.next_key()? {
        if is_type(&name) {
            let value = map.next_value()?;
            return typed(slot, &[], waiting, (name, value), map, trail);
        }
        // Other annotations may come first as well.
        if !name.starts_with('@') {
            return untyped(slot, waiting, name, map, trail);
        }
        waiting.push((name, map.next_value()?));
    }
    keep(slot.insert_named(None), waiting);
    Ok(())
}

fn is_type(name: &str) -> bool {
    name == TYPE || name == "@type"
}

/// Reads the rest of an object that has not said its type yet, as one of its declared type.
fn untyped<'de, A: MapAccess<'de>>(
    slot: &mut dyn HierarchySlot,
    mut waiting: Waiting<'de>,
    first: Cow<'de, str>,
    mut map: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let object = slot.insert_named(None);
    let shape = object.shape();
    let mut key = Some(match shape.index_of(&first, 0) {
        Some(index) => Key::Member(index),
        None => Key::Other(first),
    });
    let mut expected = 0;
    while let Some(found) = key {
        match found {
            Key::Member(index) => {
                expected = index + 1;
                let seed = Seed { slot: object.slot(index), trail };
                map.next_value_seed(seed).inspect_err(|_| {
                    trail.push(Step::Member(shape.members[index].to_owned()));
                })?;
            }
            Key::Other(name) if is_type(&name) => {
                let value = map.next_value()?;
                let read = read_so_far(object);
                return typed(slot, &read, waiting, (name, value), map, trail);
            }
            Key::Other(name) => waiting.push((name, map.next_value()?)),
        }
        key = map.next_key_seed(KeySeed { shape, expected })?;
    }
    keep(object, waiting);
    Ok(())
}

/// The members that an object has, as JSON text.
fn read_so_far(object: &dyn Structured) -> Vec<(&'static str, String)> {
    let members = object.shape().members;
    let mut read = Vec::new();
    let mut from = 0;
    while let Some((index, view)) = object.next_present(from) {
        read.push((members[index], writer::text(&view)));
        from = index + 1;
    }
    read
}

/// Reads the rest of an object that has said its type.
fn typed<'de, A: MapAccess<'de>>(
    slot: &mut dyn HierarchySlot,
    read: &[(&'static str, String)],
    mut waiting: Waiting<'de>,
    (name, value): (Cow<'de, str>, RawText<'de>),
    map: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let object = match value.string() {
        Some(name) => slot.insert_named(Some(name.strip_prefix('#').unwrap_or(&name))),
        None => slot.insert_named(None),
    };
    waiting.push((name, value));
    let shape = object.shape();
    for (name, text) in read {
        if let Some(index) = shape.index_of(name, 0) {
            again::<A::Error>(object, index, text, trail)?;
        }
    }
    let mut expected = 0;
    for (name, value) in waiting {
        match shape.index_of(&name, expected) {
            None => object.additional_mut().push(&name, value.into()),
            Some(index) => {
                expected = index + 1;
                again::<A::Error>(object, index, value.text(), trail)?;
            }
        }
    }
    members(object, map, trail)
}

/// Reads a member from its JSON text.
fn again<E: serde::de::Error>(
    object: &mut dyn Structured,
    index: usize,
    text: &str,
    trail: &Trail,
) -> Result<(), E> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Seed { slot: object.slot(index), trail };
    seed.deserialize(&mut deserializer).map_err(|error| {
        trail.push(Step::Member(object.shape().members[index].to_owned()));
        E::custom(error)
    })
}

/// Keeps members that the type does not declare.
fn keep(object: &mut dyn Structured, waiting: Waiting<'_>) {
    for (name, value) in waiting {
        object.additional_mut().push(&name, value.into());
    }
}
