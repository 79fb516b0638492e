//! What is at a path, without following a link, and how a file is written completely or not at all.

use super::error::{Action, DiskError, Obstacle, Refused};
use crate::input::source::LARGEST;
use crate::write::mark::is_own;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File,
    Folder,
    Link,
    Special,
}

/// The suffix of the temporary name of a file that is not yet complete.
const PART: &str = ".schemacrate-part";

/// How many bytes of a file are searched for its mark.
const HEAD: u64 = 16 * 1024;

/// What is at a path itself, not at the end of a link.
pub(super) fn found(path: &Path) -> Result<Found, DiskError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(kind(metadata.file_type())),
        Err(error) if is_absent(&error) => Ok(Found::Nothing),
        Err(error) => Err(DiskError::system(path, Action::Read)(error)),
    }
}

/// The kind of an entry of a folder.
pub(super) fn kind(file: fs::FileType) -> Found {
    if file.is_symlink() {
        Found::Link
    } else if file.is_dir() {
        Found::Folder
    } else if file.is_file() {
        Found::File
    } else {
        Found::Special
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Why what is wanted, a file or a folder, cannot be at a path, if something else is there.
pub(super) fn obstacle(found: Found, wanted: Found) -> Option<Obstacle> {
    match found {
        _ if found == wanted => None,
        Found::Nothing => None,
        Found::File => Some(Obstacle::File),
        Found::Folder => Some(Obstacle::Folder),
        Found::Link => Some(Obstacle::Link),
        Found::Special => Some(Obstacle::Special),
    }
}

/// Returns an error if the output folder, which may be reached through links, is not a folder.
pub(super) fn folder_can_be(folder: &Path) -> Result<(), DiskError> {
    let obstacle = match fs::metadata(folder) {
        Ok(there) => obstacle(kind(there.file_type()), Found::Folder),
        Err(_) if found(folder).is_ok_and(|there| there == Found::Link) => Some(Obstacle::DeadLink),
        Err(_) => None,
    };
    Refused(obstacle.map(|obstacle| (folder.to_owned(), obstacle)).into_iter().collect())
        .into_result()
}

/// The content of a file, or of a stream that the caller has opened (`/dev/stdin`). Of one that is too large to
/// be an input, a beginning that is too large as well.
///
/// # Errors
/// If it cannot be read, or is neither: a pipe that nobody writes to would be waited for without end.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    let is_open = path.starts_with("/dev/fd") || path == Path::new("/dev/stdin");
    if !is_open && fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let why = io::Error::new(io::ErrorKind::InvalidInput, "it is not a file");
        return Err(DiskError::system(path, Action::Read)(why));
    }
    read_at_most(path, LARGEST as u64 + 1).map_err(DiskError::system(path, Action::Read))
}

/// The first bytes of a file, which may be larger than the memory.
fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len().min(most);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether an existing file was written by the generator: it has the mark, or it is a part that was
/// not renamed.
pub(super) fn is_own_file(path: &Path) -> Result<bool, DiskError> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .map_err(DiskError::system(path, Action::Read))?;
    let is_part = path.to_str().is_some_and(|path| path.ends_with(PART));
    Ok(is_own(&head) || (is_part && head.is_empty()))
}

/// The temporary path of a file until it is complete.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(PART);
    path.with_file_name(name)
}

/// Creates the temporary file and opens it. An existing file is never opened.
pub(super) fn open_part(part: &Path) -> io::Result<File> {
    let open = || OpenOptions::new().write(true).create_new(true).open(part);
    match open() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // It is left over from an interrupted run, or it belongs to someone else.
            let is_file = fs::symlink_metadata(part)?.is_file();
            if !is_file || !is_own_file(part).is_ok_and(|own| own) {
                return Err(error);
            }
            fs::remove_file(part)?;
            open()
        }
        opened => opened,
    }
}

/// Writes the part and renames it to the path of the file. The old file stays until then; a link is
/// replaced, not followed.
pub(super) fn put(mut opened: File, part: &Path, path: &Path, content: &[u8]) -> io::Result<()> {
    let written = opened.write_all(content);
    drop(opened);
    written.and_then(|()| fs::rename(part, path)).inspect_err(|_| {
        // The first error is the one to report.
        let _ = fs::remove_file(part);
    })
}
