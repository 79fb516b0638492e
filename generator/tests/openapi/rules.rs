//! What is reported about broken rules, on small documents; each is in `rules/` with its report.
//!
//! `UPDATE_EXPECT=1 cargo test` writes the reports anew.

use super::checked;
use expect_test::expect_file;
use schemacrate::Session;
use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Severity;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi/rules");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|one| one != "txt")).collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn reports_are_as_recorded() {
    for path in documents() {
        let session = checked([(name(&path), std::fs::read(&path).unwrap())]);
        // All of them, and not only those that are shown to people.
        let mut shown = String::new();
        for one in session.diagnostics().sorted() {
            let at = |span| {
                let (line, column) = session.sources().line_column(span);
                format!("{line}:{column}")
            };
            let severity = match (one.severity, one.is_violation) {
                (Severity::Error, _) => "error",
                (_, true) => "violation",
                _ => "warning",
            };
            shown.push_str(&format!("{severity}[{}] {}\n", one.code, one.message));
            for (span, label) in one.place.iter().chain(&one.related) {
                shown.push_str(&format!("  {} {label}\n", at(*span)));
            }
            shown.push_str(&format!("  help: {}\n", one.help.as_deref().unwrap()));
        }
        expect_file![path.with_extension("txt")].assert_eq(&shown);
    }
}

#[test]
fn each_document_breaks_the_rule_of_its_name() {
    for path in documents() {
        let session = checked([(name(&path), std::fs::read(&path).unwrap())]);
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let codes: BTreeSet<&str> = session.diagnostics().iter().map(|one| one.code).collect();
        assert!(codes.iter().any(|code| stem.starts_with(code)), "{stem}: {codes:?}");
    }
}

#[test]
fn each_rule_has_a_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/openapi/validate", "src/openapi/schema"];
    let folders = folders.map(|one| std::fs::read_dir(root.join(one)).unwrap());
    let sources = ["objects/report.rs", "document.rs", "build/schemas.rs"];
    let sources = sources.map(|one| root.join("src/openapi").join(one));
    let files = folders.into_iter().flatten().map(|entry| entry.unwrap().path());
    let sources = sources.into_iter().chain(files.filter(|path| path.is_file()));
    let mut codes = BTreeSet::new();
    for source in sources {
        let text = std::fs::read_to_string(source).unwrap();
        for call in ["Diagnostic::error(", "Diagnostic::violation(", "Diagnostic::warning("] {
            let after = text.split(call).skip(1);
            codes.extend(after.filter_map(|rest| {
                let literal = rest.trim_start().strip_prefix('"')?;
                Some(literal.split_once('"')?.0.to_owned())
            }));
        }
    }
    assert!(codes.len() > 60, "{codes:?}");
    let stems: Vec<String> =
        documents().iter().map(|path| path.file_stem().unwrap().to_string_lossy().into()).collect();
    // These take two documents, or a very large one.
    codes.remove("unused-paths");
    codes.remove("too-many-parts");
    let absent: Vec<&String> = codes.iter().filter(|code| !stems.contains(code)).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn a_strict_run_refuses_broken_rules_and_nothing_else() {
    for path in documents() {
        let bytes = std::fs::read(&path).unwrap();
        let usual = checked([(name(&path), bytes.clone())]);
        let mut strict = Session::strict();
        strict.add(name(&path), &bytes).unwrap();
        let refused = strict.validate(Unresolved::Error).is_err();
        assert_eq!(refused, usual.diagnostics().iter().any(|one| one.is_violation));
    }
}

#[test]
fn a_finding_is_shown_with_its_line() {
    let session =
        checked([("api.yaml", "openapi: 3.1.0\ninfo: {title: T, verson: '1'}\npaths: {}")]);
    let expected = "\
warning[missing-field]: an Info Object lacks the required field `version`
 --> api.yaml:2:1
  |
2 | info: {title: T, verson: '1'}
  | ^^^^ the API has no version
  |
  = help: add `version`

warning[unknown-field]: `verson` is not a field of an Info Object
 --> api.yaml:2:18
  |
2 | info: {title: T, verson: '1'}
  |                  ^^^^^^ ignored
  |
  = help: is `version` meant?
";
    assert_eq!(session.render(false).trim_end(), expected.trim_end());
}
