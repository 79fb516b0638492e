//! Pairs of names and texts as an object: how a form is read, and the query of a request.
//!
//! Enters: an encoded form, what a document declares of its fields, and the place that the object is for.
//! Leaves: the object as JSON text, or why the text is not a form. Must not know: requests.
//!
//! A text is a number, a boolean or a string by the place that its field has in the type. A text that is not of
//! this kind becomes a string, which the reader refuses or keeps.

use std::borrow::Cow;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

use super::parameter::{Parameter, Style};
use super::reading::{begins_as_json, is_json, quoted};
use crate::json::{Dynamic, JoinedArray, JoinedObject, ListSlot, Slot, Structured};
use crate::web::error::BoxError;

/// The deepest nesting of names such as `a[b][c]` that is read.
const DEEPEST: usize = 16;

/// The fields of a form, encoded, by their decoded names.
type Fields<'t> = IndexMap<String, Vec<&'t str>>;

/// An object with the fields of a form. `declared` are those whose style is declared; the others are written as
/// forms are. The place is empty afterwards.
///
/// # Errors
///
/// A name or a value is not text.
pub(super) fn object(
    form: &str,
    declared: &[Parameter],
    place: &mut dyn Dynamic,
) -> Result<String, BoxError> {
    let mut fields = Fields::new();
    for pair in form.split('&').filter(|pair| !pair.is_empty()) {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        // PHP and others write the items of a list so.
        let name = name.strip_suffix("[]").unwrap_or(&name);
        fields.entry(name.to_owned()).or_default().push(text);
    }
    let json = members(fields, declared, place.slot(), 0);
    place.clear();
    json
}

/// The object of some fields, for a slot.
fn members(
    mut fields: Fields<'_>,
    declared: &[Parameter],
    slot: Slot<'_>,
    depth: usize,
) -> Result<String, BoxError> {
    let mut object = JoinedObject::default();
    with_object(slot, &mut |mut structure| {
        if let Some(structure) = &mut structure {
            for parameter in declared {
                if let Some(slot) = member(*structure, parameter.name)
                    && let Some(json) = self::declared(&mut fields, parameter, slot)?
                {
                    object.push(parameter.name, &json);
                }
            }
        }
        let mut nested: IndexMap<String, Fields<'_>> = IndexMap::new();
        for (name, texts) in std::mem::take(&mut fields) {
            let (name, rest) = parts(&name);
            match rest {
                Some(rest) if depth < DEEPEST => {
                    nested.entry(name.to_owned()).or_default().insert(rest, texts);
                }
                _ => {
                    let slot = structure.as_deref_mut().and_then(|one| member(one, name));
                    object.push(name, &value(&texts, slot.unwrap_or(Slot::Ignore))?);
                }
            }
        }
        for (name, fields) in nested {
            let slot = structure.as_deref_mut().and_then(|one| member(one, &name));
            object.push(&name, &members(fields, &[], slot.unwrap_or(Slot::Ignore), depth + 1)?);
        }
        Ok(())
    })?;
    Ok(object.end())
}

/// The value of a field with a declared style, which is removed from what is left.
fn declared(
    fields: &mut Fields<'_>,
    parameter: &Parameter,
    slot: Slot<'_>,
) -> Result<Option<String>, BoxError> {
    let delimiter = match parameter.style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        Style::TabDelimited => '\t',
        _ => ',',
    };
    let is_exploded_object = parameter.explode && parameter.style == Style::Form;
    if parameter.style == Style::DeepObject
        || fields.get(parameter.name).is_none() && !is_exploded_object
    {
        // Names with brackets are read as such.
        return Ok(None);
    }
    let mut json = None;
    let Some(texts) = fields.get(parameter.name).cloned() else {
        return exploded(fields, slot);
    };
    fields.shift_remove(parameter.name);
    let first = || decoded(texts.first().copied().unwrap_or_default());
    if parameter.json {
        let text = first()?;
        return Ok(Some(as_json(&text)));
    }
    kind(slot, &mut |kind| {
        json = Some(match kind {
            Kind::List(list) if !parameter.explode => {
                let text = first()?;
                let items: Vec<&str> = text.split(delimiter).collect();
                self::list(list, items.into_iter().map(Cow::Borrowed))?
            }
            Kind::Object(structure) if !parameter.explode => {
                let text = first()?;
                let items: Vec<&str> = text.split(delimiter).collect();
                let mut object = JoinedObject::default();
                for pair in items.chunks(2) {
                    let (name, text) = (pair[0], pair.get(1).copied().unwrap_or_default());
                    let slot = member(structure, name).unwrap_or(Slot::Ignore);
                    object.push(name, &scalar(text, slot));
                }
                object.end()
            }
            Kind::List(list) => decoded_list(list, &texts)?,
            Kind::Object(_) => as_json(&first()?),
            Kind::Other(slot) => scalar(&first()?, slot),
        });
        Ok(())
    })?;
    Ok(json)
}

/// An object whose members are fields of their own.
fn exploded(fields: &mut Fields<'_>, slot: Slot<'_>) -> Result<Option<String>, BoxError> {
    let mut json = None;
    kind(slot, &mut |kind| {
        if let Kind::Object(structure) = kind {
            let mut object = JoinedObject::default();
            for name in structure.shape().members {
                if let Some(texts) = fields.shift_remove(*name)
                    && let Some(slot) = member(structure, name)
                {
                    object.push(name, &value(&texts, slot)?);
                }
            }
            json = (!object.is_empty()).then(|| object.end());
        }
        Ok(())
    })?;
    Ok(json)
}

