//! From the documents of a session to one model.
//!
//! Enters: the documents of a session. Leaves: a [`Model`]. Must not know: what it is read for.

use super::csdl;
use super::edm::{self, Model};
use crate::input::config::Unresolved;
use crate::input::session::{BuildError, Session};

/// Parses, resolves and validates the documents.
///
/// # Errors
/// All errors of the first stage that has errors.
pub(crate) fn read(session: &mut Session, unresolved: Unresolved) -> Result<Model, BuildError> {
    let Session { sources, documents, diagnostics } = session;
    let parsed: Vec<csdl::Document> =
        documents.iter().map(|source| csdl::parse(sources, *source, diagnostics)).collect();
    session.check()?;
    let model = edm::resolve_with(&parsed, unresolved, &mut session.diagnostics);
    session.check()?;
    rayon::join(|| edm::validate(&model, &mut session.diagnostics), || drop(parsed));
    session.check()?;
    Ok(model)
}

impl Session {
    /// Reads the documents into one model.
    ///
    /// # Errors
    /// If the documents are wrong.
    pub fn read(&mut self, unresolved: Unresolved) -> Result<Model, BuildError> {
        read(self, unresolved)
    }
}
