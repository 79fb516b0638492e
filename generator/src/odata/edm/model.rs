//! The arena and its ids.

use super::{
    Annotations, Container, EnumType, Operation, PathAnnotations, Reference, StructuredType, Term,
    TypeDefinition,
};
use crate::input::source::Span;
use std::collections::BTreeMap;

/// The number of a [`StructuredType`] in its [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StructuredTypeId(pub u32);

/// The number of an [`EnumType`] in its [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumTypeId(pub u32);

/// The number of a [`TypeDefinition`] in its [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeDefinitionId(pub u32);

/// The number of an [`Operation`] in its [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// A named type of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TypeId {
    /// An entity type or a complex type.
    Structured(StructuredTypeId),
    /// An enumeration type.
    Enum(EnumTypeId),
    /// A type definition.
    Definition(TypeDefinitionId),
}

/// A name with its namespace, both as the schema spells them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace, never an alias.
    pub namespace: String,
    /// The simple name.
    pub name: String,
}

/// One schema: a namespace and its annotations.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The namespace.
    pub namespace: String,
    /// Whether its document follows the rules of 4.01 rather than those of 4.0.
    pub is_401: bool,
    /// The alias that the document assigns to it; the model itself never uses it.
    pub alias: Option<String>,
    /// Annotations on the schema itself.
    pub annotations: Annotations,
    /// Where the schema begins.
    pub span: Span,
}

/// All schemas of the inputs, resolved.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The schemas, in the order of the documents.
    pub schemas: Vec<Schema>,
    /// Entity types and complex types.
    pub structured_types: Vec<StructuredType>,
    /// Enumeration types.
    pub enum_types: Vec<EnumType>,
    /// Type definitions.
    pub type_definitions: Vec<TypeDefinition>,
    /// Actions and functions, one for each overload.
    pub operations: Vec<Operation>,
    /// Terms.
    pub terms: Vec<Term>,
    /// The entity container, with what it extends merged in.
    pub container: Option<Container>,
    /// Annotations that belong to no element but to a path.
    pub path_annotations: Vec<PathAnnotations>,
    /// The targets of annotations that do not exist, as the documents spell them, with their places.
    pub dangling_targets: Vec<(String, Span)>,
    /// What the documents refer to, in their order.
    pub references: Vec<Reference>,
    /// The namespaces that documents include and no document declares.
    pub included: Vec<String>,
    /// Named types by qualified name.
    pub types_by_name: BTreeMap<QualifiedName, TypeId>,
    /// Structured types by the names of their later versions.
    pub versions: BTreeMap<QualifiedName, StructuredTypeId>,
}
