//! The one module that touches files.
//!
//! Enters: a [`FileTree`] and a folder. Leaves: what differs, or the folder made equal.
//! Only what differs is written, and only what carries the generator's mark is deleted.

use crate::mark::is_own;
use crate::tree::FileTree;
use rayon::prelude::*;
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How a folder differs from a tree.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// Each file that differs, by path.
    pub files: Vec<FileDifference>,
    /// How many files are the same.
    pub unchanged: usize,
}

/// How one file differs.
#[derive(Clone, Debug)]
pub struct FileDifference {
    /// The path within the folder, with `/`.
    pub path: String,
    /// What is the matter.
    pub kind: Kind,
    /// The text in the folder; empty if there is none.
    pub old: String,
    /// The text in the tree; empty if there is none.
    pub new: Arc<str>,
}

/// What is the matter with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file is not there.
    Missing,
    /// The file says something else.
    Changed,
    /// The generator wrote the file once and no longer does.
    LeftOver,
    /// The file stands among the generated ones and is not the generator's.
    Foreign,
}

/// A file could not be read or written.
#[derive(Debug)]
pub struct DiskError {
    path: PathBuf,
    action: &'static str,
    source: io::Error,
}

impl fmt::Display for DiskError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot {} {}: {}", self.action, self.path.display(), self.source)
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Compares a folder with a tree.
///
/// # Errors
/// If a file is there and cannot be read.
pub fn compare(folder: &Path, tree: &FileTree) -> Result<Difference, DiskError> {
    let files: Vec<(&str, &Arc<str>)> = tree.shared().collect();
    let found = files_below(folder, "src")?;
    let there: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let compared: Vec<_> =
        files.par_iter().map(|(path, new)| compare_file(folder, &there, path, new)).collect();
    let mut difference = Difference::default();
    for file in compared {
        match file? {
            Some(file) => difference.files.push(file),
            None => difference.unchanged += 1,
        }
    }
    let expected: BTreeSet<&str> = files.iter().map(|(path, _)| *path).collect();
    for path in &found {
        if !expected.contains(path.as_str()) {
            let old = read(&folder.join(path))?.unwrap_or_default();
            let old = text(old);
            let own = is_own(old.as_bytes());
            let kind = if own { Kind::LeftOver } else { Kind::Foreign };
            let path = path.clone();
            difference.files.push(FileDifference { path, kind, old, new: "".into() });
        }
    }
    difference.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(difference)
}

/// How a file differs, if it does.
fn compare_file(
    folder: &Path,
    there: &BTreeSet<&str>,
    path: &str,
    new: &Arc<str>,
) -> Result<Option<FileDifference>, DiskError> {
    // Of the files under `src` it is known which are there.
    let is_missing = path.starts_with("src/") && !there.contains(path);
    let old = if is_missing { None } else { read(&folder.join(path))? };
    if old.as_ref().is_some_and(|old| old == new.as_bytes()) {
        return Ok(None);
    }
    let kind = if old.is_some() { Kind::Changed } else { Kind::Missing };
    let old = old.map(text).unwrap_or_default();
    Ok(Some(FileDifference { path: path.to_owned(), kind, old, new: Arc::clone(new) }))
}

/// Makes a folder equal to the tree it was compared with. Foreign files stay.
///
/// # Errors
/// If a file cannot be written or deleted.
pub fn apply(folder: &Path, difference: &Difference) -> Result<(), DiskError> {
    let written: Vec<&FileDifference> =
        difference.files.iter().filter(|file| file.is_written()).collect();
    let mut made = PathBuf::new();
    for file in &written {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent().filter(|parent| *parent != made) {
            fs::create_dir_all(parent).map_err(error(parent, "create"))?;
            parent.clone_into(&mut made);
        }
    }
    // A folder lets nobody in while a file is made, so they are made one by one, but filled at the
    // same time.
    let door = Mutex::new(());
    written.par_iter().try_for_each(|file| {
        let path = folder.join(&file.path);
        let made = {
            let _inside = door.lock().unwrap_or_else(PoisonError::into_inner);
            fs::File::create(&path)
        };
        made.and_then(|mut made| made.write_all(file.new.as_bytes())).map_err(error(&path, "write"))
    })?;
    for file in difference.files.iter().filter(|file| file.kind == Kind::LeftOver) {
        let path = folder.join(&file.path);
        fs::remove_file(&path).map_err(error(&path, "delete"))?;
        // Fails where the folder still holds something, which is as it should be.
        let _ = path.parent().map(fs::remove_dir);
    }
    Ok(())
}

impl FileDifference {
    /// Whether making the folder equal to the tree writes the file.
    fn is_written(&self) -> bool {
        matches!(self.kind, Kind::Missing | Kind::Changed)
    }
}

impl Difference {
    /// Whether the folder is what the tree says.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many files there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.files.iter().filter(|file| file.kind == kind).count()
    }

    /// A unified diff from the folder to the tree.
    pub fn unified(&self) -> String {
        let mut text = String::new();
        for file in &self.files {
            let (old, new) = match file.kind {
                Kind::Missing => ("/dev/null".to_owned(), format!("b/{}", file.path)),
                Kind::Changed => (format!("a/{}", file.path), format!("b/{}", file.path)),
                Kind::LeftOver | Kind::Foreign => {
                    (format!("a/{}", file.path), "/dev/null".to_owned())
                }
            };
            let diff = TextDiff::from_lines(&*file.old, &*file.new);
            text.push_str(&diff.unified_diff().header(&old, &new).to_string());
        }
        text
    }
}

/// The content of a file, if it is there.
fn read(path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(found) if found.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(found) => Err(error(path, "read")(found)),
    }
}

/// A file as text. One that is no UTF-8 reads as if it held something else than what the generator
/// writes.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn files_below(folder: &Path, below: &str) -> Result<Vec<String>, DiskError> {
    let path = folder.join(below);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(found) if found.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(found) => return Err(error(&path, "read")(found)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(error(&path, "read"))?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(files_below(folder, &name)?);
        } else {
            files.push(name);
        }
    }
    Ok(files)
}

fn error(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> DiskError {
    let path = path.to_owned();
    move |source| DiskError { path, action, source }
}
