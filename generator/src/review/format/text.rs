//! A report for a terminal.

use super::{Style, words};
use crate::input::shown::shortened;
use crate::review::change::Change;
use crate::review::report::Report;
use crate::review::rule::Severity;
use std::fmt::Write as _;

/// The widest value of a schema that is shown.
const WIDEST: usize = 160;

pub(super) fn show(report: &Report, style: &Style) -> String {
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info, Severity::Note] {
        if severity == Severity::Note && !style.notes {
            continue;
        }
        for (change, accepted) in report.of(severity) {
            entry(&mut text, change, accepted);
        }
    }
    for complaint in &report.complaints {
        let (id, target) = (words::line(&complaint.allow.id), words::line(&complaint.allow.target));
        let _ = writeln!(text, "warning[allow] {id} {target}: {}", complaint.message);
    }
    let (bump, wire) = words::verdict(report);
    let count = |severity| report.of(severity).count();
    let _ = write!(
        text,
        "{bump} · {wire}: {} breaking, {} to check, {} new, {} notes",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
        count(Severity::Note),
    );
    if !style.notes && count(Severity::Note) > 0 {
        text.push_str(" (shown with --notes)");
    }
    if report.is_sliced {
        let _ = write!(text, ", {} outside the slice", report.outside);
    }
    text.push('\n');
    text
}

fn entry(text: &mut String, change: &Change, accepted: Option<&str>) {
    let plain = |value: &str| shortened(&words::line(value), WIDEST).into_owned();
    let severity = words::severity(change.severity());
    let _ = write!(text, "{severity}[{}] {}", change.rule.id, words::line(&change.target));
    if let Some(values) = words::values(change, plain) {
        let _ = write!(text, ": {values}");
    }
    text.push('\n');
    for place in change.new_place.iter().chain(&change.old_place).take(1) {
        let side = if change.new_place.is_some() { "" } else { " (old)" };
        let _ = writeln!(text, "  --> {}:{}:{}{side}", place.file, place.line, place.column);
    }
    let _ = writeln!(
        text,
        "  wire: reading {}, writing {}. {}",
        words::effect(change.read),
        words::effect(change.write),
        change.rule.consequence
    );
    let _ = writeln!(text, "  crate: {}", words::crate_changes(change, plain));
    for detail in &change.details {
        let _ = writeln!(text, "  {}", words::line(detail));
    }
    if let Some(requests) = words::requests(change, plain) {
        let _ = writeln!(text, "  requests: {requests}");
    }
    let notice = change.notice.map_or_else(String::new, |one| format!(", {}", one.word()));
    let _ = writeln!(text, "  fingerprint: {}{notice}", change.fingerprint());
    if let Some(reason) = accepted {
        let _ = writeln!(text, "  accepted: {}", words::line(reason));
    }
    text.push('\n');
}
