//! The path of a resource below the service root.
//!
//! Enters: names of the schema and values of the caller, such as keys. Leaves: a percent-encoded path, and
//! the same path with its keys masked. It knows neither hosts nor requests.
//!
//! Every step appends. A key is encoded before it is appended, so that no string of a caller can
//! add, remove or end a segment. What no address can carry is a fault of the path, which the request reports.

use crate::json::Fault;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 is encoded.
pub(crate) const UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A key that is a whole segment. Besides the unreserved characters, those stay that keys often hold and
/// that have no meaning inside a key for any service.
const SEGMENT: &AsciiSet =
    &UNRESERVED.remove(b'@').remove(b':').remove(b'=').remove(b'!').remove(b',');

/// A name of the schema or a system segment such as `$count`.
pub(crate) const NAME: &AsciiSet = &UNRESERVED.remove(b'$');

/// What may be in the path of a URL as it is (RFC 3986, section 3.3).
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

/// What a template shows in place of a key.
const KEY: &str = "{key}";

/// A percent-encoded path that starts with a slash, and where in it the keys are.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct ResourcePath {
    text: String,
    /// Start and end of each key in `text`, in order.
    keys: Vec<(usize, usize)>,
    /// Whether `text` ends within a path between colons. The second colon is written with what follows.
    by_path: bool,
    /// The first segment that no address can carry, or the first key that is not a value of its type.
    fault: Option<Box<Fault>>,
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
        let written = without_first_slash(written);
        let mut path = self.grown(written.len() + 1);
        // A slash at the end is not a segment, and what follows begins with one.
        let (segments, end) = written.strip_suffix('/').map_or((written, ""), |rest| (rest, "/"));
        if !written.is_empty() {
            path.check(segments.split('/'), is_lost_as_written);
        }
        path.text.push('/');
        if !segments.is_empty() {
            path.push_key(|text| push_written(text, segments));
            path.text.push_str(end);
        }
        path
    }

    /// Appends a path within the service's own hierarchy, as `:/notes/a.txt`. What follows begins with a
    /// colon, and another such path continues this one.
    pub(crate) fn item_with_path(&self, given: &str) -> Self {
        let given = without_first_slash(given);
        let mut path = self.clone();
        path.text.reserve(given.len() + 2);
        path.check(given.split('/'), |segment| matches!(segment, "" | "." | ".."));
        if !std::mem::replace(&mut path.by_path, true) {
            path.trim_end();
            path.text.push(':');
        }
        path.text.push('/');
        path.push_key(|text| {
            for (index, segment) in given.split('/').enumerate() {
                if index > 0 {
                    text.push('/');
                }
                text.extend(utf8_percent_encode(segment, UNRESERVED));
            }
        });
        path
    }

    /// Appends a value as a whole segment; `None` if a segment cannot hold it.
    pub(crate) fn segment(&self, value: &str) -> Option<Self> {
        if !stands_alone(value) {
            return None;
        }
        let mut path = self.grown(value.len() + 1);
        path.text.push('/');
        path.push_key(|text| text.extend(utf8_percent_encode(value, SEGMENT)));
        Some(path)
    }

    /// Appends a segment in place of a key that there is none of, for this reason. No request is made of it.
    pub(crate) fn no_segment(&self, fault: Fault) -> Self {
        let mut path = self.grown(KEY.len() + 1);
        path.text.push('/');
        path.push_key(|text| text.push_str(KEY));
        path.fail(Fault::new(format_args!("a key cannot be sent: {fault}")));
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

    /// The same path, with room for more of it, which begins another segment or continues the last one.
    pub(crate) fn grown(&self, by: usize) -> Self {
        let mut text = String::with_capacity(self.text.len() + by + 1);
        text.push_str(&self.text);
        if self.by_path {
            text.push(':');
        }
        let keys = self.keys.clone();
        let mut path = Self { text, keys, by_path: false, fault: self.fault.clone() };
        path.trim_end();
        path
    }

    /// Why no request can be made of the path.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    /// Keeps the first fault.
    pub(crate) fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert_with(|| Box::new(fault));
    }

    /// Removes a slash at the end, before more is appended.
    fn trim_end(&mut self) {
        if self.text.ends_with('/') {
            self.text.pop();
        }
    }

    /// Refuses the first segment that an address would lose. It is named by its position, because a
    /// segment may be personal data, and shown if it is made of dots.
    fn check<'t>(
        &mut self,
        mut segments: impl Iterator<Item = &'t str>,
        is_lost: impl Fn(&str) -> bool,
    ) {
        let mut before = 0;
        let lost = segments.find(|segment| {
            before += 1;
            is_lost(segment)
        });
        let Some(segment) = lost else { return };
        let what = if segment.is_empty() { "empty".to_owned() } else { format!("`{segment}`") };
        self.fail(Fault::new(format_args!(
            "segment {before} of the path is {what}, which no address can carry"
        )));
    }

    /// Appends what is not a key.
    pub(crate) fn push(&mut self, character: char) {
        self.text.push(character);
    }

    /// Appends a key, which no template shows.
    pub(crate) fn push_key(&mut self, push: impl FnOnce(&mut String)) {
        let start = self.text.len();
        push(&mut self.text);
        self.keys.push((start, self.text.len()));
    }
}

/// Whether a key can be a whole segment.
///
/// URL parsers drop empty and dot segments, even percent-encoded ones, and a segment
/// that starts with a dollar sign is a system resource such as `$count`.
pub(crate) fn stands_alone(key: &str) -> bool {
    !(matches!(key, "" | "." | "..") || key.starts_with('$'))
}

/// A path without a slash at its beginning.
fn without_first_slash(path: &str) -> &str {
    path.strip_prefix('/').unwrap_or(path)
}

/// Whether an address would lose a segment that is written as a URL has it: URL parsers remove dots, even
/// percent-encoded ones, and services the empty segments. The colon that ends a path within a service's
/// own hierarchy does not belong to the segment before it.
fn is_lost_as_written(segment: &str) -> bool {
    let plain = percent_decode_str(segment.strip_suffix(':').unwrap_or(segment));
    segment.is_empty() || plain.clone().eq(*b".") || plain.eq(*b"..")
}

/// Appends what a URL may hold as it is, including encoded characters, and encodes the rest.
pub(crate) fn push_written(text: &mut String, written: &str) {
    for (index, part) in written.split('%').enumerate() {
        if index > 0 {
            let is_code =
                part.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
            text.push_str(if is_code { "%" } else { "%25" });
        }
        text.extend(utf8_percent_encode(part, PATH));
    }
}

/// Percent-encodes one side of a query option and appends it. Within the quotes of a string a slash
/// is encoded as well, because URL grammars such as that of OData allow none there.
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
