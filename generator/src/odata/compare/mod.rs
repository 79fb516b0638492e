//! Model against model: what changed on the wire.
//!
//! Enters: two models. Leaves: [`Change`]s with the verdicts of their rules, by type, each raw
//! addition or removal claimed at most once. Members are compared by effective shape, so what only
//! moved to a base is no removal.
//! Must not know: Rust, slices, formats.

mod annotations;
mod capabilities;
mod container;
mod enums;
mod facets;
mod keys;
mod members;
mod moves;
mod navigation;
mod operations;
mod overloads;
mod parameters;
pub(crate) mod passages;
mod property;
mod required;
pub(crate) mod routes;
mod schemas;
pub mod side;
mod structures;
mod text;
mod types;

pub(crate) use annotations::announced;

use crate::odata::edm::{
    Annotations, ItemType, Model, NavigationProperty, Property, StructuredTypeId, TypeId, TypeRef,
};
use crate::review::change::Change;
use crate::review::rule::Rule;
use side::Side;
use std::collections::{BTreeMap, BTreeSet};

/// Two models, and what was found so far.
pub(crate) struct Comparison<'a> {
    pub(crate) old: Era<'a>,
    pub(crate) new: Era<'a>,
    /// The new names of types that were renamed, by their old ones.
    pub(crate) renamed: BTreeMap<String, String>,
    pub(crate) changes: Vec<Change>,
}

/// A model and what is asked of it again and again.
pub(crate) struct Era<'a> {
    pub(crate) model: &'a Model,
    pub(crate) types: BTreeMap<String, TypeId>,
    pub(crate) descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The structured types that requests carry: created entities and parameters, and what these
    /// hold.
    pub(crate) inputs: BTreeSet<StructuredTypeId>,
}

/// A member of a structured type.
#[derive(Clone, Copy)]
pub(crate) enum Member<'a> {
    Property(&'a Property),
    Navigation(&'a NavigationProperty),
}

impl<'a> Member<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::Property(one) => &one.name,
            Self::Navigation(one) => &one.name,
        }
    }

    fn span(self) -> crate::input::source::Span {
        match self {
            Self::Property(one) => one.span,
            Self::Navigation(one) => one.span,
        }
    }

    pub(crate) fn annotations(self) -> &'a Annotations {
        match self {
            Self::Property(one) => &one.annotations,
            Self::Navigation(one) => &one.annotations,
        }
    }

    /// Whether two members are of one kind.
    fn is_like(self, other: Self) -> bool {
        matches!(self, Self::Property(_)) == matches!(other, Self::Property(_))
    }

    /// That of two rules which is about such members.
    fn rule(self, property: &'static Rule, navigation: &'static Rule) -> &'static Rule {
        match self {
            Self::Property(_) => property,
            Self::Navigation(_) => navigation,
        }
    }
}

impl<'a> Era<'a> {
    fn new(model: &'a Model) -> Self {
        let types = model.types_by_name.iter().map(|(name, id)| (name.to_string(), *id)).collect();
        let inputs = required::inputs(model);
        Self { model, types, descendants: model.descendants(), inputs }
    }

    /// The members of a type, its own.
    fn own(&self, id: StructuredTypeId) -> Vec<Member<'a>> {
        let declared = self.model.structured(id);
        let navigations = declared.navigation_properties.iter().map(Member::Navigation);
        declared.properties.iter().map(Member::Property).chain(navigations).collect()
    }

    /// The members of a type by name, inherited ones too, each with the type that declares it.
    pub(crate) fn effective(
        &self,
        id: StructuredTypeId,
    ) -> BTreeMap<&'a str, (StructuredTypeId, Member<'a>)> {
        let mut members = BTreeMap::new();
        for base in self.model.bases(id).into_iter().rev() {
            members.extend(self.own(base).into_iter().map(|one| (one.name(), (base, one))));
        }
        members
    }

    pub(crate) fn structured(&self, name: &str) -> Option<StructuredTypeId> {
        match self.types.get(name)? {
            TypeId::Structured(id) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn name(&self, id: StructuredTypeId) -> String {
        self.model.structured(id).name.to_string()
    }

    /// The names of the bases of a type, the nearest first.
    pub(crate) fn bases(&self, id: StructuredTypeId) -> Vec<String> {
        self.model.bases(id).into_iter().skip(1).map(|base| self.name(base)).collect()
    }

    /// Whether one type is derived from another, both by name.
    fn derives(&self, derived: &str, base: &str) -> bool {
        self.structured(derived).is_some_and(|id| self.bases(id).iter().any(|one| one == base))
    }
}

impl<'a> Comparison<'a> {
    /// What changed from one model to another.
    pub(crate) fn of(old: &'a Side, new: &'a Side) -> Self {
        let mut comparison = Self {
            old: Era::new(&old.whole),
            new: Era::new(&new.whole),
            renamed: BTreeMap::new(),
            changes: Vec::new(),
        };
        schemas::compare(&mut comparison);
        types::compare(&mut comparison);
        operations::compare(&mut comparison);
        container::compare(&mut comparison);
        comparison
    }

    /// The name that a type of the old model has in the new one.
    fn now_called(&self, name: &str) -> String {
        self.renamed.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// The name of the type of an item of the old model, as the new one calls it.
    fn old_item(&self, item: ItemType) -> String {
        self.now_called(&self.old.model.item_name(item))
    }

    /// Whether a use of a type in the old model is the same as one in the new.
    fn same_type(&self, old: &TypeRef, new: &TypeRef) -> bool {
        old.collection == new.collection
            && self.old_item(old.item) == self.new.model.item_name(new.item)
    }
}
