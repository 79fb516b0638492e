//! The schema of a project and the crate made from it.

use schemacrate::internals::disk::{self, DiskError, Overwrite};
use schemacrate::{Build, Builder};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The first line of the record of inputs.
const LOCK: &str = "# What generated/ was made from. Written by `cargo xtask regen`; do not edit.";

/// Whether a chore wrote a record.
fn is_lock(old: &[u8]) -> bool {
    old.strip_prefix(LOCK.as_bytes())
        .is_some_and(|rest| rest.starts_with(b"\n") || rest.starts_with(b"\r\n"))
}

/// Everything that a chore needs to know.
pub(crate) struct Project {
    /// What the generator made from the schema.
    pub(crate) build: Build,
    lock: PathBuf,
}

impl Project {
    /// Reads the schema of a project and generates the crate in memory. The error is ready to be
    /// shown.
    pub(crate) fn read(root: &Path, colour: bool, overwrite: Overwrite) -> Result<Self, String> {
        let schema = root.join("schema");
        let mut builder = Builder::from_config(schema.join("schemacrate.toml"));
        if overwrite == Overwrite::Files {
            builder = builder.force();
        }
        let build = builder
            .run()
            .map_err(|error| format!("{}error: nothing was changed", error.render(colour)))?;
        eprint!("{}", build.warnings(colour));
        Ok(Self { build, lock: schema.join("schemacrate.lock") })
    }

    /// Records the inputs. Returns whether the record changed.
    pub(crate) fn write_lock(&self) -> Result<bool, DiskError> {
        if !self.lock_differs()? {
            return Ok(false);
        }
        disk::save(&self.lock, self.lock_text().as_bytes(), self.build.overwrite, is_lock)?;
        Ok(true)
    }

    /// Whether the record differs from the inputs.
    ///
    /// # Errors
    /// If it is a file that no chore wrote, which must not be overwritten.
    pub(crate) fn lock_differs(&self) -> Result<bool, DiskError> {
        disk::check(&self.lock, self.lock_text().as_bytes(), self.build.overwrite, is_lock)
    }

    fn lock_text(&self) -> String {
        let mut text = format!("{LOCK}\ntool = \"{}\"\n\n[inputs]\n", env!("CARGO_PKG_VERSION"));
        for input in &self.build.inputs {
            let _ = writeln!(text, "\"{}\" = \"{}\"", input.name, input.digest);
        }
        text
    }
}
