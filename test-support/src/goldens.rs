//! The golden crates, found by their configuration.

use std::path::{Path, PathBuf};

/// The folder of each golden crate, sorted by name.
#[track_caller]
pub fn golden_folders() -> Vec<PathBuf> {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/tests/goldens");
    let entries = std::fs::read_dir(goldens).expect("the folder of the goldens");
    let folders = entries.map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|folder| folder.join("schemacrate.toml").is_file()).collect();
    folders.sort();
    assert!(folders.len() > 3, "{folders:?}");
    folders
}
