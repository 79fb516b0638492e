//! A struct for the values of a type of the schema: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::{Described, of_item};
use super::{Docs, ItemPath, Kind, Named, Type, signature};
use std::borrow::Cow;
use std::sync::Arc;

/// A struct for an entity type or a complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The structs of the bases, the nearest first.
    pub bases: Vec<ItemPath>,
    /// The names of the type and of what is derived from it, if it has derived types.
    pub lineage: Option<Lineage>,
    /// The enum over the type and those derived from it.
    pub any: Option<ItemPath>,
    /// The fields, inherited ones first.
    pub fields: Vec<Field>,
    /// The name of the field that holds what the schema does not declare.
    pub additional: String,
}

/// The names of a type, and the types that are derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The qualified wire name, the same with the alias of the namespace, and the names of derived
    /// types whose structs are not generated.
    pub names: Vec<String>,
    /// The types that have it as their nearest generated base.
    pub derived: Vec<Heir>,
}

/// A derived type in a [`Lineage`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heir {
    /// A struct with a lineage of its own.
    Base(ItemPath),
    /// The names of a type without derived types.
    Last(Vec<String>),
}

/// A field of a [`Struct`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Arc<Docs>,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The type, which is an `Option`.
    pub value: Type,
    /// The constant that represents the member in queries, unless there are no queries or its wire
    /// name cannot be written in one.
    pub constant: Option<Constant>,
}

/// A constant that represents a property in queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The name.
    pub name: String,
    /// The type: [`Type::Property`] or [`Type::Navigation`].
    pub value: Type,
}

impl Field {
    /// The type within `Option`.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Option(inner) => inner,
            other => other,
        }
    }
}

impl Constant {
    /// The type of the property's values.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Property(inner) | Type::Navigation(inner) => inner,
            other => other,
        }
    }
}

impl Described for Struct {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(if self.any.is_some() { Kind::Base } else { Kind::Structured })
    }

    fn arguments(&self) -> Vec<Type> {
        self.any.iter().cloned().map(Type::Generated).collect()
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for field in &self.fields {
            let (wire, deprecated) =
                (Some(field.wire_name.as_str()), field.docs.deprecated.as_ref());
            let declared = Declared::Field(Cow::Borrowed(&field.value));
            to.line(owner, &field.name, declared, wire, deprecated);
            if let Some(constant) = &field.constant {
                let declared = Declared::Constant(Cow::Borrowed(&constant.value));
                to.line(owner, &constant.name, declared, wire, deprecated);
            }
        }
        to.plain(owner, &self.additional, Declared::Field(Cow::Owned(signature::additional())));
        if self.lineage.is_some() {
            let inherits = Named::runtime(&["codegen", "Inherits"]);
            to.plain(owner, "", Declared::Implementation(Cow::Owned(inherits)));
        }
        for base in &self.bases {
            let derived_from = Named::runtime(&["query", "DerivedFrom"]);
            to.plain(owner, "", of_item(derived_from, base));
        }
    }
}
