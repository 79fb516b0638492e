//! Annotations and their expressions.

use super::Build;
use crate::input::source::Span;
use crate::odata::csdl::Element;
use crate::odata::edm::{Annotation, Expression, Record};

pub(super) fn annotation(annotation: &Annotation) -> Element {
    let build = Build::new("Annotation", annotation.span)
        .with("Term", &annotation.term)
        .maybe("Qualifier", annotation.qualifier.as_deref());
    valued(build, &annotation.value, annotation.span).annotated(&annotation.annotations).0
}

/// Adds the value of an expression to an element: constants and paths as an attribute, the rest as
/// an element.
fn valued(build: Build, value: &Expression, span: Span) -> Build {
    match constant(value) {
        Some((kind, text)) => build.with(kind, text),
        None => build.child(expression(value, span)),
    }
}

/// The name and the text of an expression that may be written as an attribute.
fn constant(value: &Expression) -> Option<(&'static str, String)> {
    Some(match value {
        Expression::Binary(text) => ("Binary", text.clone()),
        Expression::Bool(value) => ("Bool", value.to_string()),
        Expression::Date(text) => ("Date", text.clone()),
        Expression::DateTimeOffset(text) => ("DateTimeOffset", text.clone()),
        Expression::Decimal(text) => ("Decimal", text.clone()),
        Expression::Duration(text) => ("Duration", text.clone()),
        Expression::EnumMember(members) => ("EnumMember", members.join(" ")),
        Expression::Float(text) => ("Float", text.clone()),
        Expression::Guid(text) => ("Guid", text.clone()),
        Expression::Int(value) => ("Int", value.to_string()),
        Expression::String(text) => ("String", text.clone()),
        Expression::TimeOfDay(text) => ("TimeOfDay", text.clone()),
        Expression::Path { kind, path } => (kind.name(), path.clone()),
        Expression::LabeledElementReference(name) => ("LabeledElementReference", name.clone()),
        Expression::UrlRef(inner) => match &**inner {
            Expression::String(text) => ("UrlRef", text.clone()),
            _ => return None,
        },
        _ => return None,
    })
}

/// An expression as an element.
fn expression(value: &Expression, span: Span) -> Element {
    if let Some((kind, text)) = constant(value) {
        let mut build = Build::new(kind, span);
        // A `UrlRef` element contains an expression, not a text.
        if let Expression::UrlRef(inner) = value {
            return build.child(expression(inner, span)).0;
        }
        build.0.text = text;
        return build.0;
    }
    let with_all = |build: Build, values: &[Expression]| {
        values.iter().fold(build, |build, value| build.child(expression(value, span)))
    };
    let of = |name: &str| Build::new(name, span);
    match value {
        Expression::Collection(items) => with_all(of("Collection"), items).0,
        Expression::Record(value) => record(value, span),
        Expression::Apply { function, arguments } => {
            with_all(of("Apply").with("Function", function), arguments).0
        }
        Expression::Operator { name, operands } => with_all(of(name), operands).0,
        Expression::Cast { target, operand } => {
            of("Cast").with("Type", target).child(expression(operand, span)).0
        }
        Expression::IsOf { target, operand } => {
            of("IsOf").with("Type", target).child(expression(operand, span)).0
        }
        Expression::If(operands) => with_all(of("If"), operands).0,
        Expression::LabeledElement { name, value } => {
            valued(of("LabeledElement").with("Name", name), value, span).0
        }
        Expression::UrlRef(inner) => of("UrlRef").child(expression(inner, span)).0,
        _ => of("Null").0,
    }
}

fn record(record: &Record, span: Span) -> Element {
    let mut build = Build::new("Record", span).maybe("Type", record.type_name.as_deref());
    for one in &record.properties {
        let child = Build::new("PropertyValue", span).with("Property", &one.property);
        build = build.child(valued(child, &one.value, span).annotated(&one.annotations).0);
    }
    build.annotated(&record.annotations).0
}
