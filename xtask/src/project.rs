//! The schema of a project and the crate made from it.

use odatagen::{Build, Builder};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Everything that a chore needs to know.
pub(crate) struct Project {
    /// What the generator made of the schema.
    pub(crate) build: Build,
    lock: PathBuf,
}

impl Project {
    /// Reads the schema of a project and generates the crate in memory. The error is ready to be
    /// shown.
    pub(crate) fn read(root: &Path, colour: bool) -> Result<Self, String> {
        let schema = root.join("schema");
        let build = Builder::from_config(schema.join("odatagen.toml"))
            .run()
            .map_err(|error| format!("{}error: nothing was changed", error.render(colour)))?;
        eprint!("{}", build.warnings(colour));
        Ok(Self { build, lock: schema.join("odatagen.lock") })
    }

    /// Records the inputs. Whether the record changed.
    pub(crate) fn write_lock(&self) -> Result<bool, String> {
        if self.lock_is_current()? {
            return Ok(false);
        }
        fs::write(&self.lock, self.lock_text())
            .map_err(|error| format!("error: cannot write {}: {error}", self.lock.display()))?;
        Ok(true)
    }

    /// Whether the record is that of the inputs.
    pub(crate) fn lock_is_current(&self) -> Result<bool, String> {
        match fs::read_to_string(&self.lock) {
            Ok(text) => Ok(text == self.lock_text()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(format!("error: cannot read {}: {error}", self.lock.display())),
        }
    }

    fn lock_text(&self) -> String {
        let mut text = format!(
            "# What generated/ was made from. Written by `cargo xtask regen`; do not edit.\ntool = \"{}\"\n\n[inputs]\n",
            env!("CARGO_PKG_VERSION")
        );
        for input in &self.build.inputs {
            let _ = writeln!(text, "\"{}\" = \"{}\"", input.name, input.digest);
        }
        text
    }
}
