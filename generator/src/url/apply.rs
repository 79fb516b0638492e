//! Transformations of `$apply` (OData Extension for Data Aggregation 4.0).

use super::cursor::{Cursor, UrlError};
use super::expression::{self, Expression, Step};
use super::query;

/// Transformations with slashes between them.
pub(super) fn transformations(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.nested(|cursor| {
        transformation(cursor)?;
        while cursor.take('/') {
            transformation(cursor)?;
        }
        Ok(())
    })
}

/// Those that take a number or a property and what it is taken from: `topcount(2,Amount)`.
const TOPS: &[&str] =
    &["topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent"];

fn transformation(cursor: &mut Cursor) -> Result<(), UrlError> {
    let start = cursor.position();
    let name = cursor.qualified()?;
    match name.as_str() {
        "identity" => Ok(()),
        "aggregate" => aggregate(cursor),
        "groupby" => group(cursor),
        "filter" => cursor.list(',', expression::common).map(drop),
        "compute" => cursor.list(',', query::compute_item).map(drop),
        "orderby" => cursor.list(',', order).map(drop),
        "search" => cursor.list(',', query::search).map(drop),
        "top" | "skip" => cursor.list(',', expression::common).map(drop),
        "concat" => cursor.list(',', transformations).map(drop),
        "nest" | "addnested" | "join" | "outerjoin" => nested(cursor, &name),
        "ancestors" | "descendants" | "traverse" => hierarchy(cursor, &name),
        "expand" => cursor.list(',', nested_or_path).map(drop),
        _ if TOPS.contains(&name.as_str()) => cursor.list(',', expression::common).map(drop),
        _ if name.contains('.') => {
            if cursor.peek() == Some('(') {
                expression::arguments(cursor)?;
            }
            Ok(())
        }
        _ => {
            cursor.reset(start);
            Err(cursor.error("a transformation"))
        }
    }
}

fn nested_or_path(cursor: &mut Cursor) -> Result<(), UrlError> {
    let start = cursor.position();
    if transformations(cursor).is_ok() && matches!(cursor.peek(), Some(',' | ')' | ' ')) {
        return Ok(());
    }
    cursor.reset(start);
    expression::path(cursor).map(drop)
}

fn order(cursor: &mut Cursor) -> Result<(), UrlError> {
    expression::common(cursor)?;
    let start = cursor.position();
    if !(cursor.blanks() && (cursor.take_word("asc") || cursor.take_word("desc"))) {
        cursor.reset(start);
    }
    Ok(())
}

/// `groupby((a,b),…)`, with `rollup` among the properties.
fn group(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    cursor.list(',', grouping)?;
    cursor.blanks();
    if cursor.take(',') {
        cursor.blanks();
        transformations(cursor)?;
        cursor.blanks();
    }
    cursor.expect(')', "`)`")
}

fn grouping(cursor: &mut Cursor) -> Result<(), UrlError> {
    for name in ["rolluprecursive", "rollup"] {
        if cursor.starts_with(&format!("{name}(")) {
            cursor.skip(name.len());
            return cursor
                .list(',', |cursor| {
                    let start = cursor.position();
                    if cursor.take_text("$all") && matches!(cursor.peek(), Some(',' | ')')) {
                        return Ok(());
                    }
                    cursor.reset(start);
                    nested_or_path(cursor)
                })
                .map(drop);
        }
    }
    let start = cursor.position();
    let steps = expression::path(cursor)?;
    // Neither annotations nor types can be grouped by.
    let last = steps.last();
    let fits = match last {
        Some(Step::Name(name)) => steps.len() == 1 || !name.contains('.'),
        Some(Step::Call { .. }) => true,
        _ => false,
    };
    if fits {
        return Ok(());
    }
    cursor.reset(start);
    Err(cursor.error("a property to group by"))
}

/// `aggregate(…)` with what it computes, each with a name.
fn aggregate(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.list(',', |cursor| aggregated(cursor, true)).map(drop)
}

/// `aggregate(…)` as a part of an expression: one value, which needs no name.
pub(super) fn aggregated_value(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    cursor.nested(|cursor| aggregated(cursor, false))?;
    cursor.blanks();
    cursor.expect(')', "`)`")
}

/// What is aggregated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aggregated {
    /// How many there are.
    Count,
    /// A path, which may lead to a custom aggregate: that has a method of its own.
    Path,
    /// Anything else.
    Expression,
}

