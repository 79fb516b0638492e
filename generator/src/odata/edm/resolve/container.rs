//! The entity container.

use super::Resolver;
use super::names::Names;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::odata::csdl::Element;
use crate::odata::edm::{
    Container, EntitySet, NavigationBinding, OperationId, OperationImport, OperationKind,
    QualifiedName, Singleton, StructuredKind, StructuredTypeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The label for a member of the container that cannot be resolved.
const LEFT_OUT: &str = "it is left out; a path written by hand still reaches it";

/// A container as a document declares it.
struct Declared<'e> {
    name: QualifiedName,
    extends: Option<String>,
    order: usize,
    element: &'e Element,
    names: &'e Names,
}

impl Resolver<'_> {
    /// Reads the container of the service, which is the first that no other one extends. What it
    /// extends is merged into it, the members of the bases first.
    pub(super) fn container(&mut self, schemas: &[(&Element, &Names)]) {
        let declared = self.containers(schemas);
        let extended: BTreeSet<&str> =
            declared.values().filter_map(|one| one.extends.as_deref()).collect();
        let mut mains: Vec<&Declared<'_>> = declared
            .values()
            .filter(|one| !extended.contains(one.name.to_string().as_str()))
            .collect();
        mains.sort_by_key(|one| one.order);
        let first = declared.values().min_by_key(|one| one.order);
        let Some(main) = mains.first().copied().or(first) else { return };
        let mut chain = vec![main];
        while let Some(base) = chain.last().and_then(|one| one.extends.as_deref()) {
            match declared.get(base) {
                Some(base) if chain.iter().any(|one| one.order == base.order) => {
                    let message = format!("the container `{}` extends itself", base.name);
                    self.diagnostics.push(
                        Diagnostic::error("cyclic-inheritance", message)
                            .at(base.element.place("Extends"), "the cycle is closed here")
                            .help("remove or correct an `Extends`"),
                    );
                    break;
                }
                Some(base) => chain.push(base),
                None => break,
            }
        }
        for other in mains.iter().skip(1) {
            let message = format!("`{}` is a second entity container", other.name);
            self.diagnostics.push(
                Diagnostic::violation("container", message)
                    .at(other.element.place("Name"), "its members are not used")
                    .related(main.element.place("Name"), "the container of the service")
                    .help("a service has one container; let one extend the other"),
            );
        }
        self.merge(&chain);
    }

    /// The containers of all schemas, by qualified name.
    fn containers<'e>(
        &mut self,
        schemas: &[(&'e Element, &'e Names)],
    ) -> BTreeMap<String, Declared<'e>> {
        let mut found: BTreeMap<String, Declared<'e>> = BTreeMap::new();
        for (schema, names) in schemas {
            let Some(namespace) = schema.value("Namespace") else { continue };
            for element in schema.children("EntityContainer") {
                let Some(name) = self.name(element) else { continue };
                let name = QualifiedName { namespace: namespace.to_owned(), name };
                let extends = element.value("Extends").map(|one| names.full(one.trim()));
                let order = found.len();
                let full = name.to_string();
                if let Some(first) = found.get(&full) {
                    let message = format!("the container `{full}` is declared twice");
                    self.duplicate(&message, element, first.element);
                    continue;
                }
                found.insert(full, Declared { name, extends, order, element, names });
            }
        }
        for one in found.values() {
            let Some(base) = one.extends.as_ref().filter(|base| !found.contains_key(*base)) else {
                continue;
            };
            let message = format!("cannot find the container `{base}`");
            self.dangling(
                Diagnostic::error("unresolved-container", message),
                one.element.place("Extends"),
                "not declared in any document",
                "its members are missing",
                "add the document that declares it, or correct the name",
            );
        }
        found
    }

    /// Makes one container of a chain that goes from the container of the service to the root.
    fn merge(&mut self, chain: &[&Declared<'_>]) {
        const MEMBERS: &[&str] = &["EntitySet", "Singleton", "ActionImport", "FunctionImport"];
        let Some(main) = chain.first() else { return };
        let members = chain
            .iter()
            .rev()
            .flat_map(|one| &one.element.children)
            .filter(|one| MEMBERS.contains(&one.name.as_str()));
        let members = self.distinct(&format!("the container `{}`", main.name), members);
        let is_kept = |child: &Element| members.iter().any(|one| std::ptr::eq(*one, child));
        let mut container = Container {
            name: main.name.clone(),
            extends: chain.iter().skip(1).map(|one| one.name.clone()).collect(),
            entity_sets: Vec::new(),
            singletons: Vec::new(),
            imports: Vec::new(),
            annotations: self.inline_annotations(main.element, main.names),
            span: main.element.place("Name"),
        };
        for one in chain.iter().rev() {
            for child in one.element.children.iter().filter(|child| is_kept(child)) {
                self.container_member(&mut container, child, one.names);
            }
        }
        self.model.container = Some(container);
    }

    fn container_member(&mut self, container: &mut Container, child: &Element, names: &Names) {
        let in_service_document = child.flag("IncludeInServiceDocument");
        match child.name.as_str() {
            "EntitySet" => {
                let Some(name) = self.name(child) else { return };
                let Some(entity) = self.required(child, "EntityType") else { return };
                let place = child.place("EntityType");
                let Some(entity_type) = self.entity_named(names, &entity, place) else {
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
                let Some(entity_type) = self.entity_named(names, &entity, place) else {
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
                let operations = self.imported(child, &attribute, &operation);
                if operations.is_empty() {
                    return;
                }
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

    /// The entity type of an entity set or a singleton.
    fn entity_named(&mut self, names: &Names, name: &str, place: Span) -> Option<StructuredTypeId> {
        let id = self.structured_named(names, name, place, LEFT_OUT)?;
        let declared = self.model.structured(id);
        if declared.kind == StructuredKind::Entity {
            return Some(id);
        }
        let label = format!("`{}` is a complex type", declared.name);
        let message = "sets and singletons need an entity type";
        let diagnostic = Diagnostic::error("wrong-type-kind", message);
        self.dangling(diagnostic, place, &label, LEFT_OUT, "name an entity type");
        None
    }

    /// The unbound overloads that an import offers; `None` if it cannot be offered.
    fn imported(&mut self, element: &Element, attribute: &str, full: &str) -> Vec<OperationId> {
        let kind =
            if attribute == "Action" { OperationKind::Action } else { OperationKind::Function };
        let named: Vec<OperationId> = self
            .model
            .operations
            .iter()
            .enumerate()
            .filter(|(_, one)| one.kind == kind && one.name.to_string() == full)
            .map(|(at, _)| OperationId(u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        let unbound: Vec<OperationId> =
            named.iter().copied().filter(|id| !self.model.operation(*id).is_bound).collect();
        let place = element.place(attribute);
        let what = attribute.to_ascii_lowercase();
        if named.is_empty() {
            let message = format!("cannot find the {what} `{full}`");
            let diagnostic = Diagnostic::error("unresolved-operation", message);
            let help = format!("declare the {what}, or correct the name");
            self.dangling(diagnostic, place, "not declared in any document", LEFT_OUT, &help);
        } else if unbound.is_empty() {
            let message = format!("the {what} `{full}` is bound and cannot be imported");
            self.diagnostics.push(
                Diagnostic::violation("operation-binding", message)
                    .at(place, "it is called on its binding parameter; the import is left out")
                    .help("remove the import, or declare an unbound overload"),
            );
        }
        unbound
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
