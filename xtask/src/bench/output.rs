//! What a generator wrote: how large it is, and what it costs to check.
//!
//! Enters: a folder with a crate, or with files that are to be one. Leaves: its size, and the cost of
//! `cargo check` without the dependencies. Must not know: which generator it is from.

use super::limits::{Limits, reason};
use super::models::write_file;
use super::usage::{Outcome, Usage};
use crate::workplace::{cargo_program, text};
use std::fs;
use std::path::{Path, PathBuf};

/// A crate that a generator wrote.
pub(super) struct Output<'a> {
    /// Its folder.
    pub(super) folder: &'a Path,
    /// The lines of the manifest that the generator leaves out.
    pub(super) dependencies: &'a str,
}

/// How much was written.
#[derive(Default)]
pub(super) struct Size {
    /// Files of Rust.
    pub(super) files: usize,
    /// Their bytes.
    pub(super) bytes: u64,
    /// Their lines.
    pub(super) lines: usize,
}

impl Output<'_> {
    /// The size of the Rust files.
    pub(super) fn size(&self) -> Result<Size, String> {
        let mut size = Size::default();
        add_sources(self.folder, &mut size)?;
        Ok(size)
    }

    /// Checks the crate in a target folder, without its dependencies, or reports why it fails.
    pub(super) fn check(
        &self,
        target: &Path,
        limits: Limits,
    ) -> Result<Result<Usage, String>, String> {
        let Some(file) = crate_root(self.folder) else { return Ok(Err("no crate".to_owned())) };
        complete_manifest(self.folder, &file, self.dependencies)?;
        let failed = |error: std::io::Error| format!("error: {}: {error}", file.display());
        let environment =
            [("CARGO_TARGET_DIR", target.as_os_str()), ("CARGO_INCREMENTAL", "0".as_ref())];
        // The first run has an empty crate in place of what was generated.
        let source = fs::read(&file).map_err(failed)?;
        fs::write(&file, "").map_err(failed)?;
        let cargo = cargo_program();
        let needed = Outcome::of(&cargo, &["check", "--lib"], self.folder, &environment)?;
        fs::write(&file, source).map_err(failed)?;
        if !needed.success {
            return Ok(Err(format!("its dependencies fail: {}", reason(&needed.stderr))));
        }
        let program = [text(Path::new(&cargo))];
        let checked = limits.run(&program, &["check", "--lib"], self.folder, &environment)?;
        Ok(limits.cost(&checked).map_err(|failed| errors(&checked.stderr).unwrap_or(failed)))
    }
}

/// How many errors a compiler reports, and the first of them.
fn errors(stderr: &str) -> Option<String> {
    let (_, after) = stderr.rsplit_once("due to ")?;
    let count = after.split_whitespace().next()?;
    let is_number = count.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("fails with {count} errors, the first: {}", reason(stderr)))
}

/// The file of the root of a crate.
fn crate_root(out: &Path) -> Option<PathBuf> {
    ["src/lib.rs", "src/mod.rs"].map(|file| out.join(file)).into_iter().find(|file| file.is_file())
}

/// Makes a separate package from what was generated.
fn complete_manifest(out: &Path, file: &Path, dependencies: &str) -> Result<(), String> {
    let path = out.join("Cargo.toml");
    let mut manifest = fs::read_to_string(&path).unwrap_or_else(|_| {
        let required = fs::read_to_string(out.join("src/REQUIRED_DEPS.toml")).unwrap_or_default();
        format!(
            "[package]\nname = \"api\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [lib]\npath = \"{}\"\n\n{required}{dependencies}",
            text(file)
        )
    });
    if !manifest.contains("[workspace]") {
        manifest.push_str("\n[workspace]\n");
    }
    write_file(&path, &manifest)
}

/// Counts the Rust files of a folder.
fn add_sources(folder: &Path, size: &mut Size) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("error: {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            add_sources(&path, size)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read(&path).map_err(failed)?;
            size.files += 1;
            size.bytes += source.len() as u64;
            size.lines += source.iter().filter(|byte| **byte == b'\n').count();
        }
    }
    Ok(())
}

/// A size in megabytes.
#[allow(clippy::cast_precision_loss)] // No file is so large.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}
