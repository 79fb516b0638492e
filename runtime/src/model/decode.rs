//! Walks any deserialiser into slots.

use super::decode_error::{NULL, Step, Trail};
use super::dynamic::Dynamic;
use super::numbers::{DoubleVisitor, Int64Visitor};
use super::polymorphic::polymorphic;
use super::untyped::RawText;
use super::{DecodeError, Shape, Slot, Structured, Value, View};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// Decodes one JSON value.
///
/// ```
/// let flags: Vec<bool> = odatagen_runtime::model::from_json(b"[true,false]")?;
/// assert_eq!(flags, [true, false]);
/// # Ok::<(), odatagen_runtime::model::DecodeError>(())
/// ```
///
/// # Errors
/// If the bytes are no JSON, or a value in it is not of its declared type.
pub fn from_json<T: Value>(json: &[u8]) -> Result<T, DecodeError> {
    let mut place = None;
    read(&mut place, json)?;
    place.ok_or_else(DecodeError::null)
}

/// Decodes one JSON value into an empty place.
///
/// # Errors
/// As for [`from_json`].
pub(crate) fn read(place: &mut dyn Dynamic, json: &[u8]) -> Result<(), DecodeError> {
    read_slot(place.slot(), json)?;
    match place.view() {
        View::Absent => Err(DecodeError::null()),
        _ => Ok(()),
    }
}

/// Decodes one JSON value into a slot. Null leaves the place as it is.
///
/// # Errors
/// As for [`from_json`].
pub(crate) fn read_slot(slot: Slot<'_>, json: &[u8]) -> Result<(), DecodeError> {
    // Checking the whole text for UTF-8 at once takes a fraction of checking each string.
    match std::str::from_utf8(json) {
        Ok(text) => read_from(slot, serde_json::Deserializer::from_str(text)),
        // The place of what is no text is told with the error.
        Err(_) => read_from(slot, serde_json::Deserializer::from_slice(json)),
    }
}

fn read_from<'de, R: serde_json::de::Read<'de>>(
    slot: Slot<'_>,
    mut deserializer: serde_json::Deserializer<R>,
) -> Result<(), DecodeError> {
    let trail = Trail::default();
    let read = Seed { slot, trail: &trail }.deserialize(&mut deserializer);
    read.and_then(|()| deserializer.end()).map_err(|source| DecodeError::at(&trail, source))
}

/// Deserialises a value: what the `Deserialize` of generated types calls.
///
/// # Errors
/// Those of the deserialiser.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut place = None;
    Seed { slot: T::slot(&mut place), trail: &Trail::default() }.deserialize(deserializer)?;
    place.ok_or_else(|| D::Error::custom(NULL))
}

/// Reads one value into a slot. Null leaves the place as it is.
pub(super) struct Seed<'a, 't> {
    pub(super) slot: Slot<'a>,
    pub(super) trail: &'t Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Bool(place) => *place = Option::deserialize(deserializer)?,
            Slot::Int32(place) => *place = Option::deserialize(deserializer)?,
            Slot::String(place) => *place = Option::deserialize(deserializer)?,
            Slot::Int64(place) => *place = deserializer.deserialize_any(Int64Visitor)?,
            Slot::Double(place) => *place = deserializer.deserialize_any(DoubleVisitor)?,
            Slot::Untyped(place) => {
                let value = RawText::deserialize(deserializer)?;
                *place = (value.text() != "null").then(|| value.into());
            }
            Slot::Json(slot) => {
                let value = RawText::deserialize(deserializer)?;
                if value.text() != "null" {
                    slot.set(value.text()).map_err(D::Error::custom)?;
                }
            }
            // What is not declared has no name by which it could be read as a whole.
            Slot::Additional(_) | Slot::Ignore => {
                serde::de::IgnoredAny::deserialize(deserializer)?;
            }
            Slot::Boxed(slot) => {
                let mut deserializer = Some(deserializer);
                let mut read = Ok(());
                slot.fill(&mut |slot| {
                    if let Some(deserializer) = deserializer.take() {
                        read = Seed { slot, trail: self.trail }.deserialize(deserializer);
                    }
                });
                read?;
            }
            slot @ (Slot::Text(_) | Slot::Object(_) | Slot::Hierarchy(_) | Slot::List(_)) => {
                deserializer.deserialize_any(Seed { slot, trail: self.trail })?;
            }
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.slot {
            Slot::Object(_) | Slot::Hierarchy(_) => "an object",
            Slot::List(_) => "a collection",
            _ => "a string",
        })
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match self.slot {
            Slot::Text(slot) => slot.set(text).map_err(E::custom),
            slot => {
                let found = serde::de::Unexpected::Str(text);
                Err(E::invalid_type(found, &Seed { slot, trail: self.trail }))
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let trail = self.trail;
        let Slot::List(list) = self.slot else {
            return Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        };
        list.start();
        for index in 0.. {
            let mut read = Ok(None);
            let there = list.push(&mut |slot| {
                read = items.next_element_seed(Seed { slot, trail });
                matches!(read, Ok(Some(())))
            });
            match read {
                Ok(None) => break,
                Ok(Some(())) if there => {}
                Ok(Some(())) => {
                    trail.push(Step::Item(index));
                    return Err(A::Error::custom("null is no item of this collection"));
                }
                Err(error) => {
                    trail.push(Step::Item(index));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::Hierarchy(slot) => polymorphic(slot, map, self.trail),
            Slot::Object(slot) => members(slot.insert_default(), map, self.trail),
            _ => Err(A::Error::invalid_type(serde::de::Unexpected::Map, &self)),
        }
    }
}

/// Reads the members of an object whose type is known.
pub(super) fn members<'de, A: MapAccess<'de>>(
    object: &mut dyn Structured,
    mut map: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let shape = object.shape();
    let mut expected = 0;
    while let Some(key) = map.next_key_seed(KeySeed { shape, expected })? {
        match key {
            Key::Member(index) => {
                expected = index + 1;
                let slot = object.slot(index);
                map.next_value_seed(Seed { slot, trail }).inspect_err(|_| {
                    trail.push(Step::Member(shape.members[index].to_owned()));
                })?;
            }
            Key::Other(name) => {
                let value: RawText<'_> = map.next_value()?;
                object.additional_mut().push(&name, value.into());
            }
        }
    }
    Ok(())
}

/// What a deserialiser gives to a [`KeySeed`].
pub(super) enum Key<'de> {
    /// A declared member.
    Member(usize),
    /// Anything else, by its name.
    Other(Cow<'de, str>),
}

/// Reads the name of a member. Of one that is declared nothing is kept.
pub(super) struct KeySeed {
    pub(super) shape: &'static Shape,
    /// The member that is tried first.
    pub(super) expected: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
        let index = self.shape.index_of(name, self.expected);
        Ok(index.map_or(Key::Other(Cow::Borrowed(name)), Key::Member))
    }

    fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
        let index = self.shape.index_of(name, self.expected);
        Ok(index.map_or_else(|| Key::Other(name.to_owned().into()), Key::Member))
    }
}
