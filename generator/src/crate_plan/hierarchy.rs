//! An enum over a type and those derived from it: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, ItemPath, Kind, Type};
use std::borrow::Cow;

/// An enum over a structured type and those derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The variant of the base, which also holds derived types that the schema does not know.
    pub base: HierarchyVariant,
    /// The variants of the derived types.
    pub derived: Vec<HierarchyVariant>,
}

/// A variant of a [`Hierarchy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyVariant {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// Its other names: those of its versions, and those with the alias of a namespace, which some
    /// services write.
    pub others: Vec<String>,
    /// The struct.
    pub value: ItemPath,
}

impl HierarchyVariant {
    /// What the variant holds.
    pub fn payload(&self) -> Type {
        Type::Generated(self.value.clone()).boxed()
    }
}

impl Described for Hierarchy {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.base.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Hierarchy)
    }

    fn arguments(&self) -> Vec<Type> {
        vec![Type::Generated(self.base.value.clone())]
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        for variant in self.derived.iter().chain([&self.base]) {
            let wire = Some(variant.wire_name.as_str());
            let payload = Declared::Variant(Some(Cow::Owned(variant.payload())));
            to.line(owner, &variant.name, payload, wire, None);
        }
    }
}
