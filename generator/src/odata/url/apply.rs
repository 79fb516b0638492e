//! Transformations of `$apply` (OData Extension for Data Aggregation 4.0).
//!
//! Enters: a place after `$apply=`, or `aggregate(` within an expression. Leaves: [`Transformation`]s.
//! Must not know: which name is a measure, a custom aggregate or a collection.

use super::cursor::{Cursor, Parsed, Span};
use super::expression::{Expression, ExpressionKind, common};
use super::hierarchy::{self, Hierarchy};
use super::member::{self, Argument};
use super::query::{self, OrderItem};
use super::search::{self, Search};

/// One transformation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transformation {
    /// What it does.
    pub kind: TransformationKind,
    /// Where it is.
    pub span: Span,
}

/// What a transformation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransformationKind {
    /// Nothing.
    Identity,
    /// Aggregates values.
    Aggregate(Vec<Aggregation>),
    /// Groups, and transforms each group.
    GroupBy {
        /// The grouping properties.
        by: Vec<Grouping>,
        /// The transformations of each group.
        then: Vec<Transformation>,
    },
    /// Keeps the items that satisfy a condition.
    Filter(Expression),
    /// Adds values with names.
    Compute(Vec<(Expression, String)>),
    /// Sorts.
    OrderBy(Vec<OrderItem>),
    /// Keeps the items that match a search.
    Search(Search),
    /// Keeps a number of items, given as digits.
    Top(String),
    /// Skips a number of items, given as digits.
    Skip(String),
    /// Puts the results of several sequences together.
    Concat(Vec<Vec<Transformation>>),
    /// `nest` without, `addnested` with a path: sequences and their names.
    Nest {
        /// The path to what is nested.
        path: Option<Vec<String>>,
        /// The transformations, each with the name of its result.
        results: Vec<(Vec<Transformation>, String)>,
    },
    /// `join` or `outerjoin`.
    Join {
        /// Whether items without a match are kept.
        outer: bool,
        /// The collection.
        path: Vec<String>,
        /// Its name in the result.
        alias: String,
        /// The transformations before the join.
        then: Vec<Transformation>,
    },
    /// `topcount`, `bottomsum` and the like.
    Ranked {
        /// The name of the transformation.
        name: &'static str,
        /// The amount that is kept.
        amount: Expression,
        /// The grouping properties.
        value: Expression,
    },
    /// `ancestors`, `descendants` or `traverse`.
    Hierarchy(Box<Hierarchy>),
    /// A function of the service.
    Custom {
        /// The qualified name.
        name: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
}

/// By what is grouped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// A property.
    Path(Vec<String>),
    /// `rollup` of levels: properties, or the name of a hierarchy alone.
    Rollup(Vec<Vec<String>>),
    /// `rolluprecursive`.
    Recursive(Box<Hierarchy>),
}

/// A value to aggregate, the method, and the name of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregation {
    /// The value.
    pub what: Aggregated,
    /// The method; a custom aggregate needs none.
    pub method: Option<String>,
    /// The aggregations that are applied before.
    pub from: Vec<AggregatedFirst>,
    /// The name.
    pub alias: Option<String>,
}

/// An aggregation that is applied first; the rest aggregates its results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregatedFirst {
    /// By which properties.
    pub by: Vec<Vec<String>>,
    /// The method; a custom aggregate needs none.
    pub method: Option<String>,
}

/// The value to aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aggregated {
    /// The number of items at a path or of the whole input.
    Count(Vec<String>),
    /// A path to a property, a custom aggregate or a type.
    Path(Vec<String>),
    /// Any other value.
    Value(Expression),
}

/// Transformations with slashes between them.
pub(super) fn transformations(cursor: &mut Cursor) -> Parsed<Vec<Transformation>> {
    cursor.nested(|cursor| {
        let mut found = vec![transformation(cursor)?];
        while cursor.take_raw('/') {
            found.push(transformation(cursor)?);
        }
        Ok(found)
    })
}

/// The transformations that keep items by rank.
const RANKED: &[&str] =
    &["topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent"];

