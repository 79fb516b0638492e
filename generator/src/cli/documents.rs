//! Documents that a command reads.

use super::Terminal;
use clap::{Args, ValueEnum};
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::edm::{Model, Unresolved};
use schemacrate::read_source;
use schemacrate::source::SourceMap;
use std::path::PathBuf;

/// How documents are read.
#[derive(Args, Clone, Copy)]
pub(super) struct Reading {
    /// What becomes of types and other names that no document declares [default: error, or what the
    /// configuration says]
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
    /// What was asked for.
    pub(super) fn unresolved(self) -> Option<Unresolved> {
        self.unresolved.map(|how| match how {
            How::Error => Unresolved::Error,
            How::Untyped => Unresolved::Untyped,
        })
    }
}

/// What came of reading some documents.
pub(super) struct Documents {
    pub(super) sources: SourceMap,
    pub(super) diagnostics: Diagnostics,
    /// The model, if there was no error.
    pub(super) model: Option<Model>,
    /// Whether what cannot be resolved is any JSON.
    is_untyped: bool,
}

/// Reads and resolves documents. What is wrong with them is in the diagnostics.
pub(super) fn read(files: &[PathBuf], reading: Reading, diagnostics: Diagnostics) -> Documents {
    let unresolved = reading.unresolved().unwrap_or_default();
    let is_untyped = unresolved == Unresolved::Untyped;
    let mut documents =
        Documents { sources: SourceMap::new(), diagnostics, model: None, is_untyped };
    let mut ids = Vec::new();
    for file in files {
        match read_source(&mut documents.sources, file) {
            Ok((id, _)) => ids.push(id),
            Err(diagnostic) => documents.diagnostics.push(diagnostic),
        }
    }
    if !documents.diagnostics.has_errors() {
        let Documents { sources, diagnostics, .. } = &mut documents;
        documents.model = schemacrate::read_with(sources, &ids, unresolved, diagnostics);
    }
    documents
}

impl Documents {
    /// The model; an error shows what is wrong.
    pub(super) fn model(self, terminal: Terminal) -> Result<(Model, SourceMap), String> {
        let Self { sources, diagnostics, model, is_untyped } = self;
        let findings = diagnostics.render(&sources, terminal.colour());
        match model {
            Some(model) => {
                // What was taken for any JSON is another model than the documents say.
                if is_untyped {
                    terminal.say(&findings);
                }
                Ok((model, sources))
            }
            None => Err(findings),
        }
    }
}
