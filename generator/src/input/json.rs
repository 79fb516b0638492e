//! JSON with the order of members and the text of numbers kept.
//!
//! Enters: the body of a request. Leaves: a tree that a program can be made of. Must not know: the
//! types of the values.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Write as _};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, by its text.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, its members in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads JSON text; `None` if it is not JSON.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The type that an object specifies for itself, without the `#`.
    pub(crate) fn type_name(&self) -> Option<&str> {
        let Self::Object(members) = self else { return None };
        let (_, name) = members.iter().find(|(name, _)| name == "@odata.type")?;
        match name {
            Self::Text(name) => Some(name.strip_prefix('#').unwrap_or(name)),
            _ => None,
        }
    }

    /// The text: on one line if it is short, otherwise indented.
    pub(crate) fn written(&self) -> String {
        const SHORT: usize = 60;
        let mut line = String::new();
        self.push(&mut line, None);
        if line.chars().count() <= SHORT {
            return line;
        }
        let mut text = String::new();
        self.push(&mut text, Some(0));
        text
    }

    fn push(&self, text: &mut String, depth: Option<usize>) {
        let inner = depth.map(|depth| depth + 1);
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => {
                let _ = write!(text, "{value}");
            }
            Self::Number(number) => text.push_str(number),
            Self::Text(value) => push_text(text, value),
            Self::Array(items) => {
                push_list(text, depth, ('[', ']'), items, |text, item| item.push(text, inner));
            }
            Self::Object(members) => {
                push_list(text, depth, ('{', '}'), members, |text, (name, value)| {
                    push_text(text, name);
                    text.push_str(": ");
                    value.push(text, inner);
                });
            }
        }
    }
}

fn push_text(text: &mut String, value: &str) {
    text.push_str(&serde_json::Value::from(value).to_string());
}

fn push_list<T>(
    text: &mut String,
    depth: Option<usize>,
    (open, close): (char, char),
    items: &[T],
    push: impl Fn(&mut String, &T),
) {
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    };
    text.push(open);
    for (at, item) in items.iter().enumerate() {
        match depth {
            Some(depth) => {
                text.push_str(if at > 0 { "," } else { "" });
                line(text, depth + 1);
            }
            None => text.push_str(if at > 0 { ", " } else { "" }),
        }
        push(text, item);
    }
    if let Some(depth) = depth.filter(|_| !items.is_empty()) {
        line(text, depth);
    }
    text.push(close);
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(serde_json::Value::from(value).to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Json>()? {
            // If a name occurs twice, the last member counts, as in most JSON parsers.
            members.retain(|(known, _)| *known != name);
            members.push((name, value));
        }
        Ok(Json::Object(members))
    }
}
