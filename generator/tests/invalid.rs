//! Documents that are wrong in one way each, against what their manifest expects.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::diagnostic::{Diagnostics, Severity};
use schemacrate::internals::{csdl, edm};
use schemacrate::source::{SourceId, SourceMap};
use std::path::{Path, PathBuf};
use test_support::shared;

/// The standard vocabularies next to a document that it includes, directly or not.
fn vocabularies(path: &Path, sources: &mut SourceMap) -> Vec<SourceId> {
    let mut found: Vec<(PathBuf, SourceId)> = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(next) = open.pop() {
        let text = String::from_utf8_lossy(&std::fs::read(&next).unwrap()).into_owned();
        for part in text.split("Include ").skip(1) {
            let namespace = part.split("Namespace=\"").nth(1).and_then(|one| one.split('"').next());
            let name =
                format!("oasis-tcs+odata-vocabularies__{}.xml", namespace.unwrap_or_default());
            let file = path.with_file_name(name);
            if file.is_file() && file != path && found.iter().all(|(one, _)| *one != file) {
                let bytes = std::fs::read(&file).unwrap();
                let source = sources.add(file.to_string_lossy(), &bytes).unwrap();
                found.push((file.clone(), source));
                open.push(file);
            }
        }
    }
    found.into_iter().map(|(_, source)| source).collect()
}

/// The worst severity, and what was reported.
fn outcome(path: &Path) -> (&'static str, String) {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let vocabularies = vocabularies(path, &mut sources);
    match sources.add(path.file_name().unwrap().to_string_lossy(), &std::fs::read(path).unwrap()) {
        Ok(source) => {
            let mut parsed = vec![csdl::parse(&sources, source, &mut diagnostics)];
            if !diagnostics.has_errors() {
                for one in vocabularies {
                    parsed.push(csdl::parse(&sources, one, &mut Diagnostics::default()));
                }
                let model = edm::resolve(&parsed, &mut diagnostics);
                if !diagnostics.has_errors() {
                    edm::validate(&model, &mut diagnostics);
                }
            }
        }
        Err(unreadable) => diagnostics.push(unreadable.into()),
    }
    for one in diagnostics.iter() {
        assert!(one.help.is_some(), "{} has no help: {}", one.code, one.message);
        assert!(one.place.is_some() || one.code == "encoding", "{} has no place", one.code);
    }
    let worst = diagnostics.iter().map(|one| one.severity).min();
    let worst = match worst {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) | None => "ok",
    };
    (worst, diagnostics.render(&sources, false))
}

/// Documents that the manifest would have refused and that have a defensible reading, each with it.
const READ: &[(&str, &str)] = &[
    ("bound_without_parameter.xml", "an operation that is bound to nothing is left out"),
    ("dup_entity_type.xml", "both declare the same"),
    ("enum_member_duplicate.xml", "JSON has the name of a member, which is the same"),
    ("enum_underlying_unresolved.xml", "JSON has the names of members, whatever their numbers"),
    ("enum_value_text.xml", "JSON has the names of members, whatever their numbers"),
    ("facet_maxlength_text.xml", "a facet changes no type"),
    ("function_overload_same_names.xml", "the first overload is kept"),
    ("import_bound_function.xml", "the function is called on what it is bound to"),
    ("key_alias_collides.xml", "a key predicate names the alias, and nothing else"),
    ("key_of_collection.xml", "entities are not addressed by the key"),
    ("type_name_digit.xml", "a wire name like any other"),
    ("type_name_hyphen.xml", "a wire name like any other"),
];

#[test]
fn invalid_documents_are_reported_as_expected() {
    let Some(folder) = shared("csdl/invalid") else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let mut wrong = String::new();
    let (mut expected, mut also) = (0, 0);
    for (name, case) in manifest.as_object().unwrap() {
        let (found, shown) = outcome(&folder.join(name));
        let others = case["also"].as_array().cloned().unwrap_or_default();
        if case["expect"] == found {
            expected += 1;
        } else if let Some((_, reading)) = READ.iter().find(|(one, _)| one == name) {
            also += 1;
            assert_eq!(found, "warning", "{name}: {reading}\n{shown}");
            eprintln!("{name}: {found}, for {reading}");
        } else if others.iter().any(|one| one == found) {
            also += 1;
            eprintln!("{name}: {found}, defensible, but {} is expected", case["expect"]);
        } else {
            let note = &case["note"];
            wrong.push_str(&format!("{name}: {found}, not {}: {note}\n{shown}\n", case["expect"]));
        }
    }
    eprintln!("{expected} as expected, {also} defensible");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Documents of V3 content under V4 namespaces, and documents that refer to types in documents that
/// are not there.
const REFUSED: &[&str] = &[
    "NorthwindLinqToSqlMetadata",
    "RowTypeProperties",
    "net__OData.xml",
    "net__GPS.xml",
    "RefModelReferenced",
    "openapi__Products",
];

/// Run in release to see how long real schemas take.
#[test]
fn real_schemas_are_validated_in_no_time() {
    let Some(graph) = shared("graph/v1.0.csdl") else { return };
    let mut sources = SourceMap::new();
    let source = sources.add("v1.0.csdl", &std::fs::read(graph).unwrap()).unwrap();
    let mut diagnostics = Diagnostics::default();
    let start = std::time::Instant::now();
    let parsed = [csdl::parse(&sources, source, &mut diagnostics)];
    let read = start.elapsed();
    let model = edm::resolve(&parsed, &mut diagnostics);
    let resolved = start.elapsed() - read;
    let start = std::time::Instant::now();
    edm::validate(&model, &mut diagnostics);
    let took = start.elapsed();
    eprintln!("read in {read:?}, resolved in {resolved:?}, validated in {took:?}");
    // The bound is for a debug build on a busy machine; in release it is a hundredth of it.
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
}

#[test]
fn valid_documents_resolve() {
    let (Some(valid), Some(graph)) = (shared("csdl/valid"), shared("graph")) else { return };
    let mut wrong = String::new();
    for folder in [valid, graph] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|one| one != "xml" && one != "csdl") {
                continue;
            }
            let (found, shown) = outcome(&path);
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if std::env::var_os("SCHEMACRATE_SHOW").is_some() {
                eprintln!("== {name}: {found}\n{shown}");
            }
            let refused = REFUSED.iter().any(|part| name.contains(part));
            if (found == "error") != refused {
                wrong.push_str(&format!("{name}: {found}\n{shown}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
