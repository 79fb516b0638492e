//! Keys in the path of a resource, as OData writes them.
//!
//! Enters: keys of the caller. Leaves: the path with them, percent-encoded, so that no string of a caller
//! can add, remove or end a segment. It knows neither hosts nor requests.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::json::Fault;
use crate::odata::literal::Literal;
use crate::web::path::{NAME, ResourcePath, UNRESERVED};

/// A literal in parentheses. Comma and equals sign separate the keys there, so they are encoded
/// inside of a literal; the quote delimits it.
const LITERAL: &AsciiSet = &UNRESERVED.remove(b'@').remove(b':').remove(b'\'');

impl ResourcePath {
    /// Appends a key as a whole segment, or in parentheses where a segment cannot hold it.
    pub(crate) fn key_segment(&self, key: &str) -> Self {
        self.segment(key).unwrap_or_else(|| self.key(&Literal::from(key)))
    }

    /// Appends a single key in parentheses.
    pub(crate) fn key(&self, key: &Literal) -> Self {
        let mut path = self.grown(key.as_str().len() + 2);
        path.push('(');
        path.push_key(|text| push_literal(text, key));
        path.push(')');
        if let Err(fault) = key.text() {
            path.fail(Fault::new(format_args!("a key cannot be sent: {fault}")));
        }
        path
    }

