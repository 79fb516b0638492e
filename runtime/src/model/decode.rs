//! Walks any deserialiser into slots.

use super::decode_error::{NULL, Step, Trail};
use super::dynamic::Dynamic;
use super::{DecodeError, HierarchySlot, Shape, Slot, Structured, TYPE, Untyped, Value, View};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
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
    let trail = Trail::default();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
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
struct Seed<'a, 't> {
    slot: Slot<'a>,
    trail: &'t Trail,
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
                let value = Untyped::deserialize(deserializer)?;
                *place = (value.text() != "null").then_some(value);
            }
            Slot::Json(slot) => {
                let value = Untyped::deserialize(deserializer)?;
                if value.text() != "null" {
                    slot.set(value.text()).map_err(D::Error::custom)?;
                }
            }
            Slot::Ignore => {
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
fn members<'de, A: MapAccess<'de>>(
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
                let value = map.next_value()?;
                object.additional_mut().push(name, value);
            }
        }
    }
    Ok(())
}

/// Reads an object whose type its `@odata.type` says. What comes before it is kept as text
/// until the type is known.
fn polymorphic<'de, A: MapAccess<'de>>(
    slot: &mut dyn HierarchySlot,
    mut map: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let mut before: Vec<(String, Untyped)> = Vec::new();
    let mut type_name = None;
    while type_name.is_none() {
        let Some((name, value)) = map.next_entry::<String, Untyped>()? else { break };
        if name == TYPE || name == "@type" {
            type_name = value.to::<String>().ok();
        }
        before.push((name, value));
    }
    let object =
        slot.insert_named(type_name.as_deref().map(|name| name.strip_prefix('#').unwrap_or(name)));
    let shape = object.shape();
    for (name, value) in before {
        match shape.index_of(&name, 0) {
            None => object.additional_mut().push(name, value),
            Some(index) => {
                let slot = object.slot(index);
                let mut text = serde_json::Deserializer::from_str(value.text());
                Seed { slot, trail }.deserialize(&mut text).map_err(|error| {
                    trail.push(Step::Member(name));
                    A::Error::custom(error)
                })?;
            }
        }
    }
    members(object, map, trail)
}

enum Key {
    Member(usize),
    Other(String),
}

struct KeySeed {
    shape: &'static Shape,
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(match self.shape.index_of(name, self.expected) {
            Some(index) => Key::Member(index),
            None => Key::Other(name.to_owned()),
        })
    }
}

/// An `Edm.Int64`, which may come as a string (JSON Format 4.01, section 3.2).
struct Int64Visitor;

impl Visitor<'_> for Int64Visitor {
    type Value = Option<i64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a 64-bit integer")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        i64::try_from(value).map(Some).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        text.parse().map(Some).map_err(E::custom)
    }
}

/// An `Edm.Double`, which comes as a string where it is no number.
struct DoubleVisitor;

impl Visitor<'_> for DoubleVisitor {
    type Value = Option<f64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, \"INF\", \"-INF\" or \"NaN\"")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    #[allow(clippy::cast_precision_loss)] // A double is what the schema asks for.
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value as f64))
    }

    #[allow(clippy::cast_precision_loss)] // A double is what the schema asks for.
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value as f64))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match text {
            "INF" => Ok(Some(f64::INFINITY)),
            "-INF" => Ok(Some(f64::NEG_INFINITY)),
            "NaN" => Ok(Some(f64::NAN)),
            _ => text.parse().map(Some).map_err(E::custom),
        }
    }
}
