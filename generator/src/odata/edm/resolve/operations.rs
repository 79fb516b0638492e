//! Actions and functions.

use super::Resolver;
use super::names::Names;
use super::types::ANY;
use crate::input::diagnostic::Diagnostic;
use crate::odata::csdl::Element;
use crate::odata::edm::{
    Facets, ItemType, Operation, OperationKind, Parameter, QualifiedName, ReturnType, TypeRef,
};

/// The label for an operation that is bound to an unknown type.
const UNREACHED: &str = "no path has the operation";

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
            let is_bound = element.flag("IsBound").unwrap_or(false);
            if is_bound && element.children("Parameter").next().is_none() {
                self.bound_to_nothing(element, &name);
                continue;
            }
            let parameters = self.parameters(element, names, is_bound, &name);
            let return_type = match element.children("ReturnType").next() {
                Some(child) => self.type_ref(child, names, ANY).map(|value| {
                    let annotations = self.inline_annotations(child, names);
                    ReturnType { value, annotations, span: child.span }
                }),
                None => (kind == OperationKind::Function).then(|| any_value(element)),
            };
            let annotations = self.inline_annotations(element, names);
            self.model.operations.push(Operation {
                name,
                kind,
                is_bound,
                is_composable: element.flag("IsComposable").unwrap_or(false),
                entity_set_path: element.value("EntitySetPath").map(|path| names.path(path)),
                parameters,
                return_type,
                annotations,
                span: element.place("Name"),
            });
        }
    }

    /// The parameters of an operation. A call never names the binding parameter, so another one may have
    /// its name.
    fn parameters(
        &mut self,
        element: &Element,
        names: &Names,
        is_bound: bool,
        operation: &QualifiedName,
    ) -> Vec<Parameter> {
        let mut declared = element.children("Parameter");
        let binding = if is_bound { declared.next() } else { None };
        let others = self.distinct(&format!("`{operation}`"), declared);
        let meets =
            |one: &&&Element| one.value("Name") == binding.and_then(|one| one.value("Name"));
        if let (Some(binding), Some(other)) = (binding, others.iter().find(meets)) {
            let message = format!("`{operation}` has two parameters of one name");
            self.diagnostics.push(
                Diagnostic::violation("duplicate-name", message)
                    .at(
                        other.place("Name"),
                        "kept, because a call does not name the binding parameter",
                    )
                    .related(binding.place("Name"), "the binding parameter")
                    .help("rename one of them"),
            );
        }
        let mut parameters = Vec::new();
        for child in binding.into_iter().chain(others) {
            let Some(name) = self.name(child) else { continue };
            let is_binding = binding.is_some_and(|binding| std::ptr::eq(binding, child));
            let instead = if is_binding { UNREACHED } else { ANY };
            let Some(value) = self.type_ref(child, names, instead) else { continue };
            let annotations = self.inline_annotations(child, names);
            parameters.push(Parameter { name, value, annotations, span: child.place("Name") });
        }
        parameters
    }

    fn bound_to_nothing(&mut self, element: &Element, name: &QualifiedName) {
        let message = format!("`{name}` is bound but has no parameter");
        self.diagnostics.push(
            Diagnostic::violation("operation-binding", message)
                .at(element.place("Name"), "without a binding parameter, so it is left out")
                .help("declare the binding parameter first, or remove `IsBound`"),
        );
    }
}

/// The result of a function without a return type, which was reported when the document was parsed.
fn any_value(element: &Element) -> ReturnType {
    let value = TypeRef {
        item: ItemType::Untyped,
        collection: false,
        nullable: None,
        facets: Facets::default(),
    };
    ReturnType { value, annotations: Default::default(), span: element.span }
}
