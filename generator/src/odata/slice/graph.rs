//! The service as a graph: resources, and the path segments that lead from one to the next.

use crate::odata::edm::{
    ItemType, Model, OperationId, OperationKind, QualifiedName, StructuredKind, StructuredTypeId,
    TypeRef,
};
use std::collections::BTreeMap;

/// Where a path has led.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The service root.
    Root,
    /// An object or a collection of objects of a structured type.
    Resource {
        /// The declared type.
        object: StructuredTypeId,
        /// Whether it is a collection.
        collection: bool,
    },
    /// A value behind which no path leads on.
    Value,
}

/// One segment of a path, and where it leads.
#[derive(Clone, Debug)]
pub(super) struct Edge<'model> {
    pub(super) label: Label<'model>,
    pub(super) trace: Trace<'model>,
    pub(super) to: Node,
}

/// What a path writes for a segment.
#[derive(Clone, Debug)]
pub(super) enum Label<'model> {
    /// A key.
    Key,
    /// The name of a property or of a member of the container.
    Name(&'model str),
    /// The name of a type or an operation, with its namespace or, for an operation, without.
    Qualified(&'model QualifiedName),
}

/// What of the model a segment makes use of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trace<'model> {
    /// Nothing that could be cut.
    Nothing,
    /// A member of the container.
    Member(&'model str),
    /// A navigation property of its declaring type.
    Navigation(StructuredTypeId, &'model str),
    /// An overload of an operation.
    Operation(OperationId),
}

/// The graph of one model.
pub(super) struct Graph<'model> {
    pub(super) model: &'model Model,
    pub(super) descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    bound: BTreeMap<(StructuredTypeId, bool), Vec<OperationId>>,
}

impl<'model> Graph<'model> {
    pub(super) fn new(model: &'model Model) -> Self {
        Self { model, descendants: model.descendants(), bound: model.bound_operations() }
    }

    /// The segments that may follow a node.
    pub(super) fn edges(&self, node: Node) -> Vec<Edge<'model>> {
        match node {
            Node::Root => self.members(),
            Node::Resource { object, collection } => self.segments(object, collection),
            Node::Value => Vec::new(),
        }
    }

    fn members(&self) -> Vec<Edge<'model>> {
        let Some(container) = &self.model.container else { return Vec::new() };
        let member = |name: &'model str, to| Edge {
            label: Label::Name(name),
            trace: Trace::Member(name),
            to,
        };
        let resource = |object, collection| Node::Resource { object, collection };
        let mut edges: Vec<Edge<'model>> = Vec::new();
        edges.extend(
            container
                .entity_sets
                .iter()
                .map(|set| member(&set.name, resource(set.entity_type, true))),
        );
        edges.extend(
            container
                .singletons
                .iter()
                .map(|one| member(&one.name, resource(one.entity_type, false))),
        );
        for import in &container.imports {
            for operation in &import.operations {
                edges.push(member(&import.name, self.result(*operation)));
            }
        }
        edges
    }

    fn segments(&self, object: StructuredTypeId, collection: bool) -> Vec<Edge<'model>> {
        let mut edges = Vec::new();
        let bases = self.model.bases(object);
        if collection {
            if self.model.structured(object).kind == StructuredKind::Entity {
                let to = Node::Resource { object, collection: false };
                edges.push(Edge { label: Label::Key, trace: Trace::Nothing, to });
            }
        } else {
            for base in bases.iter().rev() {
                self.properties(*base, &mut edges);
            }
        }
        for base in &bases {
            for operation in self.bound.get(&(*base, collection)).into_iter().flatten() {
                edges.push(Edge {
                    label: Label::Qualified(&self.model.operation(*operation).name),
                    trace: Trace::Operation(*operation),
                    to: self.result(*operation),
                });
            }
        }
        for derived in &self.descendants[&object] {
            edges.push(Edge {
                label: Label::Qualified(&self.model.structured(*derived).name),
                trace: Trace::Nothing,
                to: Node::Resource { object: *derived, collection },
            });
        }
        edges
    }

    /// The properties that a type itself declares.
    fn properties(&self, owner: StructuredTypeId, edges: &mut Vec<Edge<'model>>) {
        let declared = self.model.structured(owner);
        for navigation in &declared.navigation_properties {
            let collection = navigation.collection;
            edges.push(Edge {
                label: Label::Name(&navigation.name),
                trace: Trace::Navigation(owner, &navigation.name),
                to: navigation
                    .target
                    .map_or(Node::Value, |object| Node::Resource { object, collection }),
            });
        }
        for property in &declared.properties {
            edges.push(Edge {
                label: Label::Name(&property.name),
                trace: Trace::Nothing,
                to: resource(&property.value),
            });
        }
    }

    /// Where a call leads: only the result of a composable function can be followed.
    fn result(&self, operation: OperationId) -> Node {
        let operation = self.model.operation(operation);
        let follows = operation.kind == OperationKind::Function && operation.is_composable;
        match &operation.return_type {
            Some(returned) if follows => resource(&returned.value),
            _ => Node::Value,
        }
    }
}

fn resource(value: &TypeRef) -> Node {
    match value.item {
        ItemType::Structured(object) => Node::Resource { object, collection: value.collection },
        _ => Node::Value,
    }
}
