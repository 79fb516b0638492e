//! Resource paths.
//!
//! Enters: the path of a URL, printed or sent. Leaves: its segments, with keys and arguments in one
//! form, and the first difference between two of them. Must not know: a schema, except for the names of
//! operations, whose namespace may be left out.

use super::super::equality;
use super::super::json::Json;
use super::super::scalar::same_number;
use super::Difference;
use super::query::Pair;
use percent_encoding::percent_decode_str;
use schemacrate::internals::url::identifier;
use std::collections::BTreeSet;
use std::fmt;

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A name, or a key in either form, decoded.
    Segment(String),
    /// Named values in parentheses, by their names.
    Arguments(Vec<(String, String)>),
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Segment(text) => formatter.write_str(text),
            Self::Arguments(all) => {
                let all: Vec<String> =
                    all.iter().map(|(name, value)| format!("{name}={value}")).collect();
                write!(formatter, "({})", all.join(","))
            }
        }
    }
}

/// Reads a path. A printed one may have superfluous slashes.
pub(super) fn read(path: &str, operations: &BTreeSet<String>, printed: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for segment in divided(path, '/') {
        if segment.is_empty() && (printed || path.is_empty()) {
            continue;
        }
        let (name, groups) = parentheses(segment);
        let name = decoded(name);
        let simple = name.rsplit_once('.').filter(|_| operations.contains(&name));
        let name = simple.map_or(name.clone(), |(_, simple)| simple.to_owned());
        if !name.is_empty() || groups.is_empty() {
            parts.push(Part::Segment(name));
        }
        parts.extend(groups.into_iter().filter_map(group));
    }
    parts
}

/// Replaces parameter aliases by their values, and removes them from the query.
pub(super) fn resolve_aliases(parts: &mut [Part], query: &mut Vec<Pair>) {
    for part in parts {
        let Part::Arguments(arguments) = part else { continue };
        for (_, value) in arguments {
            if value.starts_with('@')
                && let Some(at) = query.iter().position(|pair| pair.name == *value)
            {
                *value = query.remove(at).value;
            }
        }
    }
}

/// The first difference between two paths.
pub(super) fn difference(expected: &[Part], found: &[Part]) -> Option<Difference> {
    let shown = |parts: &[Part]| {
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        parts.join("/").replace("/(", "(")
    };
    if expected.len() == found.len()
        && expected.iter().zip(found).all(|(expected, found)| same(expected, found))
    {
        return None;
    }
    // The pages are careless about the case of names.
    let lower = |parts: &[Part]| -> Vec<String> {
        parts.iter().map(|part| part.to_string().to_lowercase()).collect()
    };
    let is_case = lower(expected) == lower(found);
    let aspect = if is_case { "letter case of the path" } else { "path" };
    let (expected, found) = (shown(expected), shown(found));
    Some(Difference::new(aspect, format!("{found} in place of {expected}")))
}

fn same(expected: &Part, found: &Part) -> bool {
    match (expected, found) {
        (Part::Arguments(one), Part::Arguments(other)) => {
            let pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.into_iter().all(|(one, other)| {
                    one.0 == other.0 && Value::read(&one.1).same(&Value::read(&other.1))
                })
        }
        _ => expected == found,
    }
}

/// An argument, decoded.
#[derive(Debug)]
enum Value {
    /// A string, or what is written like one.
    Text(String),
    /// An array or an object.
    Json(Json),
    /// Anything else, as it is written.
    Plain(String),
}

impl Value {
    fn read(text: &str) -> Self {
        let start = text.find('\'').unwrap_or_default();
        if let Some(inner) = unquoted(&text[start..])
            && (start == 0 || may_be_left_out(&text[..start]))
        {
            return Self::Text(inner);
        }
        match Json::parse(text) {
            Ok(Json::Text(text)) => Self::Text(text),
            Ok(found @ (Json::Array(_) | Json::Object(_))) => Self::Json(found),
            _ => Self::Plain(text.to_owned()),
        }
    }

    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Json(one), Self::Json(other)) => equality::difference(one, other).is_none(),
            (Self::Plain(one), Self::Plain(other)) => one == other || same_number(one, other),
            _ => false,
        }
    }
}

/// The content of a string in quotes, if the quotes within it are doubled.
fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let is_string = !inner.replace("''", "").contains('\'');
    is_string.then(|| inner.replace("''", "'"))
}

/// What is optional before the quotes in OData 4.01: the name of an enumeration, or `duration`.
fn may_be_left_out(prefix: &str) -> bool {
    prefix == "duration"
        || (prefix.contains('.') && prefix.split('.').all(|part| identifier(part).is_ok()))
}

