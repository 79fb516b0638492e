//! The types and actions by name.
//!
//! A type is decoded as the Rust type of a member of it: its struct, any JSON value if the type declares
//! nothing, the underlying type if it is a type definition.

use super::table::Table;
use super::types;
use crate::crate_plan::{
    ActionEntry, Binding, Item, ParameterEntry, Registry, RegistryTable, SetMembers, Type,
    TypeEntry, TypeKind, registry,
};
use crate::odata::edm::{ItemType, Operation, OperationKind, StructuredKind, TypeId};

/// What a table has.
enum EntryKind {
    Type(TypeEntry),
    Action(ActionEntry),
}

/// The entry of a type. Its update is among the items that are generated for it.
pub(super) fn of_type(table: &Table<'_>, id: TypeId, items: &[Item]) -> TypeEntry {
    let (kind, item) = match id {
        TypeId::Structured(id) => {
            let kind = match table.model.structured(id).kind {
                StructuredKind::Entity => TypeKind::Entity,
                StructuredKind::Complex => TypeKind::Complex,
            };
            (kind, ItemType::Structured(id))
        }
        TypeId::Enum(id) => (TypeKind::Enumeration, ItemType::Enum(id)),
        TypeId::Definition(id) => (TypeKind::Primitive, ItemType::Definition(id)),
    };
    let update = table.place(id).update.as_ref();
    TypeEntry {
        wire_name: table.model.item_name(item),
        kind,
        value: types::item(table, item),
        changes: items.iter().find_map(|item| match item {
            Item::Update(one) if update == Some(&one.name) => Some(SetMembers {
                members: one.setters.iter().map(|setter| setter.wire_name.clone()).collect(),
                never_null: one
                    .setters
                    .iter()
                    .filter(|setter| {
                        !setter.is_nullable() && !matches!(setter.value(), Type::Vec(_))
                    })
                    .map(|setter| setter.wire_name.clone())
                    .collect(),
            }),
            _ => None,
        }),
    }
}

/// The registry of some types and all actions.
pub(super) fn registry(schema: &Table<'_>, entries: Vec<TypeEntry>) -> Registry {
    let schemas = schema
        .model
        .schemas
        .iter()
        .filter_map(|schema| Some((schema.other_name()?.to_owned(), schema.namespace.clone())));
    let mut aliases: Vec<_> = schemas.collect();
    aliases.sort();
    aliases.dedup();
    let simple = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let types = entries.into_iter().map(|entry| (simple(&entry.wire_name), EntryKind::Type(entry)));
    let operations = schema.model.operations.iter();
    let actions = operations.filter(|one| one.kind == OperationKind::Action).map(|operation| {
        (operation.name.name.clone(), EntryKind::Action(of_action(schema, operation)))
    });
    let tables = registry::tables(types.chain(actions).collect(), &EntryKind::lines);
    let versions = schema.model.versions.iter();
    let mut versions: Vec<_> = versions
        .map(|(name, id)| (name.to_string(), schema.model.structured(*id).name.to_string()))
        .collect();
    versions.sort();
    Registry::Names { aliases, versions, tables: tables.into_iter().map(table).collect() }
}

fn of_action(table: &Table<'_>, operation: &Operation) -> ActionEntry {
    let binding = operation.binding_parameter();
    let parameters = operation.own_parameters().iter().map(|parameter| ParameterEntry {
        wire_name: parameter.name.clone(),
        nullable: parameter.value.allows_null(),
        value: types::value(table, &parameter.value),
    });
    ActionEntry {
        wire_name: operation.name.to_string(),
        binding: binding.map(|parameter| Binding {
            wire_name: table.model.item_name(parameter.value.item),
            collection: parameter.value.collection,
        }),
        parameters: parameters.collect(),
    }
}

fn table((name, entries): (String, Vec<EntryKind>)) -> RegistryTable {
    let mut table = RegistryTable { name, types: Vec::new(), actions: Vec::new() };
    for entry in entries {
        match entry {
            EntryKind::Type(entry) => table.types.push(entry),
            EntryKind::Action(entry) => table.actions.push(entry),
        }
    }
    table.types.sort_by(|one, other| one.wire_name.cmp(&other.wire_name));
    let key = |entry: &ActionEntry| (entry.wire_name.clone(), entry.binding.clone());
    table.actions.sort_by_key(key);
    table
}

impl EntryKind {
    /// The approximate number of lines of the entry.
    fn lines(&self) -> usize {
        match self {
            Self::Type(entry) => {
                entry.changes.as_ref().map_or(3, |one| 6 + one.members.len() + one.never_null.len())
            }
            Self::Action(entry) => 5 + 2 * entry.parameters.len(),
        }
    }
}
