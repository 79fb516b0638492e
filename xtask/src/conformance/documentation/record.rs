//! The records of a corpus: what each page of a documentation shows.
//!
//! Enters: the lines of a file, as the corpus describes them. Leaves: [`Record`]s, or the number of the
//! line that is none. Must not know: what is done with them. Fields that nothing here asks for are
//! passed over.

use super::json::Json;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An example of a page.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    /// The path of the page.
    pub(super) page: String,
    /// Which example of the page it is.
    pub(super) example_index: u64,
    #[serde(default)]
    pub(super) request: Option<Request>,
    #[serde(default)]
    pub(super) response: Option<Response>,
    /// Whether the request stands in an earlier record, too.
    #[serde(default)]
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
    #[serde(default)]
    pub(super) reasons: Vec<String>,
    #[serde(default)]
    pub(super) reason_codes: Vec<String>,
    #[serde(default)]
    pub(super) request_consistent: Option<bool>,
    /// What is wrong with the body of the request.
    #[serde(default)]
    pub(super) request_reasons: Vec<String>,
    #[serde(default)]
    pub(super) request_reason_codes: Vec<String>,
    /// By what the body of the request was judged.
    #[serde(default)]
    pub(super) request_type: Option<String>,
    /// Whether the example is beyond doubt.
    #[serde(default)]
    pub(super) gold: bool,
}

/// A request as a page shows it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Request {
    pub(super) method: String,
    /// As it is printed, with its placeholders.
    pub(super) url: String,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: Option<Json>,
    /// The body that is no JSON.
    #[serde(default)]
    pub(super) body_text: Option<String>,
    #[serde(default)]
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
    #[serde(default)]
    pub(super) body_kind: String,
}

/// What the URL of a request means.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Path {
    #[serde(default)]
    pub(super) path_resolves: bool,
    #[serde(default)]
    pub(super) resolves_loosely: Option<bool>,
    #[serde(default)]
    pub(super) path_kind: Option<String>,
    /// In what the path is not written as the schema has it.
    #[serde(default)]
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

/// How sure it is what a request means.
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
    /// How sure it is what the request means.
    pub(super) fn resolution(&self) -> Resolution {
        match &self.path {
            Some(path) if path.path_resolves => Resolution::Strict,
            Some(path) if path.resolves_loosely == Some(true) => Resolution::Loose,
            _ => Resolution::None,
        }
    }
}

/// Reads the records of a corpus, one a line.
pub(super) fn read(text: &str) -> Result<Vec<Record>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_needs_little_and_keeps_numbers() {
        let text = r#"{"page":"a.md","example_index":1,"new":[1],"request":{"method":"POST","url":"/a",
            "headers":{"Content-type":"application/json"},"body":{"n":1.10},"body_kind":"json"},
            "path":{"resolves_loosely":true,"operation":{"kind":"action","name":"n.a","bound_to":"Collection(n.t)"}}}"#
            .replace('\n', " ");
        let records = read(&format!("{text}\n\n{{\"page\":\"b\",\"example_index\":0}}")).unwrap();
        assert_eq!(records.len(), 2);
        let request = records[0].request.as_ref().unwrap();
        assert_eq!(request.body_text().as_deref(), Some(r#"{"n":1.10}"#));
        assert_eq!(records[0].resolution(), Resolution::Loose);
        let operation = records[0].path.as_ref().unwrap().operation.as_ref().unwrap();
        assert_eq!(operation.binding(), (Some("n.t"), true));
        assert_eq!(records[1].resolution(), Resolution::None);
    }

    #[test]
    fn a_line_that_is_no_record_is_named() {
        let error = read("{\"page\":\"a\",\"example_index\":0}\n{\"page\":7}").unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
        assert!(read("null").unwrap_err().starts_with("line 1: "));
    }
}
