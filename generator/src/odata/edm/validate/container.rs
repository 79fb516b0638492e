//! The members of the entity container (CSDL 4.01, section 13).

use super::paths::{self, End};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::edm::{
    Container, ItemType, Model, NavigationBinding, OperationImport, StructuredTypeId,
};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let Some(container) = &model.container else { return };
    for set in &container.entity_sets {
        if model.effective_key(set.entity_type).is_none()
            && !(model.structured(set.entity_type).is_abstract)
        {
            let declared = model.structured(set.entity_type);
            let message = format!("the entity set `{}` has entities without a key", set.name);
            diagnostics.push(
                Diagnostic::violation("key-missing", message)
                    .at(set.span, "its members cannot be distinguished")
                    .related(declared.span, "has no key")
                    .help("declare a `Key`, or make this a `Singleton`"),
            );
        }
        bindings(model, container, set.entity_type, &set.bindings, diagnostics);
    }
    for singleton in &container.singletons {
        bindings(model, container, singleton.entity_type, &singleton.bindings, diagnostics);
    }
    for import in &container.imports {
        self::import(model, container, import, diagnostics);
    }
}

/// The type of a set or singleton, or of what a longer path within the container refers to.
fn target(model: &Model, container: &Container, path: &[String]) -> Option<End> {
    // The name of the container may come first.
    let path = match path.split_first() {
        Some((first, rest)) if container.is_called(first) => rest,
        Some((first, _)) if first.contains('.') => return Some(End::Unknown),
        _ => path,
    };
    let (first, rest) = path.split_first()?;
    let mut sets = container.entity_sets.iter();
    let mut singletons = container.singletons.iter();
    let id = sets
        .find(|one| one.name == *first)
        .map(|one| one.entity_type)
        .or_else(|| singletons.find(|one| one.name == *first).map(|one| one.entity_type))?;
    paths::follow(model, id, rest)
}

fn bindings(
    model: &Model,
    container: &Container,
    id: StructuredTypeId,
    bindings: &[NavigationBinding],
    diagnostics: &mut Diagnostics,
) {
    let mut seen = BTreeMap::new();
    for binding in bindings {
        let shown = binding.path.join("/");
        let mut report = |message: String, label: &str| {
            diagnostics.push(
                Diagnostic::violation("nav-binding", message)
                    .at(binding.span, label)
                    .help("correct or remove the binding"),
            );
        };
        if seen.insert(&binding.path, ()).is_some() {
            report(format!("the path `{shown}` is bound twice"), "bound again here");
        }
        let from = match paths::follow(model, id, &binding.path) {
            Some(End::Structured { id, navigation: true, .. }) => id,
            Some(End::Unknown) => continue,
            _ => {
                let owner = &model.structured(id).name;
                report(
                    format!("`{shown}` is not a navigation property of `{owner}`"),
                    "the binding is not used",
                );
                continue;
            }
        };
        let goal = binding.target.join("/");
        match target(model, container, &binding.target) {
            None | Some(End::Value(_)) => {
                report(format!("cannot find the target `{goal}`"), "the binding is not used");
            }
            Some(End::Structured { id, .. }) if !paths::related(model, id, from) => {
                let found = &model.structured(id).name;
                report(
                    format!("the target `{goal}` holds entities of another type"),
                    &format!("it holds `{found}`"),
                );
            }
            Some(_) => {}
        }
    }
}

fn import(
    model: &Model,
    container: &Container,
    import: &OperationImport,
    diagnostics: &mut Diagnostics,
) {
    let Some(first) = import.operations.first().map(|id| model.operation(*id)) else { return };
    let Some(path) = &import.entity_set else { return };
    let shown = path.join("/");
    let found = target(model, container, path);
    let returned = first.return_type.as_ref().map(|one| one.value.item);
    let diagnostic = match (found, returned) {
        (None | Some(End::Value(_)), _) => {
            let message = format!("cannot find the entity set `{shown}`");
            Diagnostic::violation("import", message)
        }
        (Some(End::Structured { id, .. }), Some(ItemType::Structured(result))) => {
            if paths::related(model, id, result) {
                return;
            }
            let message = format!("the entity set `{shown}` holds another type");
            Diagnostic::violation("import", message)
        }
        (Some(End::Unknown), _) | (_, Some(ItemType::AnyEntity)) => return,
        _ => Diagnostic::violation(
            "import",
            format!("the import `{}` names an entity set but returns no entity", import.name),
        ),
    };
    diagnostics.push(
        diagnostic
            .at(import.span, "specifies the set of its result")
            .help("correct or remove `EntitySet`"),
    );
}
