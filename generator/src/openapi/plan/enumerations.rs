//! Enumerations: of strings, and of other scalars.
//!
//! Enters: [`Enumeration`]s. Leaves: the items. A value keeps its name when others are added after it.

use super::table::{Made, Place, Table};
use super::{docs, elements, words};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{Docs, Enum, Item, Literals, Variant};
use crate::node::canonical_number;
use crate::openapi::Api;
use crate::openapi::model::SchemaId;
use crate::openapi::schema::{Enumeration, Form, Literal, ShapeId, Value};
use rustc_hash::FxHashSet;

/// The variant for what the schema does not list.
const UNRECOGNIZED: &str = "Unrecognized";

/// The enumerations whose values are sets of members: those of strings with `x-ms-enum-flags`.
pub(super) fn flags(api: &Api) -> FxHashSet<ShapeId> {
    let is_flags = |id: &SchemaId| {
        let extensions = api.model.schema(*id).keywords().map(|one| one.extensions.as_slice());
        let mut found = extensions.into_iter().flatten();
        found.any(|(name, at)| {
            let of = || api.description.node(*at).get("isFlags");
            name.text == "x-ms-enum-flags" && of().is_some_and(|one| one.bool() == Some(true))
        })
    };
    let is_text = |value: &Value| matches!(value.literal, Literal::Text(_));
    let sets = api.shapes.iter().filter(|(_, shape)| match &shape.form {
        Form::Enumeration(all) => {
            all.values.iter().all(is_text) && shape.schemas.iter().any(is_flags)
        }
        _ => false,
    });
    sets.map(|(shape, _)| shape).collect()
}

/// The text of a scalar.
pub(super) fn text(literal: &Literal) -> &str {
    match literal {
        Literal::Text(text) | Literal::Number(text) => text,
        Literal::Boolean(true) => "true",
        Literal::Boolean(false) => "false",
    }
}

/// The item of an enumeration.
pub(super) fn item(table: &Table<'_>, shape: ShapeId, all: &Enumeration, place: &Place) -> Item {
    let mut scope = Scope::with_reserved(&[UNRECOGNIZED]);
    let is_text = table.made(shape) == Some(Made::Enum);
    let variants =
        all.values.iter().map(|value| variant(table, place, &mut scope, (value, is_text)));
    let variants = variants.collect();
    let docs = docs::of_type(table, shape, place);
    let attributes = elements::attributes(table.config, &place.element, None);
    let (name, wire_name) = (place.name.clone(), docs::wire_name(place));
    let unrecognized = UNRECOGNIZED.to_owned();
    if is_text {
        return Item::Enum(Enum { name, wire_name, docs, attributes, variants, unrecognized });
    }
    Item::Literals(Literals { name, wire_name, docs, attributes, variants, unrecognized })
}

/// A variant. Among strings its wire name is the text, else the value as JSON.
fn variant(
    table: &Table<'_>,
    place: &Place,
    scope: &mut Scope,
    (value, is_text): (&Value, bool),
) -> Variant {
    let text = text(&value.literal);
    let wanted = match value.name.as_deref().filter(|name| is_name(name)) {
        Some(name) => naming::type_name(name),
        None => match &value.literal {
            Literal::Number(digits) if digits.starts_with('-') => {
                format!("Minus{}", digits[1..].replace('.', "_"))
            }
            Literal::Number(digits) => format!("Value{}", digits.replace(['.', '+'], "_")),
            _ => words::of_value(text),
        },
    };
    let element = format!("{}/{text}", place.element);
    let name = table.claim(scope, (&element, value.span), &wanted);
    let mut docs: Docs = docs::of_value(value);
    docs.alias(&name, text);
    Variant {
        name: identifier(&name),
        wire_name: if is_text { text.to_owned() } else { json(&value.literal) },
        docs,
        attributes: elements::attributes(table.config, &place.element, Some(text)),
    }
}

/// Whether a text can be made a name.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A scalar as JSON in its shortest form, by which the runtime compares.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Literal::Number(digits) => canonical_number(digits),
        Literal::Boolean(_) => text(literal).to_owned(),
    }
}
