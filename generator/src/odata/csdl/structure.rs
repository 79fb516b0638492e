//! Whether the elements of a document are where they are allowed and have their required
//! attributes.
//!
//! Enters: the tree of one document. Leaves: diagnostics.
//! Must not know: what a name means.

use super::grammar::{self, ElementRule, Form};
use super::{Element, expressions};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Checks an element and everything within it against the table of elements.
pub(super) fn check(element: &Element, diagnostics: &mut Diagnostics) {
    let Some(rule) = grammar::rule_of(&element.name) else { return };
    if element.packaging != rule.packaging {
        let message = format!("`{}` is of the wrong namespace", element.name);
        let expected = if rule.packaging { super::EDMX } else { super::EDM };
        diagnostics.push(
            Diagnostic::violation("misplaced-element", message)
                .at(element.span, "read as if it were of the right one")
                .help(format!("it belongs to `{expected}`")),
        );
    }
    attributes(element, rule, diagnostics);
    text(element, diagnostics);
    expressions::check(element, diagnostics);
    let is_schema = element.name == "Schema";
    let mut apart = Vec::new();
    let mut first = BTreeMap::new();
    for child in &element.children {
        match grammar::rule_of(&child.name) {
            None => unknown(child, diagnostics),
            Some(rule) => {
                if !rule.parents.iter().any(|some| some.contains(&element.name.as_str())) {
                    misplaced(element, child, diagnostics);
                    continue;
                }
                if let Some(before) = rule.once.then(|| first.insert(rule.name, child)).flatten() {
                    diagnostics.push(twice(element, child, before));
                }
                if is_schema {
                    apart.push(child);
                } else {
                    check(child, diagnostics);
                }
            }
        }
    }
    each(&apart, diagnostics);
    required_children(element, diagnostics);
}

/// Checks many elements in parallel, with the same findings as one by one.
fn each(elements: &[&Element], diagnostics: &mut Diagnostics) {
    /// The fewest elements for which this is worthwhile.
    const TOGETHER: usize = 64;
    let checked = elements.par_chunks(TOGETHER).map(|elements| {
        let mut found = Diagnostics::default();
        elements.iter().for_each(|element| check(element, &mut found));
        found
    });
    let found: Vec<Diagnostics> = checked.collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
}

/// Reports a second element where only one is allowed. If two keys or two results differ, the
/// intended one cannot be known, and each produces another crate.
fn twice(parent: &Element, element: &Element, before: &Element) -> Diagnostic {
    let message = format!("`{}` has two elements `{}`", parent.name, element.name);
    let diagnostic = match element.name.as_str() {
        "Key" | "ReturnType" if !element.declares_the_same(before) => {
            Diagnostic::error("structure", message)
        }
        _ => Diagnostic::violation("structure", message),
    };
    diagnostic
        .at(element.span, "the second one, not used")
        .related(before.span, "the first one")
        .help("keep one of them")
}

/// The elements of OData V2 and V3 that V4 no longer has.
const OF_V3: &[&str] =
    &["Association", "AssociationSet", "CollectionType", "ReferenceType", "RowType", "Using"];

fn unknown(element: &Element, diagnostics: &mut Diagnostics) {
    if OF_V3.contains(&element.name.as_str()) {
        let message = format!("the element `{}` is of OData V2 or V3", element.name);
        diagnostics.push(
            Diagnostic::error("version", message)
                .at(element.span, "V4 has no such element")
                .help("ask the service for its V4 metadata"),
        );
        return;
    }
    let message = format!("the element `{}` is not part of CSDL", element.name);
    diagnostics.push(
        Diagnostic::violation("unknown-element", message)
            .at(element.span, "ignored")
            .help("correct its name, or move it to another XML namespace"),
    );
}

fn misplaced(parent: &Element, element: &Element, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` is not allowed in `{}`", element.name, parent.name);
    diagnostics.push(
        Diagnostic::violation("misplaced-element", message)
            .at(element.span, "ignored")
            .related(parent.span, "in this element")
            .help("move or remove it"),
    );
}

fn attributes(element: &Element, rule: &ElementRule, diagnostics: &mut Diagnostics) {
    for name in rule.required {
        if element.attribute(name).is_none() {
            let message = format!("`{}` lacks the attribute `{name}`", element.name);
            let (diagnostic, label) = if rule.is_made() {
                let diagnostic = Diagnostic::error("missing-attribute", message);
                (diagnostic, "without it the element has no meaning")
            } else {
                (Diagnostic::violation("missing-attribute", message), "ignored")
            };
            diagnostics
                .push(diagnostic.at(element.span, label).help(format!("add `{name}=\"…\"`")));
        }
    }
    for attribute in &element.attributes {
        match rule.form(&attribute.name) {
            Some(Form::Boolean) => boolean(&attribute.name, element, diagnostics),
            Some(Form::Text | Form::Constant) => {}
            None => {
                let message =
                    format!("`{}` has no attribute `{}` in CSDL", element.name, attribute.name);
                diagnostics.push(
                    Diagnostic::violation("unknown-attribute", message)
                        .at(attribute.span, "ignored")
                        .help("correct its name, or give it the prefix of another XML namespace"),
                );
            }
        }
    }
}

fn boolean(name: &str, element: &Element, diagnostics: &mut Diagnostics) {
    let value = element.value(name).unwrap_or_default().trim();
    if matches!(value, "true" | "false" | "0" | "1") {
        return;
    }
    let message = format!("`{name}` is {value:?}, which is not a boolean");
    // Some writers begin the words with a capital; their meaning is clear.
    let clear = value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
    let label = if clear { "expected true or false" } else { "read as if it were not there" };
    diagnostics.push(
        Diagnostic::violation("bad-boolean", message)
            .at(element.place(name), label)
            .help("write `true` or `false`"),
    );
}

fn text(element: &Element, diagnostics: &mut Diagnostics) {
    let text = element.text.trim();
    if text.is_empty() || grammar::holds_text(&element.name) {
        return;
    }
    let shown: String = text.chars().take(40).collect();
    diagnostics.push(
        Diagnostic::violation("text-not-allowed", format!("`{}` holds text", element.name))
            .at(element.span, format!("the text {shown:?} is ignored"))
            .help("remove the text, or make it a comment or an annotation"),
    );
}

/// The elements that should have some child.
fn required_children(element: &Element, diagnostics: &mut Diagnostics) {
    let (wanted, diagnostic): (&[&str], _) = match element.name.as_str() {
        "Key" => {
            let message = "the key names no property, so there is no key";
            (&["PropertyRef"], Diagnostic::violation("key", message))
        }
        "Reference" => {
            let message = "the reference includes nothing, so it is ignored";
            (&["Include", "IncludeAnnotations"], Diagnostic::violation("structure", message))
        }
        "Function" => {
            let message = "a function without a return type, which returns any value";
            (&["ReturnType"], Diagnostic::violation("return-type", message))
        }
        _ => return,
    };
    if element.children.iter().all(|child| !wanted.contains(&child.name.as_str())) {
        diagnostics.push(
            diagnostic
                .at(element.span, format!("expected `{}` within", wanted.join("` or `")))
                .help("add what is missing, or remove the element"),
        );
    }
}
