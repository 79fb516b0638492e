//! Which requests the schema allows on entities of a type, and which scopes they need.
//!
//! The annotations of the Capabilities vocabulary are on entity sets, singletons, navigation
//! properties and types. A path type serves every place its entities can be reached at, so a
//! request is left out only if every place that refers to it forbids it.

use crate::crate_plan::Prose;
use crate::input::config::Crud;
use crate::odata::edm::facts::{Access, Restricting};
use crate::odata::edm::{Annotations, ItemType, Member, Model, StructuredTypeId, TypeId};
use std::collections::{BTreeMap, BTreeSet};

/// The restrictions of one kind of request on one type.
#[derive(Clone, Debug, Default)]
pub(super) struct Restriction {
    allowed: bool,
    forbidden: bool,
    scopes: BTreeSet<String>,
}

impl Restriction {
    pub(super) fn is_allowed(&self) -> bool {
        self.allowed || !self.forbidden
    }

    /// The sentence that names the scopes.
    pub(super) fn scopes(&self) -> Option<Prose> {
        scopes(self.scopes.iter().map(String::as_str))
    }
}

/// The sentence that names the scopes of which a request needs one.
pub(super) fn scopes<'s>(names: impl Iterator<Item = &'s str>) -> Option<Prose> {
    let names: BTreeSet<&str> = names.collect();
    let sentence = match names.len() {
        0 => return None,
        1 => Prose::new("Needs the scope "),
        _ => Prose::new("Needs one of the scopes "),
    };
    Some(sentence.codes(names).words("."))
}

/// A navigation property: the type that declares it, and its name.
type Navigation<'a> = (StructuredTypeId, &'a str);

/// The restrictions in a model, by the type they refer to.
pub(super) struct Restrictions<'a> {
    model: &'a Model,
    /// What refers to entities of a declared type.
    by_target: BTreeMap<StructuredTypeId, Vec<Restricting<'a>>>,
}

impl<'a> Restrictions<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let roots = roots(model);
        let mut by_target: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut restricted: BTreeMap<Navigation<'a>, Vec<Restricting<'a>>> = BTreeMap::new();
        for (entity, annotations) in &roots {
            by_target.entry(*entity).or_default().push(Restricting::Element(annotations));
            for restricting in annotations.restricted_navigations() {
                let path = restricting.navigation_path();
                if let Some(found) = path.and_then(|path| navigation(model, *entity, path)) {
                    restricted.entry(found).or_default().push(restricting);
                }
            }
        }
        for id in model.structured_ids() {
            for navigation in &model.structured(id).navigation_properties {
                let Some(target) = navigation.target else { continue };
                let places = by_target.entry(target).or_default();
                let named = restricted.get(&(id, navigation.name.as_str()));
                places.extend(named.into_iter().flatten());
                // Where every root refers to it, the property itself adds no place.
                if named.is_none_or(|named| named.len() < ways_to(model, &roots, id)) {
                    places.push(Restricting::Element(&navigation.annotations));
                }
            }
        }
        Self { model, by_target }
    }

    /// The restrictions of a type, by kind of request.
    pub(super) fn of(&self, id: StructuredTypeId) -> BTreeMap<Crud, Restriction> {
        let sources = self.sources(id);
        [Crud::List, Crud::Get, Crud::Create, Crud::Update, Crud::Delete]
            .into_iter()
            .map(|crud| (crud, restriction(crud, &sources)))
            .collect()
    }

    /// All annotations of what refers to entities of a type, and of the type itself.
    fn sources(&self, id: StructuredTypeId) -> Vec<Restricting<'a>> {
        let bases = self.model.bases(id);
        let speaks = |annotations: &&Annotations| annotations.has_capabilities();
        let by_target = bases.iter().filter_map(|base| self.by_target.get(base)).flatten().copied();
        let own = bases.iter().map(|base| &self.model.structured(*base).annotations).filter(speaks);
        by_target.chain(own.map(Restricting::Element)).collect()
    }
}

/// The entity sets and singletons: what they refer to, and their annotations.
fn roots(model: &Model) -> Vec<(StructuredTypeId, &Annotations)> {
    let container = model.container.iter();
    let sets = container.clone().flat_map(|container| &container.entity_sets);
    let singletons = container.flat_map(|container| &container.singletons);
    sets.map(|set| (set.entity_type, &set.annotations))
        .chain(singletons.map(|one| (one.entity_type, &one.annotations)))
        .collect()
}

/// The navigation property that a restriction refers to, at the end of a path from an entity.
fn navigation<'a>(
    model: &'a Model,
    entity: StructuredTypeId,
    path: &str,
) -> Option<Navigation<'a>> {
    let mut at = entity;
    let mut found = None;
    for segment in path.split('/') {
        if let Some(TypeId::Structured(cast)) = model.type_named(segment) {
            at = cast;
            continue;
        }
        match model.member(at, segment)? {
            (owner, Member::Navigation(navigation)) => {
                found = Some((owner, navigation.name.as_str()));
                at = navigation.target?;
            }
            (_, Member::Property(property)) => {
                let ItemType::Structured(complex) = property.value.item else { return None };
                at = complex;
            }
        }
    }
    found
}

/// How many sets, singletons and navigation properties refer to entities with the members of a
/// type.
fn ways_to(
    model: &Model,
    roots: &[(StructuredTypeId, &Annotations)],
    id: StructuredTypeId,
) -> usize {
    let related = |other: StructuredTypeId| {
        model.bases(other).contains(&id) || model.bases(id).contains(&other)
    };
    let navigations = model.structured_types.iter().flat_map(|one| &one.navigation_properties);
    navigations.filter(|one| one.target.is_some_and(related)).count()
        + roots.iter().filter(|(entity, _)| related(*entity)).count()
}

fn restriction(crud: Crud, sources: &[Restricting<'_>]) -> Restriction {
    let access = match crud {
        Crud::List | Crud::Get => Access::Read,
        Crud::Create => Access::Insert,
        Crud::Update => Access::Update,
        Crud::Delete => Access::Delete,
    };
    let mut restriction = Restriction::default();
    for place in sources {
        match place.restriction(access) {
            None => restriction.allowed = true,
            Some(found) => {
                restriction.forbidden |= found.is_denied;
                restriction.allowed |= !found.is_denied;
                restriction.scopes.extend(found.scopes().map(str::to_owned));
            }
        }
    }
    restriction
}
