//! The schemas of a description.

use super::SchemaEntry;
use std::fmt;
use std::sync::OnceLock;

/// The schemas of an OpenAPI description that have types, by name and by address.
///
/// Its contents are sorted when something is looked up for the first time.
pub struct Schemas {
    tables: &'static [&'static [SchemaEntry]],
    index: OnceLock<Index>,
}

/// All entries, ordered for the search.
struct Index {
    by_name: Vec<&'static SchemaEntry>,
    by_address: Vec<&'static SchemaEntry>,
}

impl Schemas {
    /// The entries of some tables, in any order: large descriptions are written to several files.
    #[must_use]
    pub const fn new(tables: &'static [&'static [SchemaEntry]]) -> Self {
        Self { tables, index: OnceLock::new() }
    }

    /// All entries, by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'static SchemaEntry> + '_ {
        self.index().by_name.iter().copied()
    }

    /// The schema with a name: that of a component, such as `Pet`, or the address of an inline schema.
    pub fn find(&self, name: &str) -> Option<&'static SchemaEntry> {
        found(&self.index().by_name, name, SchemaEntry::name)
    }

    /// The schema at an address, such as `#/components/schemas/Pet`. In a document other than the first
    /// one the address begins with the name of the document.
    pub fn at(&self, address: &str) -> Option<&'static SchemaEntry> {
        found(&self.index().by_address, address, SchemaEntry::address)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let all = || self.tables.iter().copied().flatten();
            let mut by_name: Vec<_> = all().collect();
            by_name.sort_unstable_by_key(|entry| (entry.name(), entry.address()));
            let mut by_address: Vec<_> = all().collect();
            by_address.sort_unstable_by_key(|entry| entry.address());
            Index { by_name, by_address }
        })
    }
}

/// The first of some sorted entries with a key.
fn found(
    sorted: &[&'static SchemaEntry],
    key: &str,
    of: fn(&SchemaEntry) -> &'static str,
) -> Option<&'static SchemaEntry> {
    let at = sorted.partition_point(|entry| of(entry) < key);
    sorted.get(at).copied().filter(|entry| of(entry) == key)
}

impl fmt::Debug for Schemas {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Schemas({})", self.iter().len())
    }
}
