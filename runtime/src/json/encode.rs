//! Feeds any serialiser from a view.

use super::parts::{self, Part};
use super::{Additional, Shape, Structured, Untyped, Value, View, writer};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// The JSON text of a value.
///
/// ```
/// assert_eq!(schemacrate_runtime::model::to_json(&true), b"true");
/// ```
pub fn to_json(value: &impl Value) -> Vec<u8> {
    writer::text(&value.view()).into_bytes()
}

/// Serialises a value: what the `Serialize` of generated types calls.
///
/// # Errors
/// Those of the serialiser.
pub fn serialize<S: Serializer>(value: &impl Value, serializer: S) -> Result<S::Ok, S::Error> {
    value.view().serialize(serializer)
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            View::Absent | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(*value),
            View::Int(value) => serializer.serialize_i64(*value),
            View::Unsigned(value) => serializer.serialize_u64(*value),
            View::Double(value) => match special(*value) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_f64(*value),
            },
            View::Single(value) => match special(f64::from(*value)) {
                Some(name) => serializer.serialize_str(name),
                None => serializer.serialize_f32(*value),
            },
            View::Str(value) => serializer.serialize_str(value),
            View::Text(value) => serializer.collect_str(value),
            View::Untyped(value) => value.serialize(serializer),
            View::Literal(json) => Untyped::from_value(*json).serialize(serializer),
            View::Union(value) => value.view().serialize(serializer),
            View::Object(value, _) if value.shape().strict.is_some() => {
                strictly(*value, serializer)
            }
            View::Object(value, derived) => object(*value, *derived, serializer),
            View::List(items) | View::Rest(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for index in 0..items.len() {
                    list.serialize_element(&items.get(index))?;
                }
                list.end()
            }
            View::Map(map) | View::Entries(map) => serializer.collect_map(map.entries()),
            View::Update(update) => update.serialize(serializer),
            View::Additional(additional) => serializer.collect_map(additional.iter()),
        }
    }
}

/// The string that is written for a value that is not a number, as in OData (JSON Format 4.01, section 7.1).
pub(crate) fn special(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("INF"),
        f64::NEG_INFINITY => Some("-INF"),
        _ => None,
    }
}

fn object<S: Serializer>(
    value: &dyn Structured,
    derived: bool,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let shape = value.shape();
    let additional = value.additional();
    let mut map = serializer.serialize_map(None)?;
    let type_of = type_of(shape, additional, derived);
    match type_of {
        Type::Held(name, held) => map.serialize_entry(name, held)?,
        Type::Derived(name) => {
            let prefix = shape.dialect.type_prefix;
            map.serialize_entry(name, &format_args!("{prefix}{}", shape.name))?;
        }
        Type::Unsaid => {}
    }
    let notes = additional.notes();
    for (index, view) in value.present() {
        let member = shape.member(index);
        match notes.and_then(|notes| notes.as_received(member, &view)) {
            Some((name, json)) => map.serialize_entry(name, json)?,
            None => map.serialize_entry(member, &view)?,
        }
    }
    for (name, held) in additional.iter() {
        if Some(name) != type_of.name() && !is_hidden(value, shape, name) {
            map.serialize_entry(name, held)?;
        }
    }
    map.end()
}

/// An object or an array of a type that is read strictly.
fn strictly<S: Serializer>(object: &dyn Structured, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(json) = parts::whole(object) {
        return json.serialize(serializer);
    }
    if object.shape().strictly().is_tuple {
        let mut list = serializer.serialize_seq(None)?;
        parts::items(object, &mut |item| list.serialize_element(&item))?;
        return list.end();
    }
    let mut map = serializer.serialize_map(None)?;
    parts::members(object, &mut |name, value| map.serialize_entry(name, &value))?;
    map.end()
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::View(view) => view.serialize(serializer),
            Self::Json(json) => json.serialize(serializer),
        }
    }
}

/// What names the type of an object. It is written first.
#[derive(Clone, Copy)]
pub(crate) enum Type<'a> {
    /// What came, by its name.
    Held(&'a str, &'a Untyped),
    /// The name of the object's type, which is derived from the declared one, as a member with this name.
    Derived(&'static str),
    /// Nothing.
    Unsaid,
}

impl<'a> Type<'a> {
    /// The name of the member that came and names the type, if there is one.
    pub(crate) fn name(self) -> Option<&'a str> {
        match self {
            Self::Held(name, _) => Some(name),
            Self::Derived(_) | Self::Unsaid => None,
        }
    }
}

/// What names the type of an object.
#[inline]
pub(crate) fn type_of<'a>(
    shape: &'static Shape,
    additional: &'a Additional,
    derived: bool,
) -> Type<'a> {
    match (additional.type_member(shape.dialect), shape.dialect.type_member) {
        (Some((name, held)), _) => Type::Held(name, held),
        (None, Some(name)) if derived => Type::Derived(name),
        (None, _) => Type::Unsaid,
    }
}

/// Whether a member of `additional` is left out because the declared member with its name has a value: no
/// name is written twice.
#[inline]
pub(crate) fn is_hidden(object: &dyn Structured, shape: &'static Shape, name: &str) -> bool {
    let declared = match &shape.dialect.frame {
        None if shape.dialect.is_annotation(name) => return false,
        None => shape.find(name),
        Some(frame) => (frame.declared)(shape, name),
    };
    let index = declared.or_else(|| shape.further(name));
    index.is_some_and(|index| match object.view(index) {
        View::Absent => false,
        View::Entries(map) => map.find(name).is_some(),
        _ => true,
    })
}