/// The value of a field without a declared style.
fn value(texts: &[&str], slot: Slot<'_>) -> Result<String, BoxError> {
    let mut json = String::new();
    kind(slot, &mut |kind| {
        json = match (kind, texts) {
            (Kind::List(list), texts) => decoded_list(list, texts)?,
            (Kind::Object(_), [text, ..]) => as_json(&decoded(text)?),
            (Kind::Other(slot), [text]) => scalar(&decoded(text)?, slot),
            (_, texts) => {
                let mut array = JoinedArray::default();
                for text in texts {
                    array.push(&quoted(&decoded(text)?));
                }
                array.end()
            }
        };
        Ok(())
    })?;
    Ok(json)
}

fn decoded_list(list: &mut dyn ListSlot, texts: &[&str]) -> Result<String, BoxError> {
    let texts: Vec<_> = texts.iter().map(|text| decoded(text)).collect::<Result<_, _>>()?;
    self::list(list, texts.into_iter())
}

/// A list, each item of which is a text.
fn list<'t>(
    list: &mut dyn ListSlot,
    texts: impl Iterator<Item = Cow<'t, str>>,
) -> Result<String, BoxError> {
    let mut array = JoinedArray::default();
    for text in texts {
        // The item is not kept: this is only about what it would be.
        list.push(&mut |slot| {
            let _: Result<(), BoxError> = kind(slot, &mut |kind| {
                array.push(&match kind {
                    Kind::Other(slot) => scalar(&text, slot),
                    Kind::List(_) | Kind::Object(_) => as_json(&text),
                });
                Ok(())
            });
            false
        });
    }
    Ok(array.end())
}

/// A text as a value that is neither a list nor an object.
fn scalar(text: &str, slot: Slot<'_>) -> String {
    match slot {
        Slot::Bool(_) | Slot::Int32(_) | Slot::Int64(_) | Slot::Double(_) => as_json(text),
        // Where JSON is a value, a text that is none is meant as a string.
        Slot::Json(slot) => match as_json(text) {
            json if slot.set(&json, true).is_ok() => json,
            _ => quoted(text),
        },
        Slot::Union(_) | Slot::Untyped(_) if begins_as_json(text) => as_json(text),
        _ => quoted(text),
    }
}

/// What a slot is for.
enum Kind<'s> {
    List(&'s mut dyn ListSlot),
    Object(&'s mut dyn Structured),
    Other(Slot<'s>),
}

/// Calls a function with what a slot is for, without what is around it.
fn kind(
    slot: Slot<'_>,
    call: &mut dyn FnMut(Kind<'_>) -> Result<(), BoxError>,
) -> Result<(), BoxError> {
    let mut result = Ok(());
    match slot {
        Slot::Boxed(slot) => slot.fill(&mut |slot| result = kind(slot, call)),
        Slot::Required(slot) | Slot::Nullable(slot) | Slot::Maybe(slot) => {
            slot.fill(&mut |slot| result = kind(slot, call));
        }
        Slot::List(list) | Slot::Rest(list) => {
            list.start(true);
            result = call(Kind::List(list));
        }
        Slot::Strict(slot) => {
            result = call(Kind::Object(slot.insert_blank()));
            slot.clear();
        }
        Slot::Object(slot) => result = call(Kind::Object(slot.insert_default())),
        other => result = call(Kind::Other(other)),
    }
    result
}

/// What is called with an object; `None` if its members are not known.
type OnObject<'c> = dyn FnMut(Option<&mut dyn Structured>) -> Result<(), BoxError> + 'c;

/// Calls a function with the object that a slot is for.
fn with_object(slot: Slot<'_>, call: &mut OnObject<'_>) -> Result<(), BoxError> {
    kind(slot, &mut |kind| match kind {
        Kind::Object(structure) => call(Some(structure)),
        Kind::List(_) | Kind::Other(_) => call(None),
    })
}

/// The place of a member.
fn member<'s>(structure: &'s mut dyn Structured, name: &str) -> Option<Slot<'s>> {
    let index = structure.shape().find(name)?;
    Some(structure.slot(index))
}

/// The name of a field, and what is in its first brackets with the brackets after them: `a[b][c]` is `a` and
/// `b[c]`.
fn parts(name: &str) -> (&str, Option<String>) {
    let nested = name.split_once('[').and_then(|(first, rest)| {
        let (inner, after) = rest.split_once(']')?;
        (!first.is_empty()).then_some((first, inner, after))
    });
    match nested {
        Some((first, inner, after)) if !inner.is_empty() => (first, Some([inner, after].concat())),
        _ => (name, None),
    }
}

/// A name or a value as it was before it was encoded.
fn decoded(text: &str) -> Result<Cow<'_, str>, BoxError> {
    if !text.contains(['+', '%']) {
        return Ok(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(decoded) => Ok(Cow::Owned(decoded.into_owned())),
        Err(error) => Err(format!("a field of the form is not UTF-8 ({error})").into()),
    }
}

/// JSON as it is, and any other text as a string.
fn as_json(text: &str) -> String {
    if is_json(text) { text.to_owned() } else { quoted(text) }
}
