//! Whether the expressions of annotations are written as they must be.
//!
//! Enters: one element of a document. Leaves: diagnostics, all of them warnings, because a wrong
//! annotation removes nothing from the model. Must not know: what a term means.

use super::grammar::{CONSTANTS, EXPRESSIONS, Form, VALUED, rule_of};
use super::identifier::is_qualified_name;
use super::{Element, is_literal, is_simple_identifier};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;

/// Checks the expression that an element is or holds.
pub(super) fn check(element: &Element, diagnostics: &mut Diagnostics) {
    let name = element.name.as_str();
    if VALUED.contains(&name) {
        value(element, diagnostics);
    } else if CONSTANTS.contains(&name) {
        constant(name, &element.text, element.span, diagnostics);
    } else if EXPRESSIONS.contains(&name) {
        arity(element, diagnostics);
    }
    for attribute in ["Qualifier"] {
        let Some(value) = element.value(attribute) else { continue };
        if !is_simple_identifier(value) {
            diagnostics.push(
                Diagnostic::violation("bad-qualifier", format!("`{value}` is not a qualifier"))
                    .at(element.place(attribute), "expected a simple identifier")
                    .help("use letters, digits and `_` only"),
            );
        }
    }
    if let (true, Some(term)) = (name == "Annotation", element.value("Term"))
        && !is_qualified_name(term.split('#').next().unwrap_or_default().trim())
    {
        diagnostics.push(
            Diagnostic::violation("bad-term", format!("`{term}` is not the name of a term"))
                .at(element.place("Term"), "expected a qualified name")
                .help("put the namespace or an alias before the name"),
        );
    }
}

fn is_expression(element: &Element) -> bool {
    CONSTANTS.contains(&element.name.as_str()) || EXPRESSIONS.contains(&element.name.as_str())
}

/// Checks that there is at most one value, as an attribute or as an element.
fn value(element: &Element, diagnostics: &mut Diagnostics) {
    let rule = rule_of(&element.name);
    let attributes = element
        .attributes
        .iter()
        .filter(|one| rule.and_then(|rule| rule.form(&one.name)) == Some(Form::Constant));
    let mut places: Vec<Span> = Vec::new();
    for attribute in attributes {
        constant(&attribute.name, &attribute.value, attribute.span, diagnostics);
        places.push(attribute.span);
    }
    places.extend(element.children.iter().filter(|one| is_expression(one)).map(|one| one.span));
    if let [first, second, ..] = places[..] {
        diagnostics.push(
            Diagnostic::violation("annotation-value", format!("`{}` has two values", element.name))
                .at(second, "the second value is not used")
                .related(first, "the first value")
                .help("keep one of them"),
        );
    }
}

fn constant(kind: &str, text: &str, span: Span, diagnostics: &mut Diagnostics) {
    let text = text.trim();
    let fits = match kind {
        "EnumMember" => text
            .split_whitespace()
            .all(|one| one.split_once('/').is_some_and(|(name, _)| is_qualified_name(name))),
        _ => is_literal(kind, text),
    };
    if !fits || (kind == "EnumMember" && text.is_empty()) {
        let shown: String = text.chars().take(40).collect();
        diagnostics.push(
            Diagnostic::violation("annotation-value", format!("{shown:?} is not a valid `{kind}`"))
                .at(span, "the value does not have the form of its kind")
                .help("correct the value, or write it as a `String`"),
        );
    }
}

/// Checks the number of operands.
fn arity(element: &Element, diagnostics: &mut Diagnostics) {
    let (least, most) = match element.name.as_str() {
        "Null" | "Record" | "LabeledElementReference" => (0, 0),
        "Collection" | "Apply" => (0, usize::MAX),
        "If" => (2, 3),
        "And" | "Or" => (2, 2),
        "Cast" | "IsOf" | "UrlRef" | "Not" | "Neg" => (1, 1),
        _ => (2, 2),
    };
    let found = element.children.iter().filter(|one| is_expression(one)).count();
    if found < least || found > most {
        let message = format!("`{}` has {found} operands", element.name);
        let expected =
            if least == most { format!("{least}") } else { format!("{least} to {most}") };
        diagnostics.push(
            Diagnostic::violation("annotation-value", message)
                .at(element.span, format!("expected {expected}"))
                .help("correct the expression"),
        );
    }
}
