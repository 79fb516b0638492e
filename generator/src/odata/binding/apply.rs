//! Transformations of `$apply`.
//!
//! Enters: a sequence of transformations and what it is applied to. Leaves: the names that it adds,
//! or the first name that cannot be resolved.

use super::expression::{Environment, Through};
use super::lookup::Member;
use super::{BindingError, Item, Target, refused};
use crate::odata::url::{
    Aggregated, Aggregation, Expression, Grouping, Span, Transformation, TransformationKind,
};

/// Checks a sequence, and adds the names it makes to the scope.
pub(super) fn sequence(
    scope: &mut Environment<'_, '_>,
    steps: &[Transformation],
) -> Result<(), BindingError> {
    steps.iter().try_for_each(|step| transformation(scope, step))
}

fn transformation(
    scope: &mut Environment<'_, '_>,
    step: &Transformation,
) -> Result<(), BindingError> {
    match &step.kind {
        TransformationKind::Aggregate(items) => {
            for item in items {
                aggregation(scope, item, step.span)?;
            }
            scope.added.extend(items.iter().filter_map(|item| item.alias.clone()));
            Ok(())
        }
        TransformationKind::GroupBy { by, then } => {
            by.iter().try_for_each(|one| grouping(scope, one, step.span))?;
            sequence(scope, then)
        }
        TransformationKind::Filter(filter) => scope.check(filter),
        TransformationKind::Compute(items) => compute(scope, items),
        TransformationKind::OrderBy(items) => {
            items.iter().try_for_each(|item| scope.check(&item.value))
        }
        TransformationKind::Concat(branches) => {
            branches.iter().try_for_each(|branch| sequence(scope, branch))
        }
        TransformationKind::Nest { path, results } => {
            let mut inner = match path {
                Some(path) => scope.of(scope.names(path, Through::Collections, step.span)?),
                None => scope.clone(),
            };
            for (then, name) in results {
                sequence(&mut inner, then)?;
                scope.added.insert(name.clone());
            }
            Ok(())
        }
        TransformationKind::Join { path, alias, then, .. } => {
            let target = scope.names(path, Through::Collections, step.span)?;
            if !target.many && target.item != Item::Unknown {
                let what = scope.lookup.describe(target);
                return refused(
                    step.span,
                    format!("{what} is not a collection that can be joined"),
                );
            }
            sequence(&mut scope.of(target), then)?;
            scope.added.insert(alias.clone());
            Ok(())
        }
        TransformationKind::Ranked { amount, value, .. } => {
            scope.check(amount).and_then(|()| scope.check(value))
        }
        TransformationKind::Identity
        | TransformationKind::Search(_)
        | TransformationKind::Top(_)
        | TransformationKind::Skip(_)
        | TransformationKind::Hierarchy(_)
        | TransformationKind::Custom { .. } => Ok(()),
    }
}

/// Checks computed values, and adds their names to the scope.
pub(super) fn compute(
    scope: &mut Environment<'_, '_>,
    items: &[(Expression, String)],
) -> Result<(), BindingError> {
    for (value, name) in items {
        scope.check(value)?;
        scope.added.insert(name.clone());
    }
    Ok(())
}

/// Groups are defined by values and single related objects, not by collections.
fn grouping(scope: &Environment<'_, '_>, by: &Grouping, span: Span) -> Result<(), BindingError> {
    match by {
        Grouping::Path(path) => scope.names(path, Through::Nothing, span).map(drop),
        Grouping::Rollup(levels) if levels.len() > 1 => {
            levels.iter().try_for_each(|path| scope.names(path, Through::Nothing, span).map(drop))
        }
        // A single name is the name of a hierarchy, which annotations define.
        Grouping::Rollup(_) | Grouping::Recursive(_) => Ok(()),
    }
}

/// Checks the aggregated values and the methods.
pub(super) fn aggregation(
    scope: &Environment<'_, '_>,
    item: &Aggregation,
    span: Span,
) -> Result<(), BindingError> {
    match &item.what {
        Aggregated::Count(path) => {
            if !path.is_empty() {
                scope.names(path, Through::Collections, span)?;
            }
        }
        Aggregated::Value(value) => scope.check(value)?,
        Aggregated::Path(path) if item.method.is_some() => {
            scope.names(path, Through::Collections, span)?;
        }
        // Without a method, it must be a custom aggregate, which the service defines.
        Aggregated::Path(path) => custom(scope, path, span)?,
    }
    let mut properties = item.from.iter().flat_map(|from| &from.by);
    properties.try_for_each(|path| scope.names(path, Through::Nothing, span).map(drop))
}

fn custom(scope: &Environment<'_, '_>, path: &[String], span: Span) -> Result<(), BindingError> {
    let Some((last, before)) = path.split_last() else { return Ok(()) };
    let Target { item, .. } = scope.names(before, Through::Collections, span)?;
    if let Item::Structured(id) = item
        && matches!(scope.lookup.member(id, last), Some(Member::Property(..)))
    {
        return refused(span, format!("`{last}` is a property: how to aggregate it (`with …`)?"));
    }
    Ok(())
}
