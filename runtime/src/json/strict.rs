//! Reads objects of types whose schemas specify which members must be there.
//!
//! Enters: an object of a type with [`Shape::json`](super::Shape::json), and its JSON. Leaves: the object with
//! its members, or an error that names the member that is missing or is not of its type.
//! Must not know: unions, or OData, whose objects have only optional members and are read in `decode`.
//!
//! All that is within such an object is read strictly: a string is not a number. What need not be there and
//! is not of its type is kept as it came, as for OData.

use super::blank::Blank;
use super::decode::{put_undeclared, settle, value};
use super::decode_error::NULL;
use super::keep::{clear, keep, keep_entry, received_entry};
use super::reader::{Cursor, Fault, Name, Reader};
use super::{Kind, MapSlot, MemberSlot, Slot, Structured, View, tuple, writer};

/// A place for an object or an array of a type that is read strictly.
pub trait StrictSlot {
    /// Puts an object with nothing in it into the place.
    fn insert_blank(&mut self) -> &mut dyn Structured;

    /// Empties the place.
    fn clear(&mut self);
}

impl<T: Structured + Blank> StrictSlot for Option<T> {
    fn insert_blank(&mut self) -> &mut dyn Structured {
        self.insert(T::blank())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// The kind of generated structs that are read strictly.
#[derive(Debug)]
pub struct Strict;

impl<T: Structured + Blank> Kind<T> for Strict {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Strict(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Object(value, false)
    }
}

/// Reads a value. Null leaves the place empty, if it is not a value of the type.
pub(crate) fn read(reader: &mut Reader<'_>, slot: &mut dyn StrictSlot) -> Result<(), Fault> {
    let was_strict = reader.set_strict(true);
    // Its members keep their own texts, so that nothing of it concerns the value around it.
    let was_inexact = reader.take_inexact();
    let read = read_strictly(reader, slot);
    reader.set_inexact(was_inexact);
    reader.set_strict(was_strict);
    match read {
        Ok(true) => Ok(()),
        Ok(false) => {
            slot.clear();
            Ok(())
        }
        Err(fault) => {
            slot.clear();
            Err(fault)
        }
    }
}

/// Reads a value. Returns whether there was one.
fn read_strictly(reader: &mut Reader<'_>, slot: &mut dyn StrictSlot) -> Result<bool, Fault> {
    let object = slot.insert_blank();
    let strict = object.shape().strictly();
    let (bracket, expected) =
        if strict.is_tuple { (b'[', "an array") } else { (b'{', "an object") };
    if strict.is_open && reader.peek() != Some(bracket) {
        let json = reader.raw()?;
        keep_whole(object, json, None);
        return Ok(true);
    }
    let start = reader.mark();
    if !reader.begin(bracket, expected)? {
        return Ok(false);
    }
    if !strict.is_tuple {
        members(reader, object)?;
        return Ok(true);
    }
    match tuple::items(reader, object) {
        // Without an item that must be there nothing is a value of the type.
        Err(fault) if !fault.is_syntax() && strict.required.is_empty() => {
            reader.return_to(start);
            let json = reader.raw()?;
            reader.take_inexact();
            reader.trials.misfits += 1;
            keep_whole(slot.insert_blank(), json, Some(fault.reason()));
        }
        read => read?,
    }
    Ok(true)
}

/// Keeps what came in place of the members or the items of an object with nothing in it.
pub(crate) fn keep_whole(object: &mut dyn Structured, json: &str, why: Option<String>) {
    let read_as = writer::text(&View::Object(object, false));
    object.additional_mut().set_whole(json, why, read_as);
}

/// Reads the members of an object, after its bracket.
fn members(reader: &mut Reader<'_>, object: &mut dyn Structured) -> Result<(), Fault> {
    let first = reader.undeclared.len();
    let read = members_after(reader, object, first);
    settle(reader, object, first, read)
}

fn members_after(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    first: usize,
) -> Result<(), Fault> {
    let shape = object.shape();
    let mut cursor = Cursor::new(shape);
    let mut seen = Seen::default();
    while let Some(name) = reader.name(&mut cursor)? {
        match name {
            Name::Member(index) => {
                if !seen.insert(index) {
                    forget(reader, object, index);
                }
                member(reader, object, index, first)?;
            }
            Name::Other(name) => {
                // Half a surrogate pair in a name does not concern the next value.
                reader.take_inexact();
                match shape.further(&name) {
                    Some(index) => entry(reader, object, index, &name, first)?,
                    None => {
                        let json = reader.raw()?;
                        reader.trials.undeclared += 1;
                        reader.undeclared.push((name, json));
                    }
                }
            }
        }
    }
    seen.require(reader, object)
}

/// Which members have come.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<u64>,
}

impl Seen {
    /// Adds a member. Returns whether it is new.
    fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        let word = match index / 64 {
            0 => &mut self.first,
            word => {
                if self.more.len() < word {
                    self.more.resize(word, 0);
                }
                match self.more.get_mut(word - 1) {
                    Some(word) => word,
                    None => return false,
                }
            }
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    fn has(&self, index: usize) -> bool {
        let word = match index / 64 {
            0 => self.first,
            word => self.more.get(word - 1).copied().unwrap_or_default(),
        };
        word & 1 << (index % 64) != 0
    }

    /// The first member that must be there and has not come.
    fn missing(&self, object: &dyn Structured) -> Option<usize> {
        let required = object.shape().strictly().required;
        required.iter().map(|index| usize::from(*index)).find(|index| !self.has(*index))
    }

    /// All members must have come that must be there.
    fn require(&self, reader: &Reader<'_>, object: &dyn Structured) -> Result<(), Fault> {
        match self.missing(object) {
            None => Ok(()),
            Some(index) => {
                let fault = reader.invalid("the member is required, but absent");
                Err(fault.within(object.shape().member(index)))
            }
        }
    }
}

/// A member comes again: what is known about the first one is forgotten.
#[cold]
fn forget(reader: &mut Reader<'_>, object: &mut dyn Structured, index: usize) {
    let name = object.shape().member(index);
    object.additional_mut().forget_member(name);
    reader.trials.is_repeated = true;
}

/// Reads the value of a declared member.
fn member(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    index: usize,
    first: usize,
) -> Result<(), Fault> {
    let start = reader.mark();
    // What must be there is never kept in another form.
    let (read, must_fit) = match object.slot(index) {
        Slot::Required(slot) => (filled(reader, slot), true),
        Slot::Nullable(slot) => (filled_or_null(reader, slot), true),
        Slot::Maybe(slot) => (filled_or_null(reader, slot), false),
        _ if reader.peek() == Some(b'n') => (null(reader, object, index), false),
        slot => (value(reader, slot), false),
    };
    match read {
        Ok(()) if !reader.is_inexact() => Ok(()),
        Err(fault) if must_fit => Err(fault.within(object.shape().member(index))),
        read => {
            // What is kept of it comes after what came before it.
            put_undeclared(reader, object, first);
            reader.trials.misfits += u32::from(read.is_err());
            let name = object.shape().member(index);
            keep(reader, object, index, name, start, read)
        }
    }
}

/// Reads null for a member that need not be there, and may have come before.
#[cold]
fn null(reader: &mut Reader<'_>, object: &mut dyn Structured, index: usize) -> Result<(), Fault> {
    clear(object.slot(index));
    value(reader, object.slot(index))?;
    match object.view(index) {
        View::Absent => Err(reader.invalid(NULL)),
        _ => Ok(()),
    }
}

/// Reads a value that must be there.
pub(crate) fn filled(reader: &mut Reader<'_>, slot: &mut dyn MemberSlot) -> Result<(), Fault> {
    let mut read = Ok(());
    let is_there = slot.fill(&mut |slot| read = value(reader, slot));
    read?;
    if is_there { Ok(()) } else { Err(reader.invalid(NULL)) }
}

/// Reads a value that may be null.
pub(crate) fn filled_or_null(
    reader: &mut Reader<'_>,
    slot: &mut dyn MemberSlot,
) -> Result<(), Fault> {
    if reader.peek() == Some(b'n') {
        slot.empty(true);
        return reader.skip();
    }
    filled(reader, slot)
}

/// Reads a member that is not declared by name, but has a type.
fn entry(
    reader: &mut Reader<'_>,
    object: &mut dyn Structured,
    index: usize,
    name: &str,
    first: usize,
) -> Result<(), Fault> {
    let start = reader.mark();
    let read = match object.slot(index) {
        Slot::Entries(map) => insert(reader, map, name),
        slot => value(reader, slot),
    };
    match read {
        Ok(()) if !reader.is_inexact() => {
            // It may have come before, in another form.
            object.additional_mut().forget_entry(name);
            Ok(())
        }
        Ok(()) => {
            reader.take_inexact();
            received_entry(object, index, name, reader.value_since(start));
            Ok(())
        }
        Err(fault) => {
            put_undeclared(reader, object, first);
            reader.trials.misfits += 1;
            keep_entry(reader, object, index, name, start, fault)
        }
    }
}

/// Reads an entry of a map.
pub(crate) fn insert(
    reader: &mut Reader<'_>,
    map: &mut dyn MapSlot,
    name: &str,
) -> Result<(), Fault> {
    let mut read = Ok(());
    let is_kept = map.insert(name, &mut |slot| {
        read = value(reader, slot);
        read.is_ok()
    });
    read?;
    if is_kept { Ok(()) } else { Err(reader.invalid(NULL)) }
}
