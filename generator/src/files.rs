//! Documents and configurations from disk.
//!
//! Enters: paths. Leaves: what a [`Session`] reads from.
//! Must not know: any format.

use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::session::{BuildError, Session};
use std::fs;
use std::path::Path;

impl Session {
    /// Adds a document from disk.
    ///
    /// # Errors
    /// If the file cannot be read or is not text.
    pub fn add_file(&mut self, path: &Path) -> Result<(), BuildError> {
        let bytes = read(path).map_err(|unreadable| self.fail(unreadable))?;
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

    /// Reads a configuration from disk.
    ///
    /// # Errors
    /// If the file cannot be read, is not TOML, or has unknown keys.
    pub fn configure_file(&mut self, path: &Path) -> Result<Config, BuildError> {
        let bytes = read(path).map_err(|unreadable| self.fail(unreadable))?;
        self.configure(shown(path), &bytes)
    }
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| {
        Diagnostic::error("unreadable", format!("cannot read {}: {error}", shown(path)))
            .help("check the path; those in a configuration are relative to its folder")
    })
}

/// A path as it is shown: relative to the current folder if it is below it.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}
