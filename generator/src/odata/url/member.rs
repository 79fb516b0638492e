//! Paths within expressions.
//!
//! Enters: a place where a path begins. Leaves: its [`Step`]s. Must not know: a schema; a name is a
//! property, a type without its namespace or a variable of `any` and `all`.

use super::apply::{self, Aggregation};
use super::cursor::{Cursor, Parsed, Span, UrlError, is_unreserved};
use super::expression::{Expression, ExpressionKind, common};
use super::query::{self, QueryOption};
use super::{json, literal};

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Where it is.
    pub span: Span,
}

/// What a step of a path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A property, a type or a variable; a name with dots is a type. Also a key that is a separate
    /// segment.
    Name(String),
    /// `$it`, `$this`, `$these` or `$root`, without the `$`.
    Variable(&'static str),
    /// A parameter alias, without the `@`, or an annotation of a term without a namespace.
    Alias(String),
    /// An annotation, without the `@`: the term, and the qualifier after a `#`.
    Annotation(String),
    /// A function and its arguments.
    Call {
        /// The name.
        name: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// A key after the step before.
    Key(Vec<Argument>),
    /// `any(…)` or `all(…)`.
    Lambda(Lambda),
    /// `$count`, and the options in parentheses after it.
    Count(Vec<QueryOption>),
    /// `$filter(…)`.
    Filter(Box<Expression>),
    /// `aggregate(…)` of the aggregation extension.
    Aggregate(Box<Aggregation>),
}

/// `any` or `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lambda {
    /// Whether all items must satisfy the predicate, or one is enough.
    pub all: bool,
    /// The variable and the predicate; `any()` has none.
    pub predicate: Option<(String, Box<Expression>)>,
}

/// An argument of a function, or a part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name, which a single key does not have.
    pub name: Option<String>,
    /// The value.
    pub value: Expression,
}

/// Reads a path from an object to one of its members.
///
/// # Errors
/// If the text is not a valid one.
pub fn member_path(text: &str) -> Result<Vec<Step>, UrlError> {
    Cursor::new(text, 0).all(path)
}

/// Reads `any(…)` or `all(…)`, which follow a path.
///
/// # Errors
/// If the text is not a valid one.
pub fn any_or_all(text: &str) -> Result<Lambda, UrlError> {
    Cursor::new(text, 0).all(|cursor| match lambda(cursor)? {
        Some(found) => Ok(found),
        None => cursor.fail("`any(` or `all(`"),
    })
}

/// Steps with slashes between them.
pub(super) fn path(cursor: &mut Cursor) -> Parsed<Vec<Step>> {
    let mut steps = Vec::new();
    loop {
        step(cursor, &mut steps)?;
        keys(cursor, &mut steps)?;
        let last = steps.last().map(|step| &step.kind);
        let ends =
            matches!(last, Some(StepKind::Lambda(_) | StepKind::Count(_) | StepKind::Aggregate(_)));
        if ends || !cursor.take_raw('/') {
            check_end(cursor, &steps)?;
            return Ok(steps);
        }
    }
}

