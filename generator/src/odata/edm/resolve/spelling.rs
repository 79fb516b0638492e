//! The names of elements: their spelling, and duplicates.

use super::Resolver;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::odata::csdl::{
    Element, Spelling, declared_spelling, is_query_name, is_segment_name, member_spelling,
};
use std::collections::BTreeMap;

impl Resolver<'_> {
    /// The name of an element, which should be a simple identifier. Any other name is accepted as a
    /// wire name if it can be distinguished from the text around it.
    pub(super) fn name(&mut self, element: &Element) -> Option<String> {
        let name = self.required(element, "Name")?;
        let spelling = match element.name.as_str() {
            "Property" | "NavigationProperty" | "Member" | "Parameter" | "EntitySet"
            | "Singleton" | "ActionImport" | "FunctionImport" | "EntityContainer" => {
                member_spelling(&name)
            }
            _ => declared_spelling(&name),
        };
        let (why, is_usable) = match spelling {
            Spelling::Simple => return Some(name),
            Spelling::Odd(why) => (why, true),
            Spelling::Unusable(why) => (why, false),
        };
        let shown: String = name.chars().take(40).collect();
        let message = format!("`{}` has the name {shown:?}: {why}", element.name);
        let diagnostic = if is_usable {
            Diagnostic::violation("bad-name", message)
                .at(element.place("Name"), reading(&element.name, &name))
        } else if element.name == "Term" {
            // Nothing is generated from a term.
            Diagnostic::violation("bad-name", message).at(element.place("Name"), "ignored")
        } else {
            Diagnostic::error("bad-name", message)
                .at(element.place("Name"), "this cannot be a name")
        };
        self.diagnostics.push(diagnostic.help(
            "a name begins with a letter or `_`, has letters, digits and `_`, and at most 128 characters",
        ));
        is_usable.then_some(name)
    }

    /// The elements of one scope without duplicates, which are reported.
    pub(super) fn distinct<'e>(
        &mut self,
        scope: &str,
        elements: impl Iterator<Item = &'e Element>,
    ) -> Vec<&'e Element> {
        let mut seen: BTreeMap<&str, &Element> = BTreeMap::new();
        let mut kept = Vec::new();
        for element in elements {
            let first = element.value("Name").and_then(|name| match seen.get(name) {
                Some(first) => Some((name, *first)),
                None => {
                    seen.insert(name, element);
                    None
                }
            });
            match first {
                Some((name, first)) => {
                    self.duplicate(&format!("{scope} declares `{name}` twice"), element, first);
                }
                None => kept.push(element),
            }
        }
        kept
    }

    /// Reports the second of two elements with one name. If it declares the same, nothing is lost
    /// without it. (For enumeration members the value does not count, because JSON contains their
    /// names.) If the declarations differ, it is not known which one the service follows.
    pub(super) fn duplicate(&mut self, message: &str, again: &Element, first: &Element) {
        let is_same = again.name == "Member" || again.declares_the_same(first);
        let (diagnostic, label) = if is_same {
            (Diagnostic::violation("duplicate-name", message), "not used")
        } else {
            (Diagnostic::error("duplicate-name", message), "declared again here, in another way")
        };
        self.diagnostics.push(
            diagnostic
                .at(again.place("Name"), label)
                .related(first.place("Name"), "first declared here")
                .help("rename or remove one of them"),
        );
    }

    /// The element of a schema whose name is at a place.
    pub(super) fn element_at(&self, name: Span) -> Option<&Element> {
        let schemas = self.documents.iter().flat_map(|document| &document.schemas);
        schemas.flat_map(|schema| &schema.children).find(|one| one.place("Name") == name)
    }
}

/// The label for a name that is not an identifier: nothing is offered that a query or a path cannot
/// contain.
fn reading(element: &str, name: &str) -> &'static str {
    match element {
        "NavigationProperty" if !is_segment_name(name) => {
            "kept as the wire name, but no path and no query can contain it, so it has no typed form there"
        }
        "Property" | "NavigationProperty" if !is_query_name(name) => {
            "kept as the wire name, but no query can contain it, so it has no constant"
        }
        "EntitySet" | "Singleton" | "ActionImport" | "FunctionImport" if !is_segment_name(name) => {
            "no path can contain it, so it is left out"
        }
        "Parameter" if !is_query_name(name) => {
            "kept as the wire name; a function that requires it is left out, because no path can contain it"
        }
        _ => "kept as the wire name",
    }
}
