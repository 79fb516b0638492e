//! Documents that services serve.

use super::checked;
use schemacrate::diagnostic::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use test_support::shared;

/// The documents of the index, each with the files that it refers to.
fn documents(folder: &Path) -> Vec<(String, Vec<PathBuf>)> {
    let index = std::fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let lines = index.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .map(|line| {
            let name = line["file"].as_str().unwrap().to_owned();
            let own = line["path"].as_str().unwrap();
            let root = folder.join(name.strip_suffix(own).unwrap());
            let companions = line["companions"].as_array().unwrap().iter();
            let companions = companions.map(|one| root.join(one.as_str().unwrap()));
            let files = std::iter::once(folder.join(&name)).chain(companions).collect();
            (name, files)
        })
        .collect()
}

/// The generated documents of a folder, each alone.
fn specs(folder: &Path) -> Vec<(String, Vec<PathBuf>)> {
    let mut found = Vec::new();
    for version in ["3.0", "3.1", "3.2"] {
        for entry in std::fs::read_dir(folder.join(version)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            found.push((format!("{version}/{name}"), vec![path]));
        }
    }
    found.sort();
    found
}

/// Documents with errors, each with their code and the reason.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "pb33f__libopenapi/test_specs/digitalocean.yaml",
        "missing-document",
        "the files of its operations are not at hand",
    ),
    (
        "swagger-api__swagger-parser/modules/swagger-parser-v3/src/test/resources/3.1.0/test/\
         basicOAS31.yaml",
        "missing-document unresolved-reference",
        "a test of a reader, which refers to nothing on purpose",
    ),
    (
        "swagger-api__swagger-parser/modules/swagger-parser-v3/src/test/resources/3.1.0/siblings31.yaml",
        "unresolved-reference",
        "a test of a reader, which refers to nothing on purpose",
    ),
];

#[test]
fn real_documents_have_no_errors() {
    let folders = ["openapi/documents", "openapi/http-specs"].map(shared);
    let [Some(real), Some(generated)] = folders else { return };
    let all = [documents(&real), specs(&generated)].concat();
    assert!(all.len() > 300, "{}", all.len());
    let show = std::env::var("SCHEMACRATE_SHOW").ok();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for (name, files) in all {
        let bytes = files
            .iter()
            .filter_map(|file| Some((file.display().to_string(), std::fs::read(file).ok()?)));
        let session = checked(bytes.collect::<Vec<_>>());
        let mut of_document: BTreeMap<&str, usize> = BTreeMap::new();
        session.diagnostics().iter().for_each(|one| *of_document.entry(one.code).or_default() += 1);
        for (code, count) in &of_document {
            let (all, documents) = counts.entry(code).or_default();
            *all += count;
            *documents += 1;
        }
        if show.as_deref().is_some_and(|part| name.contains(part)) && !of_document.is_empty() {
            eprintln!("== {name}: {of_document:?}\n{}", session.render(false));
        }
        let errors = session.diagnostics().iter().filter(|one| one.severity == Severity::Error);
        let errors: BTreeSet<&str> = errors.map(|one| one.code).collect();
        let refused = REFUSED.iter().find(|(one, ..)| *one == name);
        let expected = refused.map_or("", |(_, codes, _)| codes).split_whitespace();
        if !errors.iter().copied().eq(expected) {
            wrong.push_str(&format!("{name}\n{}\n", session.render(false)));
        }
    }
    for (code, (all, documents)) in counts {
        eprintln!("{code}: {all} in {documents} documents");
    }
    assert!(wrong.is_empty(), "{wrong}");
}
