//! Query options.
//!
//! Enters: two queries, printed and sent. Leaves: which options are in one of them only. Must not know:
//! to which resource they are applied.

use super::{Comparison, Difference, expression};
use percent_encoding::percent_decode_str;
use schemacrate::internals::url::{encode_strings, option};

/// An option, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
}

/// Reads a query as a page prints it, where strings are not encoded and a plus is a blank.
pub(super) fn printed(query: &str) -> Vec<Pair> {
    let mut pairs = read(&encode_strings(&query.replace('+', " ")));
    for Pair { name, value } in &mut pairs {
        *name = name.trim().to_owned();
        *value = value.trim().to_owned();
    }
    pairs
}

/// Reads a query as it was sent.
pub(super) fn sent(query: &str) -> Vec<Pair> {
    read(&query.replace('+', " "))
}

/// An empty option means nothing.
fn read(query: &str) -> Vec<Pair> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pair = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        Pair { name: decoded(name), value: decoded(value) }
    };
    query.split('&').filter(|text| !text.trim().is_empty()).map(pair).collect()
}

/// Removes what both have, as text or in meaning, and reports the rest.
pub(super) fn compare(mut expected: Vec<Pair>, mut found: Vec<Pair>, comparison: &mut Comparison) {
    expected.retain(|one| {
        let at = found.iter().position(|other| other == one);
        at.map(|at| found.remove(at)).is_none()
    });
    expected.retain(|one| {
        let Some(meaning) = meaning(one) else { return true };
        let same = |other: &Pair| self::meaning(other).is_some_and(|other| other == meaning);
        let Some(at) = found.iter().position(same) else { return true };
        found.remove(at);
        comparison.by_meaning.push(one.name.clone());
        false
    });
    if expected.is_empty() && found.is_empty() {
        return;
    }
    let shown = |pairs: &[Pair]| {
        let pairs: Vec<String> =
            pairs.iter().map(|pair| format!("{}={}", pair.name, pair.value)).collect();
        if pairs.is_empty() { "nothing".to_owned() } else { pairs.join("&") }
    };
    let text = format!("{} in place of {}", shown(&found), shown(&expected));
    comparison.differences.push(Difference::new("query", text));
}

/// What a system option means, in one form.
fn meaning(pair: &Pair) -> Option<String> {
    let read = |value: &str| {
        let text = format!("{}={}", pair.name, value.replace('%', "%25"));
        option(&encode_strings(&text).replace(' ', "%20"))
    };
    let option = read(&pair.value).or_else(|_| read(&without_blanks(&pair.value)));
    expression::canonical(&option.ok()?)
}

/// People put blanks around the commas of a list, where the grammar has none.
fn without_blanks(text: &str) -> String {
    let mut written = String::new();
    let (mut quoted, mut after_comma) = (false, false);
    for c in text.chars() {
        quoted ^= c == '\'';
        if c == ' ' && after_comma && !quoted {
            continue;
        }
        after_comma = c == ',' && !quoted;
        if after_comma {
            written.truncate(written.trim_end_matches(' ').len());
        }
        written.push(c);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is different, and what is equal in meaning only.
    fn compared(page: &str, wire: &str) -> (bool, Vec<String>) {
        let mut comparison = Comparison::default();
        compare(printed(page), sent(wire), &mut comparison);
        (!comparison.differences.is_empty(), comparison.by_meaning)
    }

    #[test]
    fn options_are_a_set_of_pairs() {
        for (page, wire) in [
            ("$top=1&$skip=2", "$skip=2&$top=1"),
            ("&$top=1&", "$top=1"),
            ("$filter=a+eq+'b c'", "$filter=a%20eq%20'b%20c'"),
            ("$filter=a eq 'b & c=d'", "$filter=a%20eq%20%27b%20%26%20c%3Dd%27"),
            ("$filter = a eq 1", "$filter=a%20eq%201"),
            ("$search=\"a:b\"", "$search=%22a%3Ab%22"),
            ("x={id}", "x=%7Bid%7D"),
            ("x", "x="),
            ("x=100%", "x=100%25"),
            ("x=1&x=1", "x=1&x=1"),
        ] {
            assert_eq!(compared(page, wire), (false, Vec::new()), "{page} {wire}");
        }
        for (page, wire) in [
            ("$top=1", "$top=2"),
            ("$top=1", ""),
            ("", "$top=1"),
            ("x=1&x=1", "x=1"),
            ("x=a", "x=A"),
            ("X=a", "x=a"),
            ("x=a+b", "x=a%2Bb"),
            ("$filter=a eq 'b'", "$filter=a%20eq%20'B'"),
        ] {
            assert!(compared(page, wire).0, "{page} {wire}");
        }
    }

    #[test]
    fn system_options_may_be_equal_in_meaning() {
        for (page, wire) in [
            ("$filter=(a eq 1)", "$filter=a%20eq%201"),
            ("$filter=startsWith(a, 'b')", "$filter=startswith(a,'b')"),
            ("$select=a , b,  c", "$select=a,b,c"),
            ("$orderBy=a", "$orderby=a"),
            ("$orderby=a asc", "$orderby=a"),
            ("top=10", "$top=10"),
            ("$filter=x/any(a:a/b eq 'c')", "$filter=x/any(d:d/b%20eq%20'c')"),
            ("$expand=a($levels=max;$select=b)", "$expand=a($select=b;$levels=max)"),
        ] {
            let (differs, by_meaning) = compared(page, wire);
            assert!(!differs && by_meaning.len() == 1, "{page} {wire}");
        }
        for (page, wire) in [
            ("$select=a,b", "$select=b,a"),
            ("$select=A", "$select=a"),
            ("$filter=a eq 1 or b eq 2 and c eq 3", "$filter=(a eq 1 or b eq 2) and c eq 3"),
            ("$filter=a eq 'O''N'", "$filter=a eq 'O''''N'"),
            ("$filter=a eq '1'", "$filter=a eq 1"),
            ("$orderby=a desc", "$orderby=a"),
        ] {
            let wire = wire.replace(' ', "%20");
            assert!(compared(page, &wire).0, "{page} {wire}");
        }
    }
}
