//! Context URLs: what an answer says about itself.

use super::cursor::{Cursor, UrlError};
use super::expression;

/// Reads the fragment of a context URL, with or without what stands before the `#`.
///
/// # Errors
/// If the text is none.
pub fn context(text: &str) -> Result<(), UrlError> {
    let (before, rest) = text.split_once('#').unwrap_or(("", text));
    fragment(rest, before.len() + 1)
}

pub(super) fn fragment(text: &str, offset: usize) -> Result<(), UrlError> {
    // A qualifier of an annotation is written with a plain number sign.
    if let Some(at) = text.find("%23") {
        return Err(UrlError { at: offset + at, expected: "`#`" });
    }
    let mut cursor = Cursor::new(text, offset);
    resource(&mut cursor)?;
    cursor.done()
}

fn resource(cursor: &mut Cursor) -> Result<(), UrlError> {
    loop {
        if cursor.take_text("$") {
            if !["entity", "delta", "deletedEntity", "link", "deletedLink", "ref", "null"]
                .iter()
                .any(|name| cursor.take_word(name))
            {
                return Err(cursor.error("`$entity`, `$delta`, `$ref` or `$link`"));
            }
        } else {
            cursor.qualified()?;
        }
        while cursor.peek() == Some('(') {
            parentheses(cursor)?;
        }
        if !cursor.take('/') {
            return Ok(());
        }
    }
}

/// A key, the type of a collection, or the members that are there.
fn parentheses(cursor: &mut Cursor) -> Result<(), UrlError> {
    let start = cursor.position();
    if cursor.starts_with("($ref)") {
        cursor.skip("($ref)".len());
        return Ok(());
    }
    if let Err(error) = cursor.nested(members) {
        cursor.reset(start);
        return expression::arguments(cursor).map(drop).map_err(|_| error);
    }
    Ok(())
}

fn members(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor
        .list(',', |cursor| {
            loop {
                if cursor.take('*') {
                    return Ok(());
                }
                if cursor.take('@') {
                    cursor.qualified()?;
                    if cursor.take('#') {
                        cursor.identifier()?;
                    }
                } else {
                    cursor.identifier()?;
                    while cursor.peek() == Some('.') {
                        cursor.next();
                        if cursor.take('*') {
                            return Ok(());
                        }
                        cursor.identifier()?;
                    }
                }
                cursor.take('+');
                if cursor.peek() == Some('(') {
                    let start = cursor.position();
                    cursor.next();
                    if !cursor.take(')') {
                        cursor.reset(start);
                        cursor.nested(members)?;
                    }
                    return Ok(());
                }
                if !cursor.take('/') {
                    return Ok(());
                }
                if cursor.take_word("$ref") || cursor.take_word("$count") {
                    return Ok(());
                }
            }
        })
        .map(drop)
}