fn transformation(cursor: &mut Cursor) -> Parsed<Transformation> {
    let start = cursor.position();
    let name = cursor.qualified()?;
    let kind = match name.as_str() {
        "identity" => TransformationKind::Identity,
        "aggregate" => {
            TransformationKind::Aggregate(cursor.list(|cursor| aggregated(cursor, true))?)
        }
        "groupby" => group(cursor)?,
        "filter" => TransformationKind::Filter(only(cursor, common)?),
        "compute" => TransformationKind::Compute(cursor.list(query::compute_item)?),
        "orderby" => TransformationKind::OrderBy(cursor.list(query::order_item)?),
        "search" => TransformationKind::Search(only(cursor, search::search)?),
        "top" => TransformationKind::Top(only(cursor, number)?),
        "skip" => TransformationKind::Skip(only(cursor, number)?),
        "concat" => concat(cursor)?,
        "nest" | "addnested" => nest(cursor, name == "addnested")?,
        "join" | "outerjoin" => join(cursor, name == "outerjoin")?,
        "ancestors" | "descendants" | "traverse" => {
            TransformationKind::Hierarchy(Box::new(hierarchy::read(cursor, &name)?))
        }
        _ => match RANKED.iter().find(|known| **known == name) {
            Some(name) => ranked(cursor, name)?,
            None if name.contains('.') => {
                let arguments = member::arguments(cursor)?;
                TransformationKind::Custom { name, arguments }
            }
            None => {
                cursor.reset(start);
                return cursor.fail("a transformation");
            }
        },
    };
    Ok(Transformation { kind, span: cursor.span(start) })
}

/// One argument in parentheses.
fn only<T>(cursor: &mut Cursor, read: fn(&mut Cursor) -> Parsed<T>) -> Parsed<T> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let found = read(cursor)?;
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(found)
}

pub(super) fn number(cursor: &mut Cursor) -> Parsed<String> {
    let digits = cursor.digits();
    if digits.is_empty() { cursor.fail("a number") } else { Ok(digits) }
}

/// A comma, with or without blanks around it.
pub(super) fn comma(cursor: &mut Cursor) -> Parsed<()> {
    cursor.blanks();
    cursor.expect(',', "`,`")?;
    cursor.blanks();
    Ok(())
}

fn concat(cursor: &mut Cursor) -> Parsed<TransformationKind> {
    let sequences = cursor.list(transformations)?;
    if sequences.len() < 2 {
        return cursor.fail("another sequence of transformations");
    }
    Ok(TransformationKind::Concat(sequences))
}

fn ranked(cursor: &mut Cursor, name: &'static str) -> Parsed<TransformationKind> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let amount = common(cursor)?;
    comma(cursor)?;
    let value = common(cursor)?;
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(TransformationKind::Ranked { name, amount, value })
}

/// `groupby((a,b),…)`, with `rollup` among the properties.
fn group(cursor: &mut Cursor) -> Parsed<TransformationKind> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let by = cursor.list(grouping)?;
    let then = match cursor.attempt(comma) {
        Some(()) => transformations(cursor)?,
        None => Vec::new(),
    };
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(TransformationKind::GroupBy { by, then })
}

fn grouping(cursor: &mut Cursor) -> Parsed<Grouping> {
    if cursor.looking_at("rolluprecursive(") {
        cursor.take_exact("rolluprecursive");
        return Ok(Grouping::Recursive(Box::new(hierarchy::read(cursor, "rolluprecursive")?)));
    }
    if !cursor.looking_at("rollup(") {
        return grouping_path(cursor).map(Grouping::Path);
    }
    cursor.take_exact("rollup");
    let levels = cursor.list(grouping_path)?;
    match levels.as_slice() {
        [only] if only.len() > 1 => cursor.fail("another level"),
        _ => Ok(Grouping::Rollup(levels)),
    }
}

/// A path to a property with one value: neither an annotation nor a type at its end.
fn grouping_path(cursor: &mut Cursor) -> Parsed<Vec<String>> {
    let found = names(cursor)?;
    match found.last() {
        Some(last) if last.contains('.') => cursor.fail("`/` and a property"),
        _ => Ok(found),
    }
}

/// Names and types with slashes between them.
pub(super) fn names(cursor: &mut Cursor) -> Parsed<Vec<String>> {
    let mut found = vec![cursor.qualified()?];
    while cursor.is_raw('/') && cursor.peek_at(1) != Some('$') {
        cursor.next();
        let name = cursor.qualified()?;
        if name.contains('.') && found.last().is_some_and(|before| before.contains('.')) {
            return cursor.fail("a property");
        }
        found.push(name);
    }
    Ok(found)
}

/// `aggregate(…)` as a part of an expression: one value, which has no name.
pub(super) fn aggregated_value(cursor: &mut Cursor) -> Parsed<Aggregation> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let found = cursor.nested(|cursor| aggregated(cursor, false))?;
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(found)
}

