//! A place of a JSON text, by its pointer.
//!
//! Enters: JSON, and a JSON pointer (RFC 6901), in which a negative number counts items of a list from its end.
//! Leaves: the JSON at this place, or the whole with other JSON there. All else keeps its order and its digits.

use std::borrow::Cow;
use std::fmt;
use std::fmt::Write as _;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The JSON at a pointer.
pub(super) fn at<'j>(json: &'j str, pointer: &str) -> Option<&'j str> {
    let mut value = json.trim_ascii();
    for name in steps(pointer) {
        value = match value.starts_with('[') {
            true => {
                let items: Vec<&RawValue> = serde_json::from_str(value).ok()?;
                items.get(position(&name, items.len())?)?.get()
            }
            false => {
                let Members(members) = serde_json::from_str(value).ok()?;
                // Of members with the same name the last one counts.
                members.iter().rev().find(|(own, _)| *own == name)?.1.get()
            }
        };
    }
    Some(value)
}

/// The same JSON with another value at a pointer. Objects on the way that are not there are made; `None` if
/// something else is in their place.
pub(super) fn with(json: &str, pointer: &str, value: &str) -> Option<String> {
    let steps: Vec<String> = steps(pointer).collect();
    let mut text = String::new();
    write(json.trim_ascii(), &steps, value, &mut text)?;
    Some(text)
}

fn write(json: &str, steps: &[String], value: &str, text: &mut String) -> Option<()> {
    let Some((name, rest)) = steps.split_first() else {
        text.push_str(value);
        return Some(());
    };
    if json.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        let position = position(name, items.len())?;
        for (at, item) in items.iter().enumerate() {
            text.push(if at == 0 { '[' } else { ',' });
            match at == position {
                true => write(item.get(), rest, value, text)?,
                false => text.push_str(item.get()),
            }
        }
        text.push(']');
        return Some(());
    }
    let json = if matches!(json, "" | "null") { "{}" } else { json };
    let Members(members) = serde_json::from_str(json).ok()?;
    text.push('{');
    let mut is_there = false;
    for (own, old) in &members {
        let _ = write!(text, "{}:", serde_json::to_string(own).ok()?);
        match *own == *name {
            true => write(old.get(), rest, value, text)?,
            false => text.push_str(old.get()),
        }
        is_there |= *own == *name;
        text.push(',');
    }
    if !is_there {
        let _ = write!(text, "{}:", serde_json::to_string(name).ok()?);
        write("", rest, value, text)?;
        text.push(',');
    }
    text.pop();
    text.push('}');
    Some(())
}

fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The position of an item in a list of so many.
fn position(step: &str, length: usize) -> Option<usize> {
    match step.strip_prefix('-') {
        Some(from_end) => length.checked_sub(from_end.parse().ok().filter(|from| *from > 0)?),
        None => step.parse().ok().filter(|at| *at < length),
    }
}

/// The members of an object, as they are written.
struct Members<'j>(Vec<(Cow<'j, str>, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
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
        deserializer.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use super::{at, with};

    #[test]
    fn a_place_is_found_by_its_pointer() {
        let json = r#"{"a":{"b/c~":[1,{"d":"x"}]},"":null}"#;
        for (pointer, expected) in [
            ("/a/b~1c~0/1/d", Some("\"x\"")),
            ("/a/b~1c~0/0", Some("1")),
            ("/a/b~1c~0/-1/d", Some("\"x\"")),
            ("/a/b~1c~0/-2", Some("1")),
            ("/a/b~1c~0/-3", None),
            ("/a/b~1c~0/-0", None),
            ("/", Some("null")),
            ("", Some(json)),
            ("/a/e", None),
            ("/a/b~1c~0/2", None),
            ("/a/b~1c~0/x", None),
            ("/a/b~1c~0/1/d/e", None),
        ] {
            assert_eq!(at(json, pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn a_value_takes_its_place_and_the_rest_stays() {
        let json = r#" {"b": 1.50, "a" : {"c":[1, {"d":"x"}]}} "#;
        for (pointer, expected) in [
            ("/b", Some(r#"{"b":9,"a":{"c":[1, {"d":"x"}]}}"#)),
            ("/a/c/1/d", Some(r#"{"b":1.50,"a":{"c":[1,{"d":9}]}}"#)),
            ("/e/f", Some(r#"{"b":1.50,"a":{"c":[1, {"d":"x"}]},"e":{"f":9}}"#)),
            ("", Some("9")),
            ("/b/x", None),
            ("/a/c/2", None),
        ] {
            assert_eq!(with(json, pointer, "9").as_deref(), expected, "{pointer}");
        }
        assert_eq!(with("", "/a/b", "9").as_deref(), Some(r#"{"a":{"b":9}}"#));
        assert_eq!(with("[]", "/a", "9"), None);
    }
}
