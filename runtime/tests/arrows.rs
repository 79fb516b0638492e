//! Which folder of the sources may import from which: the core knows no protocol, no protocol another
//! one, and JSON no HTTP.

#![allow(clippy::unwrap_used)] // A test may panic.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each folder, the name of its module, and the modules that it must not name.
const FOLDERS: [(&str, &str, &[&str]); 5] = [
    ("types", "types", &["web", "odata", "openapi", "codegen", "model"]),
    ("json", "json", &["types", "web", "odata", "openapi", "codegen", "model"]),
    ("http", "web", &["odata", "openapi", "codegen", "model"]),
    ("odata", "odata", &["openapi", "codegen", "model"]),
    ("openapi", "openapi", &["odata", "codegen", "model"]),
];

/// Words of OData that must not occur in the core, outside of its documentation.
const WORDS: [&str; 4] = ["@odata", "odata.", "Prefer", "OData-"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of each source of a folder: without comments, and without the tests at its end.
fn code(folder: &str) -> BTreeMap<PathBuf, String> {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut paths);
    let code = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    });
    code.collect()
}

/// The modules of this crate that a text names: what follows `crate::`, in a list as well. What a macro
/// names with `$crate` belongs to the crate that calls it.
fn named(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, start) in text.match_indices("crate::") {
        if text[..at].ends_with('$') {
            continue;
        }
        let rest = &text[at + start.len()..];
        let list = rest.strip_prefix('{').and_then(|rest| rest.split("};").next());
        let names = list.map_or_else(|| vec![rest], |list| list.split(',').collect());
        found.extend(names.iter().map(|name| {
            let name = name.trim_start();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
            &name[..end.unwrap_or(name.len())]
        }));
    }
    found
}

#[test]
fn no_folder_imports_what_it_must_not_know() {
    for (folder, own, forbidden) in FOLDERS {
        let code = code(folder);
        assert!(code.len() > 5, "{folder}");
        let mut names_itself = false;
        for (path, text) in &code {
            let found = named(text);
            names_itself |= found.contains(&own);
            for name in found {
                assert!(!forbidden.contains(&name), "{} names `crate::{name}`", path.display());
            }
        }
        assert!(names_itself || folder == "types" || folder == "json", "{folder}");
    }
}

#[test]
fn the_core_has_no_word_of_odata() {
    for folder in ["types", "json", "http"] {
        for (path, text) in code(folder) {
            for word in WORDS {
                assert!(!text.contains(word), "{} has `{word}`", path.display());
            }
        }
    }
}

#[test]
fn names_in_lists_are_found() {
    let text =
        "use crate::{web::call::Call, json};\nuse crate::odata::link;\n$crate::model::copy(x)";
    assert_eq!(named(text), ["web", "json", "odata"]);
}
