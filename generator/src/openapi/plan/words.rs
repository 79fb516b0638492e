//! Names for values that have none, `+1` → `Plus1`, `2fa` → `Value2fa`, and titles that are names.

use crate::crate_plan::naming;

/// The words of characters that no name has.
const SIGNS: [(char, &str); 26] = [
    ('+', "Plus"),
    ('-', "Minus"),
    ('*', "Asterisk"),
    ('/', "Slash"),
    ('\\', "Backslash"),
    ('=', "Equals"),
    ('<', "Less"),
    ('>', "Greater"),
    ('!', "Not"),
    ('?', "Question"),
    ('.', "Dot"),
    (',', "Comma"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('%', "Percent"),
    ('&', "And"),
    ('|', "Or"),
    ('#', "Hash"),
    ('@', "At"),
    ('$', "Dollar"),
    ('^', "Caret"),
    ('~', "Tilde"),
    ('_', "Underscore"),
    (' ', "Blank"),
    ('(', "Open"),
    (')', "Close"),
];

/// The name of a field for a member.
pub(super) fn of_member(name: &str) -> String {
    naming::value_name(&spelled(name))
}

/// A text in which signs before numbers, and plus signs, are words: without them `+1` and `-1` are the same.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(found) = chars.next() {
        let is_sign = !before.is_some_and(char::is_alphanumeric)
            && chars.peek().is_some_and(|next| next.is_ascii_digit());
        match found {
            '+' => spelled.push_str(" plus "),
            '-' if is_sign => spelled.push_str(" minus "),
            other => spelled.push(other),
        }
        before = Some(found);
    }
    spelled.trim().to_owned()
}

/// The name of a variant for a value of an enumeration.
pub(super) fn of_value(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let has_letters = text.chars().any(char::is_alphanumeric);
    let sign = |found: char| SIGNS.iter().find(|(sign, _)| *sign == found).map(|(_, word)| *word);
    if !has_letters {
        let words: String = text.chars().filter_map(sign).collect();
        return if words.is_empty() { naming::type_name(text) } else { words };
    }
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    let rest = chars.as_str();
    let begins_with_digit = |text: &str| text.starts_with(|c: char| c.is_numeric());
    match sign(first) {
        // A sign before a number is a part of its meaning.
        Some(word) if matches!(first, '+' | '-' | '<' | '>' | '!' | '=') => {
            let rest = naming::type_name(rest);
            [word, rest.strip_prefix("Item").unwrap_or(&rest)].concat()
        }
        _ if begins_with_digit(text) => {
            let name = naming::type_name(&spelled(text));
            ["Value", name.strip_prefix("Item").unwrap_or(&name)].concat()
        }
        _ => naming::type_name(&spelled(text)),
    }
}

/// The name that a title is; `None` if it is a sentence.
pub(super) fn of_title(title: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let is_name = title.len() <= LONGEST && title.chars().any(char::is_alphanumeric);
    is_name.then(|| naming::type_name(title))
}

#[cfg(test)]
mod tests {
    use super::{of_member, of_value};

    #[test]
    fn every_value_has_a_name_that_people_recognise() {
        for (value, name) in [
            ("asc", "Asc"),
            ("in_progress", "InProgress"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("2fa", "Value2fa"),
            ("1.5", "Value15"),
            ("", "Empty"),
            ("<=", "LessEquals"),
            ("*", "Asterisk"),
            ("text/html", "TextHtml"),
            ("-created", "MinusCreated"),
            ("…", "Item"),
            ("reactions-+1", "ReactionsPlus1"),
            ("reactions--1", "ReactionsMinus1"),
            ("C++", "CPlusPlus"),
        ] {
            assert_eq!(of_value(value), name, "{value}");
        }
    }

    #[test]
    fn members_with_signs_have_different_names() {
        for (member, name) in [
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("displayName", "display_name"),
            ("a-b", "a_b"),
            ("@id", "id"),
            ("-created", "created"),
        ] {
            assert_eq!(of_member(member), name, "{member}");
        }
    }
}
