//! Expressions as text, without places and without order that has no meaning.

use crate::odata::edm::{Annotation, Expression, Record};

/// The text of an expression.
pub(super) fn expression(value: &Expression) -> String {
    match value {
        Expression::Binary(text)
        | Expression::Date(text)
        | Expression::DateTimeOffset(text)
        | Expression::Decimal(text)
        | Expression::Duration(text)
        | Expression::Float(text)
        | Expression::Guid(text)
        | Expression::TimeOfDay(text) => text.clone(),
        Expression::String(text) => text.clone(),
        Expression::Bool(value) => value.to_string(),
        Expression::Int(value) => value.to_string(),
        Expression::EnumMember(members) => members.join(" "),
        Expression::Path { path, .. } => path.clone(),
        Expression::Null => "null".to_owned(),
        Expression::Collection(items) => format!("[{}]", list(items)),
        Expression::Record(record) => self::record(record),
        Expression::Apply { function, arguments } => format!("{function}({})", list(arguments)),
        Expression::Operator { name, operands } => format!("{name}({})", list(operands)),
        Expression::Cast { target, operand } => format!("cast({target}, {})", expression(operand)),
        Expression::IsOf { target, operand } => format!("isof({target}, {})", expression(operand)),
        Expression::If(parts) => format!("if({})", list(parts)),
        Expression::LabeledElement { name, value } => format!("{name}: {}", expression(value)),
        Expression::LabeledElementReference(name) => name.clone(),
        Expression::UrlRef(value) => format!("url({})", expression(value)),
    }
}

fn list(items: &[Expression]) -> String {
    items.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn record(record: &Record) -> String {
    let mut parts: Vec<String> = record
        .properties
        .iter()
        .map(|one| {
            let annotations = nested(&one.annotations.0);
            format!("{}: {}{annotations}", one.property, expression(&one.value))
        })
        .collect();
    parts.sort_unstable();
    format!("{{{}}}{}", parts.join(", "), nested(&record.annotations.0))
}

/// Annotations within an annotation.
pub(super) fn nested(annotations: &[Annotation]) -> String {
    let mut parts: Vec<String> = annotations.iter().map(annotation).collect();
    parts.sort_unstable();
    parts.into_iter().map(|part| format!(" {part}")).collect()
}

/// An annotation with its term.
pub(super) fn annotation(annotation: &Annotation) -> String {
    let qualifier = annotation.qualifier.as_ref().map_or_else(String::new, |one| format!("#{one}"));
    let nested = nested(&annotation.annotations.0);
    format!("@{}{qualifier} {}{nested}", annotation.term, expression(&annotation.value))
}
