//! Scheme and authority of a URL (RFC 3986).
//!
//! Enters: a URL. Leaves: where its path begins. Must not know: what the path means.

use super::cursor::{Cursor, UrlError, is_unreserved};
use std::net::Ipv6Addr;

/// Whether a URL has a scheme in front of its authority.
pub(super) fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once("://") else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Where the path begins: the byte of the slash after the authority.
pub(super) fn authority(text: &str) -> Result<usize, UrlError> {
    let lower =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    let Some(scheme) = ["https", "http"].into_iter().find(|scheme| lower(scheme)) else {
        return Err(UrlError { at: 0, expected: "`https` or `http`" });
    };
    let at = scheme.len();
    let Some(rest) = text[at..].strip_prefix("://") else {
        return Err(UrlError { at, expected: "`://`" });
    };
    let start = at + "://".len();
    let end = rest.find(['/', '?', '#']).map_or(text.len(), |at| start + at);
    let (host, port) = split_port(&text[start..end]);
    if !is_host(host) {
        return Err(UrlError { at: start, expected: "a host" });
    }
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(UrlError { at: end - port.len(), expected: "a port" });
    }
    if !text[end..].starts_with('/') {
        return Err(UrlError { at: end, expected: "`/`" });
    }
    Ok(end)
}

fn split_port(authority: &str) -> (&str, &str) {
    let from = authority.rfind(']').unwrap_or(0);
    match authority[from..].find(':') {
        Some(at) => (&authority[..from + at], &authority[from + at + 1..]),
        None => (authority, ""),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse::<Ipv6Addr>().is_ok() || is_future_address(inner);
    }
    let mut cursor = Cursor::new(host, 0);
    cursor.take_marks(|c, encoded| encoded || is_unreserved(c) || "!$&'()*+,;=".contains(c));
    cursor.is_done()
}

/// An address of a future version: `v7.0`.
fn is_future_address(text: &str) -> bool {
    let Some((version, address)) = text.split_once('.') else { return false };
    let Some(digits) = version.strip_prefix(['v', 'V']) else { return false };
    let fits = |c: char| is_unreserved(c) || "!$&'()*+,;=:".contains(c);
    let hexadecimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal && !address.is_empty() && address.chars().all(fits)
}

/// Whether a text is a URI with a scheme and something after it.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let mut cursor = Cursor::new(rest, 0);
    cursor.take_marks(|c, encoded| encoded || is_unreserved(c) || "!$&'()*+,;=:@/?#[]".contains(c));
    named && !rest.is_empty() && cursor.is_done()
}
