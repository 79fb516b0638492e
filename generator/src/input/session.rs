//! The inputs of one run, and what was found in them.
//!
//! Enters: documents and a configuration, as bytes.
//! Leaves: [`Session`], from which every stage reads and to which it reports, and [`BuildError`].
//! Must not know: any format of a schema, what the stages do.

use crate::input::config::Config;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap};
use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The documents of one schema, and what was found in them so far.
///
/// Findings add up: each method reports to the session, and after the first error every later stage
/// returns all of them.
#[derive(Clone, Debug, Default)]
pub struct Session {
    pub(crate) sources: SourceMap,
    /// The sources that are documents of the schema, in the order they were added.
    pub(crate) documents: Vec<SourceId>,
    /// The sources that are overlays of the documents, in the order in which they are applied.
    pub(crate) overlays: Vec<SourceId>,
    pub(crate) diagnostics: Diagnostics,
    parsed: HashMap<SourceId, Arc<dyn Any + Send + Sync>>,
}

impl Session {
    /// A session without documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// A session in which every broken rule of the specification is an error.
    pub fn strict() -> Self {
        Self { diagnostics: Diagnostics::strict(), ..Self::default() }
    }

    /// Adds a document of the schema: UTF-8 with or without byte order mark, or UTF-16. Findings show
    /// the name.
    ///
    /// # Errors
    /// If the bytes have none of these encodings, or there are too many.
    pub fn add(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<SourceId, BuildError> {
        let source = self.source(name.into(), bytes)?;
        self.documents.push(source);
        Ok(source)
    }

    /// Adds an overlay, which changes the documents after those that were added before it.
    ///
    /// # Errors
    /// As for [`add`](Self::add).
    pub fn add_overlay(
        &mut self,
        name: impl Into<String>,
        bytes: &[u8],
    ) -> Result<SourceId, BuildError> {
        let source = self.source(name.into(), bytes)?;
        self.overlays.push(source);
        Ok(source)
    }

    /// Reads a configuration, which keeps its place in this session.
    ///
    /// # Errors
    /// If the bytes are not text, not TOML, or have unknown keys.
    pub fn configure(
        &mut self,
        name: impl Into<String>,
        bytes: &[u8],
    ) -> Result<Config, BuildError> {
        let source = self.source(name.into(), bytes)?;
        Config::parse(&self.sources, source).map_err(|diagnostic| self.fail(diagnostic))
    }

    /// The sources that places point into.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The findings so far.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The findings as rustc would show them, with colours for a terminal or without.
    pub fn render(&self, colour: bool) -> String {
        self.diagnostics.render(&self.sources, colour)
    }

    /// Keeps what a front end made of a source before it reads the documents, so that it is made once.
    pub(crate) fn keep<T: Any + Send + Sync>(&mut self, source: SourceId, parsed: T) {
        self.parsed.insert(source, Arc::new(parsed));
    }

    /// Takes out what was kept of a source.
    pub(crate) fn take<T: Any + Send + Sync + Clone>(&mut self, source: SourceId) -> Option<T> {
        let parsed = self.parsed.remove(&source)?.downcast::<T>().ok()?;
        Some(Arc::unwrap_or_clone(parsed))
    }

    /// Adds a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Ends a stage.
    ///
    /// # Errors
    /// If an error was found so far.
    pub fn check(&self) -> Result<(), BuildError> {
        if self.diagnostics.has_errors() { Err(self.failure()) } else { Ok(()) }
    }

    /// Adds an error, and returns all findings.
    pub(crate) fn fail(&mut self, diagnostic: Diagnostic) -> BuildError {
        self.report(diagnostic);
        self.failure()
    }

    /// All findings, of which at least one is an error.
    pub(crate) fn failure(&self) -> BuildError {
        BuildError { sources: self.sources.clone(), diagnostics: self.diagnostics.clone() }
    }

    pub(crate) fn source(&mut self, name: String, bytes: &[u8]) -> Result<SourceId, BuildError> {
        self.sources.add(name, bytes).map_err(|unreadable| self.fail(unreadable.into()))
    }
}

/// Why there is no result: every finding, of which at least one is an error.
/// [`Display`](fmt::Display) shows all of them.
#[derive(Clone, Debug)]
pub struct BuildError {
    sources: SourceMap,
    diagnostics: Diagnostics,
}

impl BuildError {
    /// The findings, with colours for a terminal or without.
    pub fn render(&self, colour: bool) -> String {
        self.diagnostics.render(&self.sources, colour)
    }

    /// The findings one by one.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_add_up_until_the_stage_ends() {
        let mut session = Session::new();
        session.add("a", b"text").expect("UTF-8");
        assert!(session.check().is_ok());
        assert!(session.add("b", &[0xC3]).is_err());
        let error = session.configure("c.toml", b"x =").expect_err("not TOML");
        let codes: Vec<&str> = error.diagnostics().iter().map(|one| one.code).collect();
        assert_eq!(codes, ["encoding", "bad-configuration"]);
        assert!(error.to_string().contains("c.toml:1"), "{error}");
        assert_eq!(session.documents.len(), 1);
    }
}
