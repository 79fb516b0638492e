//! Documents become a model.
//!
//! All documents are read before any name is looked up, so they may refer to each other in any
//! order. Aliases end here: a model holds namespaces only.

mod annotations;
mod container;
mod declarations;
mod expressions;
mod keys;
mod names;
mod operations;
mod overloads;
mod redeclared;
mod spelling;
mod types;
mod unresolved;

use super::terms::is_standard;
use super::{Include, IncludeAnnotations, Model, Reference};
use crate::input::config::Unresolved;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::odata::csdl::{Document, Element, alias_of};
use declarations::Declarations;
use names::Names;

/// Builds the model of some documents, where what cannot be resolved is an error.
pub fn resolve(documents: &[Document], diagnostics: &mut Diagnostics) -> Model {
    resolve_with(documents, Unresolved::Error, diagnostics)
}

/// Builds the model of some documents. Findings go to `diagnostics`; if one of them is an error,
/// the model is not complete.
///
/// A broken rule with a defensible interpretation is a violation whose message names the
/// interpretation, which the model follows.
pub fn resolve_with(
    documents: &[Document],
    unresolved: Unresolved,
    diagnostics: &mut Diagnostics,
) -> Model {
    let names: Vec<Names> = documents.iter().map(Names::new).collect();
    // Constants in XML specify their kind themselves.
    let untyped = documents.iter().any(|document| document.is_json);
    let declarations = untyped.then(|| Declarations::new(documents, &names));
    let mut resolver = Resolver {
        model: Model::default(),
        is_401: false,
        declarations: declarations.as_ref(),
        documents,
        unresolved,
        diagnostics,
    };
    for (document, names) in documents.iter().zip(&names) {
        resolver.is_401 = document.is_401;
        for schema in &document.schemas {
            resolver.schema(schema, names);
            resolver.declare(schema);
        }
    }
    let pairs = documents.iter().zip(&names);
    let schemas: Vec<(&Element, &Names)> = pairs
        .flat_map(|(document, names)| document.schemas.iter().map(move |schema| (schema, names)))
        .collect();
    for (schema, names) in &schemas {
        resolver.define_types(schema, names);
    }
    resolver.check_inheritance();
    resolver.inherit();
    resolver.redeclared();
    resolver.closed_below_open(&schemas);
    resolver.keys(&schemas);
    for (schema, names) in &schemas {
        resolver.operations(schema, names);
        resolver.terms(schema, names);
    }
    resolver.overloads();
    resolver.container(&schemas);
    for (document, names) in documents.iter().zip(&names) {
        resolver.references(document, names);
    }
    for (schema, names) in &schemas {
        resolver.targeted_annotations(schema, names);
    }
    resolver.model
}

struct Resolver<'a> {
    model: Model,
    /// Whether the document that is being declared follows the rules of 4.01.
    is_401: bool,
    /// The declarations that constants without a kind need.
    declarations: Option<&'a Declarations<'a>>,
    documents: &'a [Document],
    unresolved: Unresolved,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn schema(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = self.required(schema, "Namespace") else { return };
        let place = schema.place("Namespace");
        let first = self.model.schemas.iter().find(|one| one.namespace == namespace);
        if let Some(first) = first.map(|one| one.span) {
            let message = format!("the namespace `{namespace}` spans two documents");
            self.diagnostics.push(
                Diagnostic::violation("duplicate-name", message)
                    .at(place, "declared again here")
                    .related(first, "first declared here")
                    .help("put both schemas into one document"),
            );
        }
        let annotations = self.inline_annotations(schema, names);
        self.model.schemas.push(super::Schema {
            namespace,
            is_401: self.is_401,
            alias: alias_of(schema).map(str::to_owned),
            annotations,
            span: schema.place("Namespace"),
        });
    }

    /// Keeps the references of a document, and reports included namespaces that no document
    /// declares. The standard vocabularies are built in and need not be among the documents.
    fn references(&mut self, document: &Document, names: &Names) {
        for element in &document.references {
            let reference = self.reference(element, names);
            for include in &reference.includes {
                let namespace = &include.namespace;
                if self.model.schemas.iter().any(|one| one.namespace == *namespace) {
                    continue;
                }
                self.model.included.push(namespace.clone());
                if !is_standard(namespace) {
                    let message = format!("no document declares the namespace `{namespace}`");
                    self.diagnostics.push(
                        Diagnostic::warning("unresolved-reference", message)
                            .at(include.span, "its terms and types are not known")
                            .help("add the document that this reference names"),
                    );
                }
            }
            self.model.references.push(reference);
        }
    }

    fn reference(&mut self, element: &Element, names: &Names) -> Reference {
        let text = |element: &Element, name: &str| element.value(name).map(str::to_owned);
        let include = |child: &Element| {
            Some(Include {
                namespace: text(child, "Namespace")?,
                alias: alias_of(child).map(str::to_owned),
                annotations: self.inline_annotations(child, names),
                span: child.place("Namespace"),
            })
        };
        let includes = element.children("Include").filter_map(include).collect();
        let include_annotations = element.children("IncludeAnnotations").filter_map(|child| {
            Some(IncludeAnnotations {
                term_namespace: text(child, "TermNamespace")?,
                qualifier: text(child, "Qualifier"),
                target_namespace: text(child, "TargetNamespace"),
                span: child.span,
            })
        });
        Reference {
            uri: text(element, "Uri").unwrap_or_default(),
            includes,
            include_annotations: include_annotations.collect(),
            annotations: self.inline_annotations(element, names),
            span: element.span,
        }
    }

    /// A required attribute. Its presence was checked when the document was read.
    fn required(&self, element: &Element, name: &str) -> Option<String> {
        element.value(name).map(str::to_owned)
    }
}
