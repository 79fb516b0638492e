//! Components that are scalars, lists, maps, or other components: type aliases.
//!
//! Enters: components without an item of their own. Leaves: the aliases. Fields have the types that the
//! aliases mean.

use super::table::{Other, Table};
use super::{docs, types};
use crate::crate_plan::{Alias, hooks};

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
