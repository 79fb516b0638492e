//! The shapes of small documents, one for each hard case, as text. `cases/*.json` are the documents,
//! `cases/*.txt` what is found in them.

use super::load::load;
use expect_test::expect_file;
use std::fmt::Write;
use std::path::Path;

#[test]
fn the_shapes_of_each_case_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/cases");
    let mut count = 0;
    let mut entries: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|one| one.unwrap().path()).collect();
    entries.sort();
    for path in entries.iter().filter(|path| path.extension().is_some_and(|one| one == "json")) {
        let loaded = load(&std::fs::read_to_string(path).unwrap());
        let mut text = String::new();
        for schema in loaded.model.ids() {
            if let Some(name) = &loaded.model.schema(schema).name {
                writeln!(text, "{name}: {}\n", loaded.shown(name)).unwrap();
            }
        }
        for finding in loaded.diagnostics.sorted() {
            let place = |place: &Option<(schemacrate::source::Span, String)>| {
                let (line, _) = loaded.sources.line_column(place.as_ref()?.0);
                Some(line)
            };
            let severity = if finding.is_violation { "violation" } else { "warning" };
            let severity = match finding.severity {
                schemacrate::diagnostic::Severity::Error => "error",
                schemacrate::diagnostic::Severity::Warning => severity,
                schemacrate::diagnostic::Severity::Note => "note",
            };
            write!(text, "{severity}[{}]: {}", finding.code, finding.message).unwrap();
            write!(text, " (line {}", place(&finding.place).unwrap()).unwrap();
            if let Some(line) = place(&finding.related) {
                write!(text, ", related to line {line}").unwrap();
            }
            writeln!(text, ")").unwrap();
        }
        expect_file![path.with_extension("txt")].assert_eq(&text);
        count += 1;
    }
    assert!(count > 30);
}
