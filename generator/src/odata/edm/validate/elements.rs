//! The elements that have annotations.

use crate::odata::edm::{
    Annotations, ItemType, Model, NavigationProperty, OperationKind, StructuredKind,
    StructuredTypeId, TypeRef,
};

/// What is annotated.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The kind of element; empty if it is not known.
    pub(super) kind: &'static str,
    /// Whether it is a collection.
    pub(super) collection: bool,
    /// The structured type of its values.
    pub(super) value: Option<StructuredTypeId>,
    /// The types from which the paths in its annotations may start; empty if they are not known.
    pub(super) starts: Vec<StructuredTypeId>,
}

impl Place {
    /// An element of which only the kind is known.
    pub(super) fn unknown(kind: &'static str) -> Self {
        Self { kind, collection: false, value: None, starts: Vec::new() }
    }

    fn of(kind: &'static str, value: &TypeRef, owner: Option<StructuredTypeId>) -> Self {
        let structured = match value.item {
            ItemType::Structured(id) => Some(id),
            _ => None,
        };
        // In real documents, paths start at the type that declares the property or at the type of
        // its values.
        let starts = owner.into_iter().chain(structured.filter(|_| owner.is_some())).collect();
        Self { kind, collection: value.collection, value: structured, starts }
    }

    fn navigation(one: &NavigationProperty, owner: StructuredTypeId) -> Self {
        // The members of an entity of any type are not known.
        let starts = one.target.map_or_else(Vec::new, |target| vec![owner, target]);
        let kind = "NavigationProperty";
        Self { kind, collection: one.collection, value: one.target, starts }
    }

    fn member(kind: &'static str, collection: bool, id: StructuredTypeId) -> Self {
        Self { kind, collection, value: Some(id), starts: vec![id] }
    }
}

/// Visits every element that has annotations.
pub(super) fn each<'m>(model: &'m Model, visit: &mut impl FnMut(&Place, &'m Annotations)) {
    for one in &model.schemas {
        visit(&Place::unknown("Schema"), &one.annotations);
    }
    for one in &model.references {
        visit(&Place::unknown("Reference"), &one.annotations);
        for include in &one.includes {
            visit(&Place::unknown("Include"), &include.annotations);
        }
    }
    types(model, visit);
    operations(model, visit);
    container(model, visit);
    for one in &model.path_annotations {
        visit(&Place::unknown(""), &one.annotations);
    }
}

fn types<'m>(model: &'m Model, visit: &mut impl FnMut(&Place, &'m Annotations)) {
    for id in model.structured_ids() {
        let one = model.structured(id);
        let kind = match one.kind {
            StructuredKind::Entity => "EntityType",
            StructuredKind::Complex => "ComplexType",
        };
        visit(&Place::member(kind, false, id), &one.annotations);
        for property in &one.properties {
            visit(&Place::of("Property", &property.value, Some(id)), &property.annotations);
        }
        for navigation in &one.navigation_properties {
            visit(&Place::navigation(navigation, id), &navigation.annotations);
            for constraint in &navigation.constraints {
                visit(&Place::unknown("ReferentialConstraint"), &constraint.annotations);
            }
            if let Some(on_delete) = &navigation.on_delete {
                visit(&Place::unknown("OnDelete"), &on_delete.annotations);
            }
        }
    }
    for one in &model.enum_types {
        visit(&Place::unknown("EnumType"), &one.annotations);
        for member in &one.members {
            visit(&Place::unknown("Member"), &member.annotations);
        }
    }
    for one in &model.type_definitions {
        visit(&Place::unknown("TypeDefinition"), &one.annotations);
    }
    for one in &model.terms {
        visit(&Place::of("Term", &one.value, None), &one.annotations);
    }
}

fn operations<'m>(model: &'m Model, visit: &mut impl FnMut(&Place, &'m Annotations)) {
    for one in &model.operations {
        let kind = match one.kind {
            OperationKind::Action => "Action",
            OperationKind::Function => "Function",
        };
        visit(&Place::unknown(kind), &one.annotations);
        for parameter in &one.parameters {
            visit(&Place::of("Parameter", &parameter.value, None), &parameter.annotations);
        }
        if let Some(returned) = &one.return_type {
            visit(&Place::of("ReturnType", &returned.value, None), &returned.annotations);
        }
    }
}

fn container<'m>(model: &'m Model, visit: &mut impl FnMut(&Place, &'m Annotations)) {
    let Some(container) = &model.container else { return };
    visit(&Place::unknown("EntityContainer"), &container.annotations);
    for one in &container.entity_sets {
        visit(&Place::member("EntitySet", true, one.entity_type), &one.annotations);
    }
    for one in &container.singletons {
        visit(&Place::member("Singleton", false, one.entity_type), &one.annotations);
    }
    for import in &container.imports {
        let kind = import.operations.first().map(|id| model.operation(*id).kind);
        let is_action = kind == Some(OperationKind::Action);
        let kind = if is_action { "ActionImport" } else { "FunctionImport" };
        visit(&Place::unknown(kind), &import.annotations);
    }
}
