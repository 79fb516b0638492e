//! Walks JSON into slots.

use super::decode_error::NULL;
use super::dynamic::Dynamic;
use super::keep::keep;
use super::reader::{Cursor, Fault, Name, Reader};
use super::untyped::RawText;
use super::{
    DecodeError, Held, ListSlot, MapSlot, Slot, Structured, Untyped, Value, View, strict, union,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Decodes one JSON value. A member of an object whose value is not of its type is kept as it came; the
/// [module](crate::model) describes what is read, kept and refused.
///
/// ```
/// let flags: Vec<bool> = schemacrate_runtime::model::from_json(b"[true,false]")?;
/// assert_eq!(flags, [true, false]);
/// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
/// ```
///
/// # Errors
/// If the bytes are not JSON, or not a value of the type.
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
    match std::str::from_utf8(json) {
        Ok(text) => read_text(slot, text).map_err(|fault| DecodeError::at(&fault, text)),
        Err(error) => {
            // A fault before the bytes that are not text is reported first.
            let (text, _) = json.split_at(error.valid_up_to());
            let text = std::str::from_utf8(text).unwrap_or_default();
            let fault = read_text(slot, text).err();
            Err(DecodeError::before_no_text(fault.as_ref(), text))
        }
    }
}

/// Decodes one JSON value strictly. Returns its text as well, if the value does not hold all of it.
///
/// # Errors
/// As for [`from_json`].
pub(crate) fn from_json_strictly<T: Value>(json: &[u8]) -> Result<(T, Option<&str>), DecodeError> {
    let mut place = None;
    let came = read_strictly(T::slot(&mut place), json)?;
    Ok((place.ok_or_else(DecodeError::null)?, came))
}

/// Decodes one JSON value strictly into a place. Returns its text, if the value does not hold all of it.
///
/// # Errors
/// As for [`from_json`].
pub(crate) fn read_strictly<'json>(
    slot: Slot<'_>,
    json: &'json [u8],
) -> Result<Option<&'json str>, DecodeError> {
    let Ok(text) = std::str::from_utf8(json) else {
        return read_slot(slot, json).map(|()| None);
    };
    let mut reader = Reader::new(text);
    reader.set_strict(true);
    let read = value(&mut reader, slot).and_then(|()| {
        let came = reader.take_inexact().then(|| text.trim());
        reader.end().map(|()| came)
    });
    read.map_err(|fault| DecodeError::at(&fault, text))
}

fn read_text(slot: Slot<'_>, text: &str) -> Result<(), Fault> {
    let mut reader = Reader::new(text);
    // Null is a value of any JSON.
    reader.set_strict(matches!(slot, Slot::Untyped(_)));
    value(&mut reader, slot)?;
    reader.end()
}

/// Deserialises a value: what the `Deserialize` of generated types calls.
///
/// # Errors
/// Those of the deserialiser.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = RawText::deserialize(deserializer)?;
    let mut place = None;
    read_text(T::slot(&mut place), json.text()).map_err(|fault| {
        D::Error::custom(DecodeError::in_part(&fault, json.text(), json.is_of_input()))
    })?;
    place.ok_or_else(|| D::Error::custom(NULL))
}

/// Reads one value into a slot. If the value is not a plain one, null leaves the place as it is.
pub(crate) fn value(reader: &mut Reader<'_>, slot: Slot<'_>) -> Result<(), Fault> {
    match slot {
        Slot::String(place) => *place = reader.string("a string")?.map(Into::into),
        Slot::Bool(place) => *place = reader.boolean()?,
        Slot::Int32(place) => *place = reader.int32()?,
        Slot::Int64(place) => *place = reader.int64()?,
        Slot::Double(place) => *place = reader.double()?,
        Slot::Text(slot) => {
            if let Some(text) = reader.string("a string")? {
                slot.set(&text).map_err(|error| reader.invalid(error))?;
            }
        }
        Slot::Untyped(place) => {
            let json = reader.raw()?;
            // Where nothing is implied, null is a value as any other.
            *place = (json != "null" || reader.is_strict()).then(|| Untyped::from_value(json));
        }
        Slot::Json(slot) => {
            let json = reader.raw()?;
            let is_strict = reader.is_strict();
            if json != "null" {
                let held = slot.set(json, is_strict).map_err(|error| reader.invalid(error))?;
                if held != Held::All {
                    reader.note_held(held == Held::Nearest);
                }
            }
        }
        Slot::Object(slot) => {
            if reader.begin(b'{', "an object")? {
                let object = slot.insert_default();
                match &object.shape().dialect.frame {
                    None => members(reader, object)?,
                    Some(frame) => (frame.read)(reader, object)?,
                }
            }
        }
        Slot::Strict(slot) => strict::read(reader, slot)?,
        Slot::Union(slot) => union::read(reader, slot)?,
        Slot::List(list) | Slot::Rest(list) => {
            if reader.begin(b'[', "a collection")? {
                items(reader, list)?;
            }
        }
        Slot::Map(map) | Slot::Entries(map) => {
            // Only JSON Schema has maps.
            let was_strict = reader.set_strict(true);
            let read = match reader.begin(b'{', "an object") {
                Ok(true) => entries(reader, map),
                read => read.map(drop),
            };
            reader.set_strict(was_strict);
            read?;
        }
        Slot::Required(slot) => strict::filled(reader, slot)?,
        Slot::Nullable(slot) | Slot::Maybe(slot) => strict::filled_or_null(reader, slot)?,
        Slot::Boxed(slot) => {
            let mut read = Ok(());
            slot.fill(&mut |slot| read = value(reader, slot));
            read?;
        }
        // Undeclared members as a whole have no name by which they could be read.
        Slot::Additional(_) | Slot::Ignore => reader.skip()?,
    }
    Ok(())
}

