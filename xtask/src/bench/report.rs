//! `docs/performance.md`: one section for each part that was measured, the others as they were.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What is compared.
pub(super) struct Row {
    /// What was measured.
    pub(super) what: String,
    /// The target.
    pub(super) target: String,
    /// The measured value.
    pub(super) measured: String,
}

impl Row {
    pub(super) fn new(what: &str, target: &str, measured: String) -> Self {
        println!("{what}: {measured} (target: {target})");
        Self { what: what.to_owned(), target: target.to_owned(), measured }
    }
}

/// The table of a part.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = String::from("| what | target | measured |\n|---|---|---|\n");
    for row in rows {
        let _ = writeln!(text, "| {} | {} | {} |", row.what, row.target, row.measured);
    }
    text
}

/// The path of the report.
const REPORT: &str = "docs/performance.md";

/// Puts the text of a part into its section of the report.
pub(super) fn record(root: &Path, part: &str, text: &str) -> Result<(), String> {
    let path = root.join(REPORT);
    let report =
        fs::read_to_string(&path).map_err(|error| format!("error: {}: {error}", path.display()))?;
    let replaced = replaced(&report, part, text)
        .ok_or_else(|| format!("error: {REPORT} has no section for {part}"))?;
    fs::write(&path, replaced).map_err(|error| format!("error: {}: {error}", path.display()))
}

/// The report with another text between the marks of a part.
fn replaced(report: &str, part: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- begin: {part} -->\n"), format!("<!-- end: {part} -->"));
    let (before, rest) = report.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{text}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_section_of_a_part_is_replaced() {
        let report = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n";
        let expected = "a\n<!-- begin: x -->\n\nnew\n<!-- end: x -->\nb\n";
        assert_eq!(replaced(report, "x", "new").as_deref(), Some(expected));
        assert_eq!(replaced(report, "y", "new"), None);
    }
}
