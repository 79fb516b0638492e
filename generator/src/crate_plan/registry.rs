//! The types and actions of a crate, by name.

use super::Type;

/// The types and actions of a crate, by which JSON is decoded when the name is known only at run
/// time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// The aliases of namespaces, each with its namespace.
    pub aliases: Vec<(String, String)>,
    /// The entries, in parts; each part is a file.
    pub tables: Vec<RegistryTable>,
}

/// A part of a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryTable {
    /// The module.
    pub name: String,
    /// The types, by name.
    pub types: Vec<TypeEntry>,
    /// The actions, by name and by what they are bound to.
    pub actions: Vec<ActionEntry>,
}

/// A type in a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeEntry {
    /// The qualified wire name.
    pub wire_name: String,
    /// What the type is.
    pub kind: TypeKind,
    /// The type that values are decoded as.
    pub value: Type,
    /// The members for which the update of the type has setters, if there is an update.
    pub changes: Option<SetMembers>,
}

/// What a [`TypeEntry`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum TypeKind {
    Entity,
    Complex,
    Enumeration,
    /// A type definition, which is a primitive type with another name.
    Primitive,
}

/// The members that an update has setters for, by wire name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetMembers {
    /// All declared members.
    pub members: Vec<String>,
    /// Members with a single value that is never null; collections are never null.
    pub never_null: Vec<String>,
}

/// An action in a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionEntry {
    /// The qualified wire name.
    pub wire_name: String,
    /// What it is bound to, if it is bound.
    pub binding: Option<Binding>,
    /// The parameters.
    pub parameters: Vec<ParameterEntry>,
}

/// What an action is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding {
    /// The qualified wire name of the type.
    pub wire_name: String,
    /// Whether it is bound to collections of the type.
    pub collection: bool,
}

/// A parameter of an [`ActionEntry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterEntry {
    /// The wire name.
    pub wire_name: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// The type that its values are decoded as.
    pub value: Type,
}
