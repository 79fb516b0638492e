//! Real documents, and documents that are wrong on purpose.

use super::{all, at};
use schemacrate::diagnostic::{Diagnostics, Severity};
use schemacrate::internals::node::{self, Kind, Node, Syntax};
use schemacrate::source::SourceMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use test_support::shared;

/// The files below a folder that may be documents.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|one| one == "json" || one == "yaml" || one == "yml")
        {
            found.push(path);
        }
    }
    found.sort();
}

/// Whether `serde_json` reads the same value.
pub(super) fn is_same(node: Node<'_>, value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (node.kind(), value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(one), Value::Bool(other)) => one == *other,
        (Kind::Number(one), Value::Number(other)) => {
            one.parse::<f64>().ok() == other.as_f64() || one == other.to_string()
        }
        (Kind::String(one), Value::String(other)) => one == other,
        (Kind::Array(items), Value::Array(others)) => {
            items.len() == others.len() && items.zip(others).all(|(one, other)| is_same(one, other))
        }
        (Kind::Object(members), Value::Object(others)) => {
            members.len() == others.len()
                && members
                    .into_iter()
                    .all(|one| others.get(one.name).is_some_and(|other| is_same(one.value, other)))
        }
        _ => false,
    }
}

#[test]
fn real_documents_are_read() {
    let folders = ["openapi/documents", "openapi/http-specs", "openapi/oasdiff"].map(shared);
    let [Some(documents), Some(specs), Some(pairs)] = folders else { return };
    let mut files = Vec::new();
    [documents, specs, pairs].iter().for_each(|folder| self::documents(folder, &mut files));
    assert!(files.len() > 300, "{}", files.len());
    let mut refused = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let mut sources = SourceMap::new();
        let Ok(source) = sources.add(file.display().to_string(), &bytes) else {
            refused.push(format!("{}: encoding", file.display()));
            continue;
        };
        let mut diagnostics = Diagnostics::default();
        match node::read(&sources, source) {
            Ok(mut document) => {
                document.report(&mut diagnostics);
                let root = document.tree.root();
                let text = root.json();
                if document.syntax == Syntax::Json {
                    let other = serde_json::from_str(&sources.get(source).text).unwrap();
                    assert!(is_same(root, &other), "{}", file.display());
                }
                // Written as JSON and read again it is the same, and so are all places.
                let (copies, copy) = super::source(&text);
                let again = node::json::read(&copies, copy).unwrap();
                assert!(again.tree.root().equals(root), "{}", file.display());
                assert_eq!(again.tree.root().json(), text);
                let mut nodes = Vec::new();
                all(root, &mut nodes);
                for one in nodes.into_iter().filter(|one| one.number().is_some()) {
                    let number = one.number().unwrap();
                    assert!(
                        at(&sources, one.span()).contains(number.trim_matches('0')),
                        "{number}"
                    );
                }
            }
            Err(error) => diagnostics.push(error),
        }
        if diagnostics.has_errors() {
            refused.push(diagnostics.render(&sources, false));
        }
    }
    assert!(refused.is_empty(), "{}", refused.concat());
}

#[test]
fn odd_documents_take_no_time() {
    let Some(folder) = shared("openapi/invalid") else { return };
    let mut files = Vec::new();
    documents(&folder, &mut files);
    let mut refused = Vec::new();
    for file in files {
        let start = Instant::now();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut sources = SourceMap::new();
        let mut diagnostics = Diagnostics::default();
        match sources.add(name.clone(), &std::fs::read(&file).unwrap()) {
            Ok(source) => match node::read(&sources, source) {
                Ok(mut document) => document.report(&mut diagnostics),
                Err(error) => diagnostics.push(error),
            },
            Err(error) => diagnostics.push(error.into()),
        }
        if let Some(error) = diagnostics.iter().find(|one| one.severity == Severity::Error) {
            refused.push(format!("{name} {}", error.code));
        }
        assert!(start.elapsed().as_secs() < 60, "{name}: {:?}", start.elapsed());
    }
    let expected = [
        "deep-json.json nesting",
        "empty-file.yaml yaml",
        "enc-latin1.yaml encoding",
        "enc-nul.yaml yaml",
        "yaml-complex-key.yaml yaml",
        "yaml-duplicate-key.yaml duplicate-key",
    ];
    assert_eq!(refused, expected);
}
