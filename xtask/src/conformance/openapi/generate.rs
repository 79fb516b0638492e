//! A crate from a document.
//!
//! Enters: a document. Leaves: the files of a crate, or why there is none. Must not know: the compiler.

use super::super::schemas::refusal;
use schemacrate::config::Unresolved;
use schemacrate::{Build, BuildError, Builder};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A document and what became of it.
pub(super) struct Made {
    /// The name of the document.
    pub(super) name: String,
    /// The package.
    pub(super) package: String,
    /// How many types there are.
    pub(super) types: usize,
    /// How long it took to read the document and to make the crate.
    pub(super) time: Duration,
    /// How many lines the crate has.
    pub(super) lines: usize,
    /// Whether what it refers to had to be any JSON, since it is not there.
    pub(super) is_incomplete: bool,
    /// Whether it passes, or why not.
    pub(super) result: Result<(), String>,
}

/// Makes a crate in a folder. Returns the build if there is one.
pub(super) fn generate(
    name: &str,
    document: &Path,
    package: &str,
    out: &Path,
    runtime: &Path,
) -> Result<(Made, Option<Build>), String> {
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| format!("error: {}: {error}", out.display()))?;
    }
    let began = Instant::now();
    let builder = Builder::new(out).schema(document).crate_name(package).runtime_path(runtime);
    let mut built = builder.clone().run();
    let mut is_incomplete = false;
    if let Err(error) = &built
        && lacks_something(error)
    {
        is_incomplete = true;
        built = builder.unresolved(Unresolved::Untyped).run();
    }
    let mut made = Made {
        name: name.to_owned(),
        package: package.to_owned(),
        types: 0,
        time: began.elapsed(),
        lines: 0,
        is_incomplete,
        result: Ok(()),
    };
    match built {
        Ok(build) => {
            build.write().map_err(|error| format!("error: {error}"))?;
            let files = || build.generated.tree.iter().filter(|(path, _)| path.ends_with(".rs"));
            made.lines = files().map(|(_, text)| text.lines().count()).sum();
            let is_type =
                |line: &&str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
            made.types = files().map(|(_, text)| text.lines().filter(is_type).count()).sum();
            Ok((made, Some(build)))
        }
        Err(error) => {
            made.result = Err(refusal(&error));
            Ok((made, None))
        }
    }
}

/// Whether a document refers to something that is not there.
fn lacks_something(error: &BuildError) -> bool {
    let codes = ["missing-document", "unresolved-reference"];
    error.diagnostics().iter().any(|one| codes.contains(&one.code))
}
