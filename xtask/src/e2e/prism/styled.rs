//! Values as the text of a parameter.
//!
//! Enters: a value and its style. Leaves: the text at its place, percent-encoded. Must not know: schemas, how
//! generated clients write values.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemacrate::internals::openapi::model::{Style, Styled};
use serde_json::Value;

/// What no place needs to have encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text without characters that mean something in an address.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// A scalar as it is written; anything else as JSON.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The pairs of a query, a form or a cookie that a value is.
pub(super) fn pairs(name: &str, styled: &Styled, value: &Value) -> Vec<(String, String)> {
    let pair = |name: &str, value: &Value| (encoded(name), encoded(&scalar(value)));
    let separator = separator(styled);
    match value {
        Value::Array(items) if styled.explode => items.iter().map(|one| pair(name, one)).collect(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|one| encoded(&scalar(one))).collect();
            if items.is_empty() { Vec::new() } else { vec![(encoded(name), items.join(separator))] }
        }
        Value::Object(members) if styled.style == Style::DeepObject => {
            let mut pairs = Vec::new();
            members
                .iter()
                .for_each(|(member, value)| deep(&format!("{name}[{member}]"), value, &mut pairs));
            pairs
        }
        Value::Object(members) if styled.explode => {
            members.iter().map(|(name, value)| pair(name, value)).collect()
        }
        Value::Object(members) => {
            let parts =
                members.iter().flat_map(|(name, value)| [encoded(name), encoded(&scalar(value))]);
            let parts: Vec<String> = parts.collect();
            if parts.is_empty() { Vec::new() } else { vec![(encoded(name), parts.join(separator))] }
        }
        other => vec![pair(name, other)],
    }
}

fn deep(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|one| deep(&format!("{name}[]"), one, pairs)),
        Value::Object(members) => {
            members
                .iter()
                .for_each(|(member, value)| deep(&format!("{name}[{member}]"), value, pairs));
        }
        other => pairs.push((encoded(name), encoded(&scalar(other)))),
    }
}

fn separator(styled: &Styled) -> &'static str {
    match styled.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "%09",
        _ => ",",
    }
}

/// What is in the place of a variable of a path, or the value of a header, where nothing is encoded.
pub(super) fn single(name: &str, styled: &Styled, value: &Value, is_header: bool) -> String {
    let text = |text: &str| if is_header { text.to_owned() } else { encoded(text) };
    let separator = match (styled.style, styled.explode) {
        (Style::Matrix, true) => ";",
        (Style::Label, true) => ".",
        _ => ",",
    };
    let written = match value {
        Value::Array(items) => {
            let is_named = styled.style == Style::Matrix && styled.explode;
            let item = |one| match is_named {
                true => format!("{name}={}", text(&scalar(one))),
                false => text(&scalar(one)),
            };
            items.iter().map(item).collect::<Vec<String>>().join(separator)
        }
        Value::Object(members) => {
            let between = if styled.explode { "=" } else { "," };
            let member = |(name, value): (&String, &Value)| {
                format!("{}{between}{}", text(name), text(&scalar(value)))
            };
            members.iter().map(member).collect::<Vec<String>>().join(separator)
        }
        other => text(&scalar(other)),
    };
    let has_names = styled.explode && (value.is_array() || value.is_object());
    match styled.style {
        Style::Matrix if has_names => format!(";{written}"),
        Style::Matrix => format!(";{name}={written}"),
        Style::Label => format!(".{written}"),
        _ => written,
    }
}