    /// Appends a key of several named parts in parentheses.
    pub(crate) fn compound_key(&self, parts: &[(&'static str, Literal)]) -> Self {
        let mut path = self.grown(parts.len() * 24 + 2);
        path.push('(');
        if parts.is_empty() {
            path.push(')');
            return path;
        }
        path.push_key(|text| {
            for (index, (name, value)) in parts.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.extend(utf8_percent_encode(name, NAME));
                text.push('=');
                push_literal(text, value);
            }
        });
        path.push(')');
        let faults = parts.iter().filter_map(|(name, value)| Some((name, value.text().err()?)));
        for (name, fault) in faults {
            path.fail(fault.clone().within(name));
        }
        path
    }
}

fn push_literal(text: &mut String, literal: &Literal) {
    text.extend(utf8_percent_encode(literal.as_str(), LITERAL));
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;
    use url::Url;

    use super::*;
    use crate::web::path::stands_alone;
    use crate::web::service_root::ServiceRoot;

    fn root() -> ResourcePath {
        ResourcePath::default().child("items")
    }

    /// The segments that a URL parser sees, decoded.
    fn segments(path: &ResourcePath) -> Vec<String> {
        let url = Url::parse(&format!("https://host/v1{}?x#y", path.as_str())).expect("a URL");
        assert_eq!(url.path(), format!("/v1{}", path.as_str()), "normalised");
        let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        url.path_segments().expect("segments").skip(1).map(decode).collect()
    }

    /// Reads `name('…')`, the quote doubled inside, as a service does.
    fn parenthesised(segment: &str) -> Option<String> {
        let inner = segment.strip_prefix("items('")?.strip_suffix("')")?;
        let plain = inner.replace("''", "\u{0}");
        (!plain.contains('\'')).then(|| plain.replace('\u{0}', "'"))
    }

    proptest! {
        #[test]
        fn a_key_segment_is_one_key_at_its_place(key in any::<String>()) {
            let segments = segments(&root().key_segment(&key).child("$value"));
            if stands_alone(&key) {
                prop_assert_eq!(segments, ["items", key.as_str(), "$value"]);
            } else {
                prop_assert_eq!(segments.len(), 2);
                prop_assert_eq!(parenthesised(&segments[0]), Some(key));
                prop_assert_eq!(&segments[1], "$value");
            }
        }

        #[test]
        fn characters_of_structure_stay_inside_the_key(key in r"[/\\.%$?#()',;=&+ a\x00\n]{1,8}") {
            let path = root().key_segment(&key).child("name");
            let slashes = if stands_alone(&key) { 3 } else { 2 };
            prop_assert_eq!(path.as_str().matches('/').count(), slashes);
            prop_assert_eq!(path.as_str().find(['?', '#', '&', ';']), None);
        }

        #[test]
        fn a_quoted_key_is_one_literal(key in "[^\u{0}]*") {
            let segments = segments(&root().key(&Literal::from(key.as_str())).child("name"));
            prop_assert_eq!(segments.len(), 2);
            prop_assert_eq!(parenthesised(&segments[0]), Some(key));
        }

        #[test]
        fn an_item_with_a_path_has_its_segments_and_no_others(
            first in r"[^/]{1,8}",
            second in r"[/\\\\.%$?#:();& a\x00\n]{1,8}",
        ) {
            let given = format!("{first}/{second}");
            let path = root().item_with_path(&given);
            let lost = given.split('/').any(|one| matches!(one, "" | "." | ".."));
            prop_assert_eq!(path.fault().is_some(), lost);
            let path = path.child("name");
            prop_assert_eq!(path.template(), "/items:/{key}:/name");
            if !lost {
                let mut expected = vec!["items:".to_owned()];
                expected.extend(given.split('/').map(str::to_owned));
                expected.last_mut().expect("a segment").push(':');
                expected.push("name".to_owned());
                prop_assert_eq!(segments(&path), expected);
            }
        }

        #[test]
        fn a_written_path_is_refused_or_keeps_its_segments(
            written in r"([/\\.%?#:2eE(') a]|%2e|%2E|\.\.){0,8}",
        ) {
            let path = root().raw(&written).child("name");
            prop_assert!(!path.template().is_empty());
            if path.fault().is_none() {
                // A URL parser changes nothing.
                let names = segments(&path);
                prop_assert!(names.iter().all(|one| !matches!(one.as_str(), "" | "." | "..")));
            }
        }

        #[test]
        fn a_template_holds_no_key(key in "[a-z]{9,20}") {
            let path = root().key_segment(&key).child("parts").key(&Literal::from(key.as_str()));
            prop_assert_eq!(path.template(), "/items/{key}/parts({key})");
        }
    }

    proptest! {
        #[test]
        fn a_url_below_is_the_same_as_its_parsed_text(written in r"(\PC|[/\\.%?#@:\t\n]){0,12}") {
            let path = ResourcePath::default().child("a").raw(&written).key_segment(&written);
            for root in ["https://host", "https://host:8443/v1/", "http://[::1]/a/b"] {
                let root = ServiceRoot::parse(root).expect(root);
                let whole = format!("{}{}", root.as_str(), path.as_str());
                prop_assert_eq!(root.below(path.as_str()), Url::parse(&whole).expect("a URL"));
            }
        }
    }

    #[test]
    fn keys_that_no_segment_can_hold_go_into_parentheses() {
        for (key, expected) in [
            ("", "/items('')"),
            (".", "/items('.')"),
            ("..", "/items('..')"),
            ("$count", "/items('%24count')"),
            ("...", "/items/..."),
            ("%2e%2e", "/items/%252e%252e"),
        ] {
            assert_eq!(root().key_segment(key).as_str(), expected);
        }
    }

    #[test]
    fn characters_that_never_matter_stay_readable() {
        let path = root().key_segment("19:a_b@thread.v2,x=!~-");
        assert_eq!(path.as_str(), "/items/19:a_b@thread.v2,x=!~-");
    }

    #[test]
    fn a_written_path_stays_as_it_is() {
        let path = root().raw("/root:/a%20b c/50%:/range(address='A1')?x#y");
        let expected = "/items/root:/a%20b%20c/50%25:/range(address='A1')%3Fx%23y";
        assert_eq!((path.as_str(), path.template().as_str()), (expected, "/items/{key}"));
    }

    #[test]
    fn compound_keys_are_named_and_quoted() {
        let path = root()
            .compound_key(&[("Name", Literal::from("O'Neil, A=B")), ("Line", Literal::from(7))]);
        assert_eq!(path.as_str(), "/items(Name='O''Neil%2C%20A%3DB',Line=7)");
        assert_eq!(path.template(), "/items({key})");
        let path = root().child("a.delta").compound_key(&[]);
        assert_eq!(
            (path.as_str(), path.template().as_str()),
            ("/items/a.delta()", "/items/a.delta()")
        );
    }
}
