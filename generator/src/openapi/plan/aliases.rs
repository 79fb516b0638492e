//! Components that are scalars, lists, maps, or other components, and places whose schema other places have as
//! well: type aliases.
//!
//! Enters: components and places without an item of their own. Leaves: the aliases. Fields have the types that
//! the aliases of components mean.

use super::table::{Other, Place, Table};
use super::{docs, types};
use crate::crate_plan::{Alias, ItemPath, Type, hooks};
use crate::openapi::schema::ShapeId;
use std::sync::Arc;

/// The alias of a component, unless a type of the user takes its place.
pub(super) fn item(table: &Table<'_>, other: &Other) -> Option<Alias> {
    let used = table.api.shapes.of(other.schema)?;
    if hooks::external(table.config, &other.component).is_some() {
        return None;
    }
    Some(Alias {
        name: other.name.clone(),
        wire_name: other.component.clone(),
        docs: docs::of_alias(table, other),
        value: types::of(table, used),
    })
}

/// The alias of a place, if its type has another name.
pub(super) fn of_place(table: &Table<'_>, shape: ShapeId, place: &Place) -> Option<Alias> {
    let name = table.shared.name(table, shape)?;
    Some(Alias {
        name: place.name.clone(),
        wire_name: docs::wire_name(place),
        docs: docs::of_place(place, name),
        value: Type::Generated(ItemPath::new(Arc::clone(&table.module), name)),
    })
}
