//! Whether the elements of a document stand where they may and say what they must.
//!
//! Enters: the tree of one document. Leaves: diagnostics.
//! Must not know: what a name means.

use super::grammar::{self, Form, Rule};
use super::{Element, expressions};
use crate::diagnostic::{Diagnostic, Diagnostics};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Checks an element and everything within it against the table of elements.
pub(super) fn check(element: &Element, diagnostics: &mut Diagnostics) {
    let Some(rule) = grammar::rule_of(&element.name) else { return };
    if element.packaging != rule.packaging {
        let message = format!("`{}` is of the wrong namespace", element.name);
        let expected = if rule.packaging { super::EDMX } else { super::EDM };
        diagnostics.push(
            Diagnostic::error("misplaced-element", message)
                .at(element.span, "known under another namespace")
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
                if let Some(before) =
                    rule.once.then(|| first.insert(rule.name, child.span)).flatten()
                {
                    let message = format!("`{}` has two elements `{}`", element.name, child.name);
                    diagnostics.push(
                        Diagnostic::error("structure", message)
                            .at(child.span, "the second one")
                            .related(before, "the first one")
                            .help("keep one of them"),
                    );
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

/// Checks many elements at the same time, as if one by one.
fn each(elements: &[&Element], diagnostics: &mut Diagnostics) {
    /// So many that it is worth it.
    const TOGETHER: usize = 64;
    let checked = elements.par_chunks(TOGETHER).map(|elements| {
        let mut found = Diagnostics::default();
        elements.iter().for_each(|element| check(element, &mut found));
        found
    });
    let found: Vec<Diagnostics> = checked.collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
}

fn unknown(element: &Element, diagnostics: &mut Diagnostics) {
    let message = format!("the element `{}` is not part of CSDL", element.name);
    diagnostics.push(
        Diagnostic::violation("unknown-element", message)
            .at(element.span, "passed over")
            .help("correct its name, or move it to a namespace of its own"),
    );
}

fn misplaced(parent: &Element, element: &Element, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` may not stand in `{}`", element.name, parent.name);
    diagnostics.push(
        Diagnostic::error("misplaced-element", message)
            .at(element.span, "in the wrong place")
            .related(parent.span, "in this element")
            .help("move or remove it"),
    );
}

fn attributes(element: &Element, rule: &Rule, diagnostics: &mut Diagnostics) {
    for name in rule.required {
        if element.attribute(name).is_none() {
            let message = format!("`{}` lacks the attribute `{name}`", element.name);
            diagnostics.push(
                Diagnostic::error("missing-attribute", message)
                    .at(element.span, "without it the element means nothing")
                    .help(format!("add `{name}=\"…\"`")),
            );
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
                        .at(attribute.span, "passed over")
                        .help("correct its name, or give it a prefix of its own"),
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
    let message = format!("`{name}` is {value:?}, which is no boolean");
    // Some writers begin the words with a capital; what they mean is clear.
    let clear = value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
    let diagnostic = if clear {
        Diagnostic::violation("bad-boolean", message)
    } else {
        Diagnostic::error("bad-boolean", message)
    };
    diagnostics.push(
        diagnostic
            .at(element.place(name), "expected true or false")
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
        Diagnostic::error("text-not-allowed", format!("`{}` holds text", element.name))
            .at(element.span, format!("it holds {shown:?}"))
            .help("remove the text, or make it a comment or an annotation"),
    );
}

/// The elements that mean nothing without some child.
fn required_children(element: &Element, diagnostics: &mut Diagnostics) {
    let (wanted, diagnostic): (&[&str], _) = match element.name.as_str() {
        "Key" => (&["PropertyRef"], Diagnostic::error("key", "the key names no property")),
        "Reference" => (
            &["Include", "IncludeAnnotations"],
            Diagnostic::error("structure", "the reference includes nothing"),
        ),
        "Function" => {
            (&["ReturnType"], Diagnostic::error("return-type", "a function without a return type"))
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
