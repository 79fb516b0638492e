//! The sources of the runtime, which the generator contains.
//!
//! Leaves: the package of the runtime as files below the generated crate, for crates whose
//! configuration names no other place. The runtime is not on a registry, and a manifest that named
//! it anyway would run the code of anyone who registers the name. Must not know: where the crate is
//! written, or where the generator was built.

use crate::write::mark;
use crate::write::tree::FileTree;
use toml::{Table, Value};

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The package of the runtime, and its folder below a crate that contains it.
pub(crate) const NAME: &str = "schemacrate-runtime";

/// Whether the generator has the runtime.
pub(crate) fn is_there() -> bool {
    !SOURCES.is_empty()
}

/// The package of the runtime, as files below a crate.
pub(crate) fn files(command: &str) -> FileTree {
    let mut tree = FileTree::default();
    let manifest = manifest(MANIFEST, WORKSPACE);
    let mark = |sign| mark::of_runtime(sign, command);
    tree.insert(&format!("{NAME}/Cargo.toml"), format!("{}\n{manifest}", mark("#")));
    // A user who formats the crate formats this too, which should change nothing.
    tree.insert(&format!("{NAME}/rustfmt.toml"), format!("{}{FORMAT}", mark("#")));
    let mark = mark("//");
    for (path, text) in SOURCES {
        tree.insert(&format!("{NAME}/{path}"), [&mark, "\n", text].concat());
    }
    tree
}

/// The manifest of the runtime outside of its workspace, without what only its own tests need.
fn manifest(own: &str, workspace: &str) -> Table {
    let mut manifest: Table = own.parse().unwrap_or_default();
    let workspace: Table = workspace.parse().unwrap_or_default();
    let shared = workspace.get("workspace").and_then(|all| all.get("package"));
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        for (key, value) in package.iter_mut().filter(|(_, value)| value.is_table()) {
            if let Some(shared) = shared.and_then(|shared| shared.get(key)) {
                value.clone_from(shared);
            }
        }
        package.insert("publish".to_owned(), false.into());
    }
    for key in ["dev-dependencies", "lints", "example", "test", "bench"] {
        manifest.remove(key);
    }
    let untested = ["test", "doctest"].map(|key| (key.to_owned(), Value::Boolean(false)));
    manifest.insert("lib".to_owned(), Table::from_iter(untested).into());
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_needs_no_workspace() {
        let manifest = manifest(MANIFEST, WORKSPACE);
        let text = manifest.to_string();
        assert!(!text.contains("workspace"), "{text}");
        assert_eq!(manifest["package"]["name"].as_str(), Some(NAME));
        assert_eq!(manifest["package"]["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
        assert!(manifest["dependencies"].get("http").is_some(), "{text}");
    }

    #[test]
    fn each_file_has_the_mark() {
        let tree = files("make");
        assert!(tree.get("schemacrate-runtime/src/lib.rs").is_some());
        for (path, text) in tree.iter() {
            assert!(mark::is_own(text.as_bytes()), "{path}");
        }
    }
}
