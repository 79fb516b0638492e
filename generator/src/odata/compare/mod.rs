//! Model against model: what changed on the wire.
//!
//! Enters: two models, each with the plan of the crate that was made from it or from a slice of it.
//! Leaves: [`Findings`]: [`Change`]s with the verdicts of their rules, by type, each raw addition
//! or removal claimed at most once, and what is known about their elements. Members are compared by
//! effective shape, so a member that only moved to a base is not a removal. Must not know: Rust,
//! how a document is written, how a report judges and shows changes.

mod anchors;
mod annotations;
mod announced;
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
mod passages;
mod property;
mod required;
mod routes;
mod schemas;
mod slices;
mod structures;
mod text;
mod types;

use crate::crate_plan::CratePlan;
use crate::input::source::SourceMap;
use crate::odata::edm::{ItemType, Member, Model, StructuredTypeId, TypeId, TypeRef};
use crate::review::change::Change;
use crate::review::findings::{Findings, Which};
use crate::review::rule::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// One revision of a service, as the caller passes it.
#[derive(Clone, Copy)]
pub(crate) struct Revised<'a> {
    /// The whole model.
    pub(crate) model: &'a Model,
    /// The part of it that the crate is made from, if that is not all.
    pub(crate) part: Option<&'a Model>,
    /// The crate.
    pub(crate) plan: &'a CratePlan,
    /// The sources that the places of the model point into.
    pub(crate) sources: &'a SourceMap,
}

/// Two models, and what was found so far.
struct Comparison<'a> {
    old: Revision<'a>,
    new: Revision<'a>,
    /// The new names of types that were renamed, by their old ones.
    renamed: BTreeMap<String, String>,
    changes: Vec<Change>,
}

/// The model of a revision, with the results of frequent queries on it.
struct Revision<'a> {
    model: &'a Model,
    types: BTreeMap<String, TypeId>,
    descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The structured types that requests carry: created entities and parameters, and what these
    /// hold.
    inputs: BTreeSet<StructuredTypeId>,
}

impl Member<'_> {
    /// Whether two members are of one kind.
    fn is_like(self, other: Self) -> bool {
        matches!(self, Self::Property(_)) == matches!(other, Self::Property(_))
    }

    /// The one of two rules that is about such members.
    fn rule(self, property: &'static Rule, navigation: &'static Rule) -> &'static Rule {
        match self {
            Self::Property(_) => property,
            Self::Navigation(_) => navigation,
        }
    }
}

impl<'a> Revision<'a> {
    fn new(model: &'a Model) -> Self {
        let types = model.types_by_name.iter().map(|(name, id)| (name.to_string(), *id)).collect();
        let inputs = required::inputs(model);
        Self { model, types, descendants: model.descendants(), inputs }
    }

    /// The members that a type itself declares.
    fn own(&self, id: StructuredTypeId) -> Vec<Member<'a>> {
        let declared = self.model.structured(id);
        let navigations = declared.navigation_properties.iter().map(Member::Navigation);
        declared.properties.iter().map(Member::Property).chain(navigations).collect()
    }

    /// The members of a type by name, inherited ones too, each with the type that declares it.
    fn effective(&self, id: StructuredTypeId) -> BTreeMap<&'a str, (StructuredTypeId, Member<'a>)> {
        let members = self.model.members(id);
        members.iter().map(|(owner, one)| (one.name(), (owner, one))).collect()
    }

    fn structured(&self, name: &str) -> Option<StructuredTypeId> {
        match self.types.get(name)? {
            TypeId::Structured(id) => Some(*id),
            _ => None,
        }
    }

    fn name(&self, id: StructuredTypeId) -> String {
        self.model.structured(id).name.to_string()
    }

    /// The names of the bases of a type, the nearest first.
    fn bases(&self, id: StructuredTypeId) -> Vec<String> {
        self.model.bases(id).into_iter().skip(1).map(|base| self.name(base)).collect()
    }

    /// The names of the bases of a type by its name, the nearest first.
    fn bases_of(&self, name: &str) -> Vec<String> {
        self.structured(name).map_or_else(Vec::new, |id| self.bases(id))
    }

    /// Whether one type is derived from another, both by name.
    fn derives(&self, derived: &str, base: &str) -> bool {
        self.structured(derived).is_some_and(|id| self.bases(id).iter().any(|one| one == base))
    }
}

/// Compares two revisions.
pub(crate) fn compare<'a>(old: Revised<'a>, new: Revised<'a>) -> Findings<'a> {
    let mut comparison = Comparison {
        old: Revision::new(old.model),
        new: Revision::new(new.model),
        renamed: BTreeMap::new(),
        changes: Vec::new(),
    };
    schemas::compare(&mut comparison);
    types::compare(&mut comparison);
    operations::compare(&mut comparison);
    container::compare(&mut comparison);
    let mut changes = std::mem::take(&mut comparison.changes);
    anchors::set(&comparison, &mut changes);
    announced::set(comparison.old.model, &mut changes);
    routes::set(comparison.old.model, comparison.new.model, &mut changes);
    let is_sliced = old.part.is_some() || new.part.is_some();
    if is_sliced {
        let parts = [old, new].map(|side| side.part.unwrap_or(side.model));
        slices::set(parts, &mut changes);
    }
    Findings {
        changes,
        plans: [old.plan, new.plan],
        sources: [old.sources, new.sources],
        is_sliced,
        elements: Box::new(comparison),
    }
}

impl Comparison<'_> {
    /// The name that a type of the old model has in the new one.
    fn now_called(&self, name: &str) -> String {
        self.renamed.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// The name of the type of an item of the old model, as the new one calls it.
    fn old_item(&self, item: ItemType) -> String {
        self.now_called(&self.old.model.item_name(item))
    }

    /// The name of the type of an item of either model, as the new one calls it.
    fn item(&self, which: Which, item: ItemType) -> String {
        match which {
            Which::Old => self.old_item(item),
            Which::New => self.new.model.item_name(item),
        }
    }

    /// Whether a use of a type in the old model is the same as one in the new.
    fn same_type(&self, old: &TypeRef, new: &TypeRef) -> bool {
        old.collection == new.collection
            && self.old_item(old.item) == self.new.model.item_name(new.item)
    }
}
