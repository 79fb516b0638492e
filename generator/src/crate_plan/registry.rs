//! The types of a crate by name.
//!
//! Enters: entries, by the names that their values have on the wire. Leaves: tables of a length that a file
//! should have. Must not know: what the names mean.

use super::{Named, Type, naming};
use std::collections::BTreeMap;

/// The types of a crate, by which JSON is decoded when the name is known only at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// Types and actions by their qualified names.
    Names {
        /// The aliases of namespaces, each with its namespace.
        aliases: Vec<(String, String)>,
        /// The names of versions of types, each with the name of its type, sorted.
        versions: Vec<(String, String)>,
        /// The entries, in parts; each part is a file.
        tables: Vec<RegistryTable>,
    },
    /// Schemas by their names and addresses; each part is a file.
    Schemas(Vec<SchemaTable>),
}

impl Registry {
    /// The type of the table of all entries.
    pub fn value(&self) -> Type {
        Named::runtime(match self {
            Self::Names { .. } => &["registry", "Registry"],
            Self::Schemas(_) => &["registry", "Schemas"],
        })
        .into()
    }

    /// The modules of the parts.
    pub fn modules(&self) -> Vec<&str> {
        match self {
            Self::Names { tables, .. } => tables.iter().map(|one| one.name.as_str()).collect(),
            Self::Schemas(tables) => tables.iter().map(|one| one.name.as_str()).collect(),
        }
    }
}

/// A part of a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryTable {
    /// The module.
    pub name: String,
    /// The types, by name.
    pub types: Vec<TypeEntry>,
    /// The actions, by name and by what they are bound to.
    pub actions: Vec<ActionEntry>,
}

/// A part of a [`Registry`] of schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaTable {
    /// The module.
    pub name: String,
    /// The schemas, by name.
    pub schemas: Vec<SchemaEntry>,
}

/// A schema in a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaEntry {
    /// The name of the component, if it is one.
    pub name: Option<String>,
    /// Where it is in the description.
    pub address: String,
    /// What the type is.
    pub kind: SchemaKind,
    /// Whether null is a value of it.
    pub is_nullable: bool,
    /// The type that values are decoded as.
    pub value: Type,
}

/// What a [`SchemaEntry`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaKind {
    /// A generated struct.
    Structure,
    /// A generated enumeration.
    Enumeration,
    /// A generated enum of several types.
    Union,
    /// Any other type.
    Value,
}

/// A type in a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeEntry {
    /// The qualified wire name.
    pub wire_name: String,
    /// What the type is.
    pub kind: TypeKind,
    /// The type that values are decoded as.
    pub value: Type,
    /// The members for which the update of the type has setters, if there is an update.
    pub changes: Option<SetMembers>,
}

/// What a [`TypeEntry`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum TypeKind {
    Entity,
    Complex,
    Enumeration,
    /// A type definition, which is a primitive type with another name.
    Primitive,
}

/// The members that an update has setters for, by wire name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetMembers {
    /// All declared members.
    pub members: Vec<String>,
    /// Members with a single value that is never null; collections are never null.
    pub never_null: Vec<String>,
}

/// An action in a [`Registry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionEntry {
    /// The qualified wire name.
    pub wire_name: String,
    /// What it is bound to, if it is bound.
    pub binding: Option<Binding>,
    /// The parameters.
    pub parameters: Vec<ParameterEntry>,
}

/// What an action is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding {
    /// The qualified wire name of the type.
    pub wire_name: String,
    /// Whether it is bound to collections of the type.
    pub collection: bool,
}

/// A parameter of an [`ActionEntry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterEntry {
    /// The wire name.
    pub wire_name: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// The type that its values are decoded as.
    pub value: Type,
}

/// The most lines of a table; a longer one is split by one more letter of the names.
const LONGEST_TABLE: usize = 1_200;

/// The fewest lines of a table; a shorter one is joined with others that have the same first
/// letters.
const SHORTEST_TABLE: usize = 150;

/// The most letters that tables are split by, since they are in the name of a file.
const MOST_INITIALS: usize = 48;

/// Puts entries into tables, each with the name of its module, by the first letters of their names: into one
/// table if there are few.
pub(crate) fn tables<E>(
    entries: Vec<(String, E)>,
    lines: &impl Fn(&E) -> usize,
) -> Vec<(String, Vec<E>)> {
    split("", entries, lines)
}

/// Puts entries that share their first letters into tables: into one if there are few, otherwise
/// into one for each next letter and one for the rest.
fn split<E>(
    initials: &str,
    entries: Vec<(String, E)>,
    lines: &impl Fn(&E) -> usize,
) -> Vec<(String, Vec<E>)> {
    let length = initials.len();
    let count = |entries: &[(String, E)]| entries.iter().map(|(_, one)| lines(one)).sum::<usize>();
    let splits = length < MOST_INITIALS
        && entries.iter().any(|(name, _)| name.chars().nth(length).is_some());
    if count(&entries) <= LONGEST_TABLE || !splits {
        return vec![one_table(initials, entries)];
    }
    let mut groups: BTreeMap<String, Vec<(String, E)>> = BTreeMap::new();
    for entry in entries {
        groups.entry(naming::initials(&entry.0, length + 1)).or_default().push(entry);
    }
    let mut all = Vec::new();
    let mut left = Vec::new();
    for (letters, members) in groups {
        if letters == initials || count(&members) < SHORTEST_TABLE {
            left.extend(members);
        } else {
            all.extend(split(&letters, members, lines));
        }
    }
    if !left.is_empty() {
        all.push(one_table(initials, left));
    }
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

fn one_table<E>(initials: &str, entries: Vec<(String, E)>) -> (String, Vec<E>) {
    let name =
        if initials.is_empty() { "entries".to_owned() } else { format!("entries_{initials}") };
    (name, entries.into_iter().map(|(_, entry)| entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of five lines each.
    fn entries(prefix: &str, count: usize) -> impl Iterator<Item = (String, ())> {
        let prefix = prefix.to_owned();
        (0..count).map(move |at| (format!("{prefix}{at}"), ()))
    }

    fn names(entries: Vec<(String, ())>) -> Vec<(String, usize)> {
        let tables = tables(entries, &|()| 5).into_iter();
        tables.map(|(name, entries)| (name, entries.len())).collect()
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
        let mut all: Vec<(String, ())> = entries("x", 600).collect();
        all.iter_mut().for_each(|(name, ())| *name = "é".to_owned());
        assert_eq!(names(all), [("entries_0".to_owned(), 600)]);
    }
}
