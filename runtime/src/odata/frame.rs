//! Reads what is around the values that were requested: pages and single values.
//!
//! Enters: an object that must have the member `value` (JSON Format 4.01, sections 11 and 13). Leaves: its
//! members in a [`Page`](crate::Page) or a [`Single`](crate::model::Single).
//! Must not know: what the values are.
//!
//! Leniency would lose data here: a page without `value` would be an empty one, and one without its next
//! link the last one. So these members must be of their types; other members are kept as they came. Control
//! information may have its names of 4.01, without `odata.`, and is written with the names that it came
//! with. What comes twice must not replace what came first.

use crate::json::decode::value;
use crate::json::dialect::{Dialect, Frame};
use crate::json::keep::{keep, received};
use crate::json::reader::{Fault, Reader};
use crate::json::{Shape, Slot, Structured, View};
use crate::odata::annotations::ODATA;
use crate::odata::page::PAGE;
use crate::odata::service_error::ServiceError;

/// The names that OData 4.01 has for the members of a page, by their indices.
const NAMES: [(&str, usize); 4] =
    [("@context", 0), ("@count", 1), ("@nextLink", 2), ("@deltaLink", 4)];

/// How pages and single values are read, in the JSON of OData.
pub(crate) static FRAMED: Dialect = Dialect {
    frame: Some(Frame {
        read: members,
        declared: |shape, name| declared(shape, name).map(|(index, _)| index),
    }),
    ..ODATA
};

/// Whether objects of a type are pages.
#[inline]
pub(crate) fn is_page(shape: &'static Shape) -> bool {
    std::ptr::eq(shape, &raw const PAGE)
}

/// Whether a member must be of its type.
fn is_strict(member: &str) -> bool {
    matches!(member, "value" | "@odata.nextLink" | "@odata.deltaLink")
}

/// The declared member with a name, and the name.
fn declared(shape: &'static Shape, name: &str) -> Option<(usize, &'static str)> {
    let newer = NAMES.iter().find(|(newer, _)| *newer == name);
    match newer.filter(|_| is_page(shape)) {
        Some((newer, index)) => Some((*index, newer)),
        None => shape.find(name).map(|index| (index, shape.member(index))),
    }
}

/// Reads the members, after the bracket.
fn members(reader: &mut Reader<'_>, frame: &mut dyn Structured) -> Result<(), Fault> {
    let shape = frame.shape();
    let (mut is_first, mut has_value) = (true, false);
    while let Some(name) = reader.any_name(std::mem::take(&mut is_first))? {
        reader.take_inexact();
        match declared(shape, &name) {
            Some((index, name)) => {
                reader.colon().map_err(|fault| fault.within(name))?;
                if name == "value" && std::mem::replace(&mut has_value, true) {
                    return Err(reader.invalid("the member occurs twice").within(name));
                }
                member(reader, frame, index, name)?;
            }
            None => {
                reader.colon()?;
                let json = reader.raw()?;
                frame.additional_mut().push(&name, json);
            }
        }
    }
    if has_value { Ok(()) } else { Err(reader.invalid(without_value(frame))) }
}

/// Reads a member that came by a name.
fn member(
    reader: &mut Reader<'_>,
    frame: &mut dyn Structured,
    index: usize,
    name: &'static str,
) -> Result<(), Fault> {
    let shape = frame.shape();
    let member = shape.member(index);
    let start = reader.mark();
    if is_page(shape) && member == "value" && reader.peek() == Some(b'n') {
        return Err(reader.unexpected("a collection").within(member));
    }
    if let View::Str(link) = frame.view(index)
        && is_strict(member)
        && !link.trim().is_empty()
    {
        let link = link.to_owned();
        return link_again(reader, frame, index, name, link);
    }
    match value(reader, frame.slot(index)) {
        Err(fault) if is_strict(member) => return Err(fault.within(member)),
        Ok(()) if !reader.is_inexact() => {}
        read => return keep(reader, frame, index, name, start, read),
    }
    if name != member && !matches!(frame.view(index), View::Absent) {
        received(frame, index, name, reader.value_since(start));
    }
    Ok(())
}

/// Reads a link again that came before by this name or by that of another version.
#[cold]
fn link_again(
    reader: &mut Reader<'_>,
    page: &mut dyn Structured,
    index: usize,
    name: &'static str,
    first: String,
) -> Result<(), Fault> {
    value(reader, page.slot(index)).map_err(|fault| fault.within(name))?;
    reader.take_inexact();
    match page.view(index) {
        View::Str(link) if !link.trim().is_empty() && link != first => {
            let why = "the link occurs twice, with different values";
            Err(reader.invalid(why).within(name))
        }
        _ => {
            if let Slot::String(place) = page.slot(index) {
                *place = Some(first);
            }
            Ok(())
        }
    }
}

/// The message about an object without `value`: what came in its place.
fn without_value(frame: &dyn Structured) -> String {
    let expected = match is_page(frame.shape()) {
        true => "a collection has the member `value`",
        false => "a value is in the member `value` of an object",
    };
    let additional = frame.additional();
    if let Some(error) = additional.get("error").and_then(|json| ServiceError::of(json.text())) {
        return format!("{expected}, and this is an error: {error}");
    }
    match names(additional.iter().map(|(name, _)| name)) {
        names if names.is_empty() => format!("{expected}, and this object is empty"),
        names => format!("{expected}, and this object has only {names}"),
    }
}

/// The first names of some, for an error.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const FIRST: usize = 5;
    const LONGEST: usize = 40;
    let mut shown: Vec<String> = Vec::new();
    for name in names {
        if shown.len() == FIRST {
            shown.push("…".to_owned());
            break;
        }
        let name: String = name.escape_debug().take(LONGEST).collect();
        shown.push(format!("`{name}`"));
    }
    shown.join(", ")
}
