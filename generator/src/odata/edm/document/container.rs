//! The entity container.

use super::Build;
use crate::odata::csdl::Element;
use crate::odata::edm::{Container, Model, NavigationBinding, OperationKind};

pub(super) fn container(model: &Model, container: &Container) -> Element {
    let mut element =
        Build::new("EntityContainer", container.span).with("Name", &container.name.name);
    let type_name = |id| model.structured(id).name.to_string();
    for set in &container.entity_sets {
        let child = Build::new("EntitySet", set.span)
            .with("Name", &set.name)
            .with("EntityType", type_name(set.entity_type))
            .maybe("IncludeInServiceDocument", (!set.in_service_document).then_some("false"));
        element = element.child(child.bound(&set.bindings).annotated(&set.annotations).0);
    }
    for singleton in &container.singletons {
        let child = Build::new("Singleton", singleton.span)
            .with("Name", &singleton.name)
            .with("Type", type_name(singleton.entity_type));
        element =
            element.child(child.bound(&singleton.bindings).annotated(&singleton.annotations).0);
    }
    for import in &container.imports {
        let Some(operation) = import.operations.first().map(|id| model.operation(*id)) else {
            continue;
        };
        let (name, attribute) = match operation.kind {
            OperationKind::Action => ("ActionImport", "Action"),
            OperationKind::Function => ("FunctionImport", "Function"),
        };
        let child = Build::new(name, import.span)
            .with("Name", &import.name)
            .with(attribute, operation.name.to_string())
            .maybe("EntitySet", import.entity_set.as_ref().map(|path| path.join("/")))
            .flag("IncludeInServiceDocument", import.in_service_document);
        element = element.child(child.annotated(&import.annotations).0);
    }
    element.annotated(&container.annotations).0
}

impl Build {
    fn bound(mut self, bindings: &[NavigationBinding]) -> Self {
        for binding in bindings {
            let child = Build::new("NavigationPropertyBinding", binding.span)
                .with("Path", binding.path.join("/"))
                .with("Target", binding.target.join("/"));
            self = self.child(child.0);
        }
        self
    }
}