/// Reads the items of a collection, after its bracket.
fn items(reader: &mut Reader<'_>, list: &mut dyn ListSlot) -> Result<(), Fault> {
    list.start(true);
    for index in 0.. {
        if !reader.item(index == 0).map_err(|fault| fault.within_item(index))? {
            break;
        }
        item(reader, list).map_err(|fault| fault.within_item(index))?;
    }
    Ok(())
}

/// Reads an item of a collection.
#[inline]
pub(crate) fn item(reader: &mut Reader<'_>, list: &mut dyn ListSlot) -> Result<(), Fault> {
    let mut read = Ok(());
    let is_there = list.push(&mut |slot| {
        read = value(reader, slot);
        read.is_ok()
    });
    read?;
    if !is_there && !list.push(&mut is_any_value) {
        return Err(reader.invalid("null is not an item of this collection"));
    }
    Ok(())
}

/// Reads the entries of a map, after its bracket.
fn entries(reader: &mut Reader<'_>, map: &mut dyn MapSlot) -> Result<(), Fault> {
    map.start(true);
    let mut is_first = true;
    while let Some(name) = reader.any_name(std::mem::take(&mut is_first))? {
        reader.colon().map_err(|fault| fault.within_entry(&name))?;
        strict::insert(reader, map, &name).map_err(|fault| fault.within_entry(&name))?;
    }
    Ok(())
}

/// Adds null as an item where items may be any JSON value. No other place accepts it.
#[cold]
fn is_any_value(slot: Slot<'_>) -> bool {
    match slot {
        Slot::Untyped(place) => place.insert(Untyped::default()).text() == "null",
        _ => false,
    }
}

/// Reads the members of an object, after its bracket.
fn members(reader: &mut Reader<'_>, object: &mut dyn Structured) -> Result<(), Fault> {
    let first = reader.undeclared.len();
    let read = members_after(reader, object, first);
    settle(reader, object, first, read)
}

/// Gives an object that was read the undeclared members that wait with the reader, from an index on; those
/// of one that could not be read are dropped.
#[inline]
pub(crate) fn settle(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    first: usize,
    read: Result<(), Fault>,
) -> Result<(), Fault> {
    match read {
        Ok(()) => put_undeclared(reader, object, first),
        Err(_) => reader.undeclared.truncate(first),
    }
    read
}

/// Reads the members of an object. The undeclared ones wait with the reader, after those of the objects
/// around it.
#[inline]
fn members_after(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    first: usize,
) -> Result<(), Fault> {
    let mut cursor = Cursor::new(object.shape());
    while let Some(name) = reader.name(&mut cursor)? {
        match name {
            Name::Member(index) => member(reader, object, index, first)?,
            Name::Other(name) => {
                // Half a surrogate pair in a name does not concern the next value.
                reader.take_inexact();
                let json = reader.raw()?;
                reader.undeclared.push((name, json));
            }
        }
    }
    Ok(())
}

/// Gives an object the undeclared members that wait with the reader, from an index on.
pub(crate) fn put_undeclared(reader: &mut Reader<'_>, object: &mut dyn Structured, first: usize) {
    if let Some(members @ [_, ..]) = reader.undeclared.get(first..) {
        object.additional_mut().extend(reader.text(), members);
        reader.undeclared.truncate(first);
    }
}

/// Reads the value of a declared member. The undeclared members that wait with the reader from an index on
/// are those that came before it.
#[inline]
pub(crate) fn member(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    index: usize,
    first: usize,
) -> Result<(), Fault> {
    let start = reader.mark();
    match value(reader, object.slot(index)) {
        Ok(()) if !reader.is_inexact() => Ok(()),
        read => {
            // What is kept of it comes after what came before it.
            put_undeclared(reader, object, first);
            let name = object.shape().member(index);
            keep(reader, object, index, name, start, read)
        }
    }
}
