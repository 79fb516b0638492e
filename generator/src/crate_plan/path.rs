//! A path type, which has the requests on a resource: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{self, Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Example, ItemPath, Kind, Method, Type};

/// The requests on an entity, a collection of entities, or a complex value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The name.
    pub name: String,
    /// The qualified wire name of the structured type.
    pub wire_name: String,
    /// The struct whose constants name what can be queried.
    pub object: ItemPath,
    /// What a path of this type refers to.
    pub cardinality: Cardinality,
    /// The documentation.
    pub docs: Docs,
    /// The most common call.
    pub example: Option<Example>,
    /// The methods.
    pub methods: Vec<Method>,
}

/// What a [`Path`] refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// One entity.
    Entity,
    /// One entity that is a stream of bytes as well.
    MediaEntity,
    /// One complex value, which is part of an entity and no resource that can be referred to.
    Complex,
    /// A collection.
    Collection,
}

impl Described for Path {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(self.cardinality.kind())
    }

    fn arguments(&self) -> Vec<Type> {
        vec![Type::Generated(self.object.clone())]
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        self.methods.iter().for_each(|one| api::method(to, owner, one));
    }
}
