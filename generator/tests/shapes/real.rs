//! The shapes of real documents: how many of each form there are, and what is found wrong.

use super::load::{load_named, tree};
use schemacrate::diagnostic::Severity;
use schemacrate::internals::node::Node;
use schemacrate::internals::openapi::schema::{Dispatch, Form};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use test_support::shared;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        match entry.extension().and_then(|one| one.to_str()) {
            _ if entry.is_dir() => files(&entry, found),
            Some("json" | "yaml" | "yml") => found.push(entry),
            _ => {}
        }
    }
}

#[test]
fn most_shapes_of_real_documents_are_typed() {
    let Some(folder) = shared("openapi/documents") else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents = 0;
    for path in &paths {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let Some(loaded) = load_named(&path.to_string_lossy(), &text) else { continue };
        documents += 1;
        for (_, shape) in loaded.shapes.iter() {
            *forms.entry(name(&shape.form)).or_default() += 1;
            if let Form::Union(union) = &shape.form
                && let Dispatch::FirstFit { why } = &union.dispatch
            {
                println!("{}: {why}", path.file_name().unwrap().to_string_lossy());
            }
        }
        for one in loaded.diagnostics.iter() {
            *codes.entry(one.code).or_default() += 1;
            let text = one.place.as_ref().map_or(0, |one| loaded.sources.line_column(one.0).0);
            println!("{} {}:{text} {}", one.code, path.to_string_lossy(), one.message);
        }
    }
    println!("{documents} documents\n{forms:#?}\n{codes:#?}");
    assert!(documents > 100);
}

fn name(form: &Form) -> &'static str {
    match form {
        Form::Any => "any",
        Form::Never => "never",
        Form::Null => "null",
        Form::Boolean => "boolean",
        Form::Integer(_) => "integer",
        Form::Number(_) => "number",
        Form::Text(_) => "text",
        Form::Constant(_) => "constant",
        Form::Enumeration(_) => "enumeration",
        Form::List(_) => "list",
        Form::Tuple(_) => "tuple",
        Form::Map(_) => "map",
        Form::Object(_) => "object",
        Form::Union(union) => match union.dispatch {
            Dispatch::Kind => "union by kind",
            Dispatch::Tag(_) => "union by tag",
            Dispatch::Members(_) => "union by members",
            Dispatch::FirstFit { .. } => "union by first fit",
        },
    }
}

#[test]
fn odd_but_right_documents_are_without_findings() {
    let Some(folder) = shared("openapi/invalid") else { return };
    let (_, manifest) =
        tree("manifest.json", &std::fs::read_to_string(folder.join("manifest.json")).unwrap());
    let list = manifest.root();
    let entries = list.get("cases").or(list.get("documents")).unwrap_or(list);
    let mut count = 0;
    for entry in entries.items() {
        let text = |name| entry.get(name).and_then(Node::text).unwrap();
        let Ok(document) = std::fs::read_to_string(folder.join(text("file"))) else { continue };
        let Some(loaded) = load_named(text("file"), &document) else { continue };
        count += 1;
        let accepts = |severity| {
            let also = entry.get("also_acceptable").into_iter().flat_map(Node::items);
            text("expect") == severity || also.into_iter().any(|one| one.text() == Some(severity))
        };
        for finding in loaded.diagnostics.iter() {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            assert!(accepts(severity), "{}: {} {}", text("file"), finding.code, finding.message);
        }
    }
    assert!(count > 50);
}
