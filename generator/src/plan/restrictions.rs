//! Which requests the schema allows on entities of a type, and which scopes they need.
//!
//! The annotations of the Capabilities vocabulary stand on entity sets, singletons, navigation
//! properties and types. A path type serves every place its entities can be reached at, so a
//! request is left out only if every place that speaks of it forbids it.

use super::docs;
use crate::config::Crud;
use crate::edm::{Annotations, Expression, Model, Record, StructuredTypeId};
use std::collections::{BTreeMap, BTreeSet};

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
    pub(super) fn scopes(&self) -> Option<String> {
        let scopes: Vec<String> = self.scopes.iter().map(|scope| docs::code(scope)).collect();
        match scopes.as_slice() {
            [] => None,
            [one] => Some(format!("Needs the scope {one}.")),
            many => Some(format!("Needs one of the scopes {}.", many.join(", "))),
        }
    }
}

/// What the annotations of a model say, by the type they speak of.
pub(super) struct Restrictions<'a> {
    model: &'a Model,
    /// What leads to entities of a declared type.
    leading: BTreeMap<StructuredTypeId, Vec<&'a Annotations>>,
}

impl<'a> Restrictions<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut leading: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for declared in &model.structured_types {
            for navigation in &declared.navigation_properties {
                if let Some(target) = navigation.target {
                    leading.entry(target).or_default().push(&navigation.annotations);
                }
            }
        }
        if let Some(container) = &model.container {
            for set in &container.entity_sets {
                leading.entry(set.entity_type).or_default().push(&set.annotations);
            }
            for singleton in &container.singletons {
                leading.entry(singleton.entity_type).or_default().push(&singleton.annotations);
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
    fn sources(&self, id: StructuredTypeId) -> Vec<&'a Annotations> {
        let bases = self.model.bases(id);
        let speaks = |annotations: &&Annotations| {
            annotations.0.iter().any(|one| one.term.starts_with("Org.OData.Capabilities.V1."))
        };
        let leading = bases.iter().filter_map(|base| self.leading.get(base)).flatten().copied();
        let own = bases.iter().map(|base| &self.model.structured(*base).annotations).filter(speaks);
        leading.chain(own).collect()
    }
}

fn restriction(crud: Crud, sources: &[&Annotations]) -> Restriction {
    let (term, flag) = match crud {
        Crud::List | Crud::Get => ("Org.OData.Capabilities.V1.ReadRestrictions", "Readable"),
        Crud::Create => ("Org.OData.Capabilities.V1.InsertRestrictions", "Insertable"),
        Crud::Update => ("Org.OData.Capabilities.V1.UpdateRestrictions", "Updatable"),
        Crud::Delete => ("Org.OData.Capabilities.V1.DeleteRestrictions", "Deletable"),
    };
    let mut restriction = Restriction::default();
    for annotations in sources {
        match annotations.get(term).and_then(Expression::as_record) {
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
pub(super) fn scopes_of(annotations: &Annotations, term: &str) -> Option<String> {
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
