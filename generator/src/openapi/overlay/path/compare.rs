//! Whether the condition of a filter holds.

use super::super::draft::{Content, Draft};
use super::select::{Selecting, Steps, Uses};
use super::{Comparison, Condition, Literal, Operand};
use crate::node::{Kind, equal_numbers};
use regex::{Regex, RegexBuilder};
use std::cmp::Ordering;

/// A value that is compared.
#[derive(Clone, Copy)]
enum Value<'v, 'd, 't> {
    Nothing,
    Null,
    Bool(bool),
    Number(&'v str),
    Count(usize),
    Text(&'v str),
    Container(&'d Draft<'t>),
}

/// What a pattern costs that was not there before, and what the largest one may need, in bytes.
const PATTERN: usize = 50_000;
const LARGEST: usize = 1 << 20;
/// The most patterns that are kept.
const PATTERNS: usize = 64;

impl<'d, 't> Selecting<'_, 'd, 't> {
    pub(super) fn holds(&mut self, condition: &Condition, current: &'d Draft<'t>) -> Steps<bool> {
        match condition {
            Condition::Or(conditions) => {
                for one in conditions {
                    if self.holds(one, current)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::And(conditions) => {
                for one in conditions {
                    if !self.holds(one, current)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(condition) => Ok(!self.holds(condition, current)?),
            Condition::Exists(query) if query.is_singular() => {
                Ok(self.one(query, current)?.is_some())
            }
            Condition::Exists(query) => Ok(!self.inner(query, current, Uses::AsSet)?.is_empty()),
            Condition::Compare(left, comparison, right) => {
                let left = self.operand(left, current)?;
                let right = self.operand(right, current)?;
                self.compare(left, *comparison, right)
            }
            Condition::Pattern { is_whole, text, pattern } => {
                let text = self.operand(text, current)?;
                let pattern = self.operand(pattern, current)?;
                match (text, pattern) {
                    (Value::Text(text), Value::Text(pattern)) => {
                        self.has_pattern(text, pattern, *is_whole)
                    }
                    _ => Ok(false),
                }
            }
        }
    }

    fn operand<'v>(
        &mut self,
        operand: &'v Operand,
        current: &'d Draft<'t>,
    ) -> Steps<Value<'v, 'd, 't>>
    where
        'd: 'v,
    {
        Ok(match operand {
            Operand::Literal(Literal::Null) => Value::Null,
            Operand::Literal(Literal::Bool(value)) => Value::Bool(*value),
            Operand::Literal(Literal::Number(number)) => Value::Number(number),
            Operand::Literal(Literal::Text(text)) => Value::Text(text),
            Operand::One(query) => self.one(query, current)?.map_or(Value::Nothing, value),
            Operand::Length(of) => match self.operand(of, current)? {
                Value::Text(text) => {
                    self.budget.spend(text.len() / 64)?;
                    Value::Count(text.chars().count())
                }
                Value::Container(Draft { content: Content::Array(items), .. }) => {
                    Value::Count(items.len())
                }
                Value::Container(Draft { content: Content::Object(fields), .. }) => {
                    Value::Count(fields.len())
                }
                _ => Value::Nothing,
            },
            Operand::Count(query) => Value::Count(self.inner(query, current, Uses::AsList)?.len()),
            Operand::Value(query) => match *self.inner(query, current, Uses::AsList)? {
                [one] => value(one.value),
                _ => Value::Nothing,
            },
        })
    }

    fn compare(
        &mut self,
        left: Value<'_, 'd, 't>,
        comparison: Comparison,
        right: Value<'_, 'd, 't>,
    ) -> Steps<bool> {
        let is = |order: Option<Ordering>, expected: Ordering| order == Some(expected);
        Ok(match comparison {
            Comparison::Equal => self.equal(left, right)?,
            Comparison::NotEqual => !self.equal(left, right)?,
            Comparison::Less => is(order(left, right), Ordering::Less),
            Comparison::Greater => is(order(left, right), Ordering::Greater),
            Comparison::LessOrEqual => {
                is(order(left, right), Ordering::Less) || self.equal(left, right)?
            }
            Comparison::GreaterOrEqual => {
                is(order(left, right), Ordering::Greater) || self.equal(left, right)?
            }
        })
    }

    fn equal(&mut self, left: Value<'_, 'd, 't>, right: Value<'_, 'd, 't>) -> Steps<bool> {
        Ok(match (left, right) {
            (Value::Nothing, Value::Nothing) | (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Count(left), Value::Count(right)) => left == right,
            (Value::Number(left), Value::Number(right)) => equal_numbers(left, right),
            (Value::Number(number), Value::Count(count))
            | (Value::Count(count), Value::Number(number)) => {
                equal_numbers(number, &count.to_string())
            }
            (Value::Text(left), Value::Text(right)) => {
                self.budget.spend(left.len().min(right.len()) / 64)?;
                left == right
            }
            (Value::Container(left), Value::Container(right)) => self.containers(left, right)?,
            _ => false,
        })
    }

    /// Whether two arrays or objects are the same.
    fn containers(&mut self, left: &'d Draft<'t>, right: &'d Draft<'t>) -> Steps<bool> {
        match (&left.content, &right.content) {
            (Content::Array(left), Content::Array(right)) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (left, right) in left.iter().zip(right) {
                    self.budget.spend(1)?;
                    if !self.equal(value(left), value(right))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Content::Object(left), Content::Object(right)) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                self.budget.spend(left.len() * 4)?;
                let [mut left, mut right]: [Vec<_>; 2] =
                    [left.iter().collect(), right.iter().collect()];
                left.sort_by_key(|field| field.name);
                right.sort_by_key(|field| field.name);
                if left.iter().zip(&right).any(|(left, right)| left.name != right.name) {
                    return Ok(false);
                }
                for (left, right) in left.into_iter().zip(right) {
                    if !self.equal(value(&left.value), value(&right.value))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn has_pattern(&mut self, text: &str, pattern: &str, is_whole: bool) -> Steps<bool> {
        // A search may have to try the whole pattern at each byte.
        self.budget.spend(1 + text.len().saturating_mul(pattern.len()) / 64)?;
        let key = if is_whole { format!("^(?:{pattern})$") } else { format!("(?:{pattern})") };
        if !self.patterns.contains_key(&key) {
            self.budget.spend(PATTERN)?;
            if self.patterns.len() == PATTERNS {
                self.patterns.clear();
            }
            let is_pattern = compiled(pattern).is_some();
            let compiled = if is_pattern { compiled(&key) } else { None };
            self.patterns.insert(key.clone(), compiled);
        }
        let pattern = self.patterns.get(&key).and_then(Option::as_ref);
        Ok(pattern.is_some_and(|pattern| pattern.is_match(text)))
    }
}

fn compiled(pattern: &str) -> Option<Regex> {
    // The dot is neither of the characters that end a line.
    RegexBuilder::new(pattern).crlf(true).size_limit(LARGEST).build().ok()
}

fn value<'v, 'd, 't>(draft: &'d Draft<'t>) -> Value<'v, 'd, 't>
where
    'd: 'v,
    't: 'v,
{
    match (&draft.content, draft.node.kind()) {
        (Content::Array(_) | Content::Object(_), _) => Value::Container(draft),
        (Content::Scalar, Kind::Bool(value)) => Value::Bool(value),
        (Content::Scalar, Kind::Number(number)) => Value::Number(number),
        (Content::Scalar, Kind::String(text)) => Value::Text(text),
        (Content::Scalar, Kind::Null | Kind::Array(_) | Kind::Object(_)) => Value::Null,
    }
}

/// The order of two numbers or two texts.
fn order(left: Value<'_, '_, '_>, right: Value<'_, '_, '_>) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        _ => number(left)?.partial_cmp(&number(right)?),
    }
}

#[allow(clippy::cast_precision_loss, reason = "no document has as many values")]
fn number(value: Value<'_, '_, '_>) -> Option<f64> {
    match value {
        Value::Number(number) => number.parse().ok(),
        Value::Count(count) => Some(count as f64),
        _ => None,
    }
}
