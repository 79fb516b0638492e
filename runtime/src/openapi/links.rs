//! The header `Link` (RFC 8288).
//!
//! Enters: the headers of an answer. Leaves: the target of a relation as the service wrote it. Must not know:
//! what the target is relative to.

use http::{HeaderMap, header};

use crate::web::link::text;

/// The target of the first link with a relation, which is compared without regard to case.
pub(super) fn target(headers: &HeaderMap, relation: &str) -> Option<String> {
    let values = headers.get_all(header::LINK).iter().map(text);
    values.into_iter().find_map(|value| find(&value, relation).map(str::to_owned))
}

/// The target of the first link with a relation in the value of a header.
fn find<'v>(value: &'v str, relation: &str) -> Option<&'v str> {
    let mut rest = value;
    loop {
        // What precedes a link is a comma, or nothing that is one.
        let (_, opened) = rest.split_once('<')?;
        let (target, after) = opened.split_once('>')?;
        let (parameters, next) = split(after);
        if relations(parameters).is_some_and(|own| {
            own.split_whitespace().any(|name| name.eq_ignore_ascii_case(relation))
        }) {
            return Some(target.trim());
        }
        rest = next;
    }
}

/// The parameters of a link, and what follows the comma after them. A comma in quotes is a part of them.
fn split(text: &str) -> (&str, &str) {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if std::mem::take(&mut is_escaped) => {}
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

/// The value of the first parameter `rel`.
fn relations(parameters: &str) -> Option<&str> {
    let mut rest = parameters;
    while let Some((_, after)) = rest.split_once(';') {
        let (name, value) = after.split_once('=').unwrap_or((after, ""));
        // A parameter without a value ends before the next one begins.
        if name.contains(';') {
            rest = after;
            continue;
        }
        let value = value.trim_start();
        let (value, next) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find([';', ',']).unwrap_or(value.len())),
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            return Some(value.trim());
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_by_its_relation() {
        for (value, expected) in [
            (
                "<https://host/2>; rel=\"next\", <https://host/9>; rel=\"last\"",
                Some("https://host/2"),
            ),
            ("<https://host/9>; rel=\"last\",<https://host/2>;rel=next", Some("https://host/2")),
            ("</a,b;c>; rel=\"last NEXT\"", Some("/a,b;c")),
            ("<a>; title=\"x, <b>; rel=next\"; rel=last, <c>; REL = next", Some("c")),
            ("<a>; title=\"\\\"\"; rel=prev, <b>; rel=next", Some("b")),
            ("<a>; async; rel=next", Some("a")),
            ("<a>; rel=last; rel=next", None),
            ("<a>", None),
            ("<a>; rel", None),
            ("next", None),
            ("<a; rel=next", None),
            ("", None),
        ] {
            assert_eq!(find(value, "next"), expected, "{value}");
        }
    }
}