fn aggregated(cursor: &mut Cursor, named: bool) -> Parsed<Aggregation> {
    let what = match cursor.attempt(count_or_path) {
        Some(what) => what,
        None => value(cursor)?,
    };
    let counts = matches!(what, Aggregated::Count(_));
    let method = if counts { None } else { method(cursor)? };
    if matches!(what, Aggregated::Value(_)) && method.is_none() {
        return cursor.fail("`with` and a method");
    }
    // A custom aggregate defines its own method.
    let is_custom = !counts && method.is_none();
    let from = from(cursor, is_custom)?;
    let alias = if named { cursor.attempt(query::alias) } else { None };
    let needs_alias = named && !(is_custom && from.is_empty());
    if needs_alias && alias.is_none() {
        return query::alias(cursor).and_then(|_| cursor.fail("`)`"));
    }
    Ok(Aggregation { what, method, from, alias })
}

/// `$count`, `path/$count`, or a path that no operator follows.
fn count_or_path(cursor: &mut Cursor) -> Parsed<Aggregated> {
    let found = if cursor.take_exact("$count") {
        Aggregated::Count(Vec::new())
    } else {
        let path = names(cursor)?;
        let counts = cursor.take_exact("/$count");
        if counts { Aggregated::Count(path) } else { Aggregated::Path(path) }
    };
    let end = cursor.position();
    let follows = ["with", "from", "as"].into_iter().any(|word| cursor.take_spaced(word)) || {
        cursor.blanks();
        matches!(cursor.peek(), Some(',' | ')'))
    };
    cursor.reset(end);
    if follows { Ok(found) } else { cursor.fail("`with`, `from` or `as`") }
}

/// A value other than a plain path to a property.
fn value(cursor: &mut Cursor) -> Parsed<Aggregated> {
    let value = common(cursor)?;
    match value.kind {
        ExpressionKind::List(_) => cursor.fail("a value"),
        _ => Ok(Aggregated::Value(value)),
    }
}

/// `with` and a method: a standard one, or one that the service defines.
fn method(cursor: &mut Cursor) -> Parsed<Option<String>> {
    const STANDARD: &[&str] = &["sum", "min", "max", "average", "countdistinct"];
    if !cursor.take_spaced("with") {
        return Ok(None);
    }
    let start = cursor.position();
    let name = cursor.qualified()?;
    if name.contains('.') || STANDARD.contains(&name.as_str()) {
        return Ok(Some(name));
    }
    cursor.reset(start);
    cursor.fail("a method such as `sum`")
}

/// What is aggregated first. Only a custom aggregate may leave out the method.
fn from(cursor: &mut Cursor, is_custom: bool) -> Parsed<Vec<AggregatedFirst>> {
    let mut found = Vec::new();
    while cursor.take_spaced("from") {
        let mut by = vec![grouping_path(cursor)?];
        while cursor.attempt(comma).is_some() {
            by.push(grouping_path(cursor)?);
        }
        let method = method(cursor)?;
        if method.is_none() && !is_custom {
            return cursor.fail("`with` and a method");
        }
        found.push(AggregatedFirst { by, method });
    }
    Ok(found)
}

/// `addnested(Products,filter(…) as Name,…)` and `nest(… as Name,…)`.
fn nest(cursor: &mut Cursor, has_path: bool) -> Parsed<TransformationKind> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let path = if has_path { Some(names(cursor)?) } else { None };
    let mut results = Vec::new();
    while results.is_empty() && !has_path || cursor.attempt(comma).is_some() {
        let then = transformations(cursor)?;
        results.push((then, query::alias(cursor)?));
    }
    if results.is_empty() {
        return cursor.fail("`,` and transformations");
    }
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(TransformationKind::Nest { path, results })
}

/// `join(Sales as Sale,…)`.
fn join(cursor: &mut Cursor, outer: bool) -> Parsed<TransformationKind> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let path = if cursor.take('@') {
        let start = cursor.position();
        cursor.qualified()?;
        member::qualifier(cursor)?;
        vec![format!("@{}", cursor.since(start))]
    } else {
        names(cursor)?
    };
    let alias = query::alias(cursor)?;
    let then = match cursor.attempt(comma) {
        Some(()) => transformations(cursor)?,
        None => Vec::new(),
    };
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(TransformationKind::Join { outer, path, alias, then })
}

impl Transformation {
    /// Whether it only selects and sorts items. A function of the service may do that too.
    pub(super) fn preserves(&self) -> bool {
        matches!(
            self.kind,
            TransformationKind::Identity
                | TransformationKind::Filter(_)
                | TransformationKind::OrderBy(_)
                | TransformationKind::Search(_)
                | TransformationKind::Top(_)
                | TransformationKind::Skip(_)
                | TransformationKind::Ranked { .. }
                | TransformationKind::Hierarchy(_)
                | TransformationKind::Custom { .. }
        )
    }
}
