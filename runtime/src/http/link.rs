//! The links and locations that answers hold.
//!
//! Enters: a header or a member as the service wrote it, and the address that it is relative to.
//! Leaves: an absolute URL. It sends nothing.
//!
//! A link of an answer that came by way of another origin is not to be trusted: it may be an address
//! of the service itself, to which the token would be sent. So such a link gets a mark, as a fragment,
//! which is never sent. The mark is a part of the text, so that it stays with the link wherever a
//! program stores it, and is found when the link is followed.

use std::borrow::Cow;

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use crate::web::protocol::Protocol;
use crate::web::service_root::ServiceRoot;

/// The fragment of a link that came by way of another origin.
const MARK: &str = "from-another-origin";

/// Headers that hold a link.
const LINKS: [HeaderName; 4] = [
    header::LOCATION,
    header::CONTENT_LOCATION,
    HeaderName::from_static("operation-location"),
    HeaderName::from_static("azure-asyncoperation"),
];

/// The value of a header that holds a link. Bytes beyond ASCII, which some services send in UTF-8,
/// are percent-encoded, as a URL would have them.
pub(crate) fn text(value: &HeaderValue) -> Cow<'_, str> {
    match value.to_str() {
        Ok(text) => text.into(),
        // What is ASCII and not a control character stays as it is.
        Err(_) => percent_encode(value.as_bytes(), CONTROLS).to_string().into(),
    }
}

/// Whether a link is marked as one that came by way of another origin. A program may have kept it in a
/// file, with an end of line after it; URL parsers skip such characters.
pub(crate) fn is_marked(link: &str) -> bool {
    let is_seen = |character: &u8| !character.is_ascii_control() && *character != b' ';
    let is_mark = |fragment: &str| fragment.bytes().filter(is_seen).eq(MARK.bytes());
    link.split('#').skip(1).any(is_mark)
}

/// Marks a URL as one that came by way of another origin.
pub(crate) fn mark(url: &mut Url) {
    url.set_fragment(Some(MARK));
}

/// A link of an answer as an absolute URL, marked if the answer is foreign and the link is one of the
/// service; other links are never followed with a token. `None` if it is not a URL.
pub(crate) fn absolute(base: &Url, link: &str, foreign_to: Option<&ServiceRoot>) -> Option<String> {
    let Ok(mut url) = base.join(link) else {
        return foreign_to.and_then(|root| mark_text(link, root));
    };
    match foreign_to {
        Some(root) if root.is_origin_of(&url) => mark(&mut url),
        // It is marked in the body, where it is not known what it is relative to.
        Some(_) if url.fragment() == Some(MARK) => url.set_fragment(None),
        _ => {}
    }
    Some(url.into())
}

/// A link of a foreign answer with its mark, whatever it is relative to; `None` if it cannot point to
/// the service.
pub(crate) fn mark_text(link: &str, root: &ServiceRoot) -> Option<String> {
    root.resolve(link).ok()?;
    let (link, _) = link.split_once('#').unwrap_or((link, ""));
    Some(format!("{link}#{MARK}"))
}

/// Whether a link needs no base.
pub(crate) fn is_absolute(link: &str) -> bool {
    let starts = |scheme: &str| {
        link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// Marks the links in the headers of an answer that came by way of another origin.
pub(crate) fn mark_headers(
    headers: &mut HeaderMap,
    base: &Url,
    root: &ServiceRoot,
    protocol: &Protocol,
) {
    for name in LINKS.iter().chain(protocol.link_headers) {
        let Some(value) = headers.get(name) else { continue };
        let marked = absolute(base, &text(value), Some(root));
        if let Some(marked) = marked.and_then(|link| HeaderValue::try_from(link).ok()) {
            headers.insert(name, marked);
        }
    }
}

/// The header `Location`, made absolute if there is a base.
pub(crate) fn location(headers: &HeaderMap, base: impl FnOnce() -> Option<Url>) -> Option<String> {
    header_link(headers, &[header::LOCATION], base)
}

pub(crate) fn header_link(
    headers: &HeaderMap,
    names: &[HeaderName],
    base: impl FnOnce() -> Option<Url>,
) -> Option<String> {
    let values = names.iter().filter_map(|name| headers.get(name));
    let link = values.map(text).find(|link| !link.is_empty())?;
    let whole = if is_absolute(&link) { None } else { base() };
    let whole = whole.and_then(|base| absolute(&base, &link, None));
    Some(whole.unwrap_or_else(|| link.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_beyond_ascii_are_percent_encoded() {
        for (value, expected) in [
            (&b"/v1/a b%20c"[..], "/v1/a b%20c"),
            ("/v1/Gr\u{fc}n".as_bytes(), "/v1/Gr%C3%BCn"),
            (b"/v1/Gr\xfcn\t~", "/v1/Gr%FCn%09~"),
        ] {
            assert_eq!(text(&HeaderValue::from_bytes(value).expect("a value")), expected);
        }
    }
}
