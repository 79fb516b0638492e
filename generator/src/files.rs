//! Documents and configurations from disk.
//!
//! Enters: paths. Leaves: what a [`Session`] reads from.
//! Must not know: any format.

use crate::input::config::Config;
use crate::input::session::{BuildError, Session};
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
        self.check()
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
