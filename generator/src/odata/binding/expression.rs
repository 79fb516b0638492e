//! Paths within expressions.
//!
//! Enters: an expression, and the value that it is evaluated on. Leaves: whether every name in it
//! can be resolved. Must not know: which option the expression is in.

use super::lookup::{Lookup, Member};
use super::{BindingError, Item, Target, apply, options, refused};
use crate::odata::edm::{ItemType, Primitive};
use crate::odata::url::{Argument, Expression, ExpressionKind, Lambda, Span, Step, StepKind};
use std::collections::BTreeSet;

/// The names that are in scope for an expression.
#[derive(Clone, Debug)]
pub(super) struct Environment<'a, 'm> {
    pub(super) lookup: &'a Lookup<'m>,
    /// The value that the expression is evaluated on.
    pub(super) this: Target,
    /// The names that `$compute` and `$apply` added.
    pub(super) added: BTreeSet<String>,
    variables: Vec<(String, Target)>,
}

/// How a path may go on after a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    /// Along every item, as `$select`, `$expand` and aggregates do.
    Collections,
    /// Only with something that returns one value, such as `any`.
    Nothing,
}

/// Checks an expression that is evaluated on each item of what a path refers to.
pub(super) fn check(
    lookup: &Lookup<'_>,
    at: Target,
    expression: &Expression,
) -> Result<(), BindingError> {
    Environment::new(lookup, at).check(expression)
}

impl<'a, 'm> Environment<'a, 'm> {
    pub(super) fn new(lookup: &'a Lookup<'m>, at: Target) -> Self {
        let this = Target { many: false, ..at };
        Self { lookup, this, added: BTreeSet::new(), variables: Vec::new() }
    }

    /// The same scope with another subject.
    pub(super) fn of(&self, this: Target) -> Self {
        Self { this: Target { many: false, ..this }, ..self.clone() }
    }

    /// Checks an expression.
    pub(super) fn check(&self, expression: &Expression) -> Result<(), BindingError> {
        match &expression.kind {
            ExpressionKind::Path(steps) => self.path(steps).map(drop),
            ExpressionKind::Unary { operand, .. } => self.check(operand),
            ExpressionKind::Binary { left, right, .. } => {
                self.check(left).and_then(|()| self.check(right))
            }
            ExpressionKind::Method { arguments, .. } | ExpressionKind::Array(arguments) => {
                arguments.iter().try_for_each(|one| self.check(one))
            }
            ExpressionKind::TypeFunction { operand, .. } => {
                operand.iter().try_for_each(|one| self.check(one))
            }
            ExpressionKind::Case(cases) => cases
                .iter()
                .try_for_each(|(when, then)| self.check(when).and_then(|()| self.check(then))),
            ExpressionKind::Object(members) => {
                members.iter().try_for_each(|(_, value)| self.check(value))
            }
            ExpressionKind::Group(inner) => self.check(inner),
            ExpressionKind::Literal(_) | ExpressionKind::List(_) | ExpressionKind::Text(_) => {
                Ok(())
            }
        }
    }

    fn path(&self, steps: &[Step]) -> Result<Target, BindingError> {
        let mut at = self.this;
        let mut rest = steps;
        if let Some(first) = steps.first()
            && let Some(target) = self.beginning(first)
        {
            at = target;
            rest = &steps[1..];
            if first.kind == StepKind::Variable("root")
                && let Some(next) = rest.first()
            {
                at = self.at_root(next);
                rest = &rest[1..];
            }
        }
        for step in rest {
            at = self.step(at, step)?;
        }
        Ok(at)
    }

    /// The beginning of a path that is not a member of the subject.
    fn beginning(&self, step: &Step) -> Option<Target> {
        match &step.kind {
            StepKind::Variable("it" | "this") => Some(self.this),
            StepKind::Variable("these") => Some(Target { many: true, ..self.this }),
            StepKind::Variable(_) | StepKind::Alias(_) => Some(UNKNOWN),
            StepKind::Name(name) => {
                let variable = self.variables.iter().rev().find(|(known, _)| known == name);
                let added = || self.added.contains(name).then_some(UNKNOWN);
                variable.map(|(_, target)| *target).or_else(added)
            }
            _ => None,
        }
    }

    fn at_root(&self, step: &Step) -> Target {
        let StepKind::Name(name) = &step.kind else { return UNKNOWN };
        self.lookup.root(name).map_or(UNKNOWN, |(_, target)| target)
    }

