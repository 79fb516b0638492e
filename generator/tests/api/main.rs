//! `api.txt` lists what a user of a crate can name and call, and nothing else: it is compared with the
//! public items of the files, with the macros of the runtime written out.

#![allow(clippy::unwrap_used)] // A test may panic.

mod found;
mod listed;
mod macros;

use macros::Macros;
use schemacrate::config::KeyStyle;
use schemacrate::{Builder, FileTree};
use std::collections::BTreeSet;
use std::path::PathBuf;
use test_support::golden_folders;

/// Holds the lines of a crate to its files.
fn check(name: &str, tree: &FileTree, macros: &Macros) {
    let listed = listed::lines(tree.get("api.txt").unwrap());
    let found = found::lines(tree, macros);
    for (lines, whose) in [(&listed, "listed"), (&found, "found")] {
        let once: BTreeSet<&String> = lines.iter().collect();
        assert_eq!(once.len(), lines.len(), "{name}: a line is {whose} twice");
    }
    let (listed, found): (BTreeSet<String>, BTreeSet<String>) =
        (listed.into_iter().collect(), found.into_iter().collect());
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.difference(other).take(20).cloned().collect::<Vec<_>>().join("\n  ")
    };
    let (lacking, wrong) = (only(&found, &listed), only(&listed, &found));
    assert!(
        lacking.is_empty() && wrong.is_empty(),
        "{name}\napi.txt does not list:\n  {lacking}\nthere is no:\n  {wrong}"
    );
}

#[test]
fn small_crates() {
    let macros = Macros::of_runtime();
    for folder in golden_folders() {
        let build = Builder::from_config(folder.join("schemacrate.toml")).run().unwrap();
        check(&folder.display().to_string(), &build.generated.tree, &macros);
    }
}

/// The revisions of Graph's service, in the folder of real schemas next to the repository.
fn graph() -> Vec<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    let shared = std::env::var_os("SCHEMACRATE_SHARED").map_or(beside, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join("graph")) else {
        eprintln!("skipped: no real schemas at {}; set SCHEMACRATE_SHARED", shared.display());
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().path());
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("v1.0") && name.ends_with(".csdl")
    };
    let mut paths: Vec<PathBuf> = names.filter(is_wanted).collect();
    paths.sort();
    paths
}

#[test]
fn all_of_graph() {
    let macros = Macros::of_runtime();
    let out = tempfile::tempdir().unwrap();
    for schema in graph() {
        let build = Builder::new(out.path().join("graph"))
            .schema(&schema)
            .keys(KeyStyle::Segment)
            .service_root("https://graph.microsoft.com/v1.0")
            .run()
            .unwrap();
        check(&schema.display().to_string(), &build.generated.tree, &macros);
    }
}
