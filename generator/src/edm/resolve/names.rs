//! Aliases and identifiers.

use crate::csdl::Document;
use std::collections::BTreeMap;

/// The names by which one document calls namespaces.
pub(super) struct Names {
    aliases: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn new(document: &Document) -> Self {
        let includes =
            document.references.iter().flat_map(|reference| reference.children("Include"));
        let aliases = document
            .schemas
            .iter()
            .chain(includes)
            .filter_map(|one| {
                Some((one.value("Alias")?.to_owned(), one.value("Namespace")?.to_owned()))
            })
            .collect();
        Self { aliases }
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

    /// A path, with each qualified segment made full.
    pub(super) fn path(&self, path: &str) -> Vec<String> {
        path.split('/').map(|segment| self.full(segment.trim())).collect()
    }
}

/// Whether a text is a simple identifier (CSDL 4.01, section 15.2).
pub(super) fn is_simple_identifier(text: &str) -> bool {
    const LONGEST: usize = 128;
    let mut characters = text.chars();
    let first = characters.next().is_some_and(|c| c == '_' || c.is_alphabetic());
    first
        && text.chars().count() <= LONGEST
        && characters.all(|c| c == '_' || c.is_alphanumeric() || is_continuing(c))
}

/// Marks and connectors that are no letters and digits but may stand within a name.
fn is_continuing(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}')
}
