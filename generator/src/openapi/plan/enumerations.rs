//! Enumerations: of strings, and of other scalars.
//!
//! Enters: [`Enumeration`]s. Leaves: the items. A value keeps its name when others are added after it.

use super::table::{Made, Place, Table};
use super::{docs, elements, words};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{Docs, Enum, Item, LiteralVariant, Literals, Variant};
use crate::openapi::schema::{Enumeration, Literal, ShapeId, Value};

/// The variant for what the schema does not list.
const UNRECOGNIZED: &str = "Unrecognized";

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
    let variants = all.values.iter().map(|value| variant(table, place, &mut scope, value));
    let variants: Vec<(Variant, String)> = variants.collect();
    let docs = docs::of_type(table, shape, place);
    let attributes = elements::attributes(table.config, &place.element, None);
    let (name, wire_name) = (place.name.clone(), docs::wire_name(place));
    let unrecognized = UNRECOGNIZED.to_owned();
    if table.made(shape) == Some(Made::Enum) {
        let variants = variants.into_iter().map(|(variant, _)| variant).collect();
        return Item::Enum(Enum { name, wire_name, docs, attributes, variants, unrecognized });
    }
    let literal = |(Variant { name, docs, attributes, .. }, json)| LiteralVariant {
        name,
        json,
        docs,
        attributes,
    };
    let variants = variants.into_iter().map(literal).collect();
    Item::Literals(Literals { name, wire_name, docs, attributes, variants, unrecognized })
}

/// A variant, and its value as JSON.
fn variant(
    table: &Table<'_>,
    place: &Place,
    scope: &mut Scope,
    value: &Value,
) -> (Variant, String) {
    let wire_name = text(&value.literal).to_owned();
    let wanted = match value.name.as_deref().filter(|name| is_name(name)) {
        Some(name) => naming::type_name(name),
        None => match &value.literal {
            Literal::Number(digits) if digits.starts_with('-') => {
                format!("Minus{}", digits[1..].replace('.', "_"))
            }
            Literal::Number(digits) => format!("Value{}", digits.replace(['.', '+'], "_")),
            _ => words::of_value(&wire_name),
        },
    };
    let element = format!("{}/{wire_name}", place.element);
    let name = table.claim(scope, (&element, value.span), &wanted);
    let mut docs: Docs = docs::of_value(value);
    docs.alias(&name, &wire_name);
    let variant = Variant {
        name: identifier(&name),
        wire_name: wire_name.clone(),
        docs,
        attributes: elements::attributes(table.config, &place.element, Some(&wire_name)),
    };
    (variant, json(&value.literal))
}

/// Whether a text can be made a name.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A scalar as JSON in its shortest form, by which the runtime compares.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Literal::Number(digits) => canonical(digits),
        Literal::Boolean(_) => text(literal).to_owned(),
    }
}

/// The digits of a number as the runtime compares them: without an exponent and zeros that add nothing.
pub(super) fn canonical(digits: &str) -> String {
    let (sign, rest) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let Ok(exponent) = exponent.trim_start_matches('+').parse::<i64>() else {
        return digits.to_owned();
    };
    // Nobody lists numbers of more digits.
    if exponent.abs() > 400 {
        return digits.to_owned();
    }
    let all = [whole, fraction].concat();
    let point = i64::try_from(whole.len()).unwrap_or(0) + exponent;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= all.len() => (format!("{all:0<point$}"), String::new()),
        Ok(point) => (all[..point].to_owned(), all[point..].to_owned()),
        Err(_) => {
            let zeros = usize::try_from(-point).unwrap_or(0);
            (String::new(), "0".repeat(zeros) + &all)
        }
    };
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, fraction) {
        ("0", "") => "0".to_owned(),
        (whole, "") => [sign, whole].concat(),
        (whole, fraction) => [sign, whole, ".", fraction].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn numbers_have_one_form() {
        for (digits, expected) in [
            ("1", "1"),
            ("1.0", "1"),
            ("1e0", "1"),
            ("10e-1", "1"),
            ("-0.0", "0"),
            ("1.50", "1.5"),
            ("15E2", "1500"),
            ("1.5e-3", "0.0015"),
            ("-20", "-20"),
            ("1e999999", "1e999999"),
        ] {
            assert_eq!(canonical(digits), expected, "{digits}");
        }
    }
}
