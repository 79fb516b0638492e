//! The one module that touches files.
//!
//! Enters: a [`FileTree`] and a folder. Leaves: what differs, or the folder made equal.
//!
//! Only files that differ are written, and only files with the generator's mark are overwritten or
//! deleted; [`Overwrite::Files`] is the one exception. The folder itself may be reached through
//! links, as its user named it. Below it no link is followed, and nothing but regular files is
//! opened, so neither a link nor a pipe can make a generation write elsewhere or wait for ever. A
//! file is written next to its final path and then renamed, so it is complete or unchanged.

mod compare;
mod error;
mod place;

pub use compare::compare;
pub use error::DiskError;
pub use place::read;

use crate::write::tree::FileTree;
use error::{Action, Obstacle, Refused};
use place::{Found, found, is_own_file, obstacle, open_part, part_of, put};
use rayon::prelude::*;
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
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
    /// How it differs.
    pub kind: FileState,
    /// The text in the folder; empty if there is none, or if it does not matter.
    pub old: String,
    /// The text in the tree; empty if there is none.
    pub new: Arc<str>,
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// The file is not there.
    Missing,
    /// The file has another content.
    Changed,
    /// The generator wrote the file once and no longer does.
    LeftOver,
    /// A file that the generator did not write is where a generated one has to be. It is
    /// overwritten only with [`Overwrite::Files`].
    InTheWay,
    /// Something that is not a regular file is where a generated file has to be, or where its folder
    /// has to be: a link, a folder, a pipe. It is never touched.
    NotAFile,
    /// A file among the generated files that the generator did not write, and that blocks none. It
    /// stays as it is, and does not count as a difference.
    Beside,
}

/// Which files may be overwritten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overwrite {
    /// Only those that the generator wrote.
    #[default]
    Own,
    /// Any regular file in the place of a generated one.
    Files,
}

/// Makes a folder equal to the tree it was compared with. What is [`FileState::Beside`] stays.
///
/// The folder is checked once more, and nothing is changed if anything blocks a file.
///
/// # Errors
/// If something blocks a file, or a file cannot be written or deleted.
pub fn apply(
    folder: &Path,
    difference: &Difference,
    overwrite: Overwrite,
) -> Result<(), DiskError> {
    let written: Vec<&FileDifference> =
        difference.files.iter().filter(|file| file.is_written()).collect();
    let deleted: Vec<&FileDifference> =
        difference.files.iter().filter(|file| file.kind == FileState::LeftOver).collect();
    let touched: Vec<&FileDifference> = written.iter().chain(&deleted).copied().collect();
    guard(folder, &touched, overwrite)?;
    for parent in parents(&written) {
        let path = folder.join(parent);
        fs::create_dir_all(&path).map_err(DiskError::system(&path, Action::Create))?;
    }
    // A folder is locked while a file is created, so files are created one by one, but written in
    // parallel.
    let door = Mutex::new(());
    written.par_iter().try_for_each(|file| {
        let path = folder.join(&file.path);
        let part = part_of(&path);
        let opened = {
            let _inside = door.lock().unwrap_or_else(PoisonError::into_inner);
            open_part(&part)
        };
        opened
            .and_then(|opened| put(opened, &part, &path, file.new.as_bytes()))
            .map_err(DiskError::system(&path, Action::Write))
    })?;
    for file in deleted {
        let path = folder.join(&file.path);
        match fs::remove_file(&path) {
            // A left-over part has become the file.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(DiskError::system(&path, Action::Delete)(error));
            }
            _ => {}
        }
        // Fails where a folder still holds something, which is as it should be.
        let mut above = Path::new(&file.path).ancestors().skip(1);
        while let Some(above) = above.next()
            && !above.as_os_str().is_empty()
            && fs::remove_dir(folder.join(above)).is_ok()
        {}
    }
    Ok(())
}

/// Writes one file by the same rules, at a path that the user named.
///
/// `is_own` decides by the content of an existing file whether it may be overwritten. A file that
/// has the content already is not touched.
///
/// # Errors
/// If something blocks the file, or it cannot be written.
pub fn save(
    path: &Path,
    content: &[u8],
    overwrite: Overwrite,
    is_own: impl FnOnce(&[u8]) -> bool,
) -> Result<(), DiskError> {
    if !check(path, content, overwrite, is_own)? {
        return Ok(());
    }
    let part = part_of(path);
    open_part(&part)
        .and_then(|opened| put(opened, &part, path, content))
        .map_err(DiskError::system(path, Action::Write))
}

/// Whether [`save`] would write a file; nothing is written.
///
/// # Errors
/// If something blocks the file, or the existing file cannot be read.
pub fn check(
    path: &Path,
    content: &[u8],
    overwrite: Overwrite,
    is_own: impl FnOnce(&[u8]) -> bool,
) -> Result<bool, DiskError> {
    let there = found(path)?;
    let mut obstacle = obstacle(there, Found::File);
    if there == Found::File {
        let old = place::read(path)?;
        if old == content {
            return Ok(false);
        }
        if overwrite == Overwrite::Own && !is_own(&old) {
            obstacle = Some(Obstacle::Foreign);
        }
    }
    let refused = obstacle.map(|obstacle| (path.to_owned(), obstacle));
    let part = part_in_the_way(path)?;
    Refused(refused.into_iter().chain(part).collect()).into_result().map(|()| true)
}

