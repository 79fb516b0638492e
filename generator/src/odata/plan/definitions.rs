//! Type definitions: primitive types under other names.
//!
//! Enters: a type definition of the model. Leaves: the alias that documents it.
//! Must not know: what has its type, which is the underlying type in Rust.

use super::structs::{constraints, longest, type_docs};
use super::table::Table;
use super::types;
use crate::crate_plan::{Alias, Prose};
use crate::odata::edm::{Facets, ItemType, TypeDefinitionId, TypeId};

/// The alias for a type definition.
pub(super) fn alias(table: &Table<'_>, id: TypeDefinitionId) -> Alias {
    let declared = table.model.definition(id);
    let wire_name = declared.name.to_string();
    let underlying = table.model.item_name(ItemType::Primitive(declared.underlying));
    let name = table.place(TypeId::Definition(id)).name.clone();
    let mut facts = vec![Prose::new("underlying type ").code(&underlying)];
    facts.extend(facets(&declared.facets));
    facts.extend(constraints(&declared.annotations));
    Alias {
        docs: type_docs(&declared.annotations, "The type definition ", (&name, &wire_name), facts),
        name,
        value: types::item(table, ItemType::Definition(id)),
        wire_name,
    }
}

/// What the facets specify for the values.
fn facets(facets: &Facets) -> Vec<Prose> {
    let others = facets.texts().into_iter().filter(|(name, _)| *name != "MaxLength");
    let others = others.filter_map(|(name, text)| Some(format!("{name}={}", text?)));
    longest(facets).into_iter().chain(others.map(|one| Prose::default().code(&one))).collect()
}
