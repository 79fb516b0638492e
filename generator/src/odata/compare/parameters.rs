//! The parameters and the result of an operation on both sides.

use super::property::TypeChange;
use super::{Comparison, Revision, annotations, property};
use crate::input::source::Span;
use crate::odata::edm::{Operation, OperationKind, Parameter, TypeRef};
use crate::review::change::Change;
use crate::review::rule::{Rule, rule};

/// The parameters and the result of an operation, in one line.
pub(super) fn signature(revision: &Revision<'_>, operation: &Operation) -> String {
    let parameters: Vec<String> = operation
        .own_parameters()
        .iter()
        .map(|one| format!("{}: {}", one.name, revision.model.type_name(&one.value)))
        .collect();
    let returned = operation
        .return_type
        .as_ref()
        .map_or_else(String::new, |one| format!(" -> {}", revision.model.type_name(&one.value)));
    format!("({}){returned}", parameters.join(", "))
}

pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &Operation,
    is: &Operation,
) {
    let (olds, news) = (was.own_parameters(), is.own_parameters());
    let find = |all: &[Parameter], name: &str| all.iter().any(|one| one.name == name);
    for old in olds {
        if let Some(new) = news.iter().find(|one| one.name == old.name) {
            both(comparison, &format!("{target}/{}", old.name), old, new);
        }
    }
    let renamed = renamed(comparison, olds, news);
    for (old, new) in &renamed {
        let change = Change::new(rule!("parameter-renamed"), format!("{target}/{}", old.name))
            .values(&old.name, &new.name)
            .between(old.span, new.span)
            .claims([format!("{target}/{}", new.name)]);
        comparison.changes.push(change);
    }
    for old in olds {
        if !find(news, &old.name) && !renamed.iter().any(|(one, _)| one.name == old.name) {
            let change = Change::new(rule!("parameter-removed"), format!("{target}/{}", old.name))
                .old(comparison.old.model.type_name(&old.value))
                .on_old(old.span);
            comparison.changes.push(change);
        }
    }
    for (at, new) in news.iter().enumerate() {
        if !find(olds, &new.name) && !renamed.iter().any(|(_, one)| one.name == new.name) {
            let is_last = news[at..].iter().all(|one| !find(olds, &one.name));
            let rule = if is_last && may_be_absent(is.kind, new) {
                rule!("parameter-added-optional")
            } else {
                rule!("parameter-added-required")
            };
            let target = format!("{target}/{}", new.name);
            let change = Change::new(rule, target)
                .now(comparison.new.model.type_name(&new.value))
                .on_new(new.span);
            comparison.changes.push(change);
        }
    }
    let order = |here: &[Parameter], there: &[Parameter]| -> Vec<String> {
        let kept = here.iter().filter(|one| find(there, &one.name));
        kept.map(|one| one.name.clone()).collect()
    };
    let (before, after) = (order(olds, news), order(news, olds));
    if before != after {
        let change = Change::new(rule!("parameter-order-changed"), target)
            .values(before.join(", "), after.join(", "))
            .between(was.span, is.span);
        comparison.changes.push(change);
    }
}

/// The pairs of a removed parameter and an added one of the same type in its place.
fn renamed<'p>(
    comparison: &Comparison<'_>,
    olds: &'p [Parameter],
    news: &'p [Parameter],
) -> Vec<(&'p Parameter, &'p Parameter)> {
    let stays =
        |one: &Parameter, others: &[Parameter]| others.iter().any(|other| other.name == one.name);
    // The parameter before each one that is on one side only.
    let alone = |here: &'p [Parameter], there: &[Parameter]| {
        let mut before = None;
        let mut found = Vec::new();
        for one in here {
            if stays(one, there) {
                before = Some(one.name.as_str());
            } else {
                found.push((before, one));
            }
        }
        found
    };
    let mut come = alone(news, olds);
    let mut pairs = Vec::new();
    for (before, old) in alone(olds, news) {
        let fits = |(place, new): &(Option<&str>, &Parameter)| {
            *place == before && comparison.same_type(&old.value, &new.value)
        };
        if let Some(at) = come.iter().position(fits) {
            pairs.push((old, come.remove(at).1));
        }
    }
    pairs
}

/// Whether a call may leave the parameter out: actions take null for what is absent (OData 4.01
/// Protocol, section 11.5.5.1), functions may leave out only parameters that are annotated as
/// optional.
fn may_be_absent(kind: OperationKind, parameter: &Parameter) -> bool {
    let nullable = !parameter.value.is_never_null();
    parameter.annotations.is_optional_parameter() || (kind == OperationKind::Action && nullable)
}

fn both(comparison: &mut Comparison<'_>, target: &str, old: &Parameter, new: &Parameter) {
    let spans = (old.span, new.span);
    let is_other = !comparison.same_type(&old.value, &new.value);
    let rules = ValueRules {
        other_type: is_other.then_some(rule!("parameter-type-changed")),
        nullability: [
            rule!("parameter-nullability-relaxed"),
            rule!("parameter-nullability-tightened"),
        ],
    };
    values(comparison, rules, target, (&old.value, &new.value), spans);
    let (was, is) = ((&old.annotations, old.span), (&new.annotations, new.span));
    annotations::compare(comparison, target, was, is);
}

/// The rules about a value that is passed or returned.
struct ValueRules {
    /// The rule for its other type, if it has one.
    other_type: Option<&'static Rule>,
    /// The rules for null that is allowed now, and for null that no longer is.
    nullability: [&'static Rule; 2],
}

/// What is passed or returned: another type, and whether null is among the values.
fn values(
    comparison: &mut Comparison<'_>,
    rules: ValueRules,
    target: &str,
    (old, new): (&TypeRef, &TypeRef),
    spans: (Span, Span),
) {
    if let Some(rule) = rules.other_type {
        let (was, is) = (comparison.old.model.type_name(old), comparison.new.model.type_name(new));
        let change = Change::new(rule, target).values(was, is).between(spans.0, spans.1);
        comparison.changes.push(change);
    }
    if old.collection == new.collection {
        let nullable = (!old.denies_null(), !new.denies_null());
        let of_items = old.collection;
        property::nullability(comparison, rules.nullability, target, nullable, spans, of_items);
    }
}

/// The result of an operation on both sides.
pub(super) fn returned(
    comparison: &mut Comparison<'_>,
    target: &str,
    was: &Operation,
    is: &Operation,
) {
    let (old, new) = match (&was.return_type, &is.return_type) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => {
            let change = Change::new(rule!("return-type-added"), target)
                .now(comparison.new.model.type_name(&new.value));
            comparison.changes.push(change.between(was.span, new.span));
            return;
        }
        (Some(old), None) => {
            let change = Change::new(rule!("return-type-removed"), target)
                .old(comparison.old.model.type_name(&old.value));
            comparison.changes.push(change.between(old.span, is.span));
            return;
        }
    };
    let spans = (old.span, new.span);
    let what = property::type_change(comparison, &old.value, &new.value);
    let other_type = what.map(|what| match what {
        TypeChange::Collection => rule!("return-type-collection-changed"),
        TypeChange::Narrowed => rule!("return-type-narrowed"),
        TypeChange::Widened | TypeChange::Respelled | TypeChange::Other => {
            rule!("return-type-changed")
        }
    });
    let nullability = [rule!("return-nullability-relaxed"), rule!("return-nullability-tightened")];
    let rules = ValueRules { other_type, nullability };
    values(comparison, rules, target, (&old.value, &new.value), spans);
    let (was, is) = ((&old.annotations, old.span), (&new.annotations, new.span));
    annotations::compare(comparison, target, was, is);
}
