//! Removes the token from what a service echoes.
//!
//! Enters: a text or the headers of an answer. Leaves: the same without the token, fit to be shown.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::web::credential::Token;

/// What is shown in place of the token.
const MASK: &str = "[token]";

/// A shorter token is masked only where it is not a part of a word; otherwise the text would become
/// unreadable.
const SHORT: usize = 12;

/// A text that begins like the token is masked if it has at least so many bytes of it: a quotation from an
/// answer may be cut off within the token.
const BEGINNING: usize = 16;

/// The characters of a token that a URL percent-encodes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text without the token.
pub(crate) fn masked<'t>(text: &'t str, token: Option<&Token>) -> Cow<'t, str> {
    let Some(secret) = token.map(Token::secret).filter(|secret| !secret.is_empty()) else {
        return text.into();
    };
    let mut shown = Cow::Borrowed(text);
    // As it is, as JSON may escape it, and as a URL encodes it.
    let in_json = secret.replace('/', "\\/");
    let in_url = utf8_percent_encode(secret, ENCODED).to_string();
    let others = [in_json.as_str(), in_url.as_str()].into_iter().filter(|form| *form != secret);
    for form in std::iter::once(secret).chain(others) {
        if let Some(without) = without(&shown, form) {
            shown = without.into();
        }
    }
    shown
}

/// A text without a secret; `None` if the text does not contain it.
fn without(text: &str, secret: &str) -> Option<String> {
    let beginning = secret.get(..BEGINNING).unwrap_or(secret);
    let mut shown = String::new();
    // Up to where the text has been copied, and where the search goes on.
    let (mut taken, mut from) = (0, 0);
    while let Some(start) = text[from..].find(beginning).map(|at| from + at) {
        from = start + common(&text[start..], secret);
        if secret.len() >= SHORT || is_word(text, start, from) {
            shown.push_str(&text[taken..start]);
            shown.push_str(MASK);
            taken = from;
        }
    }
    (taken > 0).then(|| shown + &text[taken..])
}

/// The length of the longest common prefix of two texts, in bytes.
fn common(text: &str, other: &str) -> usize {
    let pairs = text.chars().zip(other.chars());
    pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum()
}

/// Whether a part of a text is not within a word.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let around = [text[..start].chars().next_back(), text[end..].chars().next()];
    !around.into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
}

/// Removes the token from the values of headers.
pub(crate) fn mask_headers(headers: &mut HeaderMap, token: Option<&Token>) {
    if token.is_none() {
        return;
    }
    for value in headers.values_mut() {
        let text = String::from_utf8_lossy(value.as_bytes());
        if let Cow::Owned(text) = masked(&text, token) {
            *value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(MASK));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_masked_and_words_are_not() {
        for (secret, text, expected) in [
            ("t", "the token t, not \"t\"", "the token [token], not \"[token]\""),
            ("t", "t", "[token]"),
            ("secret", "secrets of a secret.", "secrets of a [token]."),
            ("eyJ0eXAiOiJK", "xeyJ0eXAiOiJKx eyJ0eXAiOiJK", "x[token]x [token]"),
            ("\u{fc}", "a\u{fc} \u{fc}", "a\u{fc} [token]"),
            ("", "text", "text"),
            ("token", "Bearer token", "Bearer [token]"),
            // In JSON, in a URL, and cut off.
            ("ab/cd+ef/gh=", r"ab\/cd+ef\/gh= ab%2Fcd%2Bef%2Fgh%3D", "[token] [token]"),
            ("0123456789abcdef.xyz", "\"0123456789abcdef.x is none", "\"[token] is none"),
            ("0123456789abcdef.xyz", "0123456789abcde", "0123456789abcde"),
            ("aaaaaaaaaaaaaaaaaa", "xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaay", "x[token][token]y"),
        ] {
            assert_eq!(masked(text, Some(&Token::new(secret))), expected, "{secret}");
        }
        assert_eq!(masked("text", None), "text");
    }

    #[test]
    fn headers_hold_no_token() {
        let mut headers = HeaderMap::new();
        headers.insert("location", HeaderValue::from_static("/x?sig=eyJ0eXAiOiJK"));
        headers.append("x", HeaderValue::from_static("a"));
        headers.append("x", HeaderValue::from_bytes(b"\xfc eyJ0eXAiOiJK").expect("a value"));
        mask_headers(&mut headers, Some(&Token::new("eyJ0eXAiOiJK")));
        assert_eq!(headers["location"], "/x?sig=[token]");
        let values: Vec<_> = headers.get_all("x").iter().map(HeaderValue::as_bytes).collect();
        assert_eq!(values, [&b"a"[..], "\u{fffd} [token]".as_bytes()]);
    }
}
