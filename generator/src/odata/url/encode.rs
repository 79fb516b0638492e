//! URLs as people write them.
//!
//! Enters: a URL in which strings are not percent-encoded. Leaves: a URL that can be sent. Must not
//! know: the grammar, except where a string begins and ends.

use super::cursor::is_segment;
use std::fmt::Write;

/// Percent-encodes the characters of strings that a URL may not contain: `name eq 'a b'` becomes
/// `name eq 'a%20b'`. Everything else stays as it is.
///
/// ```
/// let written = schemacrate::internals::url::encode_strings("users?$filter=name eq 'Ada & Søn'");
/// assert_eq!(written, "users?$filter=name eq 'Ada%20%26%20S%C3%B8n'");
/// ```
#[must_use]
pub fn encode_strings(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\'') {
        let (before, after) = rest.split_at(at);
        written.push_str(before);
        written.push('\'');
        // Elsewhere a quote is only a quote: `People/O'Neil`.
        let begins = before.is_empty() || before.ends_with(['(', ',', '=', ' ', ':', '[']);
        let end = if begins { string_end(&after[1..]) } else { None };
        rest = &after[1..];
        if let Some(end) = end {
            push_encoded(&mut written, &rest[..end]);
            written.push('\'');
            rest = &rest[end + 1..];
        }
    }
    written.push_str(rest);
    written
}

/// The quote that ends a string: one that is not doubled.
fn string_end(text: &str) -> Option<usize> {
    let mut quotes = text.match_indices('\'').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}

fn push_encoded(written: &mut String, text: &str) {
    for c in text.chars() {
        // A percent sign counts as the beginning of an encoded character.
        if c == '%' || (is_segment(c, false) && c != '&') {
            written.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(written, "%{byte:02X}");
        }
    }
}