fn aggregated(cursor: &mut Cursor, named: bool) -> Result<(), UrlError> {
    let kind = aggregated_kind(cursor)?;
    let with = kind != Aggregated::Count && method(cursor);
    let from = from(cursor, with)?;
    let plain = !with && !from;
    if kind == Aggregated::Expression && !with {
        return Err(cursor.error("`with` and a method"));
    }
    if !named {
        return Ok(());
    }
    let here = cursor.position();
    if alias(cursor).is_ok() {
        return Ok(());
    }
    cursor.reset(here);
    // A custom aggregate may keep its own name.
    if plain && kind == Aggregated::Path { Ok(()) } else { Err(cursor.error("`as` and a name")) }
}

fn aggregated_kind(cursor: &mut Cursor) -> Result<Aggregated, UrlError> {
    let start = cursor.position();
    let value = match expression::common(cursor) {
        Ok(value) => value,
        Err(error) => {
            // Instances of a type as a whole.
            cursor.reset(start);
            return cursor.qualified().map(|_| Aggregated::Path).map_err(|_| error);
        }
    };
    let Expression::Path(steps) = value else { return Ok(Aggregated::Expression) };
    Ok(match steps.last() {
        Some(Step::System { name, .. }) if name == "$count" => Aggregated::Count,
        Some(Step::Name(_)) => Aggregated::Path,
        _ => Aggregated::Expression,
    })
}

/// What something is aggregated from first: properties, and the method, which a custom aggregate has
/// itself. Whether there was any.
fn from(cursor: &mut Cursor, with: bool) -> Result<bool, UrlError> {
    let mut found = false;
    loop {
        let start = cursor.position();
        if !(cursor.blanks() && cursor.take_word("from") && cursor.blanks()) {
            cursor.reset(start);
            return Ok(found);
        }
        query::items(cursor, expression::path)?;
        if !method(cursor) && with {
            return Err(cursor.error("`with` and a method"));
        }
        found = true;
    }
}

fn method(cursor: &mut Cursor) -> bool {
    let start = cursor.position();
    let found = cursor.blanks()
        && cursor.take_word("with")
        && cursor.blanks()
        && cursor.qualified().is_ok();
    if !found {
        cursor.reset(start);
    }
    found
}

fn alias(cursor: &mut Cursor) -> Result<(), UrlError> {
    let start = cursor.position();
    if cursor.blanks() && cursor.take_word("as") && cursor.blanks() {
        return cursor.identifier().map(drop);
    }
    cursor.reset(start);
    Err(cursor.error("`as` and a name"))
}

/// `addnested(Products,filter(…) as Name,…)`, `join(Sales as Sale,…)`, `nest(…)`.
fn nested(cursor: &mut Cursor, name: &str) -> Result<(), UrlError> {
    let join = name.ends_with("join");
    let mut position = 0;
    cursor
        .list(',', |cursor| {
            position += 1;
            let first = position == 1;
            if first && name != "nest" {
                expression::path(cursor)?;
                return if join { alias(cursor) } else { Ok(()) };
            }
            transformations(cursor)?;
            if join { Ok(()) } else { alias(cursor) }
        })
        .map(drop)
}

/// `ancestors($root/…,Hierarchy,ID,filter(…),2,keep start)`.
fn hierarchy(cursor: &mut Cursor, name: &str) -> Result<(), UrlError> {
    let mut position = 0;
    cursor
        .list(',', |cursor| {
            position += 1;
            match position {
                1 => expression::path(cursor).map(drop),
                3 => node(cursor),
                2 => cursor.identifier().map(drop),
                4 if name == "traverse"
                    && (cursor.take_word("preorder") || cursor.take_word("postorder")) =>
                {
                    Ok(())
                }
                _ => {
                    let start = cursor.position();
                    if cursor.take_word("keep") && cursor.blanks() && cursor.take_word("start") {
                        return Ok(());
                    }
                    cursor.reset(start);
                    if cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
                        return expression::common(cursor).map(drop);
                    }
                    if name == "traverse" {
                        let start = cursor.position();
                        if transformations(cursor).is_ok() {
                            return Ok(());
                        }
                        cursor.reset(start);
                        return order(cursor);
                    }
                    if position > 4 {
                        return Err(cursor.error("a distance or `keep start`"));
                    }
                    transformations(cursor)
                }
            }
        })
        .map(drop)
}

/// The property that identifies a node: a path of names.
fn node(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.qualified()?;
    while cursor.take('/') {
        cursor.qualified()?;
    }
    Ok(())
}