    fn step(&self, at: Target, step: &Step) -> Result<Target, BindingError> {
        let single = Target { many: false, ..at };
        match &step.kind {
            StepKind::Name(name) => self.member(at, name, Through::Nothing, step.span),
            StepKind::Call { name, arguments } => self.call(at, name, arguments, step.span),
            StepKind::Key(_) => Ok(single),
            StepKind::Lambda(lambda) => self.lambda(at, lambda, step.span),
            StepKind::Count(nested) => {
                options::check_nested(&self.of(single), nested)?;
                Ok(Target { item: Item::Value(ItemType::Primitive(Primitive::Int64)), many: false })
            }
            StepKind::Filter(filter) => self.of(single).check(filter).map(|()| at),
            StepKind::Aggregate(aggregation) => {
                apply::aggregation(&self.of(single), aggregation, step.span)?;
                Ok(UNKNOWN)
            }
            StepKind::Variable(_) | StepKind::Alias(_) | StepKind::Annotation(_) => Ok(UNKNOWN),
        }
    }

    fn lambda(&self, at: Target, lambda: &Lambda, span: Span) -> Result<Target, BindingError> {
        if !at.many && at.item != Item::Unknown {
            let what = self.lookup.describe(at);
            return refused(
                span,
                format!("{what} is not a collection, so `any` and `all` do not apply"),
            );
        }
        if let Some((variable, predicate)) = &lambda.predicate {
            let mut inner = self.clone();
            inner.variables.push((variable.clone(), Target { many: false, ..at }));
            inner.check(predicate)?;
        }
        Ok(Target { item: Item::Value(ItemType::Primitive(Primitive::Boolean)), many: false })
    }

    fn call(
        &self,
        at: Target,
        name: &str,
        arguments: &[Argument],
        span: Span,
    ) -> Result<Target, BindingError> {
        arguments.iter().try_for_each(|one| self.check(&one.value))?;
        if at.item == Item::Unknown || self.lookup.is_beyond(name) {
            return Ok(UNKNOWN);
        }
        let given: Vec<String> = arguments.iter().filter_map(|one| one.name.clone()).collect();
        let overloads = self.lookup.bound(name, at);
        match self.lookup.overload(&overloads, &given) {
            Some(id) => Ok(self.lookup.result(id)),
            None => refused(
                span,
                format!(
                    "{} has no function `{name}` with these parameters",
                    self.lookup.describe(at)
                ),
            ),
        }
    }

    /// A path of names, as in `$select` and `groupby`.
    pub(super) fn names(
        &self,
        path: &[String],
        through: Through,
        span: Span,
    ) -> Result<Target, BindingError> {
        let mut at = self.this;
        for (index, name) in path.iter().enumerate() {
            at = match name.as_str() {
                "*" | "$value" => UNKNOWN,
                _ if name.starts_with('@') || name.ends_with(".*") => UNKNOWN,
                _ if index == 0 && self.added.contains(name) => UNKNOWN,
                "$it" | "$this" if index == 0 => self.this,
                _ => self.member(at, name, through, span)?,
            };
        }
        Ok(at)
    }

    /// Goes one name further.
    fn member(
        &self,
        at: Target,
        name: &str,
        through: Through,
        span: Span,
    ) -> Result<Target, BindingError> {
        let id = match at.item {
            Item::Structured(id) => id,
            Item::Unknown => return Ok(UNKNOWN),
            _ => return refused(span, format!("{} has no `{name}`", self.lookup.describe(at))),
        };
        let declared = self.lookup.member(id, name);
        let cast = || self.lookup.cast(name, Some(id));
        let (target, is_cast) = match declared {
            Some(Member::Property(_, target) | Member::Navigation(_, target)) => (target, false),
            other => match (cast(), other) {
                (Some(cast), _) => (Target { item: Item::Structured(cast), ..at }, true),
                (None, Some(_)) => (UNKNOWN, false),
                (None, None)
                    if self.lookup.is_beyond(name) || !self.lookup.bound(name, at).is_empty() =>
                {
                    (UNKNOWN, false)
                }
                (None, None) => {
                    let what = self.lookup.describe(Target { many: false, ..at });
                    return refused(span, format!("{what} has no `{name}`"));
                }
            },
        };
        if at.many && !is_cast {
            if through == Through::Nothing {
                let message = format!("the path goes through a collection to `{name}`");
                return refused(span, message);
            }
            return Ok(Target { many: true, ..target });
        }
        Ok(target)
    }
}

const UNKNOWN: Target = Target { item: Item::Unknown, many: false };
