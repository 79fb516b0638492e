//! The cases for the runner, and its results.
//!
//! Enters: records. Leaves: one case for each check that needs a run, and the results by record and check.
//! Must not know: which results are right.

use super::record::Record;
use super::wire::Sent;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

/// What is checked.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Decode,
    Request,
    Bodies,
}

/// What the runner reports about a case.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Outcome {
    /// What was decoded, encoded again.
    #[serde(default)]
    pub(super) json: Option<String>,
    /// Members that their type declares, but that were kept as if it did not.
    #[serde(default)]
    pub(super) hidden: Vec<String>,
    /// Members that are not of their declared types, and so were kept as they came.
    #[serde(default)]
    pub(super) unread: Vec<String>,
    /// What was sent.
    #[serde(default)]
    pub(super) sent: Vec<Sent>,
    /// The type of the result.
    #[serde(default)]
    pub(super) type_name: Option<String>,
    #[serde(default)]
    pub(super) error: Option<String>,
    #[serde(default)]
    pub(super) panic: Option<String>,
}

/// The outcomes by record and check.
pub(super) type Outcomes = BTreeMap<(usize, Kind), Outcome>;

/// A case, one JSON object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) record: usize,
    pub(super) kind: Kind,
    text: String,
}

impl Case {
    fn new(record: usize, kind: Kind, mut fields: serde_json::Value) -> Self {
        fields["record"] = record.into();
        fields["kind"] = json!(kind);
        Self { record, kind, text: fields.to_string() }
    }

    /// Runs the example of a record.
    pub(super) fn request(number: usize) -> Self {
        Self::new(number, Kind::Request, json!({}))
    }

    /// Decodes the answer of a record, if it has a JSON body and a type.
    pub(super) fn decode(number: usize, record: &Record) -> Option<Self> {
        let response = record.response.as_ref().filter(|one| one.body_kind == "json")?;
        let (body, name) = (response.body.as_ref()?, record.effective_type.as_deref()?);
        let envelope = record.envelope.as_deref().unwrap_or_default();
        let is_page = matches!(envelope, "collection" | "primitive_collection");
        let how = if is_page { "page" } else { "answer" };
        let fields = json!({ "how": how, "name": name, "body": body.to_string() });
        Some(Self::new(number, Kind::Decode, fields))
    }

    /// Decodes the body of the request of a record, if it has a type.
    pub(super) fn bodies(number: usize, record: &Record) -> Option<Self> {
        let request = record.request.as_ref()?;
        let body = request.body.as_ref()?.to_string();
        let name = record.request_type.as_deref()?;
        let fields = if name.starts_with("parameters of ") {
            let operation = record.path.as_ref()?.operation.as_ref()?;
            let (binding, of_collection) = operation.binding();
            json!({
                "how": "parameters",
                "name": operation.name,
                "binding": binding,
                "of_collection": of_collection,
                "body": body,
            })
        } else {
            let how = if request.method == "PATCH" { "changes" } else { "object" };
            json!({ "how": how, "name": name, "body": body })
        };
        Some(Self::new(number, Kind::Bodies, fields))
    }
}

/// Runs cases. One that ends the runner does not affect the others.
pub(super) fn run(folder: &Path, runner: &Path, cases: &[Case]) -> Result<Outcomes, String> {
    let (input, output) = (folder.join("cases.jsonl"), folder.join("results.jsonl"));
    let mut outcomes = Outcomes::new();
    let mut rest: Vec<&Case> = cases.iter().collect();
    while !rest.is_empty() {
        let text: String = rest.iter().map(|case| format!("{}\n", case.text)).collect();
        fs::write(&input, text)
            .and_then(|()| fs::write(&output, ""))
            .map_err(|error| format!("error: {}: {error}", input.display()))?;
        let child = Command::new(runner).arg(&input).arg(&output).spawn();
        let child = child.map_err(|error| format!("error: {}: {error}", runner.display()))?;
        let end = wait(child, &output)?;
        let results = fs::read_to_string(&output)
            .map_err(|error| format!("error: {}: {error}", output.display()))?;
        outcomes.extend(read(&results));
        let before = rest.len();
        rest.retain(|case| !outcomes.contains_key(&(case.record, case.kind)));
        match (rest.first(), end) {
            (Some(case), Some(why)) => {
                let died = Outcome { panic: Some(why), ..Outcome::default() };
                outcomes.insert((case.record, case.kind), died);
                rest.remove(0);
            }
            (Some(_), None) if rest.len() == before => {
                return Err("error: the runner returns no results".to_owned());
            }
            _ => {}
        }
    }
    Ok(outcomes)
}

/// Reads the results. An unfinished line is not a result.
fn read(text: &str) -> Outcomes {
    #[derive(Deserialize)]
    struct Line {
        record: usize,
        kind: Kind,
    }
    let line = |text: &str| {
        let Line { record, kind } = serde_json::from_str(text).ok()?;
        Some(((record, kind), serde_json::from_str(text).ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// Waits for the runner, as long as it makes progress. Returns how it ended, unless it succeeded.
fn wait(mut child: Child, output: &Path) -> Result<Option<String>, String> {
    const PATIENCE: Duration = Duration::from_secs(60);
    let size = || fs::metadata(output).map_or(0, |metadata| metadata.len());
    let (mut known, mut since) = (size(), Instant::now());
    loop {
        let status = child.try_wait().map_err(|error| format!("error: the runner: {error}"))?;
        if let Some(status) = status {
            let why = || format!("it ends the process ({status})");
            return Ok((!status.success()).then(why));
        }
        if size() != known {
            (known, since) = (size(), Instant::now());
        }
        if since.elapsed() > PATIENCE {
            // It may have ended in the meantime, and is waited for in both cases.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(Some("it does not come to an end".to_owned()));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::of_example as record;
    use super::*;

    #[test]
    fn a_case_specifies_how_to_decode() {
        let get = record(
            r#""response":{"body":{"value":[1.0]},"body_kind":"json"},"effective_type":"n.t","envelope":"collection""#,
        );
        let case = Case::decode(7, &get).unwrap();
        let fields: serde_json::Value = serde_json::from_str(&case.text).unwrap();
        assert_eq!(
            fields,
            json!({"record":7,"kind":"decode","how":"page","name":"n.t","body":"{\"value\":[1.0]}"})
        );
        assert_eq!(Case::bodies(7, &get), None);
        let act = record(
            r#""request":{"method":"POST","url":"a","body":{},"body_kind":"json"},"request_type":"parameters of n.a",
            "path":{"operation":{"kind":"action","name":"n.a","bound_to":"Collection(n.t)"}}"#,
        );
        let case = Case::bodies(1, &act).unwrap();
        assert!(case.text.contains(r#""of_collection":true"#), "{}", case.text);
        assert_eq!(Case::decode(1, &act), None);
    }

    #[test]
    fn results_are_found_by_record_and_check() {
        let text = "{\"record\":1,\"kind\":\"decode\",\"json\":\"{}\",\"hidden\":[]}\n{\"record\":1,\"kind\":\"request\",\"error\":null}\n{\"record\":2,\"ki";
        let outcomes = read(text);
        assert_eq!(outcomes.len(), 2);
        assert_eq!(outcomes[&(1, Kind::Decode)].json.as_deref(), Some("{}"));
    }
}
