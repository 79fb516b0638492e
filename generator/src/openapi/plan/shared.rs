//! Inline schemas of operations that are written alike are one type, with a name for each place.
//!
//! Enters: the items of inline schemas, with the names that they have by their places. Leaves: [`Shared`].
//! Must not know: what is inside the items.
//!
//! Every place keeps its name: an alias of the type, if another place has the same schema. So whoever uses
//! the name of a place is not affected by what other operations have. The type itself has the title of its
//! schema, or is called after what it lists (`PetList`), if that name is free and only of this type; else it
//! has the shortest of the names of its places.
//!
//! What is in components is not shared: `OrderStatus` and `JobStatus` may become different.

use super::table::{Made, Table};
use super::uses::Uses;
use super::words;
use crate::crate_plan::naming::{self, Scope};
use crate::openapi::model::{Class, Classes};
use crate::openapi::schema::{Form, Object, ShapeId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// Which items are those of other places.
#[derive(Default)]
pub(super) struct Shared {
    /// For each shape of several places the one whose item it has.
    one: FxHashMap<ShapeId, ShapeId>,
    /// The names of types that are not those of places.
    names: FxHashMap<ShapeId, String>,
}

/// What makes the item of an inline schema: the schemas that hold, and who sends it.
type Key = (Vec<Class>, Uses);

impl Shared {
    /// Finds what is equal among some shapes that have items.
    pub(super) fn new(table: &Table<'_>, inline: &[ShapeId], scope: &mut Scope) -> Self {
        let mut shared = Self::default();
        let groups = groups(table, inline);
        let wanted: Vec<Option<String>> =
            groups.iter().map(|places| own_name(table, *places.first()?)).collect();
        let mut rivals: FxHashMap<&str, usize> = FxHashMap::default();
        wanted.iter().flatten().for_each(|name| *rivals.entry(name).or_default() += 1);
        for (places, wanted) in groups.iter().zip(&wanted) {
            let name = |shape: &ShapeId| table.place(*shape).map(|place| place.name.as_str());
            let by_length = |shape: &&ShapeId| name(shape).map(|name| (name.len(), name));
            let Some(one) = places.iter().min_by_key(by_length) else { continue };
            shared.one.extend(places.iter().map(|place| (*place, *one)));
            let is_own = |name: &&String| rivals.get(name.as_str()) == Some(&1);
            if let Some(name) = wanted.as_ref().filter(is_own).filter(|one| scope.is_free(one)) {
                scope.claim(name, name);
                shared.names.insert(*one, name.clone());
            }
        }
        shared
    }

    /// The shape whose item a shape has: itself, unless several places have it.
    pub(super) fn one(&self, shape: ShapeId) -> ShapeId {
        self.one.get(&shape).copied().unwrap_or(shape)
    }

    /// The name of the type of a shape, if that is not the name of its place.
    pub(super) fn name<'t>(&'t self, table: &'t Table<'_>, shape: ShapeId) -> Option<&'t str> {
        let one = self.one.get(&shape)?;
        match self.names.get(one) {
            Some(name) => Some(name),
            None if *one == shape => None,
            None => Some(&table.place(*one)?.name),
        }
    }
}

/// The shapes that are equal, in order, those that no other is equal to left out.
fn groups(table: &Table<'_>, inline: &[ShapeId]) -> Vec<Vec<ShapeId>> {
    let mut classes = Classes::new(&table.api.description, &table.api.model);
    let configured = Configured::new(table);
    let mut groups: Vec<Vec<ShapeId>> = Vec::new();
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    for shape in inline.iter().filter(|shape| !configured.has(table, **shape)) {
        let Some(key) = key(table, &mut classes, *shape) else { continue };
        match known.entry(key) {
            Entry::Occupied(at) => groups[*at.get()].push(*shape),
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![*shape]);
            }
        }
    }
    groups.retain(|places| places.len() > 1);
    groups
}

/// What makes an item; `None` if other schemas do, too.
fn key(table: &Table<'_>, classes: &mut Classes<'_>, shape: ShapeId) -> Option<Key> {
    let found = table.api.shapes.shape(shape);
    found.origin?;
    if matches!(&found.form, Form::Object(Object { derivation: Some(_), .. })) {
        return None;
    }
    let schemas = found.schemas.iter().map(|one| classes.of(*one)).collect();
    Some((schemas, table.uses(shape)))
}

/// The name that the schema of a type has for it.
fn own_name(table: &Table<'_>, shape: ShapeId) -> Option<String> {
    title(table, shape).or_else(|| listed(table, shape))
}

fn title(table: &Table<'_>, shape: ShapeId) -> Option<String> {
    let origin = table.api.shapes.shape(shape).origin?;
    words::of_title(&table.api.model.schema(origin).keywords()?.title.as_ref()?.text)
}

/// The name of an object that is a list of a component, with scalars beside it.
fn listed(table: &Table<'_>, shape: ShapeId) -> Option<String> {
    let Form::Object(object) = &table.api.shapes.shape(shape).form else { return None };
    let mut found = None;
    for member in &object.members {
        let value = member.value.shape;
        match &table.api.shapes.shape(value).form {
            Form::List(list) => {
                let item = table.place(list.item.shape).filter(|one| one.component.is_some())?;
                if found.replace(item).is_some() {
                    return None;
                }
            }
            Form::Map(_) | Form::Any => return None,
            _ if matches!(table.made(value), Some(Made::Struct | Made::Tuple | Made::Union)) => {
                return None;
            }
            _ => {}
        }
    }
    Some(format!("{}List", naming::stem(&found?.name)))
}

/// The inline schemas that the configuration names.
struct Configured<'c> {
    addresses: FxHashSet<&'c str>,
}

impl<'c> Configured<'c> {
    fn new(table: &Table<'c>) -> Self {
        let config = table.config;
        let all = config.names.keys().chain(config.external.keys());
        let all = all.chain(config.attributes.keys()).chain(config.openapi.members.keys());
        Self { addresses: all.map(String::as_str).filter(|name| name.contains('#')).collect() }
    }

    /// Whether a shape, or what is in it, is among them.
    fn has(&self, table: &Table<'_>, shape: ShapeId) -> bool {
        let Some(place) = table.place(shape) else { return false };
        let is_in = |address: &&str| {
            let rest = address.strip_prefix(place.element.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.addresses.iter().any(is_in)
    }
}
