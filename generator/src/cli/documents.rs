//! Documents that a command reads.

use super::Terminal;
use odatagen::diagnostic::Diagnostics;
use odatagen::edm::Model;
use odatagen::read_source;
use odatagen::source::SourceMap;
use std::path::PathBuf;

/// What came of reading some documents.
pub(super) struct Documents {
    pub(super) sources: SourceMap,
    pub(super) diagnostics: Diagnostics,
    /// The model, if there was no error.
    pub(super) model: Option<Model>,
}

/// Reads and resolves documents. What is wrong with them is in the diagnostics.
pub(super) fn read(files: &[PathBuf], diagnostics: Diagnostics) -> Documents {
    let mut documents = Documents { sources: SourceMap::new(), diagnostics, model: None };
    let mut ids = Vec::new();
    for file in files {
        match read_source(&mut documents.sources, file) {
            Ok((id, _)) => ids.push(id),
            Err(diagnostic) => documents.diagnostics.push(diagnostic),
        }
    }
    if !documents.diagnostics.has_errors() {
        documents.model = odatagen::read(&documents.sources, &ids, &mut documents.diagnostics);
    }
    documents
}

impl Documents {
    /// The model; an error shows what is wrong.
    pub(super) fn model(self, terminal: Terminal) -> Result<(Model, SourceMap), String> {
        let Self { sources, diagnostics, model } = self;
        let findings = diagnostics.render(&sources, terminal.colour());
        match model {
            Some(model) => Ok((model, sources)),
            None => Err(findings),
        }
    }
}
