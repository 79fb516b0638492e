//! The one module that touches files.
//!
//! Enters: a [`FileTree`] and a folder. Leaves: what differs, or the folder made equal.
//! Only what differs is written, and only what carries the generator's mark is deleted.

use crate::render::MARK;
use crate::tree::FileTree;
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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
    pub new: String,
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
    let mut difference = Difference::default();
    let mut expected = BTreeSet::new();
    for (path, new) in tree.iter() {
        expected.insert(path.to_owned());
        let old = read(&folder.join(path))?;
        match old {
            Some(old) if old == new => difference.unchanged += 1,
            old => difference.files.push(FileDifference {
                path: path.to_owned(),
                kind: if old.is_some() { Kind::Changed } else { Kind::Missing },
                old: old.unwrap_or_default(),
                new: new.to_owned(),
            }),
        }
    }
    for path in files_below(folder, "src")? {
        if !expected.contains(&path) {
            let old = read(&folder.join(&path))?.unwrap_or_default();
            let own = old.lines().next().is_some_and(|line| line.contains(MARK));
            let kind = if own { Kind::LeftOver } else { Kind::Foreign };
            difference.files.push(FileDifference { path, kind, old, new: String::new() });
        }
    }
    difference.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(difference)
}

/// Makes a folder equal to the tree it was compared with. Foreign files stay.
///
/// # Errors
/// If a file cannot be written or deleted.
pub fn apply(folder: &Path, difference: &Difference) -> Result<(), DiskError> {
    for file in &difference.files {
        let path = folder.join(&file.path);
        match file.kind {
            Kind::Missing | Kind::Changed => {
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent).map_err(error(parent, "create"))?;
                }
                fs::write(&path, &file.new).map_err(error(&path, "write"))?;
            }
            Kind::LeftOver => {
                fs::remove_file(&path).map_err(error(&path, "delete"))?;
                // Fails where the folder still holds something, which is as it should be.
                let _ = path.parent().map(fs::remove_dir);
            }
            Kind::Foreign => {}
        }
    }
    Ok(())
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
            let diff = TextDiff::from_lines(&file.old, &file.new);
            text.push_str(&diff.unified_diff().header(&old, &new).to_string());
        }
        text
    }
}

/// The text of a file, if it is there. A file that is no UTF-8 reads as if it held something
/// else than what the generator writes.
fn read(path: &Path) -> Result<Option<String>, DiskError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(found) if found.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(found) => Err(error(path, "read")(found)),
    }
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