/// A type alone is not a path, nor is the service root or `$these`.
fn check_end(cursor: &mut Cursor, steps: &[Step]) -> Parsed<()> {
    let is_type = |step: &Step| matches!(&step.kind, StepKind::Name(name) if name.contains('.'));
    match steps {
        [.., Step { kind: StepKind::Variable("root" | "these"), .. }] => cursor.fail("`/`"),
        [only] if is_type(only) => cursor.fail("`/` or `(`"),
        [.., before, last] if is_type(last) => match before.kind {
            StepKind::Variable(_) | StepKind::Alias(_) => cursor.fail("`/` or `(`"),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn step(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Parsed<()> {
    let start = cursor.position();
    let kind = match cursor.peek() {
        Some('@') => {
            cursor.next();
            annotation(cursor, steps.is_empty())?
        }
        Some('$') => system(cursor, steps)?,
        _ => named(cursor, steps)?,
    };
    steps.push(Step { kind, span: cursor.span(start) });
    Ok(())
}

fn annotation(cursor: &mut Cursor, first: bool) -> Parsed<StepKind> {
    let start = cursor.position();
    let term = cursor.qualified()?;
    if first && !term.contains('.') && cursor.peek() != Some('#') {
        return Ok(StepKind::Alias(term));
    }
    qualifier(cursor)?;
    Ok(StepKind::Annotation(cursor.since(start)))
}

/// The qualifier of an annotation. In a query the sign before it is percent-encoded.
pub(super) fn qualifier(cursor: &mut Cursor) -> Parsed<()> {
    if cursor.is_raw('#') {
        return cursor.fail("`%23`");
    }
    if cursor.take('#') { cursor.identifier().map(drop) } else { Ok(()) }
}

fn system(cursor: &mut Cursor, steps: &[Step]) -> Parsed<StepKind> {
    const VARIABLES: [(&str, &str); 4] =
        [("$it", "it"), ("$these", "these"), ("$this", "this"), ("$root", "root")];
    let word = |cursor: &mut Cursor, name: &str| {
        let start = cursor.position();
        let found = cursor.take_exact(name) && !cursor.peek().is_some_and(super::cursor::is_name);
        if !found {
            cursor.reset(start);
        }
        found
    };
    if steps.is_empty() {
        let found = VARIABLES.into_iter().find(|(name, _)| word(cursor, name));
        return match found {
            Some((_, name)) => Ok(StepKind::Variable(name)),
            None => cursor.fail("`$it`, `$this` or `$root`"),
        };
    }
    if word(cursor, "$count") {
        return match cursor.peek() {
            Some('(') => Ok(StepKind::Count(query::count_options(cursor)?)),
            _ => Ok(StepKind::Count(Vec::new())),
        };
    }
    if word(cursor, "$filter") {
        return filter(cursor).map(|found| StepKind::Filter(Box::new(found)));
    }
    cursor.fail("`$count` or `$filter`")
}

/// The condition of `$filter(…)`.
pub(super) fn filter(cursor: &mut Cursor) -> Parsed<Expression> {
    cursor.expect('(', "`(`")?;
    let found = common(cursor)?;
    cursor.expect(')', "`)`")?;
    Ok(found)
}

fn named(cursor: &mut Cursor, steps: &[Step]) -> Parsed<StepKind> {
    if steps.is_empty() {
        let start = cursor.position();
        let is_lambda = (cursor.take_text("any") || cursor.take_text("all")) && cursor.take('(');
        cursor.reset(start);
        if is_lambda {
            return cursor.fail("a path before it");
        }
    } else {
        if let Some(found) = lambda(cursor)? {
            return Ok(StepKind::Lambda(found));
        }
        if cursor.looking_at("aggregate(") {
            cursor.take_exact("aggregate");
            return apply::aggregated_value(cursor)
                .map(|found| StepKind::Aggregate(Box::new(found)));
        }
    }
    let Some(name) = cursor.attempt(Cursor::qualified) else {
        return key_segment(cursor, steps);
    };
    if cursor.peek() != Some('(') {
        let before = steps.last().map(|step| &step.kind);
        let after_type = matches!(before, Some(StepKind::Name(before)) if before.contains('.'));
        if after_type && name.contains('.') {
            return cursor.fail("`(`");
        }
        return Ok(StepKind::Name(name));
    }
    // One value without a name is a key, which is a separate step.
    let start = cursor.position();
    if !steps.is_empty() || !name.contains('.') {
        let has_key = cursor.attempt(simple_key).is_some();
        cursor.reset(start);
        if has_key {
            return Ok(StepKind::Name(name));
        }
    }
    let arguments = arguments(cursor)?;
    Ok(StepKind::Call { name, arguments })
}

/// A key that is a separate segment must begin with a digit here, since it could not be
/// distinguished from a name otherwise.
fn key_segment(cursor: &mut Cursor, steps: &[Step]) -> Parsed<StepKind> {
    let after_name = matches!(steps.last(), Some(Step { kind: StepKind::Name(_), .. }));
    if after_name && cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        return Ok(StepKind::Name(cursor.take_while(is_unreserved)));
    }
    cursor.fail("a name")
}

/// A key after a name, a function or a filter.
fn keys(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Parsed<()> {
    let may_have = matches!(
        steps.last().map(|step| &step.kind),
        Some(StepKind::Name(_) | StepKind::Call { .. } | StepKind::Filter(_))
    );
    if may_have && cursor.peek() == Some('(') {
        let start = cursor.position();
        let key = key(cursor)?;
        steps.push(Step { kind: StepKind::Key(key), span: cursor.span(start) });
    }
    Ok(())
}

pub(super) fn key(cursor: &mut Cursor) -> Parsed<Vec<Argument>> {
    match cursor.attempt(simple_key) {
        Some(key) => Ok(key),
        None => cursor.tight_list(',', |cursor| {
            let name = Some(cursor.identifier()?);
            cursor.equals()?;
            Ok(Argument { name, value: key_value(cursor)? })
        }),
    }
}

/// One literal or alias in parentheses.
fn simple_key(cursor: &mut Cursor) -> Parsed<Vec<Argument>> {
    cursor.expect('(', "`(`")?;
    let value = key_value(cursor)?;
    cursor.expect(')', "`)`")?;
    Ok(vec![Argument { name: None, value }])
}

/// A literal or an alias.
pub(super) fn key_value(cursor: &mut Cursor) -> Parsed<Expression> {
    let start = cursor.position();
    let kind = if cursor.take('@') {
        let kind = StepKind::Alias(cursor.identifier()?);
        ExpressionKind::Path(vec![Step { kind, span: cursor.span(start) }])
    } else {
        ExpressionKind::Literal(literal::read(cursor)?)
    };
    Ok(Expression { kind, span: cursor.span(start) })
}

/// The arguments of a function, which have names.
pub(super) fn arguments(cursor: &mut Cursor) -> Parsed<Vec<Argument>> {
    named_arguments(cursor, json::value)
}

/// Names and values in parentheses, or nothing in them.
pub(super) fn named_arguments(
    cursor: &mut Cursor,
    value: fn(&mut Cursor) -> Parsed<Expression>,
) -> Parsed<Vec<Argument>> {
    let empty = cursor.attempt(|cursor| {
        cursor.expect('(', "`(`")?;
        cursor.blanks();
        cursor.expect(')', "`)`")
    });
    if empty.is_some() {
        return Ok(Vec::new());
    }
    cursor.list(|cursor| {
        let name = Some(cursor.identifier()?);
        cursor.equals()?;
        Ok(Argument { name, value: value(cursor)? })
    })
}

fn lambda(cursor: &mut Cursor) -> Parsed<Option<Lambda>> {
    let start = cursor.position();
    let all = cursor.take_text("all");
    if !(all || cursor.take_text("any")) || cursor.peek() != Some('(') {
        cursor.reset(start);
        return Ok(None);
    }
    cursor.next();
    cursor.blanks();
    if !all && cursor.take(')') {
        return Ok(Some(Lambda { all, predicate: None }));
    }
    let variable = cursor.identifier()?;
    cursor.blanks();
    cursor.expect(':', "`:`")?;
    cursor.blanks();
    let predicate = common(cursor)?;
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(Some(Lambda { all, predicate: Some((variable, Box::new(predicate))) }))
}
