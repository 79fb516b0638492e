//! The entity container: what the service offers at its root.

use super::{Annotations, OperationId, QualifiedName, StructuredTypeId};
use crate::input::source::Span;

/// The entity container (CSDL 4.01, section 13).
#[derive(Clone, Debug)]
pub struct Container {
    /// The qualified name.
    pub name: QualifiedName,
    /// The containers that it extends, whose members are among its own.
    pub extends: Vec<QualifiedName>,
    /// The entity sets, in document order.
    pub entity_sets: Vec<EntitySet>,
    /// The singletons, in document order.
    pub singletons: Vec<Singleton>,
    /// The action imports and function imports, in document order.
    pub imports: Vec<OperationImport>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// An entity set.
#[derive(Clone, Debug)]
pub struct EntitySet {
    /// The name.
    pub name: String,
    /// The declared type of its entities.
    pub entity_type: StructuredTypeId,
    /// Whether the service document lists it.
    pub in_service_document: bool,
    /// The targets of the navigation properties of its entities.
    pub bindings: Vec<NavigationBinding>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A singleton.
#[derive(Clone, Debug)]
pub struct Singleton {
    /// The name.
    pub name: String,
    /// The declared type.
    pub entity_type: StructuredTypeId,
    /// The targets of the navigation properties.
    pub bindings: Vec<NavigationBinding>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A navigation property binding. Type casts within the paths are qualified names, aliases
/// already replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationBinding {
    /// The path from the entity to the navigation property.
    pub path: Vec<String>,
    /// The entity set or singleton, or the path below it, where the targets live.
    pub target: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// An action import or a function import.
#[derive(Clone, Debug)]
pub struct OperationImport {
    /// The name.
    pub name: String,
    /// The unbound overloads it offers.
    pub operations: Vec<OperationId>,
    /// The entity set to which the result belongs.
    pub entity_set: Option<Vec<String>>,
    /// Whether the service document lists it.
    pub in_service_document: bool,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}
