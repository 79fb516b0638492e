//! How exactly a shape has the values of its schemas, and why it has more.
//!
//! Enters: the parts of a conjunction. Leaves: [`Fidelity`]. Must not know: forms.

use super::facts::Facts;
use super::graph::Graph;
use crate::input::source::Span;
use crate::openapi::model::{Bounds, Keywords, Limits, SchemaId, Words};

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

    /// Removes the reasons of a place, which is checked after all.
    pub(super) fn settle(&mut self, span: Span) {
        if let Self::Wider(reasons) = self {
            reasons.retain(|one| one.span != span);
            if reasons.is_empty() {
                *self = Self::Exact;
            }
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
    pub(super) fn of(graph: &Graph<'_>, parts: &[SchemaId]) -> Self {
        let mut fidelity = Self::Exact;
        for part in parts.iter().filter(|part| graph.facts(**part).has(Facts::LIMITS)) {
            if let Some(keywords) = graph.keywords(*part) {
                limits(&keywords.limits, |why, span| fidelity.widen(why, span));
                conditions(keywords, |why, schema| {
                    fidelity.widen(why, graph.span(schema.unwrap_or(*part)));
                });
            }
        }
        fidelity
    }

    /// Whether there is something that no shape checks.
    pub(super) fn is_limited(keywords: &Keywords) -> bool {
        let mut is_limited = false;
        limits(&keywords.limits, |_, _| is_limited = true);
        conditions(keywords, |_, _| is_limited = true);
        is_limited
    }
}

fn limits(limits: &Limits, mut found: impl FnMut(&'static str, Span)) {
    let Bounds {
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
    } = &**limits;
    for (keyword, why) in [
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
        if let Some(Words { span, .. }) = keyword {
            found(why, *span);
        }
    }
}

/// What is not checked, with the schema of the keyword if it has one.
fn conditions(keywords: &Keywords, mut found: impl FnMut(&'static str, Option<SchemaId>)) {
    for (schema, why) in [
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
        if schema.is_some() {
            found(why, schema);
        }
    }
    for (is, why) in [
        (!keywords.dependent_required.is_empty(), "`dependentRequired` is not checked"),
        (keywords.pattern.is_some(), "`pattern` is not checked"),
        (keywords.unique_items, "items may be equal"),
    ] {
        if is {
            found(why, None);
        }
    }
}
