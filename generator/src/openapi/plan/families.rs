//! Bases whose derived types a member tells: the enum of all of them, and what each struct knows of the others.
//!
//! Enters: [`Derivation`]s. Leaves: [`Family`] and [`Origin`]s of structs, and the enums. Must not know: fields.

use super::table::{Made, Place, Table};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Branch, Dispatch, Docs, Family, ItemPath, Literal, Origin, Prose, Type, Union,
};
use crate::openapi::schema::{Derivation, Form, ShapeId};
use std::collections::BTreeMap;

/// The variant for any other value.
const OTHER: &str = "Other";

/// A base with the structs that are derived from it.
struct Base<'t> {
    place: &'t Place,
    derivation: &'t Derivation,
    /// The name of the enum.
    any: String,
    /// The derived ones that are structs of the crate, by their positions.
    derived: Vec<(usize, ShapeId, &'t Place)>,
}

/// All bases, and all that is derived from one.
#[derive(Default)]
pub(super) struct Families {
    family: BTreeMap<ShapeId, Family>,
    origins: BTreeMap<ShapeId, Vec<Origin>>,
    /// The enums.
    pub(super) unions: Vec<Union>,
}

impl Families {
    /// Finds all of them. The names of the enums are claimed after those of all schemas.
    pub(super) fn new(table: &Table<'_>, scope: &mut Scope) -> Self {
        let mut families = Self::default();
        for (shape, place) in table.items() {
            let Some(base) = base(table, scope, shape, place) else { continue };
            let any = ItemPath::new(table.module.clone(), &base.any);
            let tag = base.derivation.tag.clone();
            let is_given = table.uses(shape).is_written() || table.config.package.models_only;
            let given = base.derived.iter().filter(|_| is_given);
            let converted = given.map(|(_, _, place)| table.path(place)).collect();
            families.family.insert(shape, Family { tag, any, converted });
            for (at, derived, _) in &base.derived {
                let origin = Origin { base: table.path(place), names: base.names(*at) };
                families.origins.entry(*derived).or_default().push(origin);
            }
            families.unions.push(base.union(table));
        }
        families
    }

    /// What a struct knows of those derived from it.
    pub(super) fn family(&self, shape: ShapeId) -> Option<Family> {
        self.family.get(&shape).cloned()
    }

    /// What a struct knows of its bases.
    pub(super) fn origins(&self, shape: ShapeId) -> Vec<Origin> {
        self.origins.get(&shape).cloned().unwrap_or_default()
    }
}

fn base<'t>(
    table: &'t Table<'_>,
    scope: &mut Scope,
    shape: ShapeId,
    place: &'t Place,
) -> Option<Base<'t>> {
    let Form::Object(object) = &table.api.shapes.shape(shape).form else { return None };
    let derivation = object.derivation.as_deref().filter(|_| place.external.is_none())?;
    let mut derived: Vec<(usize, ShapeId, &Place)> = Vec::new();
    for (at, one) in derivation.derived.iter().enumerate() {
        let found = table.place(one.shape).filter(|found| found.external.is_none());
        let is_new = one.shape != shape && derived.iter().all(|(_, known, _)| *known != one.shape);
        if let Some(found) = found
            && is_new
            && table.made(one.shape) == Some(Made::Struct)
        {
            derived.push((at, one.shape, found));
        }
    }
    if derived.is_empty() {
        return None;
    }
    let element = format!("{} (any)", place.element);
    let wanted = format!("Any{}", naming::stem(&place.name));
    let any = table.claim(scope, (&element, derivation.span), &wanted);
    Some(Base { place, derivation, any, derived })
}

impl Base<'_> {
    /// The values that tell a derived type, or one that is derived from it.
    fn names(&self, at: usize) -> Vec<String> {
        let all = &self.derivation.derived;
        let is_below = |mut one: usize| {
            // A circle of parents is not longer than the list.
            for _ in 0..all.len() {
                match all.get(one).and_then(|one| one.parent) {
                    Some(parent) if parent == at => return true,
                    Some(parent) => one = parent,
                    None => break,
                }
            }
            false
        };
        let below = (0..all.len()).filter(|one| *one != at && is_below(*one));
        let mut names: Vec<String> = Vec::new();
        for name in [at].into_iter().chain(below).flat_map(|one| &all[one].values) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// The enum of the base and of all that is derived from it.
    fn union(&self, table: &Table<'_>) -> Union {
        let mut scope = Scope::with_reserved(&[OTHER]);
        let mut branch = |place: &Place, what: Prose| Branch {
            name: identifier(&scope.claim(&place.name, &place.element).name),
            docs: Docs::new(vec![what]),
            value: Type::Generated(table.path(place)).boxed(),
            kinds: vec!["OBJECT"],
            is_from: false,
        };
        let base = Prose::new("A ").item(&self.place.name);
        let mut branches =
            vec![branch(self.place, base.words(", or an object of a type that is not known."))];
        let mut values: Vec<(Literal, usize)> = Vec::new();
        let mut add = |texts: &[String], at: usize| {
            values.extend(texts.iter().map(|text| (Literal::Text(text.clone()), at)));
        };
        add(&self.derivation.own, 0);
        let mut default = 0;
        for (at, (position, _, place)) in self.derived.iter().enumerate() {
            branches.push(branch(place, Prose::new("A ").item(&place.name).words(".")));
            add(&self.derivation.derived[*position].values, at + 1);
            if self.derivation.default == Some(*position) {
                default = at + 1;
            }
        }
        let told = Prose::new("The member ").code(&self.derivation.tag).words(" tells which one.");
        let what = Prose::new("A ").item(&self.place.name);
        Union {
            name: self.any.clone(),
            wire_name: self.any.clone(),
            docs: Docs::new(vec![what.words(", or an object of a type derived from it."), told]),
            attributes: Vec::new(),
            branches,
            dispatch: Dispatch::Tag {
                member: self.derivation.tag.clone(),
                values,
                default: Some(default),
                is_optional: false,
            },
            is_open: false,
            other: OTHER.to_owned(),
        }
    }
}
