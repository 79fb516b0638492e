//! The links and locations that answers hold.
//!
//! What enters is a header or a member as the service wrote it, and the address that it is relative
//! to; what leaves is an absolute URL. It sends nothing.
//!
//! A link of an answer that came by way of another origin is not to be trusted: it may be an address
//! of the service itself, where the token would go along. So such a link gets a mark, as a fragment,
//! which is never sent. The mark is a part of the text, so that it stays with the link wherever a
//! program keeps it, and whoever is to follow the link finds it.

use std::borrow::Cow;

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use crate::service_root::ServiceRoot;

/// The fragment of a link that came by way of another origin.
const MARK: &str = "from-another-origin";

/// The header with the id of an entity (OData protocol 4.01, section 8.3.3).
const ENTITY_ID: HeaderName = HeaderName::from_static("odata-entityid");

/// Headers that hold a link.
const LINKS: [HeaderName; 5] = [
    header::LOCATION,
    header::CONTENT_LOCATION,
    HeaderName::from_static("operation-location"),
    HeaderName::from_static("azure-asyncoperation"),
    ENTITY_ID,
];

/// The value of a header that holds a link. Bytes beyond ASCII, which some services send in UTF-8,
/// are percent-encoded, as a URL would have them.
pub(crate) fn text(value: &HeaderValue) -> Cow<'_, str> {
    match value.to_str() {
        Ok(text) => text.into(),
        // What is ASCII and no control character stays as it is.
        Err(_) => percent_encode(value.as_bytes(), CONTROLS).to_string().into(),
    }
}

/// Whether a link is marked as one that came by way of another origin.
pub(crate) fn is_marked(link: &str) -> bool {
    link.rsplit_once('#').is_some_and(|(_, fragment)| fragment == MARK)
}

/// Marks a URL as one that came by way of another origin.
pub(crate) fn mark(url: &mut Url) {
    url.set_fragment(Some(MARK));
}

/// A link of an answer as an absolute URL, marked if the answer is foreign and the link is one of the
/// service; other links are never followed with a token. `None` if it is not a URL.
pub(crate) fn absolute(base: &Url, link: &str, foreign_to: Option<&ServiceRoot>) -> Option<String> {
    let mut url = base.join(link).ok()?;
    if foreign_to.is_some_and(|root| root.is_origin_of(&url)) {
        mark(&mut url);
    }
    Some(url.into())
}

/// Whether a link needs no base.
pub(crate) fn is_absolute(link: &str) -> bool {
    let starts = |scheme: &str| {
        link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// Marks the links in the headers of an answer that came by way of another origin.
pub(crate) fn mark_headers(headers: &mut HeaderMap, base: &Url, root: &ServiceRoot) {
    for name in LINKS {
        let Some(value) = headers.get(&name) else { continue };
        let marked = absolute(base, &text(value), Some(root));
        if let Some(marked) = marked.and_then(|link| HeaderValue::try_from(link).ok()) {
            headers.insert(name, marked);
        }
    }
}

/// The id of the entity that an answer is about, from its headers: `OData-EntityId`, else
/// `Location`. A relative one is made absolute, if there is a base.
pub(crate) fn entity_id(headers: &HeaderMap, base: impl FnOnce() -> Option<Url>) -> Option<String> {
    header_link(headers, &[ENTITY_ID, header::LOCATION], base)
}

/// The header `Location`, made absolute if there is a base.
pub(crate) fn location(headers: &HeaderMap, base: impl FnOnce() -> Option<Url>) -> Option<String> {
    header_link(headers, &[header::LOCATION], base)
}

fn header_link(
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

    fn headers(pairs: &[(&'static str, &'static [u8])]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static [u8])| {
            (HeaderName::from_static(name), HeaderValue::from_bytes(value).expect("a value"))
        };
        pairs.iter().map(pair).collect()
    }

    fn base() -> Option<Url> {
        Url::parse("https://host/v1/a/b?c=d").ok()
    }

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

    #[test]
    fn an_entity_id_is_absolute() {
        for (pairs, expected) in [
            (
                &[("odata-entityid", &b"https://host/v1/x(1)"[..]), ("location", b"/y")][..],
                Some("https://host/v1/x(1)"),
            ),
            (&[("odata-entityid", b""), ("location", b"x(2)")], Some("https://host/v1/a/x(2)")),
            (&[("location", b"https://[")], Some("https://[")),
            (&[("etag", b"x")], None),
        ] {
            assert_eq!(entity_id(&headers(pairs), base).as_deref(), expected);
        }
        let relative = headers(&[("location", b"x(2)")]);
        assert_eq!(location(&relative, || None).as_deref(), Some("x(2)"));
    }

    #[test]
    fn only_links_of_the_service_are_marked() {
        let root = ServiceRoot::parse("https://host/v1").expect("a root");
        let mut marked = headers(&[
            ("location", b"https://HOST/v1/x#y"),
            ("operation-location", b"x"),
            ("content-location", b"https://elsewhere.example/x"),
            ("odata-entityid", b"https://["),
            ("etag", b"/x"),
        ]);
        let elsewhere = Url::parse("https://elsewhere.example/a/b").expect("a URL");
        mark_headers(&mut marked, &elsewhere, &root);
        for (name, expected, is) in [
            ("location", "https://host/v1/x#from-another-origin", true),
            ("operation-location", "https://elsewhere.example/a/x", false),
            ("content-location", "https://elsewhere.example/x", false),
            ("odata-entityid", "https://[", false),
            ("etag", "/x", false),
        ] {
            assert_eq!(marked[name], expected);
            assert_eq!(is_marked(expected), is, "{expected}");
        }
    }
}
