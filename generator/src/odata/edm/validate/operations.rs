//! Actions and functions (CSDL 4.01, section 12).

use super::paths::{self, End};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::odata::edm::{
    ItemType, Model, Operation, OperationKind, Parameter, QualifiedName, StructuredKind, TypeRef,
};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        optional(operation, diagnostics);
        set_path(model, operation, diagnostics);
    }
    results(model, diagnostics);
}

fn optional(operation: &Operation, diagnostics: &mut Diagnostics) {
    if let Some(binding) = operation.binding_parameter()
        && binding.annotations.is_optional_parameter()
    {
        diagnostics.push(
            Diagnostic::violation("parameter-order", "the binding parameter is optional")
                .at(binding.span, "the operation is called on it")
                .help("remove the annotation `OptionalParameter`"),
        );
    }
    let mut before: Option<&Parameter> = None;
    for parameter in operation.own_parameters() {
        if parameter.annotations.is_optional_parameter() {
            before = Some(parameter);
        } else if let Some(first) = before {
            let message = format!("the parameter `{}` is required", parameter.name);
            diagnostics.push(
                Diagnostic::violation("parameter-order", message)
                    .at(parameter.span, "after an optional one")
                    .related(first.span, "optional")
                    .help("put optional parameters last"),
            );
            return;
        }
    }
}

/// Checks that the entity set path begins at the binding parameter and refers to the result.
fn set_path(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(path) = &operation.entity_set_path else { return };
    let shown = path.join("/");
    let mut report = |diagnostic: Diagnostic, label: &str| {
        let help = "name the binding parameter, then navigation properties";
        diagnostics.push(diagnostic.at(operation.span, label).help(help));
    };
    let binding = operation.binding_parameter();
    let Some(binding) = binding.filter(|one| path.first() == Some(&one.name)) else {
        let message =
            format!("the entity set path `{shown}` does not begin at the binding parameter");
        return report(Diagnostic::violation("entity-set-path", message), "the path is not used");
    };
    let ItemType::Structured(from) = binding.value.item else { return };
    let end = paths::follow(model, from, path.get(1..).unwrap_or_default());
    let Some(end) = end.filter(|end| !matches!(end, End::Value(_))) else {
        let message = format!("the entity set path `{shown}` refers to nothing");
        return report(Diagnostic::violation("entity-set-path", message), "the path is not used");
    };
    let returned = operation.return_type.as_ref().map(|one| one.value.item);
    match (end, returned) {
        (End::Structured { id, .. }, Some(ItemType::Structured(result))) => {
            if !paths::related(model, id, result) {
                let message = format!("the entity set path `{shown}` refers to another type");
                report(Diagnostic::violation("entity-set-path", message), "returns another type");
            }
            if model.structured(result).kind != StructuredKind::Entity {
                let message = "an entity set path needs an operation that returns an entity";
                report(Diagnostic::violation("entity-set-path", message), "returns no entity");
            }
        }
        (_, Some(ItemType::AnyEntity)) | (End::Unknown, Some(_)) => {}
        _ => {
            let message = "an entity set path needs an operation that returns an entity";
            report(Diagnostic::violation("entity-set-path", message), "returns no entity");
        }
    }
}

/// Checks that the overloads of a function for one binding type return one type.
fn results(model: &Model, diagnostics: &mut Diagnostics) {
    type BoundName<'m> = (&'m QualifiedName, Option<(ItemType, bool)>);
    let mut results: BTreeMap<BoundName<'_>, (&TypeRef, Span)> = BTreeMap::new();
    for operation in &model.operations {
        let is_action = operation.kind == OperationKind::Action;
        let binding = operation.binding_parameter();
        let scope = || (&operation.name, binding.map(|one| (one.value.item, one.value.collection)));
        let Some(result) = operation.return_type.as_ref().filter(|_| !is_action) else { continue };
        let (other, first) = *results.entry(scope()).or_insert((&result.value, operation.span));
        if (other.item, other.collection) != (result.value.item, result.value.collection) {
            let message = format!("the overloads of `{}` return different types", operation.name);
            diagnostics.push(
                Diagnostic::violation("return-type", message)
                    .at(operation.span, "returns another type")
                    .related(first, "than this one")
                    .help("let all overloads for one binding type return one type"),
            );
        }
    }
}
