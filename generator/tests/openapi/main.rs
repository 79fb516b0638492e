//! OpenAPI documents: which they are, and the check of each object and field.

#![allow(clippy::unwrap_used)] // A test may panic.

mod complete;
mod formats;
mod idempotency;
mod invalid;
mod long_running;
mod pages;
mod random;
mod real;
mod rules;
mod servers;
mod several;
mod slice;
mod time;
mod types;

use schemacrate::Session;
use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Severity;

/// A session with documents, checked.
fn checked<N: Into<String>, B: AsRef<[u8]>>(
    documents: impl IntoIterator<Item = (N, B)>,
) -> Session {
    let mut session = Session::new();
    for (name, bytes) in documents {
        // The session keeps what is found.
        drop(session.add(name, bytes.as_ref()));
    }
    drop(session.check().and_then(|()| session.validate(Unresolved::Error)));
    session
}

/// The worst severity of what was found.
fn worst(session: &Session) -> &'static str {
    match session.diagnostics().iter().map(|one| one.severity).min() {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) | None => "ok",
    }
}
