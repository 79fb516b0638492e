//! Documents that a command reads.

use super::Terminal;
use clap::{Args, ValueEnum};
use schemacrate::config::Unresolved;
use schemacrate::internals::edm::Model;
use schemacrate::internals::openapi::Api;
use schemacrate::{BuildError, Session};
use std::path::PathBuf;

/// How documents are read.
#[derive(Args, Clone)]
pub(super) struct Reading {
    /// An overlay (1.0 or 1.1) that changes OpenAPI documents before they are read; may be given more
    /// than once
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// How to treat types and other names that no document declares [default: error, or the value
    /// in the configuration]
    #[arg(long, value_enum, value_name = "HOW")]
    unresolved: Option<How>,
}

#[derive(Clone, Copy, ValueEnum)]
enum How {
    /// It is an error
    Error,
    /// Members, parameters and results are any JSON, with a warning for each
    Untyped,
}

impl Reading {
    /// The overlays, in the order in which they are applied.
    pub(super) fn overlays(&self) -> &[PathBuf] {
        &self.overlay
    }

    /// How names that no document declares are treated.
    pub(super) fn unresolved(&self) -> Option<Unresolved> {
        self.unresolved.map(|how| match how {
            How::Error => Unresolved::Error,
            How::Untyped => Unresolved::Untyped,
        })
    }
}

fn add(files: &[PathBuf], reading: &Reading, session: &mut Session) -> Result<(), BuildError> {
    // The session keeps each finding.
    drop(session.add_overlay_files(reading.overlays()));
    session.add_files(files)
}

/// What documents describe.
pub(super) enum Described {
    /// An OData service.
    Service(Box<Model>),
    /// An API of OpenAPI.
    Api(Box<Api>),
}

/// Reads documents of either format; an error shows what is wrong with them.
pub(super) fn describe(
    files: &[PathBuf],
    reading: &Reading,
    terminal: Terminal,
) -> Result<Described, String> {
    let mut session = Session::new();
    let unresolved = reading.unresolved().unwrap_or_default();
    let read = |session: &mut Session| {
        add(files, reading, session)?;
        match session.api(unresolved)? {
            Some(api) => Ok(Described::Api(Box::new(api))),
            None => session.read(unresolved).map(Box::new).map(Described::Service),
        }
    };
    let described =
        read(&mut session).map_err(|error: BuildError| error.render(terminal.colour()))?;
    // With names treated as any JSON, the result differs from the documents.
    if unresolved == Unresolved::Untyped {
        terminal.note(&session.render(terminal.colour()));
    }
    Ok(described)
}

/// Checks documents by the rules of their format. The session holds the findings.
pub(super) fn check(files: &[PathBuf], reading: &Reading, mut session: Session) -> Session {
    let unresolved = reading.unresolved().unwrap_or_default();
    // The session keeps each finding.
    drop(add(files, reading, &mut session).and_then(|()| session.validate(unresolved)));
    session
}
