//! Reads objects whose type is in their `@odata.type`.
//!
//! Services put it first, and leave it out where an object is of its declared type, but any order is
//! valid. So an object that does not begin with it is read as one of its declared type. If it comes later,
//! the object is read again from its beginning, as one of the type that it names.

use crate::json::copy;
use crate::json::decode::{Walk, members, next_undeclared};
use crate::json::reader::{Cursor, Fault, Mark};
use crate::json::{HierarchySlot, Kind, Slot, Structured, View};
use crate::odata::annotations::is_type;
use std::borrow::Cow;

/// An object of a type or of one derived from it.
pub trait Hierarchy: Sized {
    /// An empty object of the named type; of the base type if the name is not known.
    fn new(type_name: Option<&str>) -> Self;
    /// Whether the object is of a derived type, which its `@odata.type` must name.
    fn is_derived(&self) -> bool;
    /// The object.
    fn structured(&self) -> &dyn Structured;
    /// The object, to change it.
    fn structured_mut(&mut self) -> &mut dyn Structured;
}

/// The kind of generated enums over a type and those derived from it.
#[derive(Debug)]
pub struct Polymorphic;

impl<T: Hierarchy> Kind<T> for Polymorphic {
    #[inline]
    fn slot(place: &mut Option<T>) -> Slot<'_> {
        Slot::Hierarchy(place)
    }

    #[inline]
    fn view(value: &T) -> View<'_> {
        View::Object(value.structured(), value.is_derived())
    }
}

impl<T: Hierarchy> HierarchySlot for Option<T> {
    fn insert_named(&mut self, type_name: Option<&str>) -> &mut dyn Structured {
        self.insert(T::new(type_name)).structured_mut()
    }

    fn read(&mut self, walk: &mut Walk<'_>) -> Result<(), Fault> {
        polymorphic(walk, self)
    }
}

/// A copy of an object of a hierarchy: what the `Clone` of generated hierarchies calls.
pub fn copy_hierarchy<T: Hierarchy>(object: &T) -> T {
    let mut place = None;
    copy::value(Polymorphic::view(object), Polymorphic::slot(&mut place));
    place.unwrap_or_else(|| T::new(None))
}

/// Reads an object of a hierarchy, after its bracket.
fn polymorphic(walk: &mut Walk<'_>, slot: &mut dyn HierarchySlot) -> Result<(), Fault> {
    let start = walk.reader.mark();
    let mut is_first = true;
    while let Some(name) = walk.reader.any_name(is_first)? {
        // Other annotations may come first as well.
        if !name.starts_with('@') {
            break;
        }
        walk.reader.colon()?;
        let json = walk.reader.raw()?;
        if is_type(&name) {
            let object = insert(slot, json);
            if is_first {
                object.additional_mut().push(&name, json);
            } else {
                walk.reader.return_to(start);
            }
            return members(walk, object, !is_first);
        }
        is_first = false;
    }
    walk.reader.return_to(start);
    untyped(walk, slot, start)
}

/// Puts an object into the place, of the type whose name is this JSON.
fn insert<'slot>(slot: &'slot mut dyn HierarchySlot, json: &str) -> &'slot mut dyn Structured {
    let name = string(json);
    slot.insert_named(name.as_deref().map(|name| name.strip_prefix('#').unwrap_or(name)))
}

/// The text that a JSON value is, if it is a string.
fn string(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

/// Reads an object that does not name its type before everything else.
fn untyped<'json>(
    walk: &mut Walk<'json>,
    slot: &mut dyn HierarchySlot,
    start: Mark,
) -> Result<(), Fault> {
    let known = walk.late.types.get(&start).copied();
    let late = match known {
        Some(json) => json,
        None => match as_declared(walk, slot.insert_named(None))? {
            Some(json) => json,
            None => return Ok(()),
        },
    };
    if walk.late.untyped > 0 {
        walk.late.types.insert(start, late);
    }
    walk.reader.return_to(start);
    members(walk, insert(slot, late), true)
}

/// Reads an object as one of its declared type, until it names another one.
fn as_declared<'json>(
    walk: &mut Walk<'json>,
    object: &mut dyn Structured,
) -> Result<Option<&'json str>, Fault> {
    let first = walk.late.waiting.len();
    walk.late.untyped += 1;
    let late = until_type(walk, object);
    walk.late.untyped -= 1;
    let waiting = walk.late.waiting.drain(first..);
    let late = late?;
    if late.is_none() {
        for (name, json) in waiting {
            object.additional_mut().push(&name, json);
        }
    }
    Ok(late)
}

/// Reads the members of an object until it names its type.
fn until_type<'json>(
    walk: &mut Walk<'json>,
    object: &mut dyn Structured,
) -> Result<Option<&'json str>, Fault> {
    let mut cursor = Cursor::new(object.shape(), true);
    while let Some((name, json)) = next_undeclared(walk, object, &mut cursor)? {
        if is_type(&name) {
            return Ok(Some(json));
        }
        walk.late.waiting.push((name, json));
    }
    Ok(None)
}
