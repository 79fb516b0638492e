//! The namespaces and aliases of a document, which make one scope.
//!
//! Enters: one document. Leaves: diagnostics.
//! Must not know: other documents.

use super::identifier::{Spelling, namespace_spelling};
use super::{Document, Element, is_reserved};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use std::collections::BTreeMap;

/// Checks what the schemas and includes of a document declare.
pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut namespaces = BTreeMap::new();
    for schema in &document.schemas {
        let Some(name) = schema.value("Namespace") else { continue };
        namespace(schema, name, true, diagnostics);
        if let Some(first) = namespaces.insert(name, schema.place("Namespace")) {
            let message = format!("the namespace `{name}` is declared twice");
            diagnostics.push(
                Diagnostic::violation("duplicate-name", message)
                    .at(schema.place("Namespace"), "read as one with the first")
                    .related(first, "first declared here")
                    .help("put both schemas into one element"),
            );
        }
    }
    let includes: Vec<&Element> =
        document.references.iter().flat_map(|one| one.children("Include")).collect();
    for include in &includes {
        let Some(name) = include.value("Namespace") else { continue };
        namespace(include, name, false, diagnostics);
        if let Some(place) = namespaces.get(name) {
            let message = format!("the namespace `{name}` is both included and declared");
            diagnostics.push(
                Diagnostic::violation("structure", message)
                    .at(include.place("Namespace"), "included here")
                    .related(*place, "declared here")
                    .help("remove the `Include`"),
            );
        }
    }
    let included = includes.iter().filter_map(|one| one.value("Namespace"));
    let places: Vec<(&str, Span)> =
        included.zip(includes.iter().map(|one| one.place("Namespace"))).collect();
    for (name, place) in places {
        namespaces.entry(name).or_insert(place);
    }
    let all = document.schemas.iter().chain(includes);
    aliases(all, &namespaces, diagnostics);
}

fn namespace(element: &Element, name: &str, declared: bool, diagnostics: &mut Diagnostics) {
    let place = element.place("Namespace");
    if let Some(diagnostic) = spelling(name, namespace_spelling(name)) {
        diagnostics.push(
            diagnostic
                .at(place, "expected names with dots between them")
                .help("use letters, digits, `_` and single dots, at most 511 characters"),
        );
    } else if declared && is_reserved(name) {
        // The primitive types are in `Edm`, so names in it would have two meanings. The other words
        // are reserved for what no document declares.
        let message = format!("the namespace `{name}` is reserved");
        let (diagnostic, label) = match name {
            "Edm" => (Diagnostic::error("reserved-name", message), "has the primitive types"),
            _ => (Diagnostic::violation("reserved-name", message), "read as any other"),
        };
        diagnostics.push(diagnostic.at(place, label).help("choose a namespace of your own"));
    }
}

/// The finding about the spelling of a namespace, if there is one.
fn spelling(name: &str, spelling: Spelling) -> Option<Diagnostic> {
    let shown: String = name.chars().take(40).collect();
    let message = |why| format!("{shown:?} is not a namespace: {why}");
    match spelling {
        Spelling::Simple => None,
        Spelling::Odd(why) => Some(Diagnostic::violation("bad-name", message(why))),
        Spelling::Unusable(why) => Some(Diagnostic::error("bad-name", message(why))),
    }
}

/// The alias that a schema or an include declares. An alias that cannot be used is ignored.
pub(crate) fn alias_of(element: &Element) -> Option<&str> {
    let is_usable = |alias: &&str| !matches!(namespace_spelling(alias), Spelling::Unusable(_));
    element.value("Alias").filter(is_usable)
}

fn spelled(alias: &str, why: &str, label: &str, place: Span, diagnostics: &mut Diagnostics) {
    let shown: String = alias.chars().take(40).collect();
    diagnostics.push(
        Diagnostic::violation("bad-name", format!("{shown:?} is not an alias: {why}"))
            .at(place, label)
            .help("an alias has letters, digits and `_`, and at most 128 characters"),
    );
}

fn reserved(alias: &str, place: Span, diagnostics: &mut Diagnostics) {
    if !is_reserved(alias) {
        return;
    }
    let message = format!("the alias `{alias}` is reserved");
    let (diagnostic, label) = match alias {
        "Edm" => (Diagnostic::error("alias", message), "has the primitive types"),
        _ => (Diagnostic::violation("alias", message), "read as any other"),
    };
    diagnostics.push(diagnostic.at(place, label).help("choose another alias"));
}

fn aliases<'e>(
    elements: impl Iterator<Item = &'e Element>,
    namespaces: &BTreeMap<&str, Span>,
    diagnostics: &mut Diagnostics,
) {
    let mut known: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for element in elements {
        let Some(alias) = element.value("Alias") else { continue };
        let place = element.place("Alias");
        let own = element.value("Namespace").unwrap_or_default();
        match namespace_spelling(alias) {
            // Names are read up to their last dot, so an alias with dots is found nevertheless.
            Spelling::Simple if !alias.contains('.') => reserved(alias, place, diagnostics),
            Spelling::Simple => spelled(alias, "it has dots", "read as it is", place, diagnostics),
            Spelling::Odd(why) => spelled(alias, why, "read as it is", place, diagnostics),
            Spelling::Unusable(why) => {
                spelled(alias, why, "ignored", place, diagnostics);
                continue;
            }
        }
        if let Some(other) = namespaces.get(alias).filter(|_| alias != own) {
            diagnostics.push(
                Diagnostic::error("alias", format!("the alias `{alias}` is also a namespace"))
                    .at(place, "names would have two meanings")
                    .related(*other, "the namespace")
                    .help("choose another alias"),
            );
        }
        match known.insert(alias, (own, place)) {
            Some((other, first)) if other != own => diagnostics.push(
                Diagnostic::error("alias", format!("the alias `{alias}` names two namespaces"))
                    .at(place, "used again here")
                    .related(first, "first used here")
                    .help("choose another alias for one of them"),
            ),
            _ => {}
        }
    }
}
