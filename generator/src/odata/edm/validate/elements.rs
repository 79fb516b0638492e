//! The elements that have annotations.

use crate::odata::edm::{
    Annotations, ItemType, Model, NavigationProperty, OperationKind, StructuredKind,
    StructuredTypeId, TypeRef,
};

/// What is annotated.
#[derive(Clone, Debug)]
pub(super) struct Annotated {
    /// The kind of element; empty if it is not known.
    pub(super) kind: &'static str,
    /// Whether it is a collection.
    pub(super) collection: bool,
    /// The structured type of its values.
    pub(super) value: Option<StructuredTypeId>,
    /// The types from which the paths in its annotations may start; empty if they are not known.
    pub(super) starts: Vec<StructuredTypeId>,
}

impl Annotated {
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
pub(super) fn each<'m>(model: &'m Model, visit: &mut impl FnMut(&Annotated, &'m Annotations)) {
    for one in &model.schemas {
        visit(&Annotated::unknown("Schema"), &one.annotations);
    }
    for one in &model.references {
        visit(&Annotated::unknown("Reference"), &one.annotations);
        for include in &one.includes {
            visit(&Annotated::unknown("Include"), &include.annotations);
        }
    }
    types(model, visit);
    operations(model, visit);
    container(model, visit);
    for one in &model.path_annotations {
        visit(&Annotated::unknown(""), &one.annotations);
    }
}

fn types<'m>(model: &'m Model, visit: &mut impl FnMut(&Annotated, &'m Annotations)) {
    for id in model.structured_ids() {
        let one = model.structured(id);
        let kind = match one.kind {
            StructuredKind::Entity => "EntityType",
            StructuredKind::Complex => "ComplexType",
        };
        visit(&Annotated::member(kind, false, id), &one.annotations);
        for property in &one.properties {
            visit(&Annotated::of("Property", &property.value, Some(id)), &property.annotations);
        }
        for navigation in &one.navigation_properties {
            visit(&Annotated::navigation(navigation, id), &navigation.annotations);
            for constraint in &navigation.constraints {
                visit(&Annotated::unknown("ReferentialConstraint"), &constraint.annotations);
            }
            if let Some(on_delete) = &navigation.on_delete {
                visit(&Annotated::unknown("OnDelete"), &on_delete.annotations);
            }
        }
    }
    for one in &model.enum_types {
        visit(&Annotated::unknown("EnumType"), &one.annotations);
        for member in &one.members {
            visit(&Annotated::unknown("Member"), &member.annotations);
        }
    }
    for one in &model.type_definitions {
        visit(&Annotated::unknown("TypeDefinition"), &one.annotations);
    }
    for one in &model.terms {
        visit(&Annotated::of("Term", &one.value, None), &one.annotations);
    }
}

fn operations<'m>(model: &'m Model, visit: &mut impl FnMut(&Annotated, &'m Annotations)) {
    for one in &model.operations {
        let kind = match one.kind {
            OperationKind::Action => "Action",
            OperationKind::Function => "Function",
        };
        visit(&Annotated::unknown(kind), &one.annotations);
        for parameter in &one.parameters {
            visit(&Annotated::of("Parameter", &parameter.value, None), &parameter.annotations);
        }
        if let Some(returned) = &one.return_type {
            visit(&Annotated::of("ReturnType", &returned.value, None), &returned.annotations);
        }
    }
}

fn container<'m>(model: &'m Model, visit: &mut impl FnMut(&Annotated, &'m Annotations)) {
    let Some(container) = &model.container else { return };
    visit(&Annotated::unknown("EntityContainer"), &container.annotations);
    for one in &container.entity_sets {
        visit(&Annotated::member("EntitySet", true, one.entity_type), &one.annotations);
    }
    for one in &container.singletons {
        visit(&Annotated::member("Singleton", false, one.entity_type), &one.annotations);
    }
    for import in &container.imports {
        let kind = import.operations.first().map(|id| model.operation(*id).kind);
        let is_action = kind == Some(OperationKind::Action);
        let kind = if is_action { "ActionImport" } else { "FunctionImport" };
        visit(&Annotated::unknown(kind), &import.annotations);
    }
}
