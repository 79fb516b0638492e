//! The references of real descriptions, and of small ones that are wrong or odd.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::openapi::{
    Description, Location, add_document, check_objects, check_references, references,
};
use schemacrate::source::SourceMap;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use test_support::shared;

/// Real documents that break a rule of references, with the codes, and why.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    // A schema with `$id` refers to components as if it had none.
    (
        "microsoft__OpenAPI.NET/test/Microsoft.OpenApi.Readers.Tests/V32Tests/Samples/OpenApiDocument/docWithReferenceById.yaml",
        &["reference-syntax"],
    ),
    // Schemas with the same dynamic anchor and without addresses of their own.
    (
        "microsoft__kiota/tests/Kiota.Builder.IntegrationTests/array-root-dynamicref.yaml",
        &["duplicate-anchor"],
    ),
    (
        "microsoft__kiota/tests/Kiota.Builder.IntegrationTests/multi-error-inline-binding.yaml",
        &["duplicate-anchor"],
    ),
    (
        "microsoft__kiota/tests/Kiota.Builder.IntegrationTests/namespaced-binding.yaml",
        &["duplicate-anchor"],
    ),
    // The files to which it refers are not there.
    ("pb33f__libopenapi/test_specs/digitalocean.yaml", &["missing-document"]),
    // They refer to components that they do not have.
    (
        "swagger-api__swagger-parser/modules/swagger-parser-v3/src/test/resources/3.1.0/siblings31.yaml",
        &["unresolved-reference"],
    ),
    (
        "swagger-api__swagger-parser/modules/swagger-parser-v3/src/test/resources/3.1.0/test/basicOAS31.yaml",
        &["missing-document", "unresolved-reference"],
    ),
];

/// A document with the files to which it refers, as far as there are any. `None` if it is not OpenAPI.
fn described(path: &Path) -> Option<Description> {
    let (mut description, mut sources) = (Description::new(), SourceMap::new());
    let mut asked = BTreeSet::new();
    let mut names = vec![path.to_string_lossy().into_owned()];
    while let Some(name) = names.pop() {
        let Ok(bytes) = fs::read(&name) else {
            assert!(description.documents().next().is_some(), "{name}");
            continue;
        };
        let source = sources.add(&name, &bytes).ok()?;
        let mut diagnostics = Diagnostics::default();
        let id = add_document(&mut description, &sources, source, &mut diagnostics)?;
        let document = description.document(id);
        for found in references(document.tree.root(), document.version) {
            let from = Location { document: id, node: found.object.id() };
            let missing = description.missing(from, found.text.text().unwrap_or_default());
            let uri = missing.map(|missing| missing.uri.to_string());
            names.extend(uri.filter(|uri| asked.insert(uri.clone())));
        }
    }
    Some(description)
}

fn report(description: &Description) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let reached = check_objects(description, &mut Diagnostics::default());
    check_references(description, &reached.references, Unresolved::Error, &mut diagnostics);
    diagnostics
}

#[test]
fn the_references_of_real_documents_are_resolved() {
    let Some(folder) = shared("openapi/documents") else { return };
    let index = fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let (mut documents, mut all) = (0, 0);
    let mut odd = BTreeMap::new();
    for line in index.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = entry["file"].as_str().unwrap().to_owned();
        let Some(description) = described(&folder.join(&name)) else {
            odd.insert(name, vec!["not read".to_owned()]);
            continue;
        };
        documents += 1;
        all += description
            .documents()
            .map(|(_, one)| references(one.tree.root(), one.version).len())
            .sum::<usize>();
        let diagnostics = report(&description);
        let codes: BTreeSet<&str> = diagnostics.iter().map(|one| one.code).collect();
        if !codes.is_empty() {
            odd.insert(name, codes.into_iter().map(str::to_owned).collect());
        }
    }
    eprintln!("{all} references of {documents} descriptions");
    let exceptions = EXCEPTIONS.iter().map(|(name, codes)| {
        ((*name).to_owned(), codes.iter().map(|code| (*code).to_owned()).collect())
    });
    assert_eq!(odd, exceptions.collect::<BTreeMap<_, Vec<String>>>());
    assert!(documents > 100 && all > 10_000, "{documents} {all}");
}

/// The documents that a checking service describes have no mistakes.
#[test]
fn the_references_of_the_descriptions_of_exchanges_are_resolved() {
    let Some(folder) = shared("openapi/http-specs") else { return };
    let mut files = Vec::new();
    descriptions(&folder, &mut files);
    let described: Vec<Description> = files.iter().filter_map(|file| described(file)).collect();
    let odd: Vec<_> = described.iter().filter(|one| !report(one).is_empty()).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert!(described.len() > 200, "{}", described.len());
}

fn descriptions(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            descriptions(&path, found);
        } else if path.extension().is_some_and(|one| one == "yaml" || one == "json") {
            found.push(path);
        }
    }
}

/// Small documents that are wrong or odd, with the codes that are about references. What is not here has
/// none.
const ODD: &[(&str, &[&str])] = &[("ref-unresolved-response.yaml", &["unresolved-reference"])];

#[test]
fn wrong_references_are_found_and_odd_ones_resolved() {
    let Some(folder) = shared("openapi/invalid") else { return };
    let mut files = Vec::new();
    descriptions(&folder, &mut files);
    let mut odd = BTreeMap::new();
    for file in files {
        let Some(description) = described(&file) else { continue };
        let diagnostics = report(&description);
        let codes: BTreeSet<&str> = diagnostics.iter().map(|one| one.code).collect();
        if !codes.is_empty() {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            odd.insert(name, codes.into_iter().collect::<Vec<_>>());
        }
    }
    let expected = ODD.iter().map(|(name, codes)| ((*name).to_owned(), codes.to_vec()));
    assert_eq!(odd, expected.collect());
}

/// References into all parts of a large document.
#[test]
#[ignore = "it measures, and takes a release build"]
fn how_long_references_take() {
    const SCHEMAS: usize = 6_000;
    let property = |schema: usize, at: usize| {
        let next = (schema * 7 + at * 11 + 1) % SCHEMAS;
        let text = "What it is, as its owner wrote it, in a sentence or two of some length.";
        format!(
            r##""name{at}":{{"type":"string","description":"{text}"}},"one{at}":{{"$ref":"#/components/schemas/Schema{next}"}}"##
        )
    };
    let schema = |at: usize| {
        let properties: Vec<String> =
            (0..10).map(|property_at| property(at, property_at)).collect();
        format!(r#""Schema{at}":{{"type":"object","properties":{{{}}}}}"#, properties.join(","))
    };
    let schemas: Vec<String> = (0..SCHEMAS).map(schema).collect();
    let text = format!(
        r#"{{"openapi":"3.1.0","x-ids":"$id","components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    );
    let mut sources = SourceMap::new();
    let source = sources.add("api.json", text.as_bytes()).unwrap();
    let mut description = Description::new();
    let began = std::time::Instant::now();
    add_document(&mut description, &sources, source, &mut Diagnostics::default()).unwrap();
    let added = began.elapsed();
    let diagnostics = report(&description);
    eprintln!("{} bytes: read {added:?}, checked {:?}", text.len(), began.elapsed() - added);
    assert!(diagnostics.is_empty());
}
