//! The documents that crates are made of.
//!
//! Enters: the folder of real documents. Leaves: which documents describe an API. Must not know: what is in
//! them.

use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A document that describes an API, to which other files may belong.
pub(super) struct Described {
    /// Its name in tables.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

#[derive(Deserialize)]
struct Indexed {
    file: String,
}

/// All documents, in the order of their names.
pub(super) fn all(folder: &Path) -> Result<Vec<Described>, String> {
    let real = folder.join("documents");
    let index = real.join("index.jsonl");
    let mut all = Vec::new();
    for line in read(&index)?.lines().filter(|line| !line.trim().is_empty()) {
        let Indexed { file } = serde_json::from_str(line)
            .map_err(|error| format!("error: {}: {error}", index.display()))?;
        all.push(Described { path: real.join(&file), name: file });
    }
    below(&folder.join("http-specs"), folder, &mut all);
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// The documents in a folder, at any depth.
fn below(folder: &Path, base: &Path, all: &mut Vec<Described>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let ending = path.extension().and_then(|one| one.to_str());
        match ending {
            _ if path.is_dir() => below(&path, base, all),
            Some("json" | "yaml" | "yml") => {
                let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().into_owned();
                all.push(Described { name, path });
            }
            _ => {}
        }
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("error: {}: {error}", path.display()))
}
