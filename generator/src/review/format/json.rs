//! A report for programs; `docs/diff.schema.json` describes it.

use super::{Style, words};
use crate::review::change::{Change, Place, RustChange, RustChangeKind};
use crate::review::report::Report;
use crate::review::rule::Severity;
use serde_json::{Value, json};

pub(super) fn show(report: &Report, style: &Style) -> String {
    let count = |severity| report.of(severity).count();
    let changes: Vec<Value> = report
        .changes
        .iter()
        .zip(&report.accepted)
        .map(|(change, accepted)| self::change(change, accepted.as_deref()))
        .collect();
    let complaints: Vec<Value> = report
        .complaints
        .iter()
        .map(
            |one| json!({ "id": one.allow.id, "target": one.allow.target, "message": one.message }),
        )
        .collect();
    let value = json!({
        "format": 1,
        "name": style.name,
        "old": style.sides.0,
        "new": style.sides.1,
        "bump": words::bump(report.bump()),
        "wireBreaks": report.wire_breaks(),
        "counts": {
            "error": count(Severity::Error),
            "warning": count(Severity::Warning),
            "info": count(Severity::Info),
            "note": count(Severity::Note),
            "outsideSlice": report.outside,
        },
        "changes": changes,
        "allowComplaints": complaints,
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn change(change: &Change, accepted: Option<&str>) -> Value {
    json!({
        "id": change.rule.id,
        "severity": words::severity(change.severity()),
        "target": change.target,
        "owner": change.owner,
        "old": change.old,
        "new": change.new,
        "wire": {
            "read": change.read,
            "write": change.write,
            "consequence": change.rule.consequence,
        },
        "rust": {
            "bump": words::bump(change.bump),
            "items": change.rust.iter().map(item).collect::<Vec<_>>(),
        },
        "details": change.details,
        "oldPlace": change.old_place.as_ref().map(place),
        "newPlace": change.new_place.as_ref().map(place),
        "requests": change.requests,
        "moreRequests": change.more_requests,
        "notice": change.notice.map(|one| one.word()),
        "claims": change.claims,
        "accepted": accepted,
        "fingerprint": change.fingerprint(),
    })
}

fn item(item: &RustChange) -> Value {
    let kind = match item.kind {
        RustChangeKind::Added => "added",
        RustChangeKind::Removed => "removed",
        RustChangeKind::Changed => "changed",
        RustChangeKind::Widened => "widened",
        RustChangeKind::Deprecated => "deprecated",
        RustChangeKind::Restored => "restored",
    };
    json!({
        "kind": kind,
        "path": item.path,
        "old": item.old.as_ref().map(|one| &one.signature),
        "new": item.new.as_ref().map(|one| &one.signature),
        "members": item.members,
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column })
}
