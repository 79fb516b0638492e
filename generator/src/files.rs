//! Documents and configurations from disk.
//!
//! Enters: paths. Leaves: what a [`Session`] reads from. A file that a document refers to is read with it,
//! if it is there. Must not know: how documents refer to files.

use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
use crate::openapi::{Beside, is_name_of_document};
use crate::write::disk::{self, DiskError};
use std::path::{Path, PathBuf};

impl Session {
    /// Adds a document from disk.
    ///
    /// # Errors
    /// If the file cannot be read or is not text.
    pub fn add_file(&mut self, path: &Path) -> Result<(), BuildError> {
        let bytes = read(path).map_err(|error| self.unreadable(&error))?;
        self.add(shown(path), &bytes).map(drop)
    }

    /// Adds documents from disk. All that cannot be read is reported at once.
    ///
    /// # Errors
    /// If a file cannot be read or is not text.
    pub fn add_files<P: AsRef<Path>>(
        &mut self,
        paths: impl IntoIterator<Item = P>,
    ) -> Result<(), BuildError> {
        // The session keeps each finding.
        paths.into_iter().for_each(|path| drop(self.add_file(path.as_ref())));
        self.check()?;
        add_beside(self, read)
    }

    /// Adds overlays from disk, in the order in which they are applied. All that cannot be read are
    /// reported at once.
    ///
    /// # Errors
    /// If a file cannot be read or is not text.
    pub fn add_overlay_files<P: AsRef<Path>>(
        &mut self,
        paths: impl IntoIterator<Item = P>,
    ) -> Result<(), BuildError> {
        for path in paths {
            let path = path.as_ref();
            // The session keeps each finding.
            match read(path) {
                Ok(bytes) => drop(self.add_overlay(shown(path), &bytes)),
                Err(error) => drop(self.unreadable(&error)),
            }
        }
        self.check()
    }

    /// Reads a configuration from disk.
    ///
    /// # Errors
    /// If the file cannot be read, is not TOML, or has unknown keys.
    pub fn configure_file(&mut self, path: &Path) -> Result<Config, BuildError> {
        let bytes = read(path).map_err(|error| self.unreadable(&error))?;
        self.configure(shown(path), &bytes)
    }

    /// Adds why a file cannot be read, and returns all findings.
    pub(crate) fn unreadable(&mut self, error: &DiskError) -> BuildError {
        error.diagnostics().into_iter().for_each(|one| self.report(one));
        self.failure()
    }
}

/// Adds the files to which the documents refer, and those to which these refer, each read by a function.
/// One that is not there is reported when the reference to it is resolved, with its place.
pub(crate) fn add_beside(
    session: &mut Session,
    mut read: impl FnMut(&Path) -> Result<Vec<u8>, DiskError>,
) -> Result<(), BuildError> {
    let mut beside = Beside::default();
    loop {
        let mut names = beside.next(session);
        names.retain(|name| is_document_file(Path::new(name)));
        if names.is_empty() {
            return Ok(());
        }
        for name in names {
            // The session keeps each finding.
            match read(Path::new(&name)) {
                Ok(bytes) => drop(session.add(name, &bytes)),
                Err(error) => drop(session.unreadable(&error)),
            }
        }
        session.check()?;
    }
}

/// Whether a path is that of a file that may be read because a document refers to it. A link is read only if
/// what it is to has a name that a document may refer to as well.
fn is_document_file(path: &Path) -> bool {
    let real = path.canonicalize();
    real.is_ok_and(|real| real.is_file() && is_name_of_document(&real.to_string_lossy()))
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    disk::read(&below_here(path))
}

/// A path as it is shown: relative to the current folder if it is below it.
pub(crate) fn shown(path: &Path) -> String {
    below_here(path).display().to_string()
}

fn below_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// What the name of the record of a document has in addition, which `schemacrate fetch` writes beside it.
pub const RECORD: &str = ".etag";

/// The entry of a record for the address that the document was saved from.
pub const RECORDED_ADDRESS: &str = "address";

/// The path of the record of a document.
pub fn record_of(document: &Path) -> PathBuf {
    let mut name = document.file_name().unwrap_or_default().to_owned();
    name.push(RECORD);
    document.with_file_name(name)
}

/// The address that a document was saved from, if that is recorded.
pub(crate) fn recorded_address(document: &Path) -> Option<String> {
    let record = record_of(document);
    let is_file = std::fs::symlink_metadata(&record).is_ok_and(|found| found.is_file());
    let record = read(&record).ok().filter(|_| is_file)?;
    let recorded: toml::Table = String::from_utf8_lossy(&record).parse().ok()?;
    recorded.get(RECORDED_ADDRESS).and_then(toml::Value::as_str).map(str::to_owned)
}
