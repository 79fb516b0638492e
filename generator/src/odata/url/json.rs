//! JSON in query options: arrays and objects whose parts may be expressions.
//!
//! Enters: a place in a query option. Leaves: an [`Expression`]. Must not know: what the value is for.

use super::cursor::{Cursor, Parsed, is_query};
use super::expression::{Expression, ExpressionKind, common};

/// The value of a parameter alias or of an argument. Blanks before it are allowed.
pub(super) fn value(cursor: &mut Cursor) -> Parsed<Expression> {
    cursor.blanks();
    common(cursor)
}

/// A part of an array or an object: also a string in double quotes.
fn part(cursor: &mut Cursor) -> Parsed<Expression> {
    if cursor.peek() != Some('"') {
        return common(cursor);
    }
    let start = cursor.position();
    let kind = ExpressionKind::Text(string(cursor)?);
    Ok(Expression { kind, span: cursor.span(start) })
}

pub(super) fn array_or_object(cursor: &mut Cursor) -> Parsed<Expression> {
    let start = cursor.position();
    let kind = match cursor.next() {
        Some('[') => ExpressionKind::Array(parts(cursor, ']', part)?),
        _ => ExpressionKind::Object(parts(cursor, '}', member)?),
    };
    Ok(Expression { kind, span: cursor.span(start) })
}

fn parts<T>(
    cursor: &mut Cursor,
    close: char,
    part: impl Fn(&mut Cursor) -> Parsed<T>,
) -> Parsed<Vec<T>> {
    let mut found = Vec::new();
    cursor.blanks();
    if cursor.take(close) {
        return Ok(found);
    }
    loop {
        cursor.blanks();
        found.push(part(cursor)?);
        cursor.blanks();
        if cursor.take(close) {
            return Ok(found);
        }
        cursor.expect(',', "`,` or the end of the JSON value")?;
    }
}

fn member(cursor: &mut Cursor) -> Parsed<(String, Expression)> {
    let name = string(cursor)?;
    cursor.blanks();
    cursor.expect(':', "`:`")?;
    cursor.blanks();
    Ok((name, part(cursor)?))
}

/// Reads a JSON string in a URL, `"b%75g"`, and decodes it.
///
/// # Errors
/// If the text is not a JSON string.
pub fn json_string(text: &str) -> Result<String, super::UrlError> {
    Cursor::new(text, 0).all(string)
}

fn string(cursor: &mut Cursor) -> Parsed<String> {
    cursor.expect('"', "`\"`")?;
    let mut text = String::new();
    loop {
        // Some clients leave characters unencoded that a query should not contain.
        let special = |c: char| matches!(c, ' ' | ':' | '{' | '}' | '[' | ']');
        text.push_str(&cursor.take_marks(|c, encoded| {
            !matches!(c, '"' | '\\') && (is_query(c, encoded) || special(c))
        }));
        if cursor.take('"') {
            return Ok(text);
        }
        cursor.expect('\\', "`\"` or a character that is allowed in a JSON string")?;
        text.push(escaped(cursor)?);
    }
}

/// What follows a backslash.
fn escaped(cursor: &mut Cursor) -> Parsed<char> {
    let c = match cursor.peek() {
        Some(c @ ('"' | '\\' | '/')) => c,
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return code_unit(cursor),
        _ => return cursor.fail("an escape"),
    };
    cursor.next();
    Ok(c)
}

/// A lone surrogate is read as a replacement character.
fn code_unit(cursor: &mut Cursor) -> Parsed<char> {
    cursor.next();
    let start = cursor.position();
    for _ in 0..4 {
        if !cursor.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
            return cursor.fail("four hexadecimal digits");
        }
        cursor.next();
    }
    let code = u32::from_str_radix(&cursor.since(start), 16).ok();
    Ok(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
}
