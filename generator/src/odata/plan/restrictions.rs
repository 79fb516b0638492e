//! Which requests the schema allows on entities of a type, and which scopes they need.
//!
//! The annotations of the Capabilities vocabulary stand on entity sets, singletons, navigation
//! properties and types. A path type serves every place its entities can be reached at, so a
//! request is left out only if every place that speaks of it forbids it.

use crate::crate_plan::Prose;
use crate::input::config::Crud;
use crate::odata::edm::{
    Annotations, Expression, ItemType, Model, Record, StructuredTypeId, TypeId,
};
use std::collections::{BTreeMap, BTreeSet};

const CAPABILITIES: &str = "Org.OData.Capabilities.V1.";

/// What is said about one kind of request on one type.
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
        let says = match self.scopes.len() {
            0 => return None,
            1 => Prose::new("Needs the scope "),
            _ => Prose::new("Needs one of the scopes "),
        };
        Some(says.codes(self.scopes.iter().map(String::as_str)).words("."))
    }
}

/// Something that leads to entities of a type, and may say what can be asked of them there.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// An entity set, a singleton, a navigation property, or the type itself.
    Element(&'a Annotations),
    /// A navigation property, as an entity set or a singleton speaks of it.
    Restricted(&'a Record),
}

impl<'a> Place<'a> {
    /// What a term of the vocabulary says here.
    fn says(self, term: &str) -> Option<&'a Record> {
        match self {
            Self::Element(annotations) => annotations.get_of(CAPABILITIES, term),
            Self::Restricted(record) => record.get(term),
        }?
        .as_record()
    }
}

/// A navigation property: the type that declares it, and its name.
type Navigation<'a> = (StructuredTypeId, &'a str);

/// What the annotations of a model say, by the type they speak of.
pub(super) struct Restrictions<'a> {
    model: &'a Model,
    /// What leads to entities of a declared type.
    leading: BTreeMap<StructuredTypeId, Vec<Place<'a>>>,
}

impl<'a> Restrictions<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let roots = roots(model);
        let mut leading: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut restricted: BTreeMap<Navigation<'a>, Vec<&'a Record>> = BTreeMap::new();
        for (entity, annotations) in &roots {
            leading.entry(*entity).or_default().push(Place::Element(annotations));
            for record in restricted_properties(annotations) {
                if let Some(navigation) = navigation(model, *entity, record) {
                    restricted.entry(navigation).or_default().push(record);
                }
            }
        }
        for id in model.structured_ids() {
            for navigation in &model.structured(id).navigation_properties {
                let Some(target) = navigation.target else { continue };
                let places = leading.entry(target).or_default();
                let records = restricted.get(&(id, navigation.name.as_str()));
                places.extend(records.into_iter().flatten().copied().map(Place::Restricted));
                // Where every root speaks of it, the property itself adds no place.
                if records.is_none_or(|records| records.len() < ways_to(model, &roots, id)) {
                    places.push(Place::Element(&navigation.annotations));
                }
            }
        }
        Self { model, leading }
    }

    /// The restrictions of a type, by kind of request.
    pub(super) fn of(&self, id: StructuredTypeId) -> BTreeMap<Crud, Restriction> {
        let sources = self.sources(id);
        [Crud::List, Crud::Get, Crud::Create, Crud::Update, Crud::Delete]
            .into_iter()
            .map(|crud| (crud, restriction(crud, &sources)))
            .collect()
    }

    /// Everything that leads to entities of a type, or says something about the type itself.
    fn sources(&self, id: StructuredTypeId) -> Vec<Place<'a>> {
        let bases = self.model.bases(id);
        let speaks = |annotations: &&Annotations| {
            annotations.0.iter().any(|one| one.term.starts_with(CAPABILITIES))
        };
        let leading = bases.iter().filter_map(|base| self.leading.get(base)).flatten().copied();
        let own = bases.iter().map(|base| &self.model.structured(*base).annotations).filter(speaks);
        leading.chain(own.map(Place::Element)).collect()
    }
}

/// The entity sets and singletons: what they lead to, and what is said about them.
fn roots(model: &Model) -> Vec<(StructuredTypeId, &Annotations)> {
    let container = model.container.iter();
    let sets = container.clone().flat_map(|container| &container.entity_sets);
    let singletons = container.flat_map(|container| &container.singletons);
    sets.map(|set| (set.entity_type, &set.annotations))
        .chain(singletons.map(|one| (one.entity_type, &one.annotations)))
        .collect()
}

/// What a set or a singleton says of the navigation properties below it.
fn restricted_properties(annotations: &Annotations) -> Vec<&Record> {
    let record = Place::Element(annotations).says("NavigationRestrictions");
    match record.and_then(|record| record.get("RestrictedProperties")) {
        Some(Expression::Collection(items)) => {
            items.iter().filter_map(Expression::as_record).collect()
        }
        _ => Vec::new(),
    }
}

/// The navigation property that a restriction speaks of, at the end of a path from an entity.
fn navigation<'a>(
    model: &'a Model,
    entity: StructuredTypeId,
    record: &Record,
) -> Option<Navigation<'a>> {
    let (Expression::Path { path, .. } | Expression::String(path)) =
        record.get("NavigationProperty")?
    else {
        return None;
    };
    let mut at = entity;
    let mut found = None;
    for segment in path.split('/') {
        if let Some(TypeId::Structured(cast)) = model.type_named(segment) {
            at = cast;
        } else if let Some((owner, navigation)) =
            model.all_navigation_properties(at).into_iter().find(|(_, one)| one.name == segment)
        {
            found = Some((owner, navigation.name.as_str()));
            at = navigation.target?;
        } else {
            let properties = model.all_properties(at);
            let (_, property) = properties.into_iter().find(|(_, one)| one.name == segment)?;
            let ItemType::Structured(complex) = property.value.item else { return None };
            at = complex;
        }
    }
    found
}

/// How many ways lead to the entities that have the members of a type.
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

fn restriction(crud: Crud, sources: &[Place<'_>]) -> Restriction {
    let (term, flag) = match crud {
        Crud::List | Crud::Get => ("ReadRestrictions", "Readable"),
        Crud::Create => ("InsertRestrictions", "Insertable"),
        Crud::Update => ("UpdateRestrictions", "Updatable"),
        Crud::Delete => ("DeleteRestrictions", "Deletable"),
    };
    let mut restriction = Restriction::default();
    for place in sources {
        match place.says(term) {
            None => restriction.allowed = true,
            Some(record) => {
                let forbidden = record.get(flag) == Some(&Expression::Bool(false));
                restriction.forbidden |= forbidden;
                restriction.allowed |= !forbidden;
                scopes(record, &mut restriction.scopes);
            }
        }
    }
    restriction
}

/// The sentence that names the scopes which a term on an element demands.
pub(super) fn scopes_of(annotations: &Annotations, term: &str) -> Option<Prose> {
    let mut restriction = Restriction::default();
    scopes(annotations.get(term)?.as_record()?, &mut restriction.scopes);
    restriction.scopes()
}

fn scopes(record: &Record, found: &mut BTreeSet<String>) {
    let Some(Expression::Collection(permissions)) = record.get("Permissions") else {
        return;
    };
    for permission in permissions.iter().filter_map(Expression::as_record) {
        let Some(Expression::Collection(scopes)) = permission.get("Scopes") else {
            continue;
        };
        for scope in scopes.iter().filter_map(Expression::as_record) {
            if let Some(Expression::String(name)) = scope.get("Scope") {
                found.insert(name.clone());
            }
        }
    }
}
