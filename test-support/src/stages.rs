//! The results of the stages for one document.

use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::csdl::{self, Document};
use schemacrate::internals::edm::Model;
use schemacrate::source::SourceMap;
use schemacrate::{BuildError, Generated, Planned, Session};

/// A session with one document.
#[track_caller]
pub fn session(name: &str, document: impl AsRef<[u8]>) -> Session {
    let mut session = Session::new();
    expected(session.add(name, document.as_ref()));
    session
}

/// What one document holds, with everything around it.
pub struct Parsed {
    /// The sources that places point into.
    pub sources: SourceMap,
    /// The elements.
    pub document: Document,
    /// The findings.
    pub diagnostics: Diagnostics,
}

/// A document, parsed and not resolved.
#[track_caller]
pub fn parsed(name: &str, document: impl AsRef<[u8]>) -> Parsed {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add(name, document.as_ref()).unwrap_or_else(|error| panic!("{error}"));
    let document = csdl::parse(&sources, source, &mut diagnostics);
    Parsed { sources, document, diagnostics }
}

/// The model of a document, or what is wrong with it.
pub fn read(name: &str, document: impl AsRef<[u8]>) -> Result<Model, BuildError> {
    let mut session = Session::new();
    session.add(name, document.as_ref())?;
    session.read(Unresolved::Error)
}

/// The model of a document that has no errors.
#[track_caller]
pub fn model(document: impl AsRef<[u8]>) -> Model {
    expected(read("schema.csdl", document))
}

/// The plan of the crate of a document that has no errors.
#[track_caller]
pub fn planned(document: impl AsRef<[u8]>, config: &Config) -> Planned {
    expected(session("schema.csdl", document).plan(config))
}

/// The crate of a document that has no errors.
#[track_caller]
pub fn generated(document: impl AsRef<[u8]>, config: &Config) -> Generated {
    expected(session("schema.csdl", document).generate(config))
}

/// The findings in a document, as a user sees them.
#[track_caller]
pub fn diagnostics(name: &str, document: impl AsRef<[u8]>) -> String {
    let mut session = session(name, document);
    // Its errors are findings of the session.
    drop(session.read(Unresolved::Error));
    session.render(false)
}

#[track_caller]
fn expected<T>(result: Result<T, BuildError>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}
