//! A report as SARIF 2.1.0.

use super::words;
use crate::review::change::Change;
use crate::review::report::Report;
use crate::review::rule::{Rule, Severity};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn show(report: &Report) -> String {
    let used: BTreeSet<&str> = report.changes.iter().map(|change| change.rule.id).collect();
    let rules: Vec<Value> =
        Rule::all().iter().filter(|rule| used.contains(rule.id)).map(rule).collect();
    let results: Vec<Value> = report
        .changes
        .iter()
        .zip(&report.accepted)
        .map(|(change, accepted)| result(change, accepted.as_deref()))
        .collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "schemacrate",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.consequence },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Note => "none",
    }
}

fn result(change: &Change, accepted: Option<&str>) -> Value {
    let message = words::sentence(change);
    let mut result = json!({
        "ruleId": change.rule.id,
        "level": level(change.severity()),
        "message": { "text": message },
        "partialFingerprints": { "schemacrate/v1": change.fingerprint() },
    });
    if let Some(place) = change.new_place.as_ref().or(change.old_place.as_ref()) {
        result["locations"] = json!([{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&place.file) },
                "region": { "startLine": place.line, "startColumn": place.column },
            },
            "logicalLocations": [{ "fullyQualifiedName": change.target }],
        }]);
    }
    if let Some(reason) = accepted {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

/// A path as a relative reference.
fn uri(file: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~/:".contains(c);
    let mut uri = String::new();
    for c in file.replace('\\', "/").chars() {
        if fits(c) {
            uri.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                uri.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    uri
}
