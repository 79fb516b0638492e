//! Whether two JSON documents are equal, by the rules of the corpus.
//!
//! Enters: two trees. Leaves: the first difference and where it is. Must not know: a schema; only the form
//! of a string determines what it means.
//!
//! Objects are sets of members, and a member that is null may as well be absent. Numbers are equal in
//! value, timestamps in moment and offset, durations in length, everything else as it is written.

use super::json::Json;
use super::scalar::{same_number, same_time};
use std::collections::BTreeSet;

/// The first difference between what is expected and what was found.
pub(super) fn difference(expected: &Json, found: &Json) -> Option<String> {
    at("", expected, found)
}

fn at(path: &str, expected: &Json, found: &Json) -> Option<String> {
    match (expected, found) {
        (Json::Object(expected), Json::Object(found)) => objects(path, expected, found),
        (Json::Array(expected), Json::Array(found)) => {
            if expected.len() != found.len() {
                let (one, other) = (found.len(), expected.len());
                return Some(format!("at {}: {one} items in place of {other}", shown(path)));
            }
            let pairs = expected.iter().zip(found).enumerate();
            pairs.into_iter().find_map(|(index, (expected, found))| {
                at(&format!("{path}/{index}"), expected, found)
            })
        }
        (Json::Number(one), Json::Number(other)) if same_number(one, other) => None,
        (Json::Text(one), Json::Text(other)) if same_time(one, other) => None,
        _ if expected == found => None,
        _ => {
            let (found, expected) = (brief(found), brief(expected));
            Some(format!("at {}: {found} in place of {expected}", shown(path)))
        }
    }
}

fn objects(path: &str, expected: &[(String, Json)], found: &[(String, Json)]) -> Option<String> {
    // Many readers miss a value if a name is written twice.
    let twice = |members: &[(String, Json)]| {
        let mut names = BTreeSet::new();
        members.iter().find(|(name, _)| !names.insert(name)).map(|(name, _)| name.clone())
    };
    if twice(expected).is_none()
        && let Some(name) = twice(found)
    {
        return Some(format!("at {}: `{name}` appears twice", shown(path)));
    }
    for (name, _) in expected {
        let (one, other) = (last(expected, name), last(found, name));
        let path = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
        if *other == Json::Null && *one != Json::Null {
            return Some(format!("at {}: {} is lost", shown(&path), brief(one)));
        }
        if let Some(difference) = at(&path, one, other) {
            return Some(difference);
        }
    }
    let more = |(name, other): &&(String, Json)| {
        *other != Json::Null && !expected.iter().any(|(known, _)| known == name)
    };
    let (name, other) = found.iter().find(more)?;
    Some(format!("at {}: `{name}` with {} is new", shown(path), brief(other)))
}

/// The member with that name, the last one as for most readers; null if there is none.
fn last<'a>(members: &'a [(String, Json)], name: &str) -> &'a Json {
    let found = members.iter().rev().find(|(member, _)| member == name);
    found.map_or(&Json::Null, |(_, value)| value)
}

fn shown(path: &str) -> &str {
    if path.is_empty() { "the root" } else { path }
}

/// The beginning of a value.
fn brief(value: &Json) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} {}…", value.kind(), &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(one: &str, other: &str) -> Option<String> {
        difference(&Json::parse(one).unwrap(), &Json::parse(other).unwrap())
    }

    #[test]
    fn what_means_the_same_is_equal() {
        for (one, other) in [
            (r#"{"a":1,"b":[1.0]}"#, r#"{"b":[1],"a":1.00}"#),
            (r#"{"a":null}"#, "{}"),
            ("{}", r#"{"a":null,"b":null}"#),
            (r#"{"a":{"b":null}}"#, r#"{"a":{}}"#),
            (r#"["2017-01-01T00:00:00Z","PT60S"]"#, r#"["2017-01-01T00:00:00.0Z","PT1M"]"#),
            ("[null]", "[null]"),
        ] {
            assert_eq!(compared(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn the_first_difference_has_a_place() {
        for (one, other, expected) in [
            (r#"{"a":{"b":[1,2]}}"#, r#"{"a":{"b":[1,3]}}"#, "at /a/b/1: 3 in place of 2"),
            (r#"{"a":1}"#, "{}", "at /a: 1 is lost"),
            (r#"{"a":1}"#, r#"{"a":null}"#, "at /a: 1 is lost"),
            ("{}", r#"{"x/y":1}"#, "at the root: `x/y` with 1 is new"),
            (r#"{"x/y":1}"#, r#"{"x/y":2}"#, "at /x~1y: 2 in place of 1"),
            ("[1]", "[]", "at the root: 0 items in place of 1"),
            ("[null]", "[]", "at the root: 0 items in place of 1"),
            (r#"[{"a":"1"}]"#, r#"[{"a":1}]"#, r#"at /0/a: 1 in place of "1""#),
            (r#"{"a":{}}"#, "{}", "at /a: {} is lost"),
            (r#"{"a":1}"#, r#"{"a":1,"a":1}"#, "at the root: `a` appears twice"),
            (
                "9007199254740993",
                "9007199254740992",
                "at the root: 9007199254740992 in place of 9007199254740993",
            ),
            (r#""A""#, r#""a""#, r#"at the root: "a" in place of "A""#),
        ] {
            assert_eq!(compared(one, other).as_deref(), Some(expected), "{one} {other}");
        }
    }
}
