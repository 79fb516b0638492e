//! Small documents that are wrong in one way each, or odd but right, against what their manifest expects.

use super::{checked, worst};
use std::time::Instant;
use test_support::shared;

/// What is reported about each document by the readers and the checks of objects, references and schemas.
/// The others have no finding here: they break rules between objects, or none.
const EXPECTED: &[(&str, &str)] = &[
    ("ref-unresolved-response.yaml", "unresolved-reference"),
    ("ref-percent-encoded.yaml", "component-name"),
    ("path-param-not-required.yaml", "missing-field"),
    ("param-schema-and-content.yaml", "exclusive-fields"),
    ("path-no-slash.yaml", "path-name"),
    ("no-responses-30.yaml", "missing-field"),
    ("response-code-range.yaml", "status-code"),
    ("nothing-31.yaml", "missing-field"),
    ("no-paths-30.yaml", "missing-field"),
    ("no-info.yaml", "missing-field"),
    ("version-future-minor.yaml", "openapi-version"),
    ("version-missing.yaml", "not-openapi"),
    ("version-float.yaml", "openapi-version"),
    ("unknown-field-root.yaml", "unknown-field"),
    ("asyncapi.yaml", "not-openapi"),
    ("empty-file.yaml", "not-openapi"),
    ("array-root.json", "not-openapi"),
    ("type-file-3.yaml", "value-of-another-version"),
    ("type-null-30.yaml", "value-of-another-version"),
    ("nullable-31.yaml", "field-of-another-version"),
    ("tuple-draft4.yaml", "value-of-another-version"),
    ("name-emoji-schema.yaml", "component-name"),
    ("yaml-duplicate-key.yaml", "duplicate-key"),
    ("yaml-tag.yaml", "yaml-tag"),
    ("yaml-complex-key.yaml", "yaml"),
    ("enc-utf16.yaml", "utf-16"),
    ("enc-latin1.yaml", "encoding"),
    ("enc-nul.yaml", "yaml"),
    ("json-trailing-comma.json", "not-json"),
    ("json-comments.json", "not-openapi"),
    ("deep-json.json", "nesting"),
    ("example-and-examples.yaml", "exclusive-fields"),
    ("jsonschema-dialect.yaml", "schema-dialect"),
    ("ref-cycle-required.yaml", "no-finite-value"),
    ("enum-empty.yaml", "empty-enum"),
    ("allof-recursive-pair.yaml", "recursive-conjunction"),
    ("allof-contradiction.yaml", "contradiction"),
    ("oneof-overlap.yaml", "ambiguous-union"),
    ("discriminator-bad-mapping.yaml", "unresolved-mapping"),
];

/// Those with a warning where the manifest has either none or an error: they are read, and readers of JSON
/// refuse them.
const WARNED: &[&str] = &["json-trailing-comma.json"];

#[test]
fn odd_documents_are_reported_as_expected() {
    let Some(folder) = shared("openapi/invalid") else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: Vec<serde_json::Value> = serde_json::from_str(&manifest).unwrap();
    let mut wrong = String::new();
    for case in &manifest {
        let name = case["file"].as_str().unwrap();
        let start = Instant::now();
        let session = checked([(name, std::fs::read(folder.join(name)).unwrap())]);
        // None of them may go on for ever.
        assert!(start.elapsed().as_secs() < 60, "{name}: {:?}", start.elapsed());
        let codes: Vec<&str> = session.diagnostics().iter().map(|one| one.code).collect();
        let expected = EXPECTED.iter().find(|(one, _)| *one == name).map(|(_, code)| *code);
        let others = case["also_acceptable"].as_array().unwrap();
        let found = worst(&session);
        let is_right = case["expect"] == found
            || others.iter().any(|one| *one == found)
            || WARNED.contains(&name) && found == "warning";
        if codes != Vec::from_iter(expected) || expected.is_some() && !is_right {
            let expect = &case["expect"];
            let shown = session.render(false);
            wrong.push_str(&format!("{name}: {codes:?}, expected {expect}\n{shown}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
