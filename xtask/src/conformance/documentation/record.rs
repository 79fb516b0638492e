//! The records of a corpus: what each page of a documentation shows.
//!
//! Enters: the lines of a file, as the corpus describes them. Leaves: [`Record`]s, and the reason for each
//! line that is not one. Must not know: what is done with them. Fields that are not needed are skipped, and
//! what a page does not have may be null or missing.

use super::json::Json;
use serde::Deserialize;
use serde::de::Deserializer;
use std::collections::BTreeMap;

/// An example of a page; a page without one has only the page.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    /// The path of the page.
    pub(super) page: String,
    /// Which example of the page it is.
    #[serde(default)]
    pub(super) example_index: Option<u64>,
    #[serde(default)]
    pub(super) request: Option<Request>,
    #[serde(default)]
    pub(super) response: Option<Response>,
    /// Whether the request is also in an earlier record.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) request_repeated: bool,
    #[serde(default)]
    pub(super) path: Option<Path>,
    /// The type by which the answer was judged.
    #[serde(default)]
    pub(super) effective_type: Option<String>,
    /// What is around the value of the answer.
    #[serde(default)]
    pub(super) envelope: Option<String>,
    /// Whether a good client reads the answer.
    #[serde(default)]
    pub(super) lenient_consistent: Option<bool>,
    /// What is wrong with the answer.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) reasons: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) reason_codes: Vec<String>,
    #[serde(default)]
    pub(super) request_consistent: Option<bool>,
    /// What is wrong with the body of the request.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) request_reasons: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) request_reason_codes: Vec<String>,
    /// The type by which the body of the request was judged.
    #[serde(default)]
    pub(super) request_type: Option<String>,
    /// Whether the example is unambiguous.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) gold: bool,
}

/// A request as a page shows it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Request {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) method: String,
    /// As it is printed, with its placeholders.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) url: String,
    #[serde(default, deserialize_with = "headers")]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: Option<Json>,
    /// The body that is not JSON.
    #[serde(default)]
    pub(super) body_text: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) body_kind: String,
}

impl Request {
    /// The text of the body.
    pub(super) fn body_text(&self) -> Option<String> {
        match self.body_kind.as_str() {
            "json" => self.body.as_ref().map(ToString::to_string),
            _ => self.body_text.clone(),
        }
    }

    /// The headers by the order of their names.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        self.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

/// An answer as a page shows it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Response {
    #[serde(default)]
    pub(super) body: Option<Json>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) body_kind: String,
}

/// What the URL of a request means.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Path {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) path_resolves: bool,
    #[serde(default)]
    pub(super) resolves_loosely: Option<bool>,
    #[serde(default)]
    pub(super) path_kind: Option<String>,
    /// How the spelling of the path differs from the schema.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) conventions: Vec<String>,
    #[serde(default)]
    pub(super) result_type: Option<String>,
    #[serde(default)]
    pub(super) result_collection: Option<bool>,
    #[serde(default)]
    pub(super) operation: Option<Operation>,
    /// Why it does not resolve.
    #[serde(default)]
    pub(super) reason: Option<String>,
}

/// The operation at the end of a path.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Operation {
    /// The qualified name.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) name: String,
    /// The type of the binding parameter, which may be `Collection(…)`.
    #[serde(default)]
    pub(super) bound_to: Option<String>,
}

impl Operation {
    /// The type that it is bound to, and whether to a collection of it.
    pub(super) fn binding(&self) -> (Option<&str>, bool) {
        let Some(bound) = self.bound_to.as_deref() else { return (None, false) };
        let inner = bound.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        (Some(inner.unwrap_or(bound)), inner.is_some())
    }
}

/// How certain the meaning of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// By the schema alone.
    Strict,
    /// By conventions outside of it.
    Loose,
    /// Not at all.
    None,
}

impl Record {
    /// How certain the meaning of the request is.
    pub(super) fn resolution(&self) -> Resolution {
        match &self.path {
            Some(path) if path.path_resolves => Resolution::Strict,
            Some(path) if path.resolves_loosely == Some(true) => Resolution::Loose,
            _ => Resolution::None,
        }
    }
}

/// The lines of a corpus, by their number, counted from zero.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The records.
    pub(super) records: BTreeMap<usize, Record>,
    /// Why the other lines are not records.
    pub(super) unreadable: BTreeMap<usize, String>,
}

