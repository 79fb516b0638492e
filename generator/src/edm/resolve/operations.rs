//! Actions and functions.

use super::Resolver;
use super::names::Names;
use crate::csdl::Element;
use crate::edm::{Operation, OperationKind, Parameter, QualifiedName, ReturnType};

impl Resolver<'_> {
    pub(super) fn operations(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in &schema.children {
            let kind = match element.name.as_str() {
                "Action" => OperationKind::Action,
                "Function" => OperationKind::Function,
                _ => continue,
            };
            let Some(name) = self.name(element) else { continue };
            let name = QualifiedName { namespace: namespace.to_owned(), name };
            self.unique(&format!("`{name}`"), element.children("Parameter"));
            let mut parameters = Vec::new();
            for child in element.children("Parameter") {
                let Some(name) = self.name(child) else { continue };
                let Some(value) = self.type_ref(child, names, None) else { continue };
                let annotations = self.inline_annotations(child, names);
                parameters.push(Parameter { name, value, annotations, span: child.place("Name") });
            }
            let result = element.children("ReturnType").next();
            let return_type = result.and_then(|child| {
                let value = self.type_ref(child, names, None)?;
                let annotations = self.inline_annotations(child, names);
                Some(ReturnType { value, annotations, span: child.span })
            });
            let annotations = self.inline_annotations(element, names);
            self.model.operations.push(Operation {
                name,
                kind,
                is_bound: element.flag("IsBound").unwrap_or(false),
                is_composable: element.flag("IsComposable").unwrap_or(false),
                entity_set_path: element.value("EntitySetPath").map(|path| names.path(path)),
                parameters,
                return_type,
                annotations,
                span: element.place("Name"),
            });
        }
    }
}
