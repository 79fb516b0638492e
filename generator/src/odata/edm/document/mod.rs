//! A model as a document again.
//!
//! Enters: a [`Model`]. Leaves: a [`Document`] that resolves to the same model: one schema for each
//! namespace, all annotations inline except for those that belong to paths, all names qualified by their namespaces.
//! Must not know: XML or JSON.

mod annotations;
mod container;
mod references;
mod types;

use super::{Annotations, Model, Operation, OperationKind, QualifiedName, Schema, Term, TypeId};
use crate::input::source::Span;
use crate::odata::csdl::{Attribute, Document, Element};

/// The document of a model.
pub fn document(model: &Model) -> Document {
    let mut schemas: Vec<&Schema> = model.schemas.iter().collect();
    schemas.dedup_by(|a, b| a.namespace == b.namespace);
    let mut seen = std::collections::BTreeSet::new();
    schemas.retain(|schema| seen.insert(&schema.namespace));
    let schemas = schemas.into_iter().map(|schema| element_of(model, schema)).collect();
    let is_401 = model.schemas.iter().any(|schema| schema.is_401);
    Document { is_401, is_json: false, schemas, references: references::references(model) }
}

fn element_of(model: &Model, schema: &Schema) -> Element {
    let mut element = Build::new("Schema", schema.span)
        .with("Namespace", &schema.namespace)
        .maybe("Alias", schema.alias.as_deref());
    let here = |name: &QualifiedName| name.namespace == schema.namespace;
    // Types are in the order of the arena, which is that of the documents.
    let mut ids: Vec<TypeId> =
        model.types_by_name.iter().filter(|(name, _)| here(name)).map(|(_, id)| *id).collect();
    ids.sort_by_key(|id| match id {
        TypeId::Enum(id) => model.enum_type(*id).span,
        TypeId::Definition(id) => model.definition(*id).span,
        TypeId::Structured(id) => model.structured(*id).span,
    });
    for id in ids {
        element = element.child(match id {
            TypeId::Structured(id) => types::structured(model, model.structured(id)),
            TypeId::Enum(id) => types::enumeration(model.enum_type(id)),
            TypeId::Definition(id) => types::definition(model.definition(id)),
        });
    }
    for one in model.operations.iter().filter(|one| here(&one.name)) {
        element = element.child(operation(model, one));
    }
    for one in model.terms.iter().filter(|one| here(&one.name)) {
        element = element.child(term(model, one));
    }
    if let Some(found) = model.container.as_ref().filter(|found| here(&found.name)) {
        element = element.child(container::container(model, found));
    }
    for one in model.path_annotations.iter().filter(|one| one.namespace == schema.namespace) {
        let block = Build::new("Annotations", one.span).with("Target", one.target.join("/"));
        element = element.child(block.annotated(&one.annotations).0);
    }
    element.annotated(&schema.annotations).0
}

fn operation(model: &Model, operation: &Operation) -> Element {
    let name = match operation.kind {
        OperationKind::Action => "Action",
        OperationKind::Function => "Function",
    };
    let mut element = Build::new(name, operation.span)
        .with("Name", &operation.name.name)
        .flag("IsBound", operation.is_bound)
        .flag("IsComposable", operation.is_composable)
        .maybe("EntitySetPath", operation.entity_set_path.as_ref().map(|path| path.join("/")));
    for parameter in &operation.parameters {
        let child = Build::new("Parameter", parameter.span).with("Name", &parameter.name);
        let child = child.typed(model, &parameter.value);
        element = element.child(child.annotated(&parameter.annotations).0);
    }
    if let Some(returned) = &operation.return_type {
        let child = Build::new("ReturnType", returned.span).typed(model, &returned.value);
        element = element.child(child.annotated(&returned.annotations).0);
    }
    element.annotated(&operation.annotations).0
}

fn term(model: &Model, term: &Term) -> Element {
    Build::new("Term", term.span)
        .with("Name", &term.name.name)
        .typed(model, &term.value)
        .maybe("BaseTerm", term.base.as_ref().map(ToString::to_string))
        .maybe("DefaultValue", term.default.as_deref())
        .maybe("AppliesTo", Some(term.applies_to.join(" ")).filter(|list| !list.is_empty()))
        .annotated(&term.annotations)
        .0
}

/// An element that is being built. Its place is that of the model element.
struct Build(Element);

impl Build {
    fn new(name: &str, span: Span) -> Self {
        Self(Element {
            name: name.to_owned(),
            packaging: false,
            attributes: Vec::new(),
            children: Vec::new(),
            text: String::new(),
            span,
        })
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let span = self.0.span;
        self.0.attributes.push(Attribute { name: name.to_owned(), value: value.into(), span });
        self
    }

    fn maybe(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn flag(self, name: &str, value: bool) -> Self {
        self.maybe(name, value.then_some("true"))
    }

    fn child(mut self, child: Element) -> Self {
        self.0.children.push(child);
        self
    }

    fn annotated(mut self, annotations: &Annotations) -> Self {
        self.0.children.extend(annotations.0.iter().map(annotations::annotation));
        self
    }
}
