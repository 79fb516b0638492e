//! Names that must differ: children of a schema, and members of a type and of its bases.

use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::odata::edm::{ItemType, Member, Model, QualifiedName, StructuredType, TypeId, TypeRef};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    children(model, diagnostics);
    let rules: BTreeMap<&str, bool> =
        model.schemas.iter().map(|one| (one.namespace.as_str(), one.is_401)).collect();
    for declared in &model.structured_types {
        let is_401 = rules.get(declared.name.namespace.as_str()).copied().unwrap_or(false);
        members(model, declared, is_401, diagnostics);
    }
}

/// Checks that types, terms, the container and operations, which share one scope, have different
/// names.
fn children(model: &Model, diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<&QualifiedName, Span> = BTreeMap::new();
    for (name, id) in &model.types_by_name {
        let span = match id {
            TypeId::Structured(id) => model.structured(*id).span,
            TypeId::Enum(id) => model.enum_type(*id).span,
            TypeId::Definition(id) => model.definition(*id).span,
        };
        known.insert(name, span);
    }
    let terms = model.terms.iter().map(|one| (&one.name, one.span));
    let container = model.container.iter().map(|one| (&one.name, one.span));
    for (name, span) in terms.chain(container) {
        if let Some(first) = known.insert(name, span) {
            let message = format!("the name `{name}` is declared twice");
            diagnostics.push(
                Diagnostic::violation("duplicate-name", message)
                    .at(span, "declared again here; both are used")
                    .related(first, "first declared here")
                    .help("rename or remove one of them"),
            );
        }
    }
    let mut kinds = BTreeMap::new();
    for operation in &model.operations {
        let name = &operation.name;
        let (kind, first) = *kinds.entry(name).or_insert((operation.kind, operation.span));
        let other = known.get(name).copied().or_else(|| (kind != operation.kind).then_some(first));
        let Some(other) = other else { continue };
        // Graph has a type and a function `image`, and an action and a function `browse`.
        diagnostics.push(
            Diagnostic::violation("duplicate-name", format!("the name `{name}` has two meanings"))
                .at(operation.span, "declared again here")
                .related(other, "first declared here")
                .help("rename one of them"),
        );
    }
}

fn members(model: &Model, declared: &StructuredType, is_401: bool, diagnostics: &mut Diagnostics) {
    let properties = declared.properties.iter().map(|one| (&one.name, one.span));
    let navigations = declared.navigation_properties.iter().map(|one| (&one.name, one.span));
    for (name, span) in properties.chain(navigations) {
        if *name == declared.name.name {
            let message = format!("the property `{name}` has the name of its type");
            diagnostics.push(
                Diagnostic::violation("property-named-as-type", message)
                    .at(span, "has the same name as the type that declares it")
                    .help("rename the property"),
            );
        }
    }
    let Some(base) = declared.base else { return };
    for property in &declared.properties {
        let (first, fits) = match model.member(base, &property.name) {
            Some((_, Member::Property(other))) => {
                (other.span, is_401 && narrows(model, &other.value, &property.value))
            }
            Some((_, Member::Navigation(other))) => (other.span, false),
            None => continue,
        };
        redeclared(&property.name, property.span, first, fits, diagnostics);
    }
    for navigation in &declared.navigation_properties {
        let (first, fits) = match model.member(base, &navigation.name) {
            Some((_, Member::Navigation(other))) => {
                let narrower = match (other.target, navigation.target) {
                    (Some(base), Some(target)) => model.bases(target).contains(&base),
                    (base, _) => base.is_none(),
                };
                (other.span, is_401 && narrower && other.collection == navigation.collection)
            }
            Some((_, Member::Property(other))) => (other.span, false),
            None => continue,
        };
        redeclared(&navigation.name, navigation.span, first, fits, diagnostics);
    }
}

fn redeclared(name: &str, span: Span, first: Span, fits: bool, diagnostics: &mut Diagnostics) {
    if fits {
        return;
    }
    diagnostics.push(
        Diagnostic::violation(
            "duplicate-name",
            format!("the property `{name}` is inherited already"),
        )
        .at(span, "declared again here; this declaration is used")
        .related(first, "inherited from here")
        .help("remove it; only 4.01 lets a derived type declare it again, with a narrower type"),
    );
}

/// Whether a type may replace another one in a derived type.
fn narrows(model: &Model, wide: &TypeRef, narrow: &TypeRef) -> bool {
    if wide.collection != narrow.collection {
        return false;
    }
    match (wide.item, narrow.item) {
        (ItemType::Structured(wide), ItemType::Structured(narrow)) => {
            model.bases(narrow).contains(&wide)
        }
        (ItemType::Untyped, _) | (ItemType::AnyComplex, ItemType::Structured(_)) => true,
        (ItemType::AnyPrimitive, narrow) => {
            matches!(narrow, ItemType::Primitive(_) | ItemType::Enum(_) | ItemType::Definition(_))
        }
        (wide, narrow) => wide == narrow,
    }
}
