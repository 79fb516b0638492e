//! Aliases and identifiers.

use crate::odata::csdl::{Document, alias_of};
use std::collections::BTreeMap;

/// The names by which one document calls namespaces.
pub(super) struct Names {
    aliases: BTreeMap<String, String>,
    /// Whether the constants of the document do not specify their kinds.
    pub(super) is_json: bool,
}

impl Names {
    pub(super) fn new(document: &Document) -> Self {
        let includes =
            document.references.iter().flat_map(|reference| reference.children("Include"));
        let aliases = document
            .schemas
            .iter()
            .chain(includes)
            .filter_map(|one| Some((alias_of(one)?.to_owned(), one.value("Namespace")?.to_owned())))
            .collect();
        Self { aliases, is_json: document.is_json }
    }

    /// A qualified name with its namespace instead of an alias.
    pub(super) fn full(&self, name: &str) -> String {
        match name.rsplit_once('.') {
            Some((prefix, simple)) => match self.aliases.get(prefix) {
                Some(namespace) => format!("{namespace}.{simple}"),
                None => name.to_owned(),
            },
            None => name.to_owned(),
        }
    }

    /// A namespace, which may be written as an alias.
    pub(super) fn namespace<'a>(&'a self, name: &'a str) -> &'a str {
        self.aliases.get(name).map_or(name, String::as_str)
    }

    /// A path with the aliases in its segments replaced.
    pub(super) fn path(&self, path: &str) -> Vec<String> {
        path.split('/').map(|segment| self.full(segment.trim())).collect()
    }
}
