//! Which removals the old revision announced.

use super::annotations::announced;
use crate::odata::edm::{Annotations, Model, TypeId};
use crate::review::change::Change;
use crate::review::findings::Announcement;

/// Adds to each removal what the old model announced about it.
pub(super) fn set(old: &Model, changes: &mut [Change]) {
    for change in changes.iter_mut().filter(|change| change.rule.is_loss()) {
        let announcement = annotations_of(old, &change.target).into_iter().find_map(announced);
        change.announced = announcement.map(|removal| Announcement { removal });
    }
}

/// The annotations of an element, and of what it belongs to.
fn annotations_of<'m>(model: &'m Model, target: &str) -> Vec<&'m Annotations> {
    let (owner, member) = target.split_once('/').map_or((target, None), |(a, b)| (a, Some(b)));
    let mut found = Vec::new();
    if let Some((operation, _)) = owner.split_once('(') {
        let of_name = model.operations.iter().filter(|one| one.name.to_string() == operation);
        for operation in of_name {
            let parameters = operation.parameters.iter().filter(|one| member == Some(&one.name));
            found.extend(parameters.map(|one| &one.annotations));
            found.push(&operation.annotations);
        }
        return found;
    }
    match model.type_named(owner) {
        Some(TypeId::Structured(id)) => {
            let declared = model.structured(id);
            let properties = declared.properties.iter().filter(|one| member == Some(&one.name));
            found.extend(properties.map(|one| &one.annotations));
            let navigations = declared.navigation_properties.iter();
            let navigations = navigations.filter(|one| member == Some(&one.name));
            found.extend(navigations.map(|one| &one.annotations));
            found.push(&declared.annotations);
        }
        Some(TypeId::Enum(id)) => {
            let declared = model.enum_type(id);
            let members = declared.members.iter().filter(|one| member == Some(&one.name));
            found.extend(members.map(|one| &one.annotations));
            found.push(&declared.annotations);
        }
        Some(TypeId::Definition(id)) => found.push(&model.definition(id).annotations),
        None => {
            let Some(container) = &model.container else { return found };
            let sets = container.entity_sets.iter().filter(|one| member == Some(&one.name));
            found.extend(sets.map(|one| &one.annotations));
            let singletons = container.singletons.iter().filter(|one| member == Some(&one.name));
            found.extend(singletons.map(|one| &one.annotations));
            let imports = container.imports.iter().filter(|one| member == Some(&one.name));
            found.extend(imports.map(|one| &one.annotations));
        }
    }
    found
}
