//! The Entity Data Model: what the schema documents mean, free of their format.
//!
//! Enters: resolved [`csdl`](crate::odata::csdl) documents.
//! Leaves: [`Model`], an arena of types and operations that refer to each other by number.
//! Must not know: XML or JSON, aliases, Rust.
//!
//! Every name in a model is qualified by its namespace, never by an alias, and every reference to
//! an element of the model is an id that exists.

mod access;
mod annotation;
mod container;
mod document;
pub(crate) mod facts;
mod model;
mod operation;
mod path;
mod primitive;
mod reference;
mod resolve;
pub(crate) mod service;
mod shape;
mod terms;
mod types;
mod validate;
mod versions;
mod vocabulary;

pub use annotation::{
    Annotation, Annotations, Expression, PathAnnotations, PathKind, PropertyValue, Record,
};
pub use container::{Container, EntitySet, NavigationBinding, OperationImport, Singleton};
pub use document::document;
pub use model::{
    EnumTypeId, Model, OperationId, QualifiedName, Schema, StructuredTypeId, TypeDefinitionId,
    TypeId,
};
pub use operation::{Operation, OperationKind, Parameter, ReturnType};
pub use primitive::{Primitive, Shape};
pub use reference::{Include, IncludeAnnotations, Reference};
pub use resolve::{resolve, resolve_with};
pub use shape::{Member, Members, MembersByType};
pub use types::{
    EnumMember, EnumType, Facets, ItemType, Key, KeyProperty, NavigationProperty, OnDelete,
    OnDeleteAction, Property, ReferentialConstraint, Scale, Srid, StructuredKind, StructuredType,
    Term, TypeDefinition, TypeRef,
};
pub use validate::validate;
