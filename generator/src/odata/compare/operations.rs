//! Actions and functions.

use super::overloads::{Matched, binding, matched};
use super::{Comparison, annotations, parameters};
use crate::odata::edm::{Model, Operation, OperationKind};
use crate::review::change::Change;
use crate::review::findings::Which;
use crate::review::rule::rule;
use std::collections::BTreeMap;

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (by_name(comparison.old.model), by_name(comparison.new.model));
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let empty = Vec::new();
        let (olds, news) = (old.get(name).unwrap_or(&empty), new.get(name).unwrap_or(&empty));
        let Matched { pairs, gone, come } = matched(comparison, olds, news);
        for (was, is) in pairs {
            pair(comparison, was, is);
        }
        for was in gone {
            let other = news.iter().any(|one| one.kind == was.kind);
            let rule = match (was.kind, other) {
                (OperationKind::Action, false) => rule!("action-removed"),
                (OperationKind::Action, true) => rule!("action-overload-removed"),
                (OperationKind::Function, false) => rule!("function-removed"),
                (OperationKind::Function, true) => rule!("function-overload-removed"),
            };
            let target = target(comparison, Which::Old, was);
            let change = Change::new(rule, target)
                .old(parameters::signature(&comparison.old, was))
                .on_old(was.span);
            comparison.changes.push(change);
        }
        for is in come {
            let other = olds.iter().any(|one| one.kind == is.kind);
            let rule = match (is.kind, other) {
                (OperationKind::Action, false) => rule!("action-added"),
                (OperationKind::Action, true) => rule!("action-overload-added"),
                (OperationKind::Function, false) => rule!("function-added"),
                (OperationKind::Function, true) => rule!("function-overload-added"),
            };
            let target = target(comparison, Which::New, is);
            let change = Change::new(rule, target)
                .now(parameters::signature(&comparison.new, is))
                .on_new(is.span);
            comparison.changes.push(change);
        }
    }
}

fn by_name(model: &Model) -> BTreeMap<String, Vec<&Operation>> {
    let mut names: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in &model.operations {
        names.entry(operation.name.to_string()).or_default().push(operation);
    }
    names
}

/// The word for the kind of an operation.
fn kind(operation: &Operation) -> &'static str {
    match operation.kind {
        OperationKind::Action => "action",
        OperationKind::Function => "function",
    }
}

/// The wire name of an overload: its name, and in parentheses the type that it is bound to.
fn target(comparison: &Comparison<'_>, which: Which, operation: &Operation) -> String {
    format!("{}({})", operation.name, binding(comparison, which, operation))
}

/// An overload on both sides.
fn pair(comparison: &mut Comparison<'_>, was: &Operation, is: &Operation) {
    let (target, now) = (target(comparison, Which::Old, was), target(comparison, Which::New, is));
    let spans = (was.span, is.span);
    let push = |comparison: &mut Comparison<'_>, rule, old: &str, new: &str| {
        let change = Change::new(rule, &target).values(old, new).between(spans.0, spans.1);
        let other = (now != target).then(|| now.clone());
        comparison.changes.push(change.claims(other));
    };
    if was.kind != is.kind {
        push(comparison, rule!("operation-kind-changed"), kind(was), kind(is));
    }
    let bound = |one: &Operation| if one.is_bound { "bound" } else { "unbound" };
    if was.is_bound != is.is_bound {
        push(comparison, rule!("operation-bound-changed"), bound(was), bound(is));
    } else if target != now {
        let (old, new) =
            (binding(comparison, Which::Old, was), binding(comparison, Which::New, is));
        let widened = comparison.new.derives(&old, &new) || comparison.old.derives(&old, &new);
        let rule = if widened {
            rule!("operation-binding-type-widened")
        } else {
            rule!("operation-binding-type-changed")
        };
        push(comparison, rule, &old, &new);
    }
    if was.is_composable != is.is_composable {
        let shown = |composable: bool| if composable { "composable" } else { "not composable" };
        let rule = if is.is_composable {
            rule!("function-composable-set")
        } else {
            rule!("function-composable-unset")
        };
        let (old, new) = (shown(was.is_composable), shown(is.is_composable));
        push(comparison, rule, old, new);
    }
    let path = |one: &Operation| {
        one.entity_set_path.as_ref().map_or_else(|| "none".to_owned(), |path| path.join("/"))
    };
    if path(was) != path(is) {
        push(comparison, rule!("entity-set-path-changed"), &path(was), &path(is));
    }
    parameters::compare(comparison, &target, was, is);
    parameters::returned(comparison, &target, was, is);
    let (was, is) = ((&was.annotations, was.span), (&is.annotations, is.span));
    annotations::compare(comparison, &target, was, is);
}
