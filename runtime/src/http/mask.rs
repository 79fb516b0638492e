//! Removes the token and the keys of a request from what a service echoes.
//!
//! Enters: a text or the headers of an answer. Leaves: the same without the secrets, fit to be shown.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::web::credential::Token;
use crate::web::keys::Keys;

/// What is shown in place of the token.
const TOKEN: &str = "[token]";

/// What is shown in place of a key.
const KEY: &str = "[key]";

/// What nothing that is shown about a call may hold.
pub(crate) struct Secrets<'c> {
    token: Option<Token>,
    keys: Option<&'c Keys>,
}

impl<'c> Secrets<'c> {
    pub(crate) fn new(token: Option<Token>, keys: Option<&'c Keys>) -> Self {
        Self { token, keys: keys.filter(|keys| !keys.list.is_empty()) }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.token.is_none() && self.keys.is_none()
    }

    /// Each text, and what is shown in its place.
    fn texts(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let token = self.token.iter().map(|token| (token.secret(), TOKEN));
        let keys = self.keys.iter().flat_map(|keys| &keys.list).flat_map(|key| key.secrets());
        let texts = token.chain(keys.map(|key| (key.as_str(), KEY)));
        texts.filter(|(text, _)| !text.is_empty())
    }
}

/// A shorter token is masked only where it is not a part of a word; otherwise the text would become
/// unreadable.
const SHORT: usize = 12;

/// A text that begins like the token is masked if it has at least so many bytes of it: a quotation from an
/// answer may be cut off within the token.
const BEGINNING: usize = 16;

/// The characters of a token that a URL percent-encodes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text without the secrets.
pub(crate) fn masked<'t>(text: &'t str, secrets: &Secrets<'_>) -> Cow<'t, str> {
    let mut shown = Cow::Borrowed(text);
    for (secret, mask) in secrets.texts() {
        // As it is, as JSON may escape it, and as a URL encodes it.
        let in_json = secret.replace('/', "\\/");
        let in_url = utf8_percent_encode(secret, ENCODED).to_string();
        let others = [in_json.as_str(), in_url.as_str()].into_iter().filter(|form| *form != secret);
        for form in std::iter::once(secret).chain(others) {
            if let Some(without) = without(&shown, form, mask) {
                shown = without.into();
            }
        }
    }
    shown
}

/// A text with a mask in place of a secret; `None` if the text does not contain it.
fn without(text: &str, secret: &str, mask: &str) -> Option<String> {
    let beginning = secret.get(..BEGINNING).unwrap_or(secret);
    let mut shown = String::new();
    // Up to where the text has been copied, and where the search goes on.
    let (mut taken, mut from) = (0, 0);
    while let Some(start) = text[from..].find(beginning).map(|at| from + at) {
        from = start + common(&text[start..], secret);
        if secret.len() >= SHORT || is_word(text, start, from) {
            shown.push_str(&text[taken..start]);
            shown.push_str(mask);
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

/// Removes the secrets from the values of headers.
pub(crate) fn mask_headers(headers: &mut HeaderMap, secrets: &Secrets<'_>) {
    if secrets.is_empty() {
        return;
    }
    for value in headers.values_mut() {
        let text = String::from_utf8_lossy(value.as_bytes());
        if let Cow::Owned(text) = masked(&text, secrets) {
            *value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(TOKEN));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::web::keys::Key;

    fn of_token(secret: &str) -> Secrets<'static> {
        Secrets::new(Some(Token::new(secret)), None)
    }

    #[test]
    fn keys_are_masked_as_a_token_is() {
        let basic = Key::header("authorization", "Basic dTpw", &["dTpw", "p"]).expect("a key");
        let list = vec![Arc::new(Key::query("key", "ab/cd+ef/gh=")), Arc::new(basic)];
        let keys = Keys { list, ..Keys::default() };
        let secrets = Secrets::new(Some(Token::new("t")), Some(&keys));
        let shown = masked("t ab%2Fcd%2Bef%2Fgh%3D Basic dTpw, p is not top", &secrets);
        assert_eq!(shown, "[token] [key] Basic [key], [key] is not top");
    }

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
            assert_eq!(masked(text, &of_token(secret)), expected, "{secret}");
        }
        assert_eq!(masked("text", &Secrets::new(None, None)), "text");
    }

    #[test]
    fn headers_hold_no_token() {
        let mut headers = HeaderMap::new();
        headers.insert("location", HeaderValue::from_static("/x?sig=eyJ0eXAiOiJK"));
        headers.append("x", HeaderValue::from_static("a"));
        headers.append("x", HeaderValue::from_bytes(b"\xfc eyJ0eXAiOiJK").expect("a value"));
        mask_headers(&mut headers, &of_token("eyJ0eXAiOiJK"));
        assert_eq!(headers["location"], "/x?sig=[token]");
        let values: Vec<_> = headers.get_all("x").iter().map(HeaderValue::as_bytes).collect();
        assert_eq!(values, [&b"a"[..], "\u{fffd} [token]".as_bytes()]);
    }
}
