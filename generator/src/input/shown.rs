//! What may be shown of texts that come from a document.
//!
//! Enters: texts. Leaves: the same without passwords and control characters, and not too long. Must not
//! know: what they mean.

use std::borrow::Cow;

/// Removes what nobody should see from a message: passwords, and characters that a terminal obeys.
pub(crate) fn make_safe(text: &mut String) {
    if let Cow::Owned(safe) = without_passwords(text) {
        *text = safe;
    }
    if text.contains(is_control) {
        let escaped = |c: char| match is_control(c) {
            true => c.escape_unicode().to_string(),
            false => c.to_string(),
        };
        *text = text.chars().map(escaped).collect();
    }
}

/// Whether a terminal does something else with a character than showing it: a control character other than
/// the ends of lines and tabulators, or one that changes the direction of the text around it.
fn is_control(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text with a `*` for each byte of a password in an address (`https://user:password@…`).
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    let mut masked: Option<String> = None;
    let mut from = 0;
    while let Some(found) = text[from..].find("://") {
        from += found + 3;
        let rest = &text[from..];
        let is_end = |c: char| c.is_whitespace() || c.is_control() || "/?#\"'`<>\\".contains(c);
        let authority = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let Some((user, _)) = authority.rsplit_once('@') else { continue };
        let Some(colon) = user.find(':') else { continue };
        let range = from + colon + 1..from + user.len();
        let stars = "*".repeat(range.len());
        masked.get_or_insert_with(|| text.to_owned()).replace_range(range, &stars);
    }
    masked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// At most this many characters of a text. The last one is `…` if there are more.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().take(most.saturating_sub(1)).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (text, expected) in [
            ("a https://u:secret@h/p b", "a https://u:******@h/p b"),
            ("`http://u:s@h` `ftp://x:é@y`", "`http://u:*@h` `ftp://x:**@y`"),
            ("https://u:a@b@h/", "https://u:***@h/"),
            ("https://h:80/a@b", "https://h:80/a@b"),
            ("https://u@h/", "https://u@h/"),
            ("://", "://"),
        ] {
            assert_eq!(without_passwords(text), expected);
        }
    }

    #[test]
    fn only_a_text_that_is_too_long_is_shortened() {
        for (text, expected) in [("äöü", "äöü"), ("äöüß", "äö…"), ("abcd", "ab…"), ("", "")]
        {
            assert_eq!(shortened(text, 3), expected);
        }
        assert_eq!(shortened("a", 0), "…");
    }

    #[test]
    fn control_characters_are_shown_as_escapes() {
        let mut text = "a\0b\u{1b}[31m\n\tc\u{7f}\u{9b}\u{202e}d é".to_owned();
        make_safe(&mut text);
        assert_eq!(text, "a\\u{0}b\\u{1b}[31m\n\tc\\u{7f}\\u{9b}\\u{202e}d é");
    }
}
