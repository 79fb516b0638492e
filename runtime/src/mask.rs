//! Takes the token out of what a service echoes.
//!
//! What enters is a text or the headers of an answer, what leaves holds no token and may be shown.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};

use crate::credential::Token;

/// What is shown in place of the token.
const MASK: &str = "[token]";

/// A shorter token is masked only where it is not a part of a word, for otherwise the text would be
/// torn to pieces.
const SHORT: usize = 12;

/// A text without the token.
pub(crate) fn masked<'t>(text: &'t str, token: Option<&Token>) -> Cow<'t, str> {
    let Some(secret) = token.map(Token::secret).filter(|secret| !secret.is_empty()) else {
        return text.into();
    };
    let whole = |start: usize| {
        let before = text[..start].chars().next_back();
        let after = text[start + secret.len()..].chars().next();
        ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
    };
    let mut shown = String::new();
    let mut rest = 0;
    for (start, _) in text.match_indices(secret) {
        if secret.len() >= SHORT || whole(start) {
            shown.push_str(&text[rest..start]);
            shown.push_str(MASK);
            rest = start + secret.len();
        }
    }
    if rest == 0 {
        return text.into();
    }
    shown.push_str(&text[rest..]);
    shown.into()
}

/// Takes the token out of the values of headers.
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
