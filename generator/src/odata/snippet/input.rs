//! The URL of a request as people write it.
//!
//! Enters: a URL, with placeholders such as `{id}`, blanks and quotes as they are. Leaves: the
//! segments of its resource path and its query options, each as written and as parsed. Must not
//! know: what they mean.

use crate::odata::url::{self, QueryOption, SegmentKind, Url, encode_strings};
use std::borrow::Cow;
use std::fmt::Write as _;

/// A URL below a service root.
pub(super) struct Written {
    /// The service root that the URL has itself.
    pub(super) root: Option<String>,
    /// The segments of the resource path.
    pub(super) segments: Vec<WrittenSegment>,
    /// The query options.
    pub(super) options: Vec<WrittenOption>,
}

/// A segment of a resource path.
#[derive(Clone)]
pub(super) struct WrittenSegment {
    /// The text as written.
    pub(super) text: String,
    /// The parsed form.
    pub(super) read: url::Segment,
    /// Whether it has placeholders in the place of literals.
    pub(super) has_placeholders: bool,
}

/// A query option.
pub(super) struct WrittenOption {
    /// The decoded name.
    pub(super) name: String,
    /// The decoded value.
    pub(super) value: String,
    /// The parsed form, if it is valid.
    pub(super) read: Option<QueryOption>,
}

/// Reads a URL. `configured` is the service root of the client, and `is_root_name` reports whether a
/// name is at a service root.
///
/// # Errors
/// What is wrong with the URL.
pub(super) fn read(
    text: &str,
    configured: Option<&str>,
    is_root_name: impl Fn(&str) -> bool,
) -> Result<Written, String> {
    let text = text.trim().split('#').next().unwrap_or_default();
    let (address, query) = split_query(text);
    let address = with_scheme(address.trim(), configured, &is_root_name);
    let (root, path) = below_root(&address, configured, &is_root_name)?;
    let segments = split_path(path).into_iter().map(segment).collect();
    Ok(Written { root, segments, options: options(query) })
}

/// Splits a URL at the question mark, which may also be within a placeholder.
fn split_query(text: &str) -> (&str, &str) {
    let at = outside(text).find(|(_, c)| *c == '?').map(|(at, _)| at);
    at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

/// The characters of a text outside of strings and placeholders.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    let mut end = 0;
    text.char_indices().filter(move |(at, c)| {
        if *at < end {
            return false;
        }
        let (before, rest) = text.split_at(*at);
        let length = match c {
            '{' => rest.find('}'),
            '<' => rest.find('>'),
            // Strings are in parentheses. Elsewhere a quote is only a quote: `People/O'Neil`.
            '\'' if depth > 0 && before.ends_with(['(', '=', ',', ' ']) => string_end(rest),
            _ => None,
        };
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        end = length.map_or(end, |length| at + length + 1);
        length.is_none()
    })
}

/// The quote that ends the string with which a text begins: one that is not doubled.
fn string_end(text: &str) -> Option<usize> {
    let mut quotes = text.match_indices('\'').map(|(at, _)| at).skip(1).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}

/// The most segments of a service root; real ones have about three.
const LONGEST_ROOT: usize = 6;

/// Documentation leaves the scheme out, too: `example.com/v1/users`.
fn with_scheme<'t>(
    address: &'t str,
    configured: Option<&str>,
    is_root_name: impl Fn(&str) -> bool,
) -> Cow<'t, str> {
    let mut parts = address.split('/').take(LONGEST_ROOT);
    let first = parts.next().unwrap_or_default();
    let scheme = match configured.and_then(split_scheme) {
        Some((scheme, rest)) => {
            let host = rest.split('/').next().unwrap_or_default();
            (!host.is_empty() && first.eq_ignore_ascii_case(host)).then_some(scheme)
        }
        None => {
            let is_host = first.contains('.') && !first.contains([':', '(', '\'', '{']);
            let is_root = |part: &str| is_root_name(root_name(part));
            (is_host && !is_root(first) && parts.any(is_root)).then_some("https")
        }
    };
    scheme.map_or(Cow::Borrowed(address), |scheme| format!("{scheme}://{address}").into())
}

