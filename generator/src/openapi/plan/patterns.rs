//! Regular expressions for the names of members, as far as the runtime tells names apart.
//!
//! Enters: a regular expression of ECMA-262. Leaves: a [`NamePattern`] that has at least its names, and
//! whether it has more. Must not know: what the members are.

use crate::crate_plan::{NamePattern, naming};

/// The names, and whether they are exactly those of the expression.
pub(super) fn pattern(expression: &str) -> (NamePattern, bool) {
    let begins = expression.strip_prefix('^');
    let rest = begins.unwrap_or(expression);
    let (text, after) = literal(rest);
    let is_begin = begins.is_some();
    match (is_begin, after) {
        // `^` and the empty expression match every name.
        (_, "" | ".*" | ".*$") if text.is_empty() => (NamePattern::Any, true),
        (true, "" | ".*" | ".*$") => (NamePattern::Prefix(text), true),
        (true, "$") => (NamePattern::Exactly(text), true),
        (false, "") => (NamePattern::Containing(text), true),
        (false, "$") if !text.is_empty() => (NamePattern::Suffix(text), true),
        // Nearly no name is empty.
        (_, ".+" | ".+$") if text.is_empty() => (NamePattern::Any, true),
        _ if is_begin && !text.is_empty() && !rest.contains('|') => {
            (NamePattern::Prefix(text), false)
        }
        _ => match rest.strip_prefix(".*").map(literal) {
            Some((text, "$")) if !text.is_empty() => (NamePattern::Suffix(text), true),
            _ => (NamePattern::Any, false),
        },
    }
}

/// The field for the members with some names.
pub(super) fn field(names: &NamePattern) -> String {
    match names {
        NamePattern::Prefix(text) | NamePattern::Suffix(text) | NamePattern::Containing(text) => {
            format!("{}_members", naming::stem(&naming::value_name(text)))
        }
        NamePattern::Exactly(text) => naming::value_name(text),
        NamePattern::Any => "entries".to_owned(),
    }
}

/// The characters at the beginning of an expression that stand for themselves, and what is after them.
fn literal(expression: &str) -> (String, &str) {
    let mut text = String::new();
    let mut rest = expression;
    loop {
        let mut chars = rest.chars();
        let (found, after) = match chars.next() {
            Some('\\') => match chars.next() {
                Some(escaped) if !escaped.is_alphanumeric() => (escaped, chars.as_str()),
                _ => break,
            },
            Some(plain) if !"^$.*+?()[]{}|".contains(plain) => (plain, chars.as_str()),
            _ => break,
        };
        // A character that may be absent or come several times is not certain.
        if after.starts_with(['*', '?', '{', '+']) {
            break;
        }
        text.push(found);
        rest = after;
    }
    (text, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_expressions_are_exact() {
        let prefix = |text: &str| NamePattern::Prefix(text.to_owned());
        for (expression, expected) in [
            ("^x-", (prefix("x-"), true)),
            ("^x\\-", (prefix("x-"), true)),
            ("^x-.*$", (prefix("x-"), true)),
            ("^id$", (NamePattern::Exactly("id".to_owned()), true)),
            ("Id$", (NamePattern::Suffix("Id".to_owned()), true)),
            (".*Id$", (NamePattern::Suffix("Id".to_owned()), true)),
            ("at", (NamePattern::Containing("at".to_owned()), true)),
            (".*", (NamePattern::Any, true)),
            ("^.+$", (NamePattern::Any, true)),
            ("", (NamePattern::Any, true)),
            ("^S_[0-9]+$", (prefix("S_"), false)),
            ("^[a-z]+$", (NamePattern::Any, false)),
            ("^a|b", (NamePattern::Any, false)),
            ("^ab?c", (prefix("a"), false)),
            ("^\\d+$", (NamePattern::Any, false)),
        ] {
            assert_eq!(pattern(expression), expected, "{expression}");
        }
    }
}
