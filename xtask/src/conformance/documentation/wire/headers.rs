//! The headers that matter.
//!
//! Enters: the headers of a page and those that were sent. Leaves: the differences. Must not know: what
//! the headers ask for.

use super::Difference;
use std::collections::{BTreeMap, BTreeSet};

/// The headers that must be equal, whether or not the page states them.
const AS_WRITTEN: [&str; 2] = ["ConsistencyLevel", "If-Match"];

/// Compares the headers. `has_body` is whether the page shows a body.
pub(super) fn differences(
    page: &BTreeMap<String, String>,
    has_body: bool,
    sent: &[(String, String)],
) -> Vec<Difference> {
    let page: Vec<(&str, &str)> =
        page.iter().map(|(name, value)| (name.as_str(), value.trim())).collect();
    let sent: Vec<(&str, &str)> =
        sent.iter().map(|(name, value)| (name.as_str(), value.trim())).collect();
    let mut found = Vec::new();
    let mut differ = |name: &str, one: Option<String>, other: Option<String>| {
        let none = "nothing".to_owned();
        let (one, other) = (one.unwrap_or(none.clone()), other.unwrap_or(none));
        found.push(Difference::new("headers", format!("{name}: {other} in place of {one}")));
    };
    let (one, other) = (preferences(&page), preferences(&sent));
    if one != other {
        let shown = |set: &BTreeSet<String>| {
            (!set.is_empty()).then(|| set.iter().cloned().collect::<Vec<_>>().join(", "))
        };
        differ("Prefer", shown(&one), shown(&other));
    }
    for name in AS_WRITTEN {
        let value = |headers: &[(&str, &str)]| all(headers, name).next().map(str::to_owned);
        let (one, other) = (value(&page), value(&sent));
        if one != other {
            differ(name, one, other);
        }
    }
    let media = |headers: &[(&str, &str)]| all(headers, "Content-Type").next().map(media_type);
    if let Some(one) = media(&page) {
        let other = media(&sent);
        // Many pages state the type of a body that they do not have.
        let does_not_matter = !has_body && one == "application/json" && other.is_none();
        if other.as_deref() != Some(one.as_str()) && !does_not_matter {
            differ("Content-Type", Some(one), other);
        }
    }
    found
}

fn all<'a>(headers: &[(&'a str, &'a str)], name: &str) -> impl Iterator<Item = &'a str> {
    headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

/// The type without its parameters.
fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The preferences of all `Prefer` headers. Their names are in any case, and a value may be quoted.
fn preferences(headers: &[(&str, &str)]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for value in all(headers, "Prefer") {
        for one in outside_quotes(value, ',') {
            let parts = outside_quotes(one, ';').into_iter().filter(|part| !part.trim().is_empty());
            let parts: Vec<String> = parts.map(preference).collect();
            if !parts.is_empty() {
                found.insert(parts.join(";"));
            }
        }
    }
    found
}

fn preference(part: &str) -> String {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let name = name.trim().to_ascii_lowercase();
    let value = value.trim();
    let bare = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    if bare.is_empty() { name } else { format!("{name}={bare}") }
}

/// The parts between separators that are in no quoted string.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    let split = |c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    };
    text.split(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(page: &[(&str, &str)], has_body: bool, sent: &[(&str, &str)]) -> Vec<String> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let page = page.iter().map(owned).collect();
        let sent: Vec<(String, String)> = sent.iter().map(owned).collect();
        differences(&page, has_body, &sent).into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn what_does_not_matter_is_equal() {
        for (page, sent) in [
            (&[("Authorization", "x"), ("Content-length", "7")][..], &[("accept", "y")][..]),
            (&[("consistencylevel", "eventual")], &[("ConsistencyLevel", "eventual")]),
            (
                &[("Prefer", "Return=minimal, outlook.timezone=\"A, B\"")],
                &[("prefer", "outlook.timezone=\"A, B\""), ("prefer", "return=minimal")],
            ),
            (
                &[("Content-type", "application/json")],
                &[("content-type", "application/json; charset=utf-8")],
            ),
            (&[], &[("content-type", "application/json")]),
        ] {
            assert_eq!(compared(page, true, sent), [""; 0], "{page:?}");
        }
        assert_eq!(compared(&[("Content-Type", "application/json")], false, &[]), [""; 0]);
    }

    #[test]
    fn what_matters_is_reported() {
        for (page, has_body, sent, expected) in [
            (
                &[("ConsistencyLevel", "eventual")][..],
                true,
                &[][..],
                "ConsistencyLevel: nothing in place of eventual",
            ),
            (&[], true, &[("if-match", "*")], "If-Match: * in place of nothing"),
            (
                &[("If-Match", "W/\"a\"")],
                true,
                &[("if-match", "W/\"A\"")],
                "If-Match: W/\"A\" in place of W/\"a\"",
            ),
            (
                &[("Prefer", "return=minimal")],
                true,
                &[("prefer", "return=Minimal")],
                "Prefer: return=Minimal in place of return=minimal",
            ),
            (&[], true, &[("prefer", "a")], "Prefer: a in place of nothing"),
            (
                &[("Content-Type", "application/json")],
                false,
                &[("content-type", "text/plain")],
                "Content-Type: text/plain in place of application/json",
            ),
            (
                &[("Content-Type", "application/json")],
                true,
                &[],
                "Content-Type: nothing in place of application/json",
            ),
            (
                &[("Content-Type", "application/zip")],
                false,
                &[],
                "Content-Type: nothing in place of application/zip",
            ),
        ] {
            assert_eq!(compared(page, has_body, sent), [expected]);
        }
    }
}
