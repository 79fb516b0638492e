//! Annotations as workflow commands of GitHub Actions.
//!
//! Only changes that break or have to be checked, and only on the new side, because GitHub does not
//! show others.

use super::words;
use crate::input::shown::shortened;
use crate::review::report::Report;
use crate::review::rule::Severity;
use std::fmt::Write as _;

/// The most annotations that GitHub accepts from one step.
const MOST: usize = 50;

pub(super) fn show(report: &Report) -> String {
    let mut text = String::new();
    let loud = report.of(Severity::Error).chain(report.of(Severity::Warning));
    let placed = loud
        .filter(|(_, accepted)| accepted.is_none())
        .filter_map(|(change, _)| Some((change, change.new_place.as_ref()?)));
    for (change, place) in placed.take(MOST) {
        let command = if change.severity() == Severity::Error { "error" } else { "warning" };
        let message = words::sentence(change);
        let _ = writeln!(
            text,
            "::{command} file={},line={},col={},title={}::{}",
            property(&place.file),
            place.line,
            place.column,
            property(change.rule.id),
            data(&shortened(&message, 2000)),
        );
    }
    text
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
