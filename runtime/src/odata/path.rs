//! The path of a resource below the service root.
//!
//! What enters are names of the schema and keys of the caller; what leaves is a percent-encoded
//! path, and the same path with its keys masked. It knows neither hosts nor requests.
//!
//! Every step appends. A key is encoded before it is appended, so that no string of a caller can
//! add, remove or end a segment.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::odata::literal::Literal;

/// Everything but the unreserved characters of RFC 3986 is encoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A key that is a segment of its own. What stays beside the unreserved characters are those that
/// keys often hold and that no service gives a meaning inside a key.
const SEGMENT: &AsciiSet =
    &UNRESERVED.remove(b'@').remove(b':').remove(b'=').remove(b'!').remove(b',');

/// A literal in parentheses. Comma and equals sign part the keys there, so they are encoded
/// inside of a literal; the quote delimits it.
const LITERAL: &AsciiSet = &UNRESERVED.remove(b'@').remove(b':').remove(b'\'');

/// A name of the schema or a system segment such as `$count`.
const NAME: &AsciiSet = &UNRESERVED.remove(b'$');

/// What may stand in the path of a URL as it is (RFC 3986, section 3.3).
const PATH: &AsciiSet = &UNRESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// What stands for a key in a template.
const KEY: &str = "{key}";

/// A percent-encoded path that starts with a slash, and where in it the keys are.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct ResourcePath {
    text: String,
    /// Start and end of each key in `text`, in order.
    keys: Vec<(usize, usize)>,
}

impl ResourcePath {
    /// Appends a segment with a name of the schema.
    pub(crate) fn child(&self, name: &str) -> Self {
        let mut path = self.grown(name.len() + 1);
        path.text.push('/');
        path.text.extend(utf8_percent_encode(name, NAME));
        path
    }

    /// Appends a path as a URL has it. It may hold keys, so a template shows none of it.
    pub(crate) fn raw(&self, written: &str) -> Self {
        let written = written.trim_start_matches('/');
        let mut path = self.grown(written.len() + 1);
        path.text.push('/');
        path.push_key(|text| push_written(text, written));
        path
    }

    /// Appends a key as a segment of its own, or in parentheses where a segment would not do.
    pub(crate) fn key_segment(&self, key: &str) -> Self {
        if !stands_alone(key) {
            return self.key(&Literal::from(key));
        }
        let mut path = self.grown(key.len() + 1);
        path.text.push('/');
        path.push_key(|text| text.extend(utf8_percent_encode(key, SEGMENT)));
        path
    }

    /// Appends a single key in parentheses.
    pub(crate) fn key(&self, key: &Literal) -> Self {
        let mut path = self.grown(key.as_str().len() + 2);
        path.text.push('(');
        path.push_key(|text| push_literal(text, key));
        path.text.push(')');
        path
    }

    /// Appends a key of several named parts in parentheses.
    pub(crate) fn compound_key(&self, parts: &[(&'static str, Literal)]) -> Self {
        let mut path = self.grown(parts.len() * 24 + 2);
        path.text.push('(');
        if parts.is_empty() {
            path.text.push(')');
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
        path.text.push(')');
        path
    }

    /// The percent-encoded path.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The path with `{key}` in place of each key, fit for logs.
    pub(crate) fn template(&self) -> String {
        let mut template = String::with_capacity(self.text.len());
        let mut rest = 0;
        for &(start, end) in &self.keys {
            template.push_str(&self.text[rest..start]);
            template.push_str(KEY);
            rest = end;
        }
        template.push_str(&self.text[rest..]);
        template
    }

    fn grown(&self, by: usize) -> Self {
        let mut text = String::with_capacity(self.text.len() + by);
        text.push_str(&self.text);
        Self { text, keys: self.keys.clone() }
    }

    fn push_key(&mut self, push: impl FnOnce(&mut String)) {
        let start = self.text.len();
        push(&mut self.text);
        self.keys.push((start, self.text.len()));
    }
}

/// Whether a key can be a segment of its own.
///
/// URL parsers drop empty and dot segments, also when they are percent-encoded, and a segment
/// that starts with a dollar sign is a system resource such as `$count`.
fn stands_alone(key: &str) -> bool {
    !(matches!(key, "" | "." | "..") || key.starts_with('$'))
}

/// Appends what a URL may hold as it is, encoded characters among it, and encodes the rest.
fn push_written(text: &mut String, written: &str) {
    for (index, part) in written.split('%').enumerate() {
        if index > 0 {
            let is_code =
                part.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
            text.push_str(if is_code { "%" } else { "%25" });
        }
        text.extend(utf8_percent_encode(part, PATH));
    }
}

fn push_literal(text: &mut String, literal: &Literal) {
    text.extend(utf8_percent_encode(literal.as_str(), LITERAL));
}

/// Percent-encodes one side of a query option and appends it. Within the quotes of a string a slash
/// is encoded as well, for there the grammar of OData has none.
pub(crate) fn push_query_text(query: &mut String, text: &str) {
    const STRING: &AsciiSet = &UNRESERVED
        .remove(b'$')
        .remove(b'@')
        .remove(b':')
        .remove(b'(')
        .remove(b')')
        .remove(b',')
        .remove(b'*');
    const QUERY: &AsciiSet = &STRING.remove(b'/');
    for (index, part) in text.split('\'').enumerate() {
        if index > 0 {
            query.push_str("%27");
        }
        let set = if index % 2 == 0 { QUERY } else { STRING };
        query.extend(utf8_percent_encode(part, set));
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;
    use url::Url;

    use super::*;

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
        fn a_template_holds_no_key(key in "[a-z]{9,20}") {
            let path = root().key_segment(&key).child("parts").key(&Literal::from(key.as_str()));
            prop_assert_eq!(path.template(), "/items/{key}/parts({key})");
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
