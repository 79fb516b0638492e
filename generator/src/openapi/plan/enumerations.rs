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

/// The longest number that has no exponent.
const LONGEST: usize = 40;

/// The digits of a number as the runtime compares them: without zeros that add nothing, and with an exponent
/// only if the number is long.
pub(super) fn canonical(number: &str) -> String {
    let (sign, rest) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let Ok(exponent) = exponent.trim_start_matches('+').parse::<i64>() else {
        return number.to_owned();
    };
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    // Where the point is, counted from the first digit.
    let point = length(whole).saturating_add(exponent) - (length(&all) - length(digits));
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    match plain(digits, point).filter(|plain| sign.len() + plain.len() <= LONGEST) {
        Some(plain) => [sign, &plain].concat(),
        None => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{dot}{rest}e{}", point.saturating_sub(1))
        }
    }
}

/// Digits with a point in them, before or after them, unless the result would be long.
fn plain(digits: &str, point: i64) -> Option<String> {
    let (count, longest) = (digits.len(), i64::try_from(LONGEST).unwrap_or(0));
    if point.abs() > longest {
        return None;
    }
    let zeros = |count: usize| "0".repeat(count);
    Some(match usize::try_from(point) {
        Ok(0) | Err(_) => ["0.", &zeros(usize::try_from(-point).unwrap_or(0)), digits].concat(),
        Ok(point) if point >= count => [digits, &zeros(point - count)].concat(),
        Ok(point) => {
            let (whole, fraction) = digits.split_at(point);
            [whole, ".", fraction].concat()
        }
    })
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
            ("15e399", "1.5e400"),
            ("1E-50", "1e-50"),
            ("0.001", "0.001"),
            ("1200", "1200"),
            ("0", "0"),
        ] {
            assert_eq!(canonical(digits), expected, "{digits}");
        }
    }
}
