//! Links of OData: control information in bodies, and the id of an entity in headers.
//!
//! Enters: the JSON or the headers of an answer. Leaves: the same with marks on the links that came by way
//! of another origin (see `http/link.rs`), or a link made absolute. It sends nothing.

use std::borrow::Cow;
use std::ops::Range;

use http::HeaderMap;
use http::header::{self, HeaderName};
use url::Url;

use crate::web::link::{header_link, mark_text};
use crate::web::service_root::ServiceRoot;

/// The header with the id of an entity (OData protocol 4.01, section 8.3.3).
pub(crate) const ENTITY_ID: HeaderName = HeaderName::from_static("odata-entityid");

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

/// Marks the links in the body of an answer that came by way of another origin, at any depth. What is
/// not JSON stays as it is, and reading it reports that.
pub(crate) fn mark_body<'t>(json: &'t str, root: &ServiceRoot) -> Cow<'t, str> {
    let mut marked = String::new();
    // Up to where the text has been copied, and where the last string ends.
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

/// The id of the entity that an answer is about, from its headers: `OData-EntityId`, else
/// `Location`. A relative one is made absolute, if there is a base.
pub(crate) fn entity_id(headers: &HeaderMap, base: impl FnOnce() -> Option<Url>) -> Option<String> {
    header_link(headers, &[ENTITY_ID, header::LOCATION], base)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::odata::answer::ODATA;
    use crate::web::link::{is_marked, location, mark_headers};

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
        mark_headers(&mut marked, &elsewhere, &root, &ODATA);
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
