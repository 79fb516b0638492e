//! Documents become a model.
//!
//! All documents are read before any name is looked up, so they may refer to each other in any
//! order. Aliases end here: a model holds namespaces only.

mod annotations;
mod container;
mod names;
mod operations;
mod types;

use super::Model;
use crate::csdl::{Document, Element};
use crate::diagnostic::{Diagnostic, Diagnostics};
use names::Names;

/// Builds the model of some documents. What is wrong goes to `diagnostics`; if there is an error
/// among it, the model is not complete.
pub fn resolve(documents: &[Document], diagnostics: &mut Diagnostics) -> Model {
    let mut resolver = Resolver { model: Model::default(), diagnostics };
    let names: Vec<Names> = documents.iter().map(Names::new).collect();
    for (document, names) in documents.iter().zip(&names) {
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
    resolver.keys(&schemas);
    for (schema, names) in &schemas {
        resolver.operations(schema, names);
        resolver.terms(schema, names);
    }
    for (schema, names) in &schemas {
        resolver.container(schema, names);
    }
    for (schema, names) in &schemas {
        resolver.targeted_annotations(schema, names);
    }
    resolver.model
}

struct Resolver<'a> {
    model: Model,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn schema(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = self.required(schema, "Namespace") else { return };
        if namespace.split('.').any(|part| !names::is_simple_identifier(part)) {
            self.diagnostics.push(
                Diagnostic::error("bad-name", format!("`{namespace}` is no namespace"))
                    .at(schema.place("Namespace"), "expected names with dots between them"),
            );
        }
        let annotations = self.inline_annotations(schema, names);
        self.model.schemas.push(super::Schema {
            namespace,
            alias: schema.value("Alias").map(str::to_owned),
            annotations,
            span: schema.place("Namespace"),
        });
    }

    /// A required attribute.
    fn required(&mut self, element: &Element, name: &str) -> Option<String> {
        let value = element.value(name).map(str::to_owned);
        if value.is_none() {
            let message = format!("`{}` lacks the attribute `{name}`", element.name);
            self.diagnostics
                .push(Diagnostic::error("missing-attribute", message).at(element.span, "here"));
        }
        value
    }

    /// The name of an element, which must be a simple identifier.
    fn name(&mut self, element: &Element) -> Option<String> {
        let name = self.required(element, "Name")?;
        if !names::is_simple_identifier(&name) {
            let shown: String = name.chars().take(40).collect();
            self.diagnostics.push(
                Diagnostic::error("bad-name", format!("`{}` has the name {shown:?}", element.name))
                    .at(element.place("Name"), "this is no simple identifier")
                    .help("a name begins with a letter or `_`, has letters, digits and `_`, and at most 128 characters"),
            );
            return None;
        }
        Some(name)
    }

    /// Reports names that come twice in one scope.
    fn unique<'e>(&mut self, scope: &str, elements: impl Iterator<Item = &'e Element>) {
        let mut seen = std::collections::BTreeMap::new();
        for element in elements {
            let Some(name) = element.value("Name") else { continue };
            if let Some(first) = seen.insert(name, element.place("Name")) {
                self.duplicate(
                    &format!("{scope} declares `{name}` twice"),
                    element.place("Name"),
                    first,
                );
            }
        }
    }

    fn duplicate(&mut self, message: &str, again: crate::source::Span, first: crate::source::Span) {
        self.diagnostics.push(
            Diagnostic::error("duplicate-name", message)
                .at(again, "declared again here")
                .related(first, "first declared here")
                .help("rename or remove one of them"),
        );
    }
}
