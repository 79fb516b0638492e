//! Walks JSON into slots.

use super::decode_error::NULL;
use super::dynamic::Dynamic;
use super::keep::keep;
use super::late::Late;
use super::reader::{Cursor, Fault, Name, Reader};
use super::untyped::RawText;
use super::{DecodeError, ListSlot, Slot, Structured, Untyped, Value, View};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

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

fn read_text(slot: Slot<'_>, text: &str) -> Result<(), Fault> {
    let mut walk = Walk { reader: Reader::new(text), late: Late::default() };
    value(&mut walk, slot)?;
    walk.reader.end()
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

/// A reader of JSON, and what has to be remembered while it reads.
pub struct Walk<'json> {
    pub(crate) reader: Reader<'json>,
    pub(crate) late: Late<'json>,
}

/// Reads one value into a slot. If the value is not a plain one, null leaves the place as it is.
pub(crate) fn value(walk: &mut Walk<'_>, slot: Slot<'_>) -> Result<(), Fault> {
    let reader = &mut walk.reader;
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
            *place = (json != "null").then(|| Untyped::from_value(json));
        }
        Slot::Json(slot) => {
            let json = reader.raw()?;
            if json != "null" && !slot.set(json).map_err(|error| reader.invalid(error))? {
                reader.note_inexact();
            }
        }
        Slot::Object(slot) => {
            if reader.begin(b'{', "an object")? {
                let object = slot.insert_default();
                match &object.shape().dialect.frame {
                    None => members(walk, object, true)?,
                    Some(frame) => (frame.read)(walk, object)?,
                }
            }
        }
        Slot::Hierarchy(slot) => {
            if reader.begin(b'{', "an object")? {
                slot.read(walk)?;
            }
        }
        Slot::List(list) => {
            if reader.begin(b'[', "a collection")? {
                items(walk, list)?;
            }
        }
        Slot::Boxed(slot) => {
            let mut read = Ok(());
            slot.fill(&mut |slot| read = value(walk, slot));
            read?;
        }
        // Undeclared members as a whole have no name by which they could be read.
        Slot::Additional(_) | Slot::Ignore => reader.skip()?,
    }
    Ok(())
}

/// Reads the items of a collection, after its bracket.
fn items(walk: &mut Walk<'_>, list: &mut dyn ListSlot) -> Result<(), Fault> {
    list.start(true);
    for index in 0.. {
        if !walk.reader.item(index == 0).map_err(|fault| fault.within_item(index))? {
            break;
        }
        let mut read = Ok(());
        let is_there = list.push(&mut |slot| {
            read = value(walk, slot);
            read.is_ok()
        });
        read.map_err(|fault| fault.within_item(index))?;
        if !is_there && !list.push(&mut is_any_value) {
            let fault = walk.reader.invalid("null is not an item of this collection");
            return Err(fault.within_item(index));
        }
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

/// Reads the members of an object whose type is known, after its bracket or after a member.
pub(crate) fn members(
    walk: &mut Walk<'_>,
    object: &mut dyn Structured,
    is_first: bool,
) -> Result<(), Fault> {
    let mut cursor = Cursor::new(object.shape(), is_first);
    while let Some((name, json)) = next_undeclared(walk, object, &mut cursor)? {
        object.additional_mut().push(&name, json);
    }
    Ok(())
}

/// Reads declared members up to the next undeclared one; without one, to the end of the object.
#[inline]
pub(crate) fn next_undeclared<'json>(
    walk: &mut Walk<'json>,
    object: &mut dyn Structured,
    cursor: &mut Cursor,
) -> Result<Option<(Cow<'json, str>, &'json str)>, Fault> {
    while let Some(name) = walk.reader.name(cursor)? {
        match name {
            Name::Member(index) => {
                let start = walk.reader.mark();
                match value(walk, object.slot(index)) {
                    Ok(()) if !walk.reader.is_inexact() => {}
                    read => {
                        let name = object.shape().member(index);
                        keep(walk, object, index, name, start, read)?;
                    }
                }
            }
            Name::Other(name) => {
                // Half a surrogate pair in a name does not concern the next value.
                walk.reader.take_inexact();
                return Ok(Some((name, walk.reader.raw()?)));
            }
        }
    }
    Ok(None)
}
