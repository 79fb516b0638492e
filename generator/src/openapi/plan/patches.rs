//! Builders of the changes that merge patches (RFC 7396) describe.
//!
//! Enters: the bodies of operations and the names of their types. Leaves: [`Patches`]: which objects have a builder,
//! with its name, and the builders. Must not know: how a body is sent.
//!
//! In a merge patch every member may be absent, and null removes it. So a builder can set a value of each member, and
//! null of each that is not required. An object whose members may all be absent and null needs none: its struct
//! can be nothing else.

use super::table::{Made, Table};
use super::{docs, structs, types, words};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{Changed, Docs, ItemPath, Named, Presence, Prose, Setter, Type, Update};
use crate::openapi::model::Operation;
use crate::openapi::schema::{Form, Map, Member, Object, ShapeId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The media type of the bodies.
const MERGE_PATCH: &str = "application/merge-patch+json";

/// The names of the builders, by the object that is changed.
#[derive(Debug, Default)]
pub(super) struct Patches(FxHashMap<ShapeId, String>);

impl Patches {
    /// The builders of all bodies, and of the objects in them.
    pub(super) fn new(table: &Table<'_>, scope: &mut Scope) -> Self {
        let reached = reached(table);
        let mut needed: Vec<bool> = reached.iter().map(|one| needs_own(table, *one)).collect();
        // An object that has one with a builder needs one, too.
        let parts: Vec<Vec<usize>> = reached
            .iter()
            .map(|one| {
                let parts = parts(table, *one).into_iter();
                parts.filter_map(|part| reached.iter().position(|own| *own == part)).collect()
            })
            .collect();
        while let Some(at) =
            (0..needed.len()).find(|at| !needed[*at] && parts[*at].iter().any(|part| needed[*part]))
        {
            needed[at] = true;
        }
        let mut patches = Self::default();
        for (shape, _) in reached.iter().zip(needed).filter(|(_, needed)| *needed) {
            let Some(place) = table.own(*shape) else { continue };
            let element = [&place.element, " (patch)"].concat();
            let wanted = [naming::stem(&place.name), "Patch"].concat();
            let name = table.claim(scope, (&element, structs::span(table, *shape)), &wanted);
            patches.0.insert(*shape, name);
        }
        patches
    }

    /// What is declared where the changes to a value are taken: the changes, if there is a builder of them, else
    /// the value.
    pub(super) fn declared(&self, table: &Table<'_>, shape: ShapeId, value: Type) -> Type {
        match self.0.contains_key(&table.shared.one(shape)) {
            true => Named::runtime(&["model", "Patch"]).of(value).into(),
            false => value,
        }
    }

    /// The path of the builder of the changes to an object.
    pub(super) fn path(&self, table: &Table<'_>, shape: ShapeId) -> Option<ItemPath> {
        let name = self.0.get(&table.shared.one(shape))?;
        Some(ItemPath::new(Arc::clone(&table.module), name))
    }

    /// The builders.
    pub(super) fn items(&self, table: &Table<'_>) -> Vec<Update> {
        let all = self.0.iter();
        all.filter_map(|(shape, name)| item(table, *shape, name)).collect()
    }
}

/// Whether bodies of a media type are merge patches.
pub(super) fn is_merge_patch(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    essence.trim().eq_ignore_ascii_case(MERGE_PATCH)
}

/// The objects that are the bodies of merge patches, or are in them, each once.
fn reached(table: &Table<'_>) -> Vec<ShapeId> {
    let model = &table.api.model;
    let operations = model.paths.iter().flat_map(|path| &model.items[path.item].operations);
    let bodies = operations.flat_map(|id| bodies(table, &model.operations[*id]));
    let mut open: Vec<ShapeId> = bodies.collect();
    open.reverse();
    let mut reached = Vec::new();
    while let Some(shape) = open.pop() {
        let shape = table.shared.one(shape);
        let is_own = table.place(shape).is_some_and(|place| place.external.is_none());
        if is_own && object(table, shape).is_some() && !reached.contains(&shape) {
            reached.push(shape);
            open.extend(parts(table, shape).into_iter().rev());
        }
    }
    reached
}

fn bodies(table: &Table<'_>, operation: &Operation) -> Vec<ShapeId> {
    let model = &table.api.model;
    let content = operation.body.map(|id| model.bodies[id].content.as_slice()).unwrap_or_default();
    let patches = content.iter().filter(|(name, _)| is_merge_patch(&name.text));
    let schemas = patches.filter_map(|(_, id)| model.media_types[*id].schema);
    schemas.filter_map(|id| Some(table.api.shapes.of(id)?.shape)).collect()
}

/// The object of a shape that is a struct.
fn object<'t>(table: &'t Table<'_>, shape: ShapeId) -> Option<&'t Object> {
    match &table.api.shapes.shape(shape).form {
        Form::Object(object) if table.made(shape) == Some(Made::Struct) => Some(object),
        _ => None,
    }
}

/// What is changed member by member in an object: objects, and those in maps.
fn parts(table: &Table<'_>, shape: ShapeId) -> Vec<ShapeId> {
    let members = object(table, shape).into_iter().flat_map(settable);
    let part = |member: &Member| {
        let shape = member.value.shape;
        let shape = map(table, shape).map_or(shape, |map| map.rest.shape);
        table.shared.one(shape)
    };
    members.map(part).collect()
}

/// A map that has no type of its own.
fn map<'t>(table: &'t Table<'_>, shape: ShapeId) -> Option<&'t Map> {
    match &table.api.shapes.shape(shape).form {
        Form::Map(map) if table.made(shape).is_none() => Some(map),
        _ => None,
    }
}

fn settable(object: &Object) -> impl Iterator<Item = &Member> {
    object.members.iter().filter(|member| !member.read_only)
}

/// Whether a member of an object has a state in a merge patch that it does not have in the struct.
fn needs_own(table: &Table<'_>, shape: ShapeId) -> bool {
    let element = table.place(shape).map(|place| place.element.as_str()).unwrap_or_default();
    let is_complete = |member: &Member| {
        let (value, name) = (member.value, member.name.as_str());
        let is_any = types::value(table, value.shape) == Type::any_json();
        let may_be_null = is_any || value.nullable || table.relaxed.is_nullable(element, name);
        let may_be_absent =
            !structs::is_certain(member) || table.relaxed.is_optional(element, name);
        let has_all_values = map(table, value.shape).is_none_or(|map| map.rest.nullable);
        may_be_null && may_be_absent && has_all_values
    };
    !object(table, shape).into_iter().flat_map(settable).all(is_complete)
}

fn item(table: &Table<'_>, shape: ShapeId, name: &str) -> Option<Update> {
    let place = table.own(shape)?;
    let object = object(table, shape)?;
    let changed = ItemPath::new(Arc::clone(&table.module), &place.name);
    let what = Prose::new("Changes to ").item(&place.name).words(", as a merge patch (RFC 7396).");
    let how = Prose::new(
        "What is not set stays as it is. `Null` removes a member, a list is replaced as a whole, and of an object \
         only the members that are set are changed.",
    );
    Some(Update {
        name: name.to_owned(),
        wire_name: docs::wire_name(&place),
        docs: Docs {
            deprecated: docs::of_type(table, shape, &place).deprecated,
            ..Docs::new(vec![what, how])
        },
        changed: Changed::Patch(changed),
        setters: setters(table, &place.element, object),
    })
}

/// The setters, which have the names of the fields of the struct.
fn setters(table: &Table<'_>, element: &str, object: &Object) -> Vec<Setter> {
    let mut fields = Scope::with_reserved(&[structs::ADDITIONAL]);
    let mut scope = Scope::with_reserved(&structs::METHODS);
    let mut setters = Vec::new();
    for member in &object.members {
        let claimed = [element, "/", &member.name].concat();
        let field = words::of_member(&member.name);
        let field = table.claim(&mut fields, (&claimed, member.span), &field);
        if !member.read_only {
            let name = structs::setter_name(&mut scope, &identifier(&field));
            setters.push(setter(table, element, member, name));
        }
    }
    setters
}

fn setter(table: &Table<'_>, element: &str, member: &Member, name: String) -> Setter {
    let value = value(table, member.value.shape);
    let is_certain =
        structs::is_certain(member) && !table.relaxed.is_optional(element, &member.name);
    let is_nullable = member.value.nullable || table.relaxed.is_nullable(element, &member.name);
    let mut docs = docs::of_member(table, member, &Presence::Optional);
    docs.alias(&name, &member.name);
    Setter {
        name,
        wire_name: member.name.clone(),
        docs: Arc::new(docs),
        takes: match is_certain && !is_nullable {
            true => value.into_value(),
            false => value.into_nullable(),
        },
        is_related: false,
    }
}

/// What a member is changed by. A null in a map removes what has this name.
fn value(table: &Table<'_>, shape: ShapeId) -> Type {
    let plain = types::value(table, shape);
    match map(table, shape) {
        Some(map) => {
            let inner = types::value(table, map.rest.shape);
            match inner == Type::any_json() {
                true => plain,
                false => table.patches.declared(table, map.rest.shape, inner).optional().entries(),
            }
        }
        None => table.patches.declared(table, shape, plain),
    }
}
