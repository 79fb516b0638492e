//! The golden crates, found by their configuration.

#![allow(clippy::unwrap_used)] // A test may panic.

use std::path::{Path, PathBuf};

/// The folder of each golden crate.
pub(crate) fn golden_folders() -> Vec<PathBuf> {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let folders = std::fs::read_dir(goldens).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|folder| folder.join("schemacrate.toml").is_file()).collect();
    folders.sort();
    assert!(folders.len() > 3, "{folders:?}");
    folders
}
