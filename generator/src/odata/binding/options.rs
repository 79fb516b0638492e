//! Query options.

use super::expression::{Environment, Through};
use super::lookup::Lookup;
use super::{BindingError, Target, apply};
use crate::odata::url::{ExpandItem, OptionKind, QueryOption, SelectItem};

/// Checks the query options of a path that refers to `target`. Returns at most one error for each
/// option.
pub fn check_options(
    lookup: &Lookup<'_>,
    target: Target,
    options: &[QueryOption],
) -> Vec<BindingError> {
    let mut scope = Environment::new(lookup, target);
    let mut findings = Vec::new();
    for option in in_order(options) {
        findings.extend(one(&mut scope, option).err());
    }
    findings
}

/// Checks the options in parentheses after a name.
pub(super) fn check_nested(
    scope: &Environment<'_, '_>,
    options: &[QueryOption],
) -> Result<(), BindingError> {
    let mut scope = scope.clone();
    in_order(options).try_for_each(|option| one(&mut scope, option))
}

/// The options that add names come before those that use them.
fn in_order(options: &[QueryOption]) -> impl Iterator<Item = &QueryOption> {
    let rank = |option: &QueryOption| match option.kind {
        OptionKind::Apply(_) => 0,
        OptionKind::Compute(_) => 1,
        _ => 2,
    };
    let mut sorted: Vec<&QueryOption> = options.iter().collect();
    sorted.sort_by_key(|option| rank(option));
    sorted.into_iter()
}

fn one(scope: &mut Environment<'_, '_>, option: &QueryOption) -> Result<(), BindingError> {
    match &option.kind {
        OptionKind::Filter(filter) => scope.check(filter),
        OptionKind::OrderBy(items) => items.iter().try_for_each(|item| scope.check(&item.value)),
        OptionKind::Select(items) => items.iter().try_for_each(|item| select(scope, item)),
        OptionKind::Expand(items) => items.iter().try_for_each(|item| expand(scope, item)),
        OptionKind::Compute(items) => apply::compute(scope, items),
        OptionKind::Apply(steps) => apply::sequence(scope, steps),
        OptionKind::Search(_)
        | OptionKind::Temporal { .. }
        | OptionKind::System { .. }
        | OptionKind::Alias { .. }
        | OptionKind::Custom { .. } => Ok(()),
    }
}

fn select(scope: &Environment<'_, '_>, item: &SelectItem) -> Result<(), BindingError> {
    let target = scope.names(&item.path, Through::Collections, item.span)?;
    check_nested(&scope.of(target), &item.options)
}

fn expand(scope: &Environment<'_, '_>, item: &ExpandItem) -> Result<(), BindingError> {
    let target = scope.names(&item.path, Through::Collections, item.span)?;
    check_nested(&scope.of(target), &item.options)
}
