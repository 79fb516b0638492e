//! The types and actions by name.
//!
//! A type is decoded as the Rust type of a member of it: its struct, any JSON value if the type declares
//! nothing, the underlying type if it is a type definition.

use super::table::Table;
use super::types;
use crate::crate_plan::naming;
use crate::crate_plan::{
    ActionEntry, Binding, Item, ParameterEntry, Registry, RegistryTable, SetMembers, Type,
    TypeEntry, TypeKind,
};
use crate::odata::edm::{ItemType, Operation, OperationKind, StructuredKind, TypeId};
use std::collections::BTreeMap;

/// The most lines of a table; a longer one is split by one more letter of the names.
const LONGEST_TABLE: usize = 1_200;

/// The fewest lines of a table; a shorter one is joined with others that have the same first
/// letters.
const SHORTEST_TABLE: usize = 150;

/// A type or an action, with its simple name.
struct Entry {
    simple_name: String,
    is: EntryKind,
}

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
                    .filter(|setter| !setter.is_nullable() && !matches!(setter.takes, Type::Vec(_)))
                    .map(|setter| setter.wire_name.clone())
                    .collect(),
            }),
            _ => None,
        }),
    }
}

/// The registry of some types and all actions.
pub(super) fn registry(table: &Table<'_>, entries: Vec<TypeEntry>) -> Registry {
    let schemas = table
        .model
        .schemas
        .iter()
        .filter_map(|schema| Some((schema.other_name()?.to_owned(), schema.namespace.clone())));
    let mut aliases: Vec<_> = schemas.collect();
    aliases.sort();
    aliases.dedup();
    let simple = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let types = entries
        .into_iter()
        .map(|entry| Entry { simple_name: simple(&entry.wire_name), is: EntryKind::Type(entry) });
    let operations = table.model.operations.iter();
    let actions = operations.filter(|one| one.kind == OperationKind::Action).map(|operation| {
        let simple_name = operation.name.name.clone();
        Entry { simple_name, is: EntryKind::Action(of_action(table, operation)) }
    });
    Registry { aliases, tables: tables("", types.chain(actions).collect()) }
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

/// Puts entries that share their first letters into tables: into one if there are few, otherwise
/// into one for each next letter and one for the rest.
fn tables(initials: &str, entries: Vec<Entry>) -> Vec<RegistryTable> {
    let length = initials.len();
    let splits = entries.iter().any(|entry| entry.simple_name.chars().nth(length).is_some());
    if lines(&entries) <= LONGEST_TABLE || !splits {
        return vec![one_table(initials, entries)];
    }
    let mut groups: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        groups.entry(naming::initials(&entry.simple_name, length + 1)).or_default().push(entry);
    }
    let mut all = Vec::new();
    let mut left = Vec::new();
    for (letters, members) in groups {
        if letters == initials || lines(&members) < SHORTEST_TABLE {
            left.extend(members);
        } else {
            all.extend(tables(&letters, members));
        }
    }
    if !left.is_empty() {
        all.push(one_table(initials, left));
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// The approximate number of lines of some entries.
fn lines(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.is.lines()).sum()
}

fn one_table(initials: &str, entries: Vec<Entry>) -> RegistryTable {
    let name =
        if initials.is_empty() { "entries".to_owned() } else { format!("entries_{initials}") };
    let mut table = RegistryTable { name, types: Vec::new(), actions: Vec::new() };
    for entry in entries {
        match entry.is {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(prefix: &str, count: usize) -> impl Iterator<Item = Entry> {
        let prefix = prefix.to_owned();
        (0..count).map(move |at| {
            let simple_name = format!("{prefix}{at}");
            let entry = ActionEntry {
                wire_name: format!("n.{simple_name}"),
                binding: None,
                parameters: Vec::new(),
            };
            Entry { simple_name, is: EntryKind::Action(entry) }
        })
    }

    fn names(entries: Vec<Entry>) -> Vec<(String, usize)> {
        let tables = tables("", entries).into_iter();
        tables.map(|one| (one.name, one.actions.len())).collect()
    }

    #[test]
    fn a_small_schema_has_one_table() {
        let all = entries("a", 100).chain(entries("b", 100)).collect();
        assert_eq!(names(all), [("entries".to_owned(), 200)]);
        assert_eq!(names(Vec::new()), [("entries".to_owned(), 0)]);
    }

    #[test]
    fn a_large_schema_is_split_by_letters_and_the_rest_stays_together() {
        let parts = [("Xa", 200), ("xb", 200), ("xc", 5), ("x", 1), ("y", 50), ("z", 3)];
        let all = parts.into_iter().flat_map(|(prefix, count)| entries(prefix, count)).collect();
        let expected = [
            ("entries", 3),
            ("entries_x", 6),
            ("entries_xa", 200),
            ("entries_xb", 200),
            ("entries_y", 50),
        ];
        assert_eq!(names(all), expected.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn names_that_cannot_be_told_apart_share_a_table() {
        let mut all: Vec<Entry> = entries("x", 600).collect();
        all.iter_mut().for_each(|entry| entry.simple_name = "é".to_owned());
        assert_eq!(names(all), [("entries_0".to_owned(), 600)]);
    }
}
