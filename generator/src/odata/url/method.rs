//! The canonical functions (OData 4.01 URL Conventions, section 5.1.1).
//!
//! Enters: a place where an expression begins. Leaves: a call, if the name is of such a function. Must
//! not know: what the functions compute.

use super::cursor::{Cursor, Parsed, is_name};
use super::expression::{Expression, ExpressionKind, common};
use super::member;

/// The names, with the least and the greatest number of arguments.
const METHODS: &[(&str, usize, usize)] = &[
    ("ceiling", 1, 1),
    ("concat", 2, 2),
    ("contains", 2, 2),
    ("date", 1, 1),
    ("day", 1, 1),
    ("endswith", 2, 2),
    ("floor", 1, 1),
    ("fractionalseconds", 1, 1),
    ("geo.distance", 2, 2),
    ("geo.intersects", 2, 2),
    ("geo.length", 1, 1),
    ("hassubsequence", 2, 2),
    ("hassubset", 2, 2),
    ("hour", 1, 1),
    ("indexof", 2, 2),
    ("length", 1, 1),
    ("matchesPattern", 2, 2),
    ("maxdatetime", 0, 0),
    ("mindatetime", 0, 0),
    ("minute", 1, 1),
    ("month", 1, 1),
    ("now", 0, 0),
    ("round", 1, 1),
    ("second", 1, 1),
    ("startswith", 2, 2),
    ("substring", 2, 3),
    ("time", 1, 1),
    ("tolower", 1, 1),
    ("totaloffsetminutes", 1, 1),
    ("totalseconds", 1, 1),
    ("toupper", 1, 1),
    ("trim", 1, 1),
    ("year", 1, 1),
];

/// Reads a call of a canonical function, or nothing.
pub(super) fn call(cursor: &mut Cursor) -> Parsed<Option<ExpressionKind>> {
    let start = cursor.position();
    let name = cursor.take_while(|c| is_name(c) || c == '.');
    let is_call = cursor.peek() == Some('(');
    let same = |known: &str| is_call && known.eq_ignore_ascii_case(&name);
    let type_function = ["cast", "isof"].into_iter().find(|known| same(known));
    let method = METHODS.iter().find(|(known, _, _)| same(known));
    if let Some(name) = type_function {
        return of_type(cursor, name).map(Some);
    }
    if same("case") {
        return cursor.list(case).map(|cases| Some(ExpressionKind::Case(cases)));
    }
    if same("isdefined") {
        return defined(cursor).map(Some);
    }
    let Some((name, least, most)) = method else {
        cursor.reset(start);
        return Ok(None);
    };
    let arguments = arguments(cursor, *most)?;
    if !(*least..=*most).contains(&arguments.len()) {
        return cursor.fail("another number of arguments");
    }
    Ok(Some(ExpressionKind::Method { name, arguments }))
}

fn arguments(cursor: &mut Cursor, most: usize) -> Parsed<Vec<Expression>> {
    if most > 0 {
        return cursor.list(common);
    }
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    cursor.expect(')', "`)`").map(|()| Vec::new())
}

/// `isdefined(path)` of the aggregation extension.
fn defined(cursor: &mut Cursor) -> Parsed<ExpressionKind> {
    let mut paths = cursor.list(|cursor| {
        let start = cursor.position();
        let steps = member::path(cursor)?;
        Ok(Expression { kind: ExpressionKind::Path(steps), span: cursor.span(start) })
    })?;
    if paths.len() != 1 {
        return cursor.fail("one path");
    }
    Ok(ExpressionKind::Method { name: "isdefined", arguments: paths.split_off(0) })
}

fn case(cursor: &mut Cursor) -> Parsed<(Expression, Expression)> {
    let condition = common(cursor)?;
    cursor.blanks();
    cursor.expect(':', "`:`")?;
    cursor.blanks();
    Ok((condition, common(cursor)?))
}

/// The operand may be left out. A single name is a type, since the type is required.
fn of_type(cursor: &mut Cursor, name: &'static str) -> Parsed<ExpressionKind> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let last = |cursor: &mut Cursor| {
        let type_name = type_name(cursor)?;
        cursor.blanks();
        cursor.expect(')', "`)`")?;
        Ok(type_name)
    };
    if let Some(type_name) = cursor.attempt(last) {
        return Ok(ExpressionKind::TypeFunction { name, operand: None, type_name });
    }
    let operand = Some(Box::new(common(cursor)?));
    cursor.blanks();
    cursor.expect(',', "`,`")?;
    cursor.blanks();
    Ok(ExpressionKind::TypeFunction { name, operand, type_name: last(cursor)? })
}

/// The name of a type or of a collection of it, with or without a namespace.
pub(super) fn type_name(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    if cursor.take_exact("Collection(") {
        cursor.qualified()?;
        cursor.expect(')', "`)`")?;
    } else {
        cursor.reset(start);
        cursor.qualified()?;
    }
    Ok(cursor.since(start))
}
