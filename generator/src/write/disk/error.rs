//! Why files could not be read or written.

use crate::input::diagnostic::Diagnostic;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Files could not be read or written. [`Display`](fmt::Display) names all causes, and what to do.
#[derive(Debug)]
pub struct DiskError(Cause);

#[derive(Debug)]
enum Cause {
    /// The file system refused something.
    System { path: PathBuf, action: Action, source: io::Error },
    /// Something blocks a file, and nothing was changed.
    Refused(Refused),
}

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Read,
    Create,
    Write,
    Delete,
}

/// What blocks a file that would be written or deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Obstacle {
    /// A file that the generator did not write.
    Foreign,
    /// A symbolic link, which is never followed.
    Link,
    /// A symbolic link that refers to nothing, in the place of the output folder.
    DeadLink,
    /// A folder where a file has to be.
    Folder,
    /// A file where a folder has to be.
    File,
    /// A pipe, a socket or a device.
    Special,
    /// A file at the temporary path of a file.
    Part,
    /// Something that blocked a file and is gone.
    Gone,
    /// A path that is outside of the folder.
    Outside,
}

/// Everything that blocks files.
#[derive(Debug, Default)]
pub(super) struct Refused(pub(super) Vec<(PathBuf, Obstacle)>);

impl Refused {
    /// An error, if anything blocks a file.
    pub(super) fn into_result(mut self) -> Result<(), DiskError> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        self.0.dedup();
        Err(DiskError(Cause::Refused(self)))
    }

    fn paths(&self, foreign: bool) -> Vec<String> {
        let of_kind = self.0.iter().filter(|(_, one)| (*one == Obstacle::Foreign) == foreign);
        of_kind
            .map(|(path, obstacle)| match obstacle.what() {
                "" => path.display().to_string(),
                what => format!("{} ({what})", path.display()),
            })
            .collect()
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let foreign = self.paths(true);
        if !foreign.is_empty() {
            let message = format!(
                "{} not written by schemacrate and would be overwritten: {}",
                if foreign.len() == 1 { "a file was" } else { "files were" },
                foreign.join(", ")
            );
            diagnostics.push(Diagnostic::error("foreign-file", message).help(
                "nothing was changed; choose another place, or overwrite what is there with `--force`",
            ));
        }
        let others = self.paths(false);
        if !others.is_empty() {
            let message = format!(
                "only regular files in regular folders are written, and no link is followed: {}",
                others.join(", ")
            );
            diagnostics.push(Diagnostic::error("not-a-file", message).help(
                "nothing was changed; move or remove what blocks the files, since `--force` does not",
            ));
        }
        diagnostics
    }
}

impl Obstacle {
    fn what(self) -> &'static str {
        match self {
            Self::Foreign => "",
            Self::Link => "a symbolic link",
            Self::DeadLink => "a symbolic link that refers to nothing",
            Self::Folder => "a folder",
            Self::File => "a file in the place of a folder",
            Self::Special => "a pipe, a socket or a device",
            Self::Part => "a file that schemacrate did not write, under a name that it needs",
            Self::Gone => "it blocked a file and is gone; compare again",
            Self::Outside => "outside of the folder",
        }
    }
}

impl DiskError {
    /// The action that the file system refused.
    pub(super) fn system(path: &Path, action: Action) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self(Cause::System { path, action, source })
    }

    /// The findings, each with its code: `foreign-file`, `not-a-file`, `unreadable` or `unwritable`.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match &self.0 {
            Cause::Refused(refused) => refused.diagnostics(),
            Cause::System { action, .. } => {
                let message = self.to_string();
                vec![match action {
                    Action::Read => Diagnostic::error("unreadable", message).help(
                        "check the path; those in a configuration are relative to its folder",
                    ),
                    Action::Create | Action::Write | Action::Delete => {
                        Diagnostic::error("unwritable", message).help(
                            "check that the path is right and that you may read and write there",
                        )
                    }
                }]
            }
        }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::System { path, action, source } => {
                let action = match action {
                    Action::Read => "read",
                    Action::Create => "create",
                    Action::Write => "write",
                    Action::Delete => "delete",
                };
                write!(formatter, "cannot {action} {}: {source}", path.display())
            }
            Cause::Refused(refused) => {
                for (at, one) in refused.diagnostics().iter().enumerate() {
                    let between = if at > 0 { "\n" } else { "" };
                    write!(formatter, "{between}{}", one.message)?;
                    if let Some(help) = &one.help {
                        write!(formatter, "; {help}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::System { source, .. } => Some(source),
            Cause::Refused(_) => None,
        }
    }
}