/// Reads the records of a corpus, one a line. A line that is not a record does not affect the others.
pub(super) fn read(text: &[u8]) -> Lines {
    let mut lines = Lines::default();
    for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(record) => {
                lines.records.insert(at, record);
            }
            Err(error) => {
                lines.unreadable.insert(at, error.to_string());
            }
        }
    }
    lines
}

/// Reads a value that may be null.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads headers; one without a value is ignored.
fn headers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let all: BTreeMap<String, Option<String>> = or_default(deserializer)?;
    Ok(all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The record that a text is.
    pub(in super::super) fn record(text: &str) -> Record {
        serde_json::from_str(text).unwrap()
    }

    /// The record of the first example of a page, with more fields.
    pub(in super::super) fn of_example(fields: &str) -> Record {
        record(&format!("{{\"page\":\"a\",\"example_index\":0,{fields}}}"))
    }

    #[test]
    fn a_record_needs_little_and_keeps_numbers() {
        let text = r#"{"page":"a.md","example_index":1,"new":[1],"request":{"method":"POST","url":"/a",
            "headers":{"Content-type":"application/json","x":null},"body":{"n":1.10},"body_kind":"json"},
            "path":{"resolves_loosely":true,"operation":{"kind":"action","name":"n.a","bound_to":"Collection(n.t)"}}}"#
            .replace('\n', " ");
        let Lines { records, unreadable } =
            read(format!("{text}\r\n\n{{\"page\":\"b\"}}").as_bytes());
        assert_eq!(unreadable, BTreeMap::new());
        assert_eq!(records.keys().copied().collect::<Vec<_>>(), [0, 2]);
        let request = records[&0].request.as_ref().unwrap();
        assert_eq!(request.body_text().as_deref(), Some(r#"{"n":1.10}"#));
        assert_eq!(request.headers().len(), 1);
        assert_eq!(records[&0].resolution(), Resolution::Loose);
        let operation = records[&0].path.as_ref().unwrap().operation.as_ref().unwrap();
        assert_eq!(operation.binding(), (Some("n.t"), true));
        assert_eq!(records[&2].resolution(), Resolution::None);
    }

    #[test]
    fn what_a_page_does_not_have_is_null_or_missing() {
        let names = |text: &str| -> Vec<String> {
            let fields = text.split_once('{').unwrap().1.split('}').next().unwrap();
            let name = |line: &str| {
                Some(line.trim().strip_prefix("pub(super) ")?.split_once(':')?.0.to_owned())
            };
            fields.lines().filter_map(name).collect()
        };
        let source = include_str!("record.rs");
        let nulls = |of: &str| {
            let text = source.split(&format!("struct {of} ")).nth(1).unwrap();
            let names = names(text);
            assert!(!names.is_empty());
            names.iter().map(|name| format!("{name:?}:null")).collect::<Vec<_>>().join(",")
        };
        let whole = nulls("Record").replace("\"page\":null", "\"page\":\"a.md\"");
        let path = nulls("Path")
            .replace("\"operation\":null", &format!("\"operation\":{{{}}}", nulls("Operation")));
        let (request, response) = (nulls("Request"), nulls("Response"));
        let inner = whole
            .replace("\"request\":null", &format!("\"request\":{{{request}}}"))
            .replace("\"response\":null", &format!("\"response\":{{{response}}}"))
            .replace("\"path\":null", &format!("\"path\":{{{path}}}"));
        assert_ne!(whole, inner);
        for fields in ["\"page\":\"a.md\"", &whole, &inner] {
            let record = record(&format!("{{{fields}}}"));
            assert_eq!((record.page.as_str(), record.example_index), ("a.md", None));
            assert_eq!(record.resolution(), Resolution::None);
        }
        for fields in ["\"request\":{}", "\"response\":{}", "\"path\":{\"operation\":{}}"] {
            record(&format!("{{\"page\":\"a.md\",{fields}}}"));
        }
    }

    #[test]
    fn a_line_that_is_not_a_record_is_named_and_hides_no_other() {
        let text = b"{\"page\":\"a\"}\n{\"page\":7}\nnull\n{\"page\":\"\xff\"}\n{}\n{\"page\":\"b\"\n{\"page\":\"c\"}";
        let Lines { records, unreadable } = read(text);
        let pages: Vec<&str> = records.values().map(|record| record.page.as_str()).collect();
        assert_eq!(pages, ["a", "c"]);
        assert_eq!(unreadable.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert!(unreadable[&4].contains("missing field `page`"), "{}", unreadable[&4]);
    }
}
