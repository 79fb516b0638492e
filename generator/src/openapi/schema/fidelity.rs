//! How exactly a shape has the values of its schemas, and why it has more.
//!
//! Enters: the parts of a conjunction. Leaves: [`Fidelity`]. Must not know: forms.

use crate::input::source::Span;
use crate::openapi::model::{Body, Keywords, Limits, Model, SchemaId, Words};

/// How exactly a shape has the values of its schemas. It never has fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fidelity {
    /// It has exactly the values that the schemas allow, and what every shape has: members that are not
    /// declared, values that an enumeration does not list, what no branch of a union takes, and what
    /// several schemas of a `oneOf` allow.
    #[default]
    Exact,
    /// It has more values.
    Wider(Vec<Wider>),
}

/// A reason for which a shape has more values than its schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wider {
    /// The reason, as the end of the sentence "it is wider because …".
    pub why: &'static str,
    /// What causes it.
    pub span: Span,
}

impl Fidelity {
    /// Adds a reason.
    pub(super) fn widen(&mut self, why: &'static str, span: Span) {
        let why = Wider { why, span };
        match self {
            Self::Exact => *self = Self::Wider(vec![why]),
            Self::Wider(reasons) if reasons.contains(&why) => {}
            Self::Wider(reasons) => reasons.push(why),
        }
    }

    /// The reasons; none if it is exact.
    pub fn reasons(&self) -> &[Wider] {
        match self {
            Self::Exact => &[],
            Self::Wider(reasons) => reasons,
        }
    }

    /// What no shape checks of some schemas.
    pub(super) fn of(model: &Model, span: impl Fn(SchemaId) -> Span, parts: &[SchemaId]) -> Self {
        let mut fidelity = Self::Exact;
        for part in parts {
            if let Body::Keywords(keywords) = &model.schema(*part).body {
                limits(&keywords.limits, &mut fidelity);
                conditions(keywords, *part, &span, &mut fidelity);
            }
        }
        fidelity
    }
}

fn limits(limits: &Limits, fidelity: &mut Fidelity) {
    let Limits {
        multiple_of,
        maximum,
        exclusive_maximum,
        minimum,
        exclusive_minimum,
        max_length,
        min_length,
        max_items,
        min_items,
        max_contains,
        min_contains,
        max_properties,
        min_properties,
    } = limits;
    for (found, why) in [
        (multiple_of, "`multipleOf` is not checked"),
        (maximum, "`maximum` is not checked"),
        (exclusive_maximum, "`exclusiveMaximum` is not checked"),
        (minimum, "`minimum` is not checked"),
        (exclusive_minimum, "`exclusiveMinimum` is not checked"),
        (max_length, "`maxLength` is not checked"),
        (min_length, "`minLength` is not checked"),
        (max_items, "`maxItems` is not checked"),
        (min_items, "`minItems` is not checked"),
        (max_contains, "`maxContains` is not checked"),
        (min_contains, "`minContains` is not checked"),
        (max_properties, "`maxProperties` is not checked"),
        (min_properties, "`minProperties` is not checked"),
    ] {
        if let Some(Words { span, .. }) = found {
            fidelity.widen(why, *span);
        }
    }
}

fn conditions(
    keywords: &Keywords,
    part: SchemaId,
    span: impl Fn(SchemaId) -> Span,
    fidelity: &mut Fidelity,
) {
    for (found, why) in [
        (keywords.not, "`not` is not checked"),
        (keywords.condition, "`if` is not checked"),
        (keywords.contains, "`contains` is not checked"),
        (keywords.property_names, "`propertyNames` is not checked"),
        (keywords.content_schema, "`contentSchema` is not checked"),
        (
            keywords.dependent_schemas.first().map(|one| one.schema),
            "`dependentSchemas` is not checked",
        ),
    ] {
        if let Some(schema) = found {
            fidelity.widen(why, span(schema));
        }
    }
    if let Some((name, _)) = keywords.dependent_required.first() {
        fidelity.widen("`dependentRequired` is not checked", name.span);
    }
    if let Some(pattern) = &keywords.pattern {
        fidelity.widen("`pattern` is not checked", pattern.span);
    }
    if keywords.unique_items {
        fidelity.widen("items may be equal", span(part));
    }
}
