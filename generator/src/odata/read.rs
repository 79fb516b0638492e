//! From the documents of a session to one model.
//!
//! Enters: the documents of a session. Leaves: a [`Model`]. Must not know: what it is read for.

use super::csdl;
use super::edm::{self, Model};
use crate::input::config::Unresolved;
use crate::input::session::{BuildError, Session};
use crate::node::peek;

/// Parses, resolves and validates the documents.
///
/// # Errors
/// All errors of the first stage that has errors.
pub(crate) fn read(session: &mut Session, unresolved: Unresolved) -> Result<Model, BuildError> {
    let Session { sources, documents, diagnostics, .. } = session;
    let parsed: Vec<csdl::Document> =
        documents.iter().map(|source| csdl::parse(sources, *source, diagnostics)).collect();
    session.check()?;
    let model = edm::resolve_with(&parsed, unresolved, &mut session.diagnostics);
    session.check()?;
    rayon::join(|| edm::validate(&model, &mut session.diagnostics), || drop(parsed));
    session.check()?;
    Ok(model)
}

/// Whether a text is a CSDL document, or XML that is none: the reader of CSDL reports what else it is.
pub(crate) fn is_document(text: &str) -> bool {
    const MEMBERS: [&str; 3] = ["$Version", "$EntityContainer", "$Reference"];
    text.trim_start().starts_with('<') || peek::root_names(text).any(|name| MEMBERS.contains(&name))
}
