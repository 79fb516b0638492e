//! `cargo xtask diff`: how the schema in the work tree affects users of the one in a commit.
//!
//! The old side comes from git, including its configuration, so that a change of the slice or of a
//! name is detected, too.

use schemacrate::Session;
use schemacrate::config::Config;
use schemacrate::review::{Allow, Format, Gate, Side, Style, diff};
use std::path::Path;
use std::process::Command;
use time::OffsetDateTime;

/// The configuration of the project, from its root.
const CONFIGURATION: &str = "schema/schemacrate.toml";

/// What is compared, and how it is shown.
pub(crate) struct SchemaDiff<'a> {
    pub(crate) root: &'a Path,
    /// The commit; by default the one at which the work tree left the main branch.
    pub(crate) base: Option<&'a str>,
    pub(crate) format: Format,
    pub(crate) gate: Gate,
}

/// Reads a file of one side, by its path from the root.
type Read<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

impl SchemaDiff<'_> {
    /// Prints the report. Returns whether the gate accepts it.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let base = match self.base {
            Some(base) => self.git(&["rev-parse", "--verify", &format!("{base}^{{commit}}")])?,
            None => self.fork()?,
        };
        let base = String::from_utf8_lossy(&base).trim().to_owned();
        let (old, _) = side(&|path| self.git(&["show", &format!("{base}:{path}")]))?;
        let (new, config) = side(&|path| {
            std::fs::read(self.root.join(path))
                .map_err(|error| format!("error: cannot read {path}: {error}"))
        })?;
        let allows = config.diff.allow.iter().map(|one| Allow::read(one.get_ref()));
        let allows: Vec<Allow> = allows
            .collect::<Result<_, _>>()
            .map_err(|message| format!("error: [[diff.allow]] in {CONFIGURATION}: {message}"))?;
        let report = diff(&old, &new, &allows, OffsetDateTime::now_utc().date());
        let short: String = base.chars().take(8).collect();
        let style = Style {
            name: config.package.name.clone(),
            sides: (short, "work tree".to_owned()),
            ..Style::default()
        };
        print!("{}", report.show(self.format, &style));
        Ok(report.stopped_by(self.gate) == 0)
    }

    /// The commit at which the work tree left the main branch.
    fn fork(&self) -> Result<Vec<u8>, String> {
        self.git(&["merge-base", "HEAD", "origin/main"])
            .or_else(|_| self.git(&["merge-base", "HEAD", "main"]))
            .map_err(|_| "error: there is no branch main to compare with; name a commit".to_owned())
    }

    fn git(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.root)
            .args(arguments)
            .output()
            .map_err(|error| format!("error: cannot run git: {error}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!("error: git {}: {}", arguments.join(" "), stderr.trim()))
    }
}

/// One side, and its configuration.
fn side(read: Read<'_>) -> Result<(Side, Config), String> {
    let mut session = Session::new();
    let config = session
        .configure(CONFIGURATION, &read(CONFIGURATION)?)
        .map_err(|error| error.render(false))?;
    for file in &config.source.files {
        let path = format!("schema/{}", file.get_ref());
        let bytes = read(&path)?;
        session.add(path, &bytes).map_err(|error| error.render(false))?;
    }
    let side = Side::read(session, &config).map_err(|error| error.render(false))?;
    Ok((side, config))
}
