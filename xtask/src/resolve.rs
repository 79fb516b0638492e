//! One OpenAPI document as far as its references are resolved: the work that `cargo xtask bench documents`
//! measures in a process of its own.

use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::openapi::{Description, add_document, check_objects, check_references};
use schemacrate::source::SourceMap;
use std::path::Path;

/// Reads a document. Returns whether it has no errors.
pub(crate) fn resolve(file: &Path) -> Result<bool, String> {
    let bytes =
        std::fs::read(file).map_err(|error| format!("error: {}: {error}", file.display()))?;
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::default());
    let source = sources.add(file.to_string_lossy(), &bytes);
    let source = source.map_err(|error| format!("error: {error}"))?;
    drop(bytes);
    let mut description = Description::new();
    add_document(&mut description, &sources, source, &mut diagnostics);
    let reached = check_objects(&description, &mut diagnostics);
    check_references(&description, &reached.references, Unresolved::Error, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.render(&sources, false));
    }
    Ok(true)
}
