//! Terms, and annotations against their terms (CSDL 4.01, section 14).

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edm::{Annotations, Expression, ItemType, Model, Primitive, QualifiedName, Term};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let terms: BTreeMap<&QualifiedName, &Term> =
        model.terms.iter().map(|term| (&term.name, term)).collect();
    for term in &model.terms {
        base(model, &terms, term, diagnostics);
    }
    let mut check = Check {
        terms,
        namespaces: model.schemas.iter().map(|one| one.namespace.as_str()).collect(),
        included: model.included.iter().map(String::as_str).collect(),
        model,
        unknown: BTreeSet::new(),
        diagnostics,
    };
    each(model, &mut |element, annotations| check.element(element, annotations));
}

/// A base term must be there, and terms must not be based on themselves.
fn base(
    model: &Model,
    terms: &BTreeMap<&QualifiedName, &Term>,
    term: &Term,
    diagnostics: &mut Diagnostics,
) {
    let mut at = term;
    let mut steps = 0;
    while let Some(name) = &at.base {
        let Some(next) = terms.get(name) else {
            let known = model.schemas.iter().any(|one| one.namespace == name.namespace);
            if steps == 0 && known {
                let message = format!("cannot find the base term `{name}`");
                diagnostics.push(
                    Diagnostic::error("unresolved-term", message)
                        .at(term.span, "is based on it")
                        .help("declare the term, or correct `BaseTerm`"),
                );
            }
            return;
        };
        steps += 1;
        if next.name == term.name {
            let message = format!("the term `{}` is based on itself", term.name);
            diagnostics.push(
                Diagnostic::error("cyclic-inheritance", message)
                    .at(term.span, "this term is among its own bases")
                    .help("remove or correct a `BaseTerm`"),
            );
            return;
        }
        if steps > terms.len() {
            return;
        }
        at = next;
    }
}

struct Check<'m, 'd> {
    model: &'m Model,
    terms: BTreeMap<&'m QualifiedName, &'m Term>,
    namespaces: BTreeSet<&'m str>,
    included: BTreeSet<&'m str>,
    /// The unknown terms that were reported; once is enough.
    unknown: BTreeSet<&'m str>,
    diagnostics: &'d mut Diagnostics,
}

impl<'m> Check<'m, '_> {
    fn element(&mut self, element: &str, annotations: &'m Annotations) {
        let mut seen = BTreeMap::new();
        for annotation in &annotations.0 {
            let key = (annotation.term.as_str(), annotation.qualifier.as_deref());
            if let Some(first) = seen.insert(key, annotation.span) {
                let message = format!("the term `{}` is applied twice", annotation.term);
                self.diagnostics.push(
                    Diagnostic::violation("duplicate-annotation", message)
                        .at(annotation.span, "not used")
                        .related(first, "this one is used")
                        .help("remove one of them, or give it a qualifier"),
                );
            }
            self.term(element, annotation);
            self.element("Annotation", &annotation.annotations);
        }
    }

    fn term(&mut self, element: &str, annotation: &'m crate::edm::Annotation) {
        let Some(name) = QualifiedName::parse(&annotation.term) else { return };
        let Some(term) = self.terms.get(&name).copied() else {
            let namespace = name.namespace.as_str();
            let declared = self.namespaces.contains(namespace);
            let passed = self.included.contains(namespace) || namespace.starts_with("Org.OData.");
            if (declared || !passed) && self.unknown.insert(&annotation.term) {
                let message = format!("cannot find the term `{name}`");
                let diagnostic = if declared {
                    Diagnostic::violation("unresolved-term", message)
                } else {
                    Diagnostic::warning("unresolved-term", message)
                };
                self.diagnostics.push(
                    diagnostic
                        .at(annotation.span, "not declared in any document")
                        .help("correct the name, or refer to the document that declares it"),
                );
            }
            return;
        };
        if !term.applies_to.is_empty() && !applies(&term.applies_to, element) {
            let message = format!("the term `{name}` does not apply to `{element}`");
            self.diagnostics.push(
                Diagnostic::violation("applies-to", message)
                    .at(annotation.span, "applied here")
                    .related(term.span, format!("applies to {}", term.applies_to.join(", ")))
                    .help("move or remove the annotation"),
            );
        }
        if !self.fits(term, &annotation.value) {
            let message = format!("the value is none of the term `{name}`");
            self.diagnostics.push(
                Diagnostic::violation("annotation-type", message)
                    .at(annotation.span, "a value of another type")
                    .related(term.span, "the term")
                    .help("write a value of the type that the term has"),
            );
        }
    }

    /// Whether a constant can be a value of a term. Of paths and functions nothing is said.
    fn fits(&self, term: &Term, value: &Expression) -> bool {
        use Expression as E;
        let collection = term.value.collection;
        let item = match term.value.item {
            ItemType::Definition(id) => ItemType::Primitive(self.model.definition(id).underlying),
            other => other,
        };
        match value {
            E::Collection(_) => collection || item == ItemType::Untyped,
            E::Record(_) => {
                !collection
                    && !matches!(
                        item,
                        ItemType::Primitive(_) | ItemType::Enum(_) | ItemType::Path(_)
                    )
            }
            E::Bool(_) => {
                !matches!(
                    item,
                    ItemType::Primitive(Primitive::String | Primitive::Int32 | Primitive::Int64)
                        | ItemType::Path(_)
                ) || term.default.is_some()
            }
            E::Int(_) => !matches!(
                item,
                ItemType::Primitive(Primitive::String | Primitive::Boolean)
                    | ItemType::Structured(_)
                    | ItemType::Path(_)
            ),
            E::String(_) => !matches!(
                item,
                ItemType::Primitive(
                    Primitive::Boolean | Primitive::Int16 | Primitive::Int32 | Primitive::Int64
                ) | ItemType::Structured(_)
            ),
            _ => true,
        }
    }
}

