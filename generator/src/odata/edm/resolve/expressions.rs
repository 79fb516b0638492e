//! Expressions of annotations.

use super::declarations::{Declarations, Expected};
use super::names::Names;
use crate::odata::csdl::{CONSTANTS, Element, OPERATORS};
use crate::odata::edm::{Annotation, Annotations, Expression, PathKind, PropertyValue, Record};

/// What is needed to read the expressions of one document.
#[derive(Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) names: &'r Names,
    pub(super) declarations: Option<&'r Declarations<'r>>,
}

impl<'r> Reading<'r> {
    /// The annotations within an element. One without a term was reported when it was parsed.
    pub(super) fn annotations(self, element: &Element) -> Annotations {
        let annotation = |child: &Element| {
            let term = self.names.full(child.value("Term")?.trim());
            let expected = self.declared().and_then(|declared| declared.term(&term));
            Some(Annotation {
                qualifier: child.value("Qualifier").map(str::to_owned),
                value: self.value(child, expected.as_ref()).unwrap_or(Expression::Bool(true)),
                annotations: self.annotations(child),
                span: child.span,
                term,
            })
        };
        Annotations(element.children("Annotation").filter_map(annotation).collect())
    }

    /// The declarations, if the document needs them.
    fn declared(self) -> Option<&'r Declarations<'r>> {
        self.declarations.filter(|_| self.names.is_json)
    }

    /// The expression of an annotation or a property value: an attribute, or the first element.
    fn value(self, element: &Element, expected: Option<&Expected>) -> Option<Expression> {
        let attribute =
            element.attributes.iter().find(|one| is_constant(&one.name) || one.name == "UrlRef");
        if let Some(attribute) = attribute {
            return self.constant(&attribute.name, &attribute.value, expected);
        }
        element.children.iter().find_map(|child| self.expression(child, expected))
    }

    fn operands(self, element: &Element, expected: Option<&Expected>) -> Vec<Expression> {
        element.children.iter().filter_map(|child| self.expression(child, expected)).collect()
    }

    /// An expression that is written as an element.
    fn expression(self, element: &Element, expected: Option<&Expected>) -> Option<Expression> {
        let full = |name: &str| self.names.full(element.value(name).unwrap_or_default());
        let all = |element: &Element| self.operands(element, None);
        let first = |element: &Element| all(element).into_iter().next().map(Box::new);
        Some(match element.name.as_str() {
            "Null" => Expression::Null,
            "Collection" => {
                let items = expected.map(Expected::of_items);
                Expression::Collection(self.operands(element, items.as_ref()))
            }
            "Record" => Expression::Record(self.record(element, expected)),
            "Apply" => Expression::Apply { function: full("Function"), arguments: all(element) },
            "Cast" => Expression::Cast { target: full("Type"), operand: first(element)? },
            "IsOf" => Expression::IsOf { target: full("Type"), operand: first(element)? },
            "If" => Expression::If(self.branches(element, expected)),
            "LabeledElement" => Expression::LabeledElement {
                name: element.value("Name").unwrap_or_default().to_owned(),
                value: Box::new(self.value(element, expected)?),
            },
            "UrlRef" => Expression::UrlRef(first(element)?),
            name if is_constant(name) => return self.constant(name, &element.text, expected),
            name => {
                let name = OPERATORS.iter().find(|operator| **operator == name)?;
                Expression::Operator { name, operands: all(element) }
            }
        })
    }

    /// A condition, and the operands that have the type of the whole expression.
    fn branches(self, element: &Element, expected: Option<&Expected>) -> Vec<Expression> {
        let children = element.children.iter().enumerate();
        children
            .filter_map(|(at, child)| self.expression(child, expected.filter(|_| at > 0)))
            .collect()
    }

    fn record(self, element: &Element, expected: Option<&Expected>) -> Record {
        let type_name = element.value("Type").map(|name| self.names.full(name));
        let of = Expected::or_named(expected, type_name.as_deref());
        let property = |one: &Element| {
            let name = one.value("Property")?;
            let expected = self.declared().and_then(|known| known.property(of.as_ref()?, name));
            Some(PropertyValue {
                property: name.to_owned(),
                value: self.value(one, expected.as_ref()).unwrap_or(Expression::Bool(true)),
                annotations: self.annotations(one),
            })
        };
        Record {
            properties: element.children("PropertyValue").filter_map(property).collect(),
            annotations: self.annotations(element),
            type_name,
        }
    }

    /// A constant or a path, of the kind that its term requires if it has none itself.
    fn constant(self, kind: &str, text: &str, expected: Option<&Expected>) -> Option<Expression> {
        let typed = self.declared().zip(expected);
        match typed.and_then(|(known, expected)| known.constant(expected, kind, text)) {
            Some((kind, text)) => constant(kind, &text, self.names),
            None => constant(kind, text, self.names),
        }
    }
}

/// Whether an expression is a text: a constant, a path or a reference.
fn is_constant(name: &str) -> bool {
    CONSTANTS.contains(&name) || name == "LabeledElementReference"
}

/// A constant or a path. Text that does not parse is kept as a string.
fn constant(kind: &str, text: &str, names: &Names) -> Option<Expression> {
    let value = text.trim().to_owned();
    let path = |kind| Expression::Path { kind, path: names.path(&value).join("/") };
    Some(match kind {
        "Binary" => Expression::Binary(value),
        "Bool" => match value.as_str() {
            "true" | "True" | "1" => Expression::Bool(true),
            "false" | "False" | "0" => Expression::Bool(false),
            _ => Expression::String(value),
        },
        "Date" => Expression::Date(value),
        "DateTimeOffset" => Expression::DateTimeOffset(value),
        "Decimal" => Expression::Decimal(value),
        "Duration" => Expression::Duration(value),
        "EnumMember" => Expression::EnumMember(
            value
                .split_whitespace()
                .map(|member| match member.split_once('/') {
                    Some((name, member)) => format!("{}/{member}", names.full(name)),
                    None => member.to_owned(),
                })
                .collect(),
        ),
        "Float" => Expression::Float(value),
        "Guid" => Expression::Guid(value),
        "Int" => value.parse().map_or_else(|_| Expression::String(value.clone()), Expression::Int),
        "String" => Expression::String(text.to_owned()),
        "TimeOfDay" => Expression::TimeOfDay(value),
        "LabeledElementReference" => Expression::LabeledElementReference(names.full(&value)),
        "UrlRef" => Expression::UrlRef(Box::new(Expression::String(value))),
        kind => path(PathKind::named(kind)?),
    })
}