/// The name in a segment, without keys and colons after it.
fn root_name(segment: &str) -> &str {
    segment.split('(').next().unwrap_or(segment).trim_end_matches(':')
}

/// Splits a URL after its service root.
fn below_root<'t>(
    address: &'t str,
    configured: Option<&str>,
    is_root_name: impl Fn(&str) -> bool,
) -> Result<(Option<String>, &'t str), String> {
    let configured = configured.map(|root| root.trim_end_matches('/'));
    if let Some(rest) = configured.and_then(|root| strip_root(address, root)) {
        return Ok((None, rest));
    }
    let Some((scheme, rest)) = split_scheme(address) else {
        return Ok((None, relative(address, configured)));
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let origin = format!("{scheme}://{host}");
    if let Some(root) = configured
        && !root.to_ascii_lowercase().starts_with(&origin.to_ascii_lowercase())
    {
        return Err(format!("{origin} is not the origin of the service: its root is {root}"));
    }
    let mut at = 0;
    for part in path.split('/').take(LONGEST_ROOT) {
        if is_root_name(root_name(part)) {
            let root = format!("{origin}/{}", &path[..at]);
            return Ok((Some(root.trim_end_matches('/').to_owned()), &path[at..]));
        }
        at += part.len() + 1;
    }
    let known = configured.map_or(0, |root| root.split('/').count().saturating_sub(3));
    let root: usize = path.split('/').take(known).map(|part| part.len() + 1).sum();
    Ok((Some(origin), path.get(root..).unwrap_or_default()))
}

/// A colon and two slashes in the middle of a path do not end a scheme, as in `any(l://`.
fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let letters = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters))
        .then_some((scheme, rest))
}

fn strip_root<'t>(address: &'t str, root: &str) -> Option<&'t str> {
    let (head, rest) = address.split_at_checked(root.len())?;
    (head.eq_ignore_ascii_case(root) && (rest.is_empty() || rest.starts_with('/'))).then_some(rest)
}

/// A path without a host may begin with the path of the service root.
fn relative<'t>(address: &'t str, configured: Option<&str>) -> &'t str {
    let path = configured.and_then(|root| root.split_once("://")?.1.split_once('/'));
    let rest = path.and_then(|(_, path)| strip_root(address.trim_start_matches('/'), path));
    rest.unwrap_or(address)
}

fn split_path(path: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let mut start = 0;
    for (at, c) in outside(path) {
        if c == '/' {
            segments.push(&path[start..at]);
            start = at + 1;
        }
    }
    segments.push(&path[start..]);
    segments.retain(|segment| !segment.is_empty());
    segments
}

fn segment(text: &str) -> WrittenSegment {
    let (quoted, has_placeholders) = quoted_placeholders(text);
    // Fewer kinds of segments are allowed at the beginning of a path than after another segment.
    let read = Url::parse(&format!("x/{}", encoded(&quoted)));
    let read =
        read.ok().and_then(|url| <[_; 2]>::try_from(url.path).ok()).map(|[_, second]| second);
    let read = read.unwrap_or_else(|| url::Segment {
        kind: SegmentKind::Key(decode(text)),
        span: url::Span { start: 0, end: 0 },
    });
    WrittenSegment { text: text.to_owned(), read, has_placeholders }
}

/// Puts placeholders between parentheses into quotes, and removes the blanks there, so that the
/// text can be parsed. Returns whether there were any placeholders.
fn quoted_placeholders(text: &str) -> (String, bool) {
    let Some((name, arguments)) = text.split_once('(') else { return (text.to_owned(), false) };
    let mut quoted = format!("{name}(");
    let mut found = false;
    let mut rest = arguments;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '{' => rest.find('}'),
            '<' => rest.find('>'),
            '\'' => string_end(rest),
            _ => None,
        };
        let length = end.map_or(c.len_utf8(), |at| at + 1);
        match (c, end) {
            ('{' | '<', Some(_)) => {
                let _ = write!(quoted, "'{}'", &rest[..length]);
                found = true;
            }
            (' ', _) => {}
            _ => quoted.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    (quoted, found)
}

/// Encodes characters that a path cannot contain.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in encode_strings(text).chars() {
        if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/".contains(c) {
            encoded.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