/// The name of a segment, and the contents of each pair of parentheses after it.
fn parentheses(segment: &str) -> (&str, Vec<&str>) {
    let Some(start) = segment.find('(').filter(|_| segment.ends_with(')')) else {
        return (segment, Vec::new());
    };
    let (name, rest) = segment.split_at(start);
    let mut groups = Vec::new();
    let (mut depth, mut quoted, mut begin) = (0_usize, false, 0);
    for (at, c) in rest.char_indices() {
        quoted ^= c == '\'';
        match c {
            _ if quoted => {}
            '(' => {
                depth += 1;
                if depth == 1 {
                    begin = at + 1;
                }
            }
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    groups.push(&rest[begin..at]);
                }
            }
            // There is text between two pairs: these are not keys.
            _ if depth == 0 => return (segment, Vec::new()),
            _ => {}
        }
    }
    if depth > 0 || quoted { (segment, Vec::new()) } else { (name, groups) }
}

/// What a pair of parentheses holds. Empty ones mean nothing.
fn group(content: &str) -> Option<Part> {
    let content = content.trim();
    if content.is_empty() {
        return None;
    }
    let named = |part: &str| {
        let (name, value) = part.split_once('=')?;
        let (name, value) = (decoded(name), decoded(value));
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        (identifier(&name).is_ok() && !value.is_empty()).then_some((name, value))
    };
    let all: Option<Vec<(String, String)>> = divided(content, ',').into_iter().map(named).collect();
    Some(match all {
        Some(mut all) => {
            all.sort();
            Part::Arguments(all)
        }
        None => {
            let key = decoded(content);
            Part::Segment(unquoted(&key).unwrap_or(key))
        }
    })
}

/// The parts between separators that are in no quotes, parentheses, brackets or placeholders.
fn divided(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut split = |c: char| {
        // Outside of parentheses a quote is only a quote.
        quoted ^= c == '\'' && (depth > 0 || separator != '/');
        match c {
            _ if quoted => {}
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == separator && depth == 0 && !quoted
    };
    text.split(&mut split).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(expected: &str, found: &str) -> Option<&'static str> {
        let operations = BTreeSet::from(["n.delta".to_owned(), "n.range".to_owned()]);
        let (expected, found) =
            (read(expected, &operations, true), read(found, &operations, false));
        difference(&expected, &found).map(|one| one.aspect)
    }

    #[test]
    fn the_same_path_may_be_written_in_several_ways() {
        for (expected, found) in [
            ("users/{id}", "users/%7Bid%7D"),
            ("users/{id|name}/a", "users/%7Bid%7Cname%7D/a"),
            ("users/<a/b>/a", "users/%3Ca%2Fb%3E/a"),
            ("events('x')", "events/x"),
            ("events('a=')/b", "events/a=/b"),
            ("events(AAMk=)", "events/AAMk%3D"),
            ("events('O''Neil')", "events/O%27Neil"),
            ("users/O'Neil/events", "users/O%27Neil/events"),
            ("events('a/b')", "events/a%2Fb"),
            ("orders(7)", "orders/7"),
            ("users/delta", "users/n.delta()"),
            ("users/n.delta", "users/delta"),
            ("x/range(a='A1:B2', b={n})", "x/range(b=%7Bn%7D,a='A1:B2')"),
            ("x/range(a='p,q=r')/y", "x/n.range(a='p%2Cq%3Dr')/y"),
            ("x/range(a='(')/y", "x/range(a='%28')/y"),
            ("x/range(a='in')", "x/range(a=n.kind'in')"),
            ("x/range(a=2)", "x/range(a=2.0)"),
            ("x/range(a=[\"p\", \"q\"])", "x/range(a=%5B%22p%22%2C%22q%22%5D)"),
            ("x/range(a=1)(7)", "x/range(a=1)/7"),
            ("members/", "members"),
            ("members//x", "members/x"),
            ("", ""),
            ("root:/{path}:/children", "root%3A/%7Bpath%7D%3A/children"),
            ("19:a@thread.v2/x", "19%3Aa%40thread.v2/x"),
            ("orders(a=1,b='x')", "orders(b='x',a=1)"),
            ("a/(b", "a/(b"),
            ("a)b(c", "a)b(c"),
        ] {
            assert_eq!(differs(expected, found), None, "{expected} {found}");
        }
    }

    #[test]
    fn another_path_is_another() {
        for (expected, found) in [
            ("users/a", "users/b"),
            ("users/a", "users"),
            ("users", "users/a"),
            ("users/a", "users/a/"),
            ("users/a/b", "users/a%2Fb"),
            ("members/n.group", "members/group"),
            ("x/range(a='1')", "x/range(a=1)"),
            ("x/range(a='')", "x/range"),
            ("x/range(a='1',b=2)", "x/range(a='1')"),
            ("x/range(a=x'in')", "x/range(a='in')"),
            ("x/range(a='O''N')", "x/range(a='O%27N')"),
            ("events('O''Neil')", "events/O''Neil"),
            ("users('a')", "users('a')/b"),
        ] {
            assert_eq!(differs(expected, found), Some("path"), "{expected} {found}");
        }
        assert_eq!(differs("Users", "users"), Some("letter case of the path"));
        assert_eq!(differs("x/range(A=1)", "x/range(a=1)"), Some("letter case of the path"));
    }
}
