//! The types of schemas by name.
//!
//! Enters: the components, and the inline schemas that have items. Leaves: the entries of the registry. Must not
//! know: what is inside the types.

use super::table::{Made, Table, components};
use super::types;
use crate::crate_plan::{Registry, SchemaEntry, SchemaKind, SchemaTable, registry};
use crate::openapi::schema::{ShapeId, Use};

/// How many lines an entry has at most.
const LINES: usize = 4;

/// The registry of all schemas that have a name or an item of their own.
pub(super) fn registry(table: &Table<'_>) -> Registry {
    let model = &table.api.model;
    let of_components = components(table.api).into_iter().filter_map(|(name, id)| {
        let address = table.places.address(model.schema(id).location);
        let used = table.api.shapes.of(id)?;
        Some((name.clone(), entry(table, Some(name), address, used)))
    });
    let inline = table.items().filter(|(_, place)| place.component.is_none());
    let inline = inline.map(|(shape, place)| {
        let used = table.schema(shape).and_then(|id| table.api.shapes.of(id));
        let is_own = |used: &Use| used.shape == shape;
        let used = used.filter(is_own).unwrap_or(Use { shape, nullable: false });
        (place.name.clone(), entry(table, None, place.element.clone(), used))
    });
    let tables = registry::tables(of_components.chain(inline).collect(), &|_| LINES).into_iter();
    Registry::Schemas(
        tables
            .map(|(name, mut schemas)| {
                schemas.sort_by(|one, other| {
                    (&one.name, &one.address).cmp(&(&other.name, &other.address))
                });
                SchemaTable { name, schemas }
            })
            .collect(),
    )
}

fn entry(table: &Table<'_>, name: Option<String>, address: String, used: Use) -> SchemaEntry {
    SchemaEntry {
        name,
        address,
        kind: kind(table, used.shape),
        is_nullable: used.nullable,
        value: types::value(table, used.shape),
    }
}

/// What the type of a shape is. About a type of the user only what every value has is known.
fn kind(table: &Table<'_>, shape: ShapeId) -> SchemaKind {
    match table.place(shape) {
        Some(place) if place.external.is_none() => match table.made(shape) {
            Some(Made::Struct | Made::Tuple) => SchemaKind::Structure,
            Some(Made::Enum) if table.flags.contains(&shape) => SchemaKind::Value,
            Some(Made::Enum | Made::Literals) => SchemaKind::Enumeration,
            Some(Made::Union) => SchemaKind::Union,
            None => SchemaKind::Value,
        },
        _ => SchemaKind::Value,
    }
}