fn options(query: &str) -> Vec<WrittenOption> {
    // HTML forms write a blank as a plus sign, and so does the documentation of services.
    let query = encode_strings(&query.replace('+', " "));
    let parts = query.split('&').filter(|part| !part.trim().is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim(), value.trim());
            let part = if value.is_empty() { name.to_owned() } else { format!("{name}={value}") };
            WrittenOption { name: decode(name), value: decode(value), read: read_option(&part) }
        })
        .collect()
}

/// Reads an option. People write blanks after commas, which the grammar does not allow.
fn read_option(text: &str) -> Option<QueryOption> {
    let read = |text: &str| url::option(&text.replace(' ', "%20")).ok();
    read(text).or_else(|| read(&text.replace(", ", ",").replace(" ,", ",")))
}

/// Decodes percent-encoding.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Written {
        read(text, Some("https://example.com/v1"), |name| name == "users").unwrap()
    }

    #[test]
    fn a_url_is_read_below_its_root() {
        for (text, root) in [
            ("https://example.com/v1/users/{id}", None),
            ("/users/{id}", None),
            ("v1/users/{id}", None),
            ("example.com/v1/users/{id} ?$top=1", None),
            ("EXAMPLE.com/v1/users/{id}", None),
            ("example.com/beta/users/{id}", Some("https://example.com/beta")),
            ("https://EXAMPLE.com/beta/users/{id}", Some("https://EXAMPLE.com/beta")),
        ] {
            let written = written(text);
            assert_eq!(written.root.as_deref(), root, "{text}");
            let texts: Vec<&str> = written.segments.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(texts, ["users", "{id}"], "{text}");
        }
        let without = |text: &str| read(text, None, |name| name == "users").unwrap().root;
        assert_eq!(without("example.com/v1/users/a"), Some("https://example.com/v1".to_owned()));
        assert_eq!(without("users/example.com/users"), None);
        assert_eq!(without("n.users/a.b/users('a')"), Some("https://n.users/a.b".to_owned()));
        assert_eq!(without("shop.open/lines"), None);
        assert!(
            read("https://other.example/users", Some("https://example.com"), |_| true).is_err()
        );
        assert_eq!(written("any(l://").segments.len(), 1);
    }

    #[test]
    fn a_quote_or_an_equals_sign_in_a_key_splits_nothing_else() {
        for (text, expected) in [
            ("users/AAMk='/x?$top=1", &["users", "AAMk='", "x"][..]),
            ("users/AAMk==='/x", &["users", "AAMk==='", "x"]),
            ("users/'AAMk='/x", &["users", "'AAMk='", "x"]),
            ("users/O'Neil/x", &["users", "O'Neil", "x"]),
            ("users('O''Neil/Ada')/x", &["users('O''Neil/Ada')", "x"]),
            ("users('a''')/x('')/y", &["users('a''')", "x('')", "y"]),
            ("users('AAMk===')/x", &["users('AAMk===')", "x"]),
            ("users('AAMk/x", &["users('AAMk", "x"]),
            ("users(AAMk==)/x", &["users(AAMk==)", "x"]),
            ("users(id='a/=b',n='c''/d')/x", &["users(id='a/=b',n='c''/d')", "x"]),
        ] {
            let written = written(text);
            let texts: Vec<&str> = written.segments.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(texts, expected, "{text}");
            assert_eq!(written.options.len(), usize::from(text.contains('?')), "{text}");
        }
    }

    #[test]
    fn slashes_in_quotes_and_placeholders_split_nothing() {
        let written = written("users/{a/b}/x(p='1/2', q={n})?$filter=name eq 'a&b?'&top=1");
        let texts: Vec<&str> = written.segments.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["users", "{a/b}", "x(p='1/2', q={n})"]);
        assert!(written.segments[2].has_placeholders);
        assert!(
            matches!(&written.segments[2].read.kind, SegmentKind::Name { arguments, .. } if arguments[0].len() == 2)
        );
        let options: Vec<(&str, &str)> =
            written.options.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(options, [("$filter", "name eq 'a&b?'"), ("top", "1")]);
        assert!(written.options[0].read.is_some());
    }
}
