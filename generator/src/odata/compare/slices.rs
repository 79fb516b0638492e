//! Which changes the slices reach.
//!
//! Enters: the model of each crate, and changes of the whole models. Leaves: for each change,
//! whether either crate contains what changed. Must not know: how a slice is made.

use crate::odata::edm::Model;
use crate::review::change::Change;
use std::collections::BTreeSet;

/// Marks the changes of elements that are in neither part.
pub(super) fn set(parts: [&Model; 2], changes: &mut [Change]) {
    let names: BTreeSet<String> = parts.into_iter().flat_map(names).collect();
    for change in changes {
        change.is_in_slice = is_inside(&names, &change.target);
    }
}

/// The names of the elements of a model.
fn names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = model.schemas.iter().map(|one| one.namespace.clone()).collect();
    for declared in &model.structured_types {
        let name = declared.name.to_string();
        names.extend(declared.properties.iter().map(|one| format!("{name}/{}", one.name)));
        let navigations = declared.navigation_properties.iter();
        names.extend(navigations.map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    for declared in &model.enum_types {
        let name = declared.name.to_string();
        names.extend(declared.members.iter().map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    names.extend(model.type_definitions.iter().map(|one| one.name.to_string()));
    names.extend(model.terms.iter().map(|one| one.name.to_string()));
    names.extend(model.operations.iter().map(|one| one.name.to_string()));
    if let Some(container) = &model.container {
        let name = container.name.to_string();
        names.extend(container.entity_sets.iter().map(|one| format!("{name}/{}", one.name)));
        names.extend(container.singletons.iter().map(|one| format!("{name}/{}", one.name)));
        names.extend(container.imports.iter().map(|one| format!("{name}/{}", one.name)));
        names.push(name);
    }
    names
}

/// Whether some names are those of a target or of what has it.
fn is_inside(names: &BTreeSet<String>, target: &str) -> bool {
    if let Some((operation, _)) = target.split_once('(') {
        return names.contains(operation);
    }
    let mut segments = target.splitn(3, '/');
    let owner = segments.next().unwrap_or_default();
    match segments.next() {
        None => names.contains(owner),
        Some(member) => names.contains(&format!("{owner}/{member}")),
    }
}