/// Returns an error if something blocks a file that would be written or deleted.
fn guard(folder: &Path, files: &[&FileDifference], overwrite: Overwrite) -> Result<(), DiskError> {
    let mut refused = Refused::default();
    let is_below = |file: &&FileDifference| {
        let mut parts = Path::new(&file.path).components();
        !file.path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    for file in files.iter().filter(|file| !is_below(file)) {
        refused.0.push((folder.join(&file.path), Obstacle::Outside));
    }
    place::folder_can_be(folder)?;
    for parent in parents(files) {
        let path = folder.join(parent);
        if let Some(obstacle) = obstacle(found(&path)?, Found::Folder) {
            refused.0.push((path, obstacle));
        }
    }
    // What is below a link is not looked at.
    if refused.0.is_empty() {
        let found: Vec<_> = files
            .par_iter()
            .map(|file| {
                let path = folder.join(&file.path);
                let obstacle = in_the_way(&path, file, overwrite)?;
                let part = if file.is_written() { part_in_the_way(&path)? } else { None };
                Ok([obstacle.map(|obstacle| (path, obstacle)), part])
            })
            .collect::<Result<_, DiskError>>()?;
        refused.0.extend(found.into_iter().flatten().flatten());
    }
    refused.into_result()
}

/// What keeps a file from being written or deleted, if something does.
fn in_the_way(
    path: &Path,
    file: &FileDifference,
    overwrite: Overwrite,
) -> Result<Option<Obstacle>, DiskError> {
    let there = found(path)?;
    if file.kind == FileState::NotAFile {
        // What blocked the file may be gone, but its content is not known here.
        return Ok(obstacle(there, Found::File)
            .or(obstacle(there, Found::Folder))
            .or(Some(Obstacle::Gone)));
    }
    if there != Found::File {
        return Ok(obstacle(there, Found::File));
    }
    let may_be_any = overwrite == Overwrite::Files && file.is_written();
    Ok((!may_be_any && !is_own_file(path)?).then_some(Obstacle::Foreign))
}

/// What is at the temporary path of a file and was not left over from an interrupted run. It is
/// never overwritten, since a user who allows overwriting cannot mean this file.
fn part_in_the_way(path: &Path) -> Result<Option<(PathBuf, Obstacle)>, DiskError> {
    let part = part_of(path);
    let there = found(&part)?;
    let is_foreign = there == Found::File && !is_own_file(&part)?;
    let obstacle = if is_foreign { Some(Obstacle::Part) } else { obstacle(there, Found::File) };
    Ok(obstacle.map(|obstacle| (part, obstacle)))
}

/// The folders of some files, below the output folder, each before those within it.
fn parents<'f>(files: &[&'f FileDifference]) -> BTreeSet<&'f Path> {
    let above = files.iter().flat_map(|file| Path::new(&file.path).ancestors().skip(1));
    above.filter(|path| !path.as_os_str().is_empty()).collect()
}

impl FileDifference {
    /// Whether making the folder equal to the tree writes the file. Something that is not a file is
    /// among them, so that it is found as an obstacle again.
    fn is_written(&self) -> bool {
        match self.kind {
            FileState::Missing | FileState::Changed | FileState::InTheWay | FileState::NotAFile => {
                true
            }
            FileState::LeftOver | FileState::Beside => false,
        }
    }

    /// How the file differs, for people: what the text of a difference does not show.
    pub fn description(&self) -> &'static str {
        match self.kind {
            FileState::Missing => "is missing",
            FileState::Changed => "is not up to date with the schema",
            FileState::LeftOver => "is left over",
            FileState::InTheWay => {
                "was not written by schemacrate: move it, or overwrite it with --force"
            }
            FileState::NotAFile => {
                "is not a regular file or folder, and blocks a generated one: move or remove it"
            }
            FileState::Beside => "was not written by schemacrate and is left alone",
        }
    }
}

impl Difference {
    /// Whether the folder equals the tree. Files that are [`FileState::Beside`] do not count.
    pub fn is_empty(&self) -> bool {
        self.differing().next().is_none()
    }

    /// The files that differ, without those that are [`FileState::Beside`].
    pub fn differing(&self) -> impl Iterator<Item = &FileDifference> {
        self.files.iter().filter(|file| file.kind != FileState::Beside)
    }

    /// How many files there are of a kind.
    pub fn count(&self, kind: FileState) -> usize {
        self.files.iter().filter(|file| file.kind == kind).count()
    }

    /// A unified diff from the folder to the tree.
    pub fn unified(&self) -> String {
        let mut text = String::new();
        for file in self.differing() {
            let (old, new) = match file.kind {
                FileState::Missing => ("/dev/null".to_owned(), format!("b/{}", file.path)),
                FileState::LeftOver => (format!("a/{}", file.path), "/dev/null".to_owned()),
                _ => (format!("a/{}", file.path), format!("b/{}", file.path)),
            };
            let diff = TextDiff::from_lines(&*file.old, &*file.new);
            text.push_str(&diff.unified_diff().header(&old, &new).to_string());
        }
        text
    }
}
