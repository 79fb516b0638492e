//! The types that a `DerivedTypeConstraint` allows.

use super::elements::Annotated;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{Annotation, Expression, Model, QualifiedName, StructuredTypeId, TypeId};

/// Checks that each of the types exists, and is the declared type or derived from it.
pub(super) fn check(
    model: &Model,
    place: &Annotated,
    annotation: &Annotation,
    diagnostics: &mut Diagnostics,
) {
    let (Some(declared), Expression::Collection(items)) = (place.value, &annotation.value) else {
        return;
    };
    for item in items {
        let Expression::String(text) = item else { continue };
        let written = text.trim();
        let inner = written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let Some(wrong) = problem(model, declared, inner.unwrap_or(written)) else { continue };
        diagnostics.push(
            Diagnostic::violation("derived-type", wrong)
                .at(annotation.span, "no value can have this type")
                .help("name the declared type, or types derived from it"),
        );
    }
}

fn problem(model: &Model, declared: StructuredTypeId, written: &str) -> Option<String> {
    let name = full(model, QualifiedName::parse(written)?);
    // Types of documents that are not among the inputs may be derived from any type.
    model.schemas.iter().find(|one| one.namespace == name.namespace)?;
    let base = &model.structured(declared).name;
    match model.types_by_name.get(&name) {
        Some(TypeId::Structured(id)) if model.bases(*id).contains(&declared) => None,
        Some(_) => Some(format!("the type `{name}` is not derived from `{base}`")),
        None => Some(format!("cannot find the type `{name}`")),
    }
}

/// The name is plain text in the document, so it may still contain an alias.
fn full(model: &Model, name: QualifiedName) -> QualifiedName {
    let full = model.unaliased(&name.to_string()).next();
    full.and_then(|full| QualifiedName::parse(&full)).unwrap_or(name)
}