/// Whether a list of kinds names one. Kinds that CSDL does not know, as real vocabularies have
/// them, leave the question open.
fn applies(list: &[String], element: &str) -> bool {
    list.iter().any(|one| one == element)
        || list.iter().any(|one| one.contains(['.', '(', ')']))
        || (element == "EntitySet" || element == "Property" || element == "Parameter")
            && list.iter().any(|one| one == "Collection")
        || element == "ReturnType" && list.iter().any(|one| one == "Collection")
        || element == "NavigationProperty" && list.iter().any(|one| one == "Collection")
}

/// Visits every element that has annotations, with the name of its kind.
fn each<'m>(model: &'m Model, visit: &mut impl FnMut(&'static str, &'m Annotations)) {
    for one in &model.schemas {
        visit("Schema", &one.annotations);
    }
    for one in &model.structured_types {
        let kind = match one.kind {
            crate::edm::StructuredKind::Entity => "EntityType",
            crate::edm::StructuredKind::Complex => "ComplexType",
        };
        visit(kind, &one.annotations);
        one.properties.iter().for_each(|one| visit("Property", &one.annotations));
        let navigations = one.navigation_properties.iter();
        navigations.for_each(|one| visit("NavigationProperty", &one.annotations));
    }
    for one in &model.enum_types {
        visit("EnumType", &one.annotations);
        one.members.iter().for_each(|one| visit("Member", &one.annotations));
    }
    for one in &model.type_definitions {
        visit("TypeDefinition", &one.annotations);
    }
    for one in &model.operations {
        let kind = match one.kind {
            crate::edm::OperationKind::Action => "Action",
            crate::edm::OperationKind::Function => "Function",
        };
        visit(kind, &one.annotations);
        one.parameters.iter().for_each(|one| visit("Parameter", &one.annotations));
        one.return_type.iter().for_each(|one| visit("ReturnType", &one.annotations));
    }
    for one in &model.terms {
        visit("Term", &one.annotations);
    }
    if let Some(one) = &model.container {
        visit("EntityContainer", &one.annotations);
        one.entity_sets.iter().for_each(|one| visit("EntitySet", &one.annotations));
        one.singletons.iter().for_each(|one| visit("Singleton", &one.annotations));
        for import in &one.imports {
            let kind = import.operations.first().map(|id| model.operation(*id).kind);
            let is_action = kind == Some(crate::edm::OperationKind::Action);
            visit(if is_action { "ActionImport" } else { "FunctionImport" }, &import.annotations);
        }
    }
}
