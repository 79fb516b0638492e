//! The words that the formats share.

use crate::crate_plan::plain;
use crate::review::change::{Change, RustChange, RustChangeKind, RustItem};
use crate::review::report::Report;
use crate::review::rule::{Bump, Effect, Severity};

/// The most Rust items that a change names.
const SHOWN: usize = 3;

pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Ok => "ok",
        Effect::Risk => "risk",
        Effect::Break => "BREAK",
    }
}

pub(super) fn bump(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Note => "note",
    }
}

/// The verdict: the bump, and what breaks on the wire.
pub(super) fn verdict(report: &Report) -> (String, String) {
    let wire = match report.wire_breaks() {
        0 => "nothing breaks on the wire".to_owned(),
        1 => "1 change breaks clients on the wire".to_owned(),
        many => format!("{many} changes break clients on the wire"),
    };
    let crate_changes = match report.bump() {
        Bump::None => "no change".to_owned(),
        other => bump(other).to_owned(),
    };
    (crate_changes, wire)
}

/// The old and the new value.
pub(super) fn values(change: &Change, quote: impl Fn(&str) -> String) -> Option<String> {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => Some(format!("{} → {}", quote(old), quote(new))),
        (Some(old), None) => Some(format!("was {}", quote(old))),
        (None, Some(new)) => Some(quote(new)),
        (None, None) => None,
    }
}

/// What happens to the crate, in one phrase.
pub(super) fn crate_changes(change: &Change, quote: impl Fn(&str) -> String) -> String {
    if change.rust.is_empty() {
        return match change.bump {
            Bump::Patch => "patch: documentation".to_owned(),
            _ => "no change".to_owned(),
        };
    }
    // The most severe first, then in the order of the paths.
    let mut shown: Vec<&RustChange> = change.rust.iter().collect();
    // Constants repeat the fields.
    shown.sort_by_key(|one| (std::cmp::Reverse(one.bump()), one.is_constant));
    let parts: Vec<String> = shown.iter().take(SHOWN).map(|one| item(one, &quote)).collect();
    let more = match shown.len().saturating_sub(SHOWN) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    format!("{}: {}{more}", bump(change.bump), parts.join("; "))
}

fn item(one: &RustChange, quote: &impl Fn(&str) -> String) -> String {
    let path = quote(&one.path);
    let whole = match one.members {
        0 => String::new(),
        1 => " with 1 member".to_owned(),
        many => format!(" with {many} members"),
    };
    match one.kind {
        RustChangeKind::Added => format!("{path} added{whole}"),
        RustChangeKind::Removed => format!("{path} removed{whole}"),
        RustChangeKind::Deprecated => format!("{path} deprecated"),
        RustChangeKind::Restored => format!("{path} no longer deprecated"),
        RustChangeKind::Widened => format!("{path} accepts null as well"),
        RustChangeKind::Changed => {
            let side = |item: &Option<RustItem>| {
                quote(item.as_ref().map_or("", |item| item.brief.as_str()))
            };
            format!("{path} changed from {} to {}", side(&one.old), side(&one.new))
        }
    }
}

/// A change in one line: what, from what to what, and what follows.
pub(super) fn sentence(change: &Change) -> String {
    let values = values(change, line).map_or_else(String::new, |one| format!(": {one}"));
    format!(
        "{}{values}. {} Crate: {}",
        line(&change.target),
        change.rule.consequence,
        crate_changes(change, line),
    )
}

/// The requests that a change affects.
pub(super) fn requests(change: &Change, quote: impl Fn(&str) -> String) -> Option<String> {
    if change.requests.is_empty() {
        return None;
    }
    let shown: Vec<String> = change.requests.iter().map(|one| quote(one)).collect();
    let more = match change.more_requests {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    Some(format!("{}{more}", shown.join(", ")))
}

/// Text in one line, without control and invisible characters.
pub(super) fn line(text: &str) -> String {
    plain(text).into_owned()
}
