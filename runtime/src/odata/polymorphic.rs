//! Reads objects whose type their `@odata.type` says.
//!
//! Services put it first, and leave it out where an object is of its declared type, but any order is
//! right. So an object without it is read as one of its declared type at once. If it comes after all,
//! the object is read again from its beginning, as of the type that it has.

use crate::json::decode::{Walk, members, next_undeclared};
use crate::json::reader::{Cursor, Fault, Mark};
use crate::json::{HierarchySlot, Structured};
use crate::odata::{NEWER_TYPE, TYPE};
use std::borrow::Cow;
use std::collections::HashMap;

/// What is known of the types of objects.
#[derive(Default)]
pub(crate) struct Types<'json> {
    /// Members of objects without a type yet that none of them declares, those of inner objects last.
    waiting: Vec<(Cow<'json, str>, &'json str)>,
    /// How many objects around this place have not said their type.
    untyped: usize,
    /// The types that came late within such objects, by where the objects begin. When the object around
    /// them is read again, they are read only once more: otherwise each level would double the work.
    late: HashMap<Mark, &'json str>,
}

/// Reads an object of a hierarchy, behind its bracket.
pub(crate) fn polymorphic(walk: &mut Walk<'_>, slot: &mut dyn HierarchySlot) -> Result<(), Fault> {
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

fn is_type(name: &str) -> bool {
    name == TYPE || name == NEWER_TYPE
}

/// Puts an object of the type into the place whose name is this JSON.
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

/// Reads an object that does not say its type before everything else.
fn untyped<'json>(
    walk: &mut Walk<'json>,
    slot: &mut dyn HierarchySlot,
    start: Mark,
) -> Result<(), Fault> {
    let known = walk.types.late.get(&start).copied();
    let late = match known {
        Some(json) => json,
        None => match as_declared(walk, slot.insert_named(None))? {
            Some(json) => json,
            None => return Ok(()),
        },
    };
    if walk.types.untyped > 0 {
        walk.types.late.insert(start, late);
    }
    walk.reader.return_to(start);
    members(walk, insert(slot, late), true)
}

/// Reads an object as one of its declared type, until it says another one.
fn as_declared<'json>(
    walk: &mut Walk<'json>,
    object: &mut dyn Structured,
) -> Result<Option<&'json str>, Fault> {
    let first = walk.types.waiting.len();
    walk.types.untyped += 1;
    let late = until_type(walk, object);
    walk.types.untyped -= 1;
    let waiting = walk.types.waiting.drain(first..);
    let late = late?;
    if late.is_none() {
        for (name, json) in waiting {
            object.additional_mut().push(&name, json);
        }
    }
    Ok(late)
}

/// Reads the members of an object until it says its type.
fn until_type<'json>(
    walk: &mut Walk<'json>,
    object: &mut dyn Structured,
) -> Result<Option<&'json str>, Fault> {
    let mut cursor = Cursor::new(object.shape(), true);
    while let Some((name, json)) = next_undeclared(walk, object, &mut cursor)? {
        if is_type(&name) {
            return Ok(Some(json));
        }
        walk.types.waiting.push((name, json));
    }
    Ok(None)
}
