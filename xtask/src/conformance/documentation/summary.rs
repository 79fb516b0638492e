//! The report for people.
//!
//! Enters: a [`Report`]. Leaves: a table of the totals, and the failures by cause with an example of
//! each. Must not know: the baseline.

use super::checks::Verdict;
use super::report::{Entry, Report};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many causes are shown.
const MOST: usize = 40;

/// How many characters of a reason are shown.
const LONGEST: usize = 300;

/// Writes the summary.
pub(super) fn text(report: &Report) -> String {
    let mut text = format!("{} against {}\n\n", report.corpus, report.schema);
    text.push_str("| check | ok | failed | skipped | ok of a hundred |\n|---|--:|--:|--:|--:|\n");
    for (name, one) in report.totals.rows() {
        let share =
            if one.ok + one.failed == 0 { "–".to_owned() } else { format!("{:.2}", one.percent) };
        let _ =
            writeln!(text, "| {name} | {} | {} | {} | {share} |", one.ok, one.failed, one.skipped);
    }
    let unresolved = report.totals.request.unresolved.skipped;
    if unresolved > 0 {
        let _ = writeln!(
            text,
            "\n{unresolved} requests were skipped, because their paths do not resolve"
        );
    }
    if !report.unreadable.is_empty() {
        let _ = writeln!(text, "\n{} lines of the corpus are not records", report.unreadable.len());
    }
    let mut causes: BTreeMap<(&str, &str), Vec<(&Entry, &str)>> = BTreeMap::new();
    for entry in &report.records {
        for (check, verdict) in entry.verdicts() {
            if let Verdict::Failed(cause) = verdict {
                causes.entry((check, &cause.kind)).or_default().push((entry, &cause.why));
            }
        }
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    // The most frequent ones first; equals are sorted by their names.
    causes.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
    if !causes.is_empty() {
        text.push_str("\nFailures:\n");
    }
    for ((check, kind), found) in causes.iter().take(MOST) {
        let Some((entry, why)) = found.first() else { continue };
        let index = entry.example_index.map_or_else(String::new, |index| format!(" [{index}]"));
        let _ = writeln!(
            text,
            "- {} × {check}: {kind}\n  {}{index}: {}",
            found.len(),
            entry.page,
            shortened(why)
        );
    }
    if causes.len() > MOST {
        let _ = writeln!(text, "- and {} other causes", causes.len() - MOST);
    }
    text
}

fn shortened(text: &str) -> String {
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::checks::Cause;
    use super::super::record;
    use super::*;

    #[test]
    fn failures_are_listed_by_cause() {
        let entry = |page: &str, kind: &str| {
            let path = r#""path":{"path_resolves":true}"#;
            let text = format!("{{\"page\":\"{page}\",\"example_index\":2,{path}}}");
            let cause =
                Cause { kind: kind.to_owned(), why: format!("{kind}: ü\n{}", "x".repeat(400)) };
            let verdicts = [Verdict::None, Verdict::Failed(cause), Verdict::None];
            Entry::new(&record::tests::record(&text), verdicts, Vec::new())
        };
        let entries = vec![entry("a.md", "path"), entry("b.md", "query"), entry("c.md", "query")];
        let mut report = Report::new("s".to_owned(), "c".to_owned(), entries);
        report.unreadable.insert(3, "no".to_owned());
        let text = text(&report);
        assert!(text.contains("\n1 lines of the corpus are not records\n"), "{text}");
        let query = text.find("- 2 × request: query\n  b.md [2]: query: ü xxx").unwrap();
        assert!(query < text.find("- 1 × request: path\n  a.md [2]").unwrap());
        assert!(text.lines().all(|line| line.chars().count() < 400));
        assert!(text.contains("| request, strict | 0 | 3 | 0 | 0.00 |"), "{text}");
    }
}
