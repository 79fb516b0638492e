//! The entity container.

use super::Resolver;
use super::names::Names;
use crate::csdl::Element;
use crate::edm::{
    Container, EntitySet, NavigationBinding, OperationId, OperationImport, QualifiedName, Singleton,
};

impl Resolver<'_> {
    /// Reads the container of a schema. Of several containers, as where one extends another, the
    /// members are merged into one.
    pub(super) fn container(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in schema.children("EntityContainer") {
            let Some(name) = self.name(element) else { continue };
            let name = QualifiedName { namespace: namespace.to_owned(), name };
            const MEMBERS: &[&str] = &["EntitySet", "Singleton", "ActionImport", "FunctionImport"];
            let members =
                element.children.iter().filter(|one| MEMBERS.contains(&one.name.as_str()));
            self.unique(&format!("the container `{name}`"), members);
            let annotations = self.inline_annotations(element, names);
            let mut container = self.model.container.take().unwrap_or_else(|| Container {
                name,
                entity_sets: Vec::new(),
                singletons: Vec::new(),
                imports: Vec::new(),
                annotations,
                span: element.place("Name"),
            });
            for child in &element.children {
                self.container_member(&mut container, child, names);
            }
            self.model.container = Some(container);
        }
    }

    fn container_member(&mut self, container: &mut Container, child: &Element, names: &Names) {
        let in_service_document = child.flag("IncludeInServiceDocument");
        match child.name.as_str() {
            "EntitySet" => {
                let Some(name) = self.name(child) else { return };
                let Some(entity) = self.required(child, "EntityType") else { return };
                let place = child.place("EntityType");
                let Some(entity_type) = self.structured_named(names, &entity, place) else {
                    return;
                };
                let annotations = self.inline_annotations(child, names);
                container.entity_sets.push(EntitySet {
                    name,
                    entity_type,
                    in_service_document: in_service_document.unwrap_or(true),
                    bindings: bindings(child, names),
                    annotations,
                    span: child.place("Name"),
                });
            }
            "Singleton" => {
                let Some(name) = self.name(child) else { return };
                let Some(entity) = self.required(child, "Type") else { return };
                let place = child.place("Type");
                let Some(entity_type) = self.structured_named(names, &entity, place) else {
                    return;
                };
                let annotations = self.inline_annotations(child, names);
                container.singletons.push(Singleton {
                    name,
                    entity_type,
                    bindings: bindings(child, names),
                    annotations,
                    span: child.place("Name"),
                });
            }
            "ActionImport" | "FunctionImport" => {
                let Some(name) = self.name(child) else { return };
                let attribute = child.name.trim_end_matches("Import").to_owned();
                let Some(operation) = self.required(child, &attribute) else { return };
                let operation = names.full(&operation);
                let operations = self
                    .model
                    .operations
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| !one.is_bound && one.name.to_string() == operation)
                    .map(|(at, _)| OperationId(u32::try_from(at).unwrap_or(u32::MAX)))
                    .collect();
                let annotations = self.inline_annotations(child, names);
                container.imports.push(OperationImport {
                    name,
                    operations,
                    entity_set: child.value("EntitySet").map(|path| names.path(path)),
                    in_service_document: in_service_document.unwrap_or(false),
                    annotations,
                    span: child.place("Name"),
                });
            }
            _ => {}
        }
    }
}

fn bindings(element: &Element, names: &Names) -> Vec<NavigationBinding> {
    element
        .children("NavigationPropertyBinding")
        .filter_map(|one| {
            Some(NavigationBinding {
                path: names.path(one.value("Path")?),
                target: names.path(one.value("Target")?),
                span: one.span,
            })
        })
        .collect()
}
