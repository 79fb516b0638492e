//! What is reported about broken rules, on small documents; each is in `validation/` with its report.
//!
//! `UPDATE_EXPECT=1 cargo test` writes the reports anew.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::expect_file;
use schemacrate::diagnostic::{Diagnostics, Severity};
use schemacrate::internals::{csdl, edm};
use schemacrate::source::SourceMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn report(name: &str, text: &str, mut diagnostics: Diagnostics) -> (Diagnostics, String) {
    let mut sources = SourceMap::new();
    let source = sources.add(name, text.as_bytes()).unwrap();
    let parsed = csdl::parse(&sources, source, &mut diagnostics);
    let model = edm::resolve(&[parsed], &mut diagnostics);
    edm::validate(&model, &mut diagnostics);
    let shown = diagnostics.render(&sources, false);
    (diagnostics, shown)
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validation");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|one| one == "xml")).collect();
    found.sort();
    found
}

#[test]
fn reports_are_as_recorded() {
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        let (diagnostics, shown) =
            report(&path.file_name().unwrap().to_string_lossy(), &text, Diagnostics::default());
        assert_eq!(diagnostics.is_empty(), path.ends_with("fine.xml"), "{}", path.display());
        expect_file![path.with_extension("txt")].assert_eq(&shown);
    }
}

#[test]
fn a_strict_run_refuses_broken_rules_and_nothing_else() {
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        let (usual, _) = report("x", &text, Diagnostics::default());
        let (strict, _) = report("x", &text, Diagnostics::strict());
        let violations = usual.iter().filter(|one| one.is_violation).count();
        let errors = strict.iter().filter(|one| one.severity == Severity::Error).count();
        assert_eq!(errors, violations, "{}", path.display());
    }
}

/// The codes in the sources, each with the severities that it is raised with: the first literal in a
/// call that makes a diagnostic.
fn codes(folder: &Path, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let calls = [
            ("Diagnostic::error(", "error"),
            ("Diagnostic::violation(", "violation"),
            ("Diagnostic::warning(", "warning"),
            ("Diagnostic::note(", "note"),
            ("code: ", "error"),
        ];
        for (call, severity) in calls {
            for rest in text.split(call).skip(1) {
                if let Some((code, _)) =
                    rest.trim_start().strip_prefix('"').and_then(|one| one.split_once('"'))
                {
                    found.entry(code.to_owned()).or_default().insert(severity);
                }
            }
        }
    }
}

#[test]
fn every_code_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = BTreeMap::new();
    codes(&root.join("src"), &mut used);
    let tables = ["diagnostics.md", "openapi-diagnostics.md"]
        .map(|file| std::fs::read_to_string(root.join("../docs").join(file)).unwrap());
    let mut explained = BTreeMap::new();
    for row in tables.iter().flat_map(|table| table.lines()).filter(|line| line.starts_with("| `"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [code, severity, meaning, reading, remedy] = cells[..] else { panic!("{row}") };
        assert!([meaning, reading, remedy].iter().all(|cell| cell.ends_with('.')), "{row}");
        let words = severity.split(|c: char| !c.is_ascii_lowercase());
        let severities = ["error", "violation", "warning", "note"];
        let severities = words.filter_map(|word| severities.into_iter().find(|one| *one == word));
        let of_code: &mut BTreeSet<&str> =
            explained.entry(code.trim_matches('`').to_owned()).or_default();
        of_code.extend(severities);
    }
    assert_eq!(used, explained);
}

#[test]
fn a_version_that_is_a_number_is_read() {
    let text = r#"{"$Version": 4.0, "n": {"C": {"$Kind": "ComplexType"}}}"#;
    let (diagnostics, shown) = report("n.json", text, Diagnostics::default());
    let found: Vec<_> = diagnostics.iter().map(|one| (one.code, one.is_violation)).collect();
    assert_eq!(found, [("version", true)], "{shown}");
    let (diagnostics, shown) =
        report("n.json", &text.replace("4.0", "3.0"), Diagnostics::default());
    assert!(diagnostics.has_errors(), "{shown}");
}
