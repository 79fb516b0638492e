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
use std::ops::Range;

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use crate::web::service_root::ServiceRoot;

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

/// Control information that holds a link (JSON Format 4.01, section 4.6), without `odata.`, which 4.01
/// leaves out.
const CONTROLS_WITH_LINKS: [&str; 9] = [
    "id",
    "nextLink",
    "deltaLink",
    "editLink",
    "readLink",
    "navigationLink",
    "associationLink",
    "mediaEditLink",
    "mediaReadLink",
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

/// Whether a link is marked as one that came by way of another origin. A program may have kept it in a
/// file, with an end of line behind it; URL parsers pass over what is not to be seen.
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
        // It is marked in the body, where nobody knows what it is relative to.
        Some(_) if url.fragment() == Some(MARK) => url.set_fragment(None),
        _ => {}
    }
    Some(url.into())
}

/// A link of a foreign answer with its mark, whatever it is relative to; `None` if nobody would follow
/// it to the service.
fn mark_text(link: &str, root: &ServiceRoot) -> Option<String> {
    root.resolve(link).ok()?;
    let (link, _) = link.split_once('#').unwrap_or((link, ""));
    Some(format!("{link}#{MARK}"))
}

/// Marks the links in the body of an answer that came by way of another origin, at any depth. What is
/// not JSON stays as it is: whoever reads it reports that.
pub(crate) fn mark_body<'t>(json: &'t str, root: &ServiceRoot) -> Cow<'t, str> {
    let mut marked = String::new();
    // Up to where the text has been taken over, and where the last string ends.
    let (mut taken, mut behind) = (0, 0);
    let mut follows_name = false;
    while let Some(string) = next_string(json, behind) {
        let between = json.get(behind..string.start).unwrap_or_default();
        let text = json.get(string.clone()).unwrap_or_default();
        behind = string.end;
        if std::mem::take(&mut follows_name) && between.trim() == ":" {
            let link = serde_json::from_str::<String>(text).ok();
            let link = link.and_then(|link| mark_text(&link, root));
            if let Some(link) = link.and_then(|link| serde_json::to_string(&link).ok()) {
                marked.push_str(json.get(taken..string.start).unwrap_or_default());
                marked.push_str(&link);
                taken = string.end;
            }
        } else {
            follows_name = names_link(text);
        }
    }
    if taken == 0 {
        return json.into();
    }
    marked.push_str(json.get(taken..).unwrap_or_default());
    marked.into()
}

/// Where the next string of a JSON text is, with its quotes.
fn next_string(json: &str, from: usize) -> Option<Range<usize>> {
    let bytes = json.as_bytes();
    let start = from + bytes.get(from..)?.iter().position(|byte| *byte == b'"')?;
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(start..at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Whether a string of JSON is the name of control information that holds a link.
fn names_link(text: &str) -> bool {
    let name: Result<Cow<'_, str>, _> = serde_json::from_str(text);
    let Some((_, name)) = name.as_deref().ok().and_then(|name| name.rsplit_once('@')) else {
        return false;
    };
    CONTROLS_WITH_LINKS.contains(&name.strip_prefix("odata.").unwrap_or(name))
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
    fn links_in_a_body_are_marked_at_any_depth() {
        let root = ServiceRoot::parse("https://host/v1").expect("a root");
        for (json, expected) in [
            (
                r#"{"value":[{"a@odata.nextLink" : "https://host/v1/x#y","b":"https://host/v1/x"}]}"#,
                r#"{"value":[{"a@odata.nextLink" : "https://host/v1/x#from-another-origin","b":"https://host/v1/x"}]}"#,
            ),
            (
                r#"{"\u0040id":"\/v1\/x","@odata.id":"x","@odata.editLink":"https://elsewhere.example/x"}"#,
                r#"{"\u0040id":"/v1/x#from-another-origin","@odata.id":"x#from-another-origin","@odata.editLink":"https://elsewhere.example/x"}"#,
            ),
        ] {
            assert_eq!(mark_body(json, &root), expected);
            assert_eq!(mark_body(expected, &root), expected);
        }
        for json in [
            "",
            "\"",
            "\"\\",
            r#"["@odata.id","https://host/v1/x"]"#,
            r#"{"@odata.id":null,"id":"x","x@odata.id":{"y":"x"},"@odata.nextLink":""}"#,
            r#"{"@odata.id":"x"#,
            r#"{"@odata.id"#,
        ] {
            assert_eq!(mark_body(json, &root), json);
        }
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
