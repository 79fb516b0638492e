//! JSON with its numbers as they are written.
//!
//! Enters: JSON text. Leaves: a tree in which nothing is rounded, and the text of it. Must not know:
//! what the values mean.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// No real example is nested deeper than this.
const DEEPEST: usize = 128;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A number as it is written, because no type of Rust holds all of them.
    Number(String),
    Text(String),
    Array(Vec<Json>),
    /// The members in their order, including those that appear twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads JSON text.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        read(raw.get(), 0)
    }

    /// The member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// What kind of value it is, as a message names it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// The text is known to be JSON.
fn read(text: &str, depth: usize) -> Result<Json, String> {
    if depth > DEEPEST {
        return Err("it is nested too deep".to_owned());
    }
    let error = |error: serde_json::Error| error.to_string();
    let text = text.trim();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(text).map_err(error)?;
            let read = |(name, raw): (String, &RawValue)| Ok((name, read(raw.get(), depth + 1)?));
            Json::Object(members.0.into_iter().map(read).collect::<Result<_, String>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(error)?;
            let items = items.into_iter().map(|raw| read(raw.get(), depth + 1));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Some(b'"') => Json::Text(serde_json::from_str(text).map_err(error)?),
        Some(b't') => Json::Bool(true),
        Some(b'f') => Json::Bool(false),
        Some(b'n') => Json::Null,
        _ => Json::Number(text.to_owned()),
    })
}

/// The members of an object, unread.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        read(raw.get(), 0).map_err(D::Error::custom)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.to_string()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Writes JSON text.
impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(text) => formatter.write_str(text),
            Self::Text(text) => formatter.write_str(&quoted(text)),
            Self::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    write!(formatter, "{}{item}", if at == 0 { "[" } else { "," })?;
                }
                formatter.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                for (at, (name, value)) in members.iter().enumerate() {
                    let before = if at == 0 { "{" } else { "," };
                    write!(formatter, "{before}{}:{value}", quoted(name))?;
                }
                formatter.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = r#"{"a":[1.0,12345678901234567890123,-0e5,true,null,{}],"a":"ü \"x\"","":[]}"#;
        assert_eq!(Json::parse(text).unwrap().to_string(), text);
        assert_eq!(Json::parse(" [ 1 , \"x\" ] ").unwrap().to_string(), r#"[1,"x"]"#);
        assert_eq!(
            Json::parse(r#"{"a":{"b":7}}"#).unwrap().get("a").unwrap().to_string(),
            r#"{"b":7}"#
        );
    }

    #[test]
    fn text_that_is_not_json_is_an_error() {
        for text in ["", "{", "[1,]", "nul", "{\"a\" 1}", "1 2"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(Json::parse(&deep).is_err());
    }
}
