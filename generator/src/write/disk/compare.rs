//! How a folder differs from a tree.

use super::error::{Action, DiskError};
use super::place::{self, Found, found, is_own_file, part_of};
use super::{Difference, FileDifference, FileState, FileTree};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The folders in which all files belong to the generator or are reported as [`FileState::Beside`].
const FOLDERS: [&str; 2] = ["src", "schemacrate-runtime/src"];

/// The files outside of these folders that the generator may have written.
const FILES: [&str; 4] =
    ["Cargo.toml", "api.txt", "schemacrate-runtime/Cargo.toml", "schemacrate-runtime/rustfmt.toml"];

/// Compares a folder with a tree. No link is followed, and only regular files are opened.
///
/// # Errors
/// If an existing file cannot be read, or the folder is not a folder.
pub fn compare(folder: &Path, tree: &FileTree) -> Result<Difference, DiskError> {
    place::folder_can_be(folder)?;
    let files: Vec<(&str, &Arc<str>)> = tree.shared().collect();
    let there = Inventory::of(folder, &files)?;
    let compared: Vec<_> =
        files.par_iter().map(|(path, new)| there.compare(folder, path, new)).collect();
    let mut difference = Difference::default();
    for file in compared {
        match file? {
            Some(file) => difference.files.push(file),
            None => difference.unchanged += 1,
        }
    }
    let expected: BTreeSet<&str> = files.iter().map(|(path, _)| *path).collect();
    let in_the_way: BTreeSet<String> =
        difference.files.iter().map(|file| file.path.clone()).collect();
    for (path, kind) in &there.found {
        if *kind != Found::Folder && !expected.contains(&**path) && !in_the_way.contains(path) {
            difference.files.extend(unexpected(folder, path, *kind)?);
        }
    }
    difference.files.sort_by(|a, b| a.path.cmp(&b.path));
    // One link can block many files.
    difference.files.dedup_by(|a, b| a.path == b.path);
    Ok(difference)
}

/// The kind of something at a path where the tree has no file.
fn unexpected(folder: &Path, path: &str, kind: Found) -> Result<Option<FileDifference>, DiskError> {
    let place = folder.join(path);
    let own = kind == Found::File && is_own_file(&place)?;
    if !own && !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return Ok(None);
    }
    let old = if own { text(place::read(&place)?) } else { String::new() };
    let kind = if own { FileState::LeftOver } else { FileState::Beside };
    Ok(Some(FileDifference { path: path.to_owned(), kind, old, new: "".into() }))
}

/// The content of a folder where the generator writes.
struct Inventory {
    /// Everything that is there, by path; what is below a link is not.
    found: BTreeMap<String, Found>,
}

impl Inventory {
    fn of(folder: &Path, files: &[(&str, &Arc<str>)]) -> Result<Self, DiskError> {
        let mut found = BTreeMap::new();
        for below in FOLDERS {
            add(&mut found, folder, below)?;
        }
        let outside = files.iter().map(|(path, _)| *path).filter(|path| !is_below(path));
        for path in outside.chain(FILES) {
            add(&mut found, folder, path)?;
            let part = part_of(Path::new(path)).to_string_lossy().into_owned();
            add(&mut found, folder, &part)?;
        }
        Ok(Self { found })
    }

    /// How a file of the tree differs, if it does.
    fn compare(
        &self,
        folder: &Path,
        path: &str,
        new: &Arc<str>,
    ) -> Result<Option<FileDifference>, DiskError> {
        let differs = |path: &str, kind, old: Vec<u8>| {
            Some(FileDifference {
                path: path.to_owned(),
                kind,
                old: text(old),
                new: Arc::clone(new),
            })
        };
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let blocked = above.find(|above| {
            !matches!(self.found.get(*above), None | Some(Found::Nothing | Found::Folder))
        });
        let not_a_file = |path: &str| {
            let (path, kind) = (path.to_owned(), FileState::NotAFile);
            Some(FileDifference { path, kind, old: String::new(), new: "".into() })
        };
        if let Some(blocked) = blocked {
            return Ok(not_a_file(blocked));
        }
        match self.found.get(path) {
            None | Some(Found::Nothing) => Ok(differs(path, FileState::Missing, Vec::new())),
            Some(Found::File) => {
                let place = folder.join(path);
                let old = place::read(&place)?;
                if old == new.as_bytes() {
                    return Ok(None);
                }
                let own = crate::write::mark::is_own(&old);
                Ok(differs(path, if own { FileState::Changed } else { FileState::InTheWay }, old))
            }
            Some(Found::Folder | Found::Link | Found::Special) => Ok(not_a_file(path)),
        }
    }
}

fn is_below(path: &str) -> bool {
    FOLDERS.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// Adds a path, its folders, and all that is below it.
fn add(
    found_all: &mut BTreeMap<String, Found>,
    folder: &Path,
    path: &str,
) -> Result<(), DiskError> {
    let steps = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
    for step in steps {
        let there = found(&folder.join(step))?;
        if there == Found::Nothing {
            return Ok(());
        }
        found_all.insert(step.to_owned(), there);
        if there != Found::Folder {
            return Ok(());
        }
    }
    if FOLDERS.contains(&path) { walk(found_all, folder, path) } else { Ok(()) }
}

fn walk(found: &mut BTreeMap<String, Found>, folder: &Path, below: &str) -> Result<(), DiskError> {
    let place = folder.join(below);
    let entries = fs::read_dir(&place).map_err(DiskError::system(&place, Action::Read))?;
    for entry in entries {
        let entry = entry.map_err(DiskError::system(&place, Action::Read))?;
        let kind = entry.file_type().map_err(DiskError::system(&entry.path(), Action::Read))?;
        // The generator never writes a name that is not Unicode, so the name is only shown.
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        let kind = match (place::kind(kind), entry.file_name().to_str()) {
            (Found::Folder, Some(_)) => {
                walk(found, folder, &name)?;
                Found::Folder
            }
            (kind, Some(_)) => kind,
            (_, None) => Found::Special,
        };
        found.insert(name, kind);
    }
    Ok(())
}

/// A file as text. A file that is not UTF-8 counts as different from what the generator writes.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
