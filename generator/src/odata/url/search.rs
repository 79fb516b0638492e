//! `$search`: words and phrases with `AND`, `OR`, `NOT` and parentheses.
//!
//! Enters: a place after `$search=`. Leaves: a [`Search`]. Must not know: what is searched.

use super::cursor::{Cursor, Parsed, UrlError, is_query, is_unreserved};

/// A search expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// A word, decoded.
    Word(String),
    /// Words in double quotes, decoded.
    Phrase(String),
    /// What must not occur.
    Not(Box<Search>),
    /// All of these.
    And(Vec<Search>),
    /// At least one of these.
    Or(Vec<Search>),
    /// Text in single quotes, as in an unfinished phrase that a user types.
    Incomplete(String),
}

/// Reads a search expression, without the name of the option.
///
/// # Errors
/// If the text is not a search expression.
pub fn search_expression(text: &str) -> Result<Search, UrlError> {
    Cursor::new(text, 0).all(alternatives)
}

/// The expression after `$search=`.
pub(super) fn search(cursor: &mut Cursor) -> Parsed<Search> {
    cursor.blanks();
    if cursor.peek() == Some('\'') { incomplete(cursor) } else { alternatives(cursor) }
}

fn incomplete(cursor: &mut Cursor) -> Parsed<Search> {
    cursor.next();
    let mut text = String::new();
    loop {
        text.push_str(&cursor.take_marks(|c, encoded| {
            c != '\'' && (is_query(c, encoded) || matches!(c, '"' | ' '))
        }));
        cursor.expect('\'', "`'`")?;
        if !cursor.take('\'') {
            return Ok(Search::Incomplete(text));
        }
        text.push('\'');
    }
}

fn alternatives(cursor: &mut Cursor) -> Parsed<Search> {
    let mut found = vec![together(cursor)?];
    while keyword(cursor, "OR") {
        found.push(together(cursor)?);
    }
    Ok(if found.len() == 1 { found.swap_remove(0) } else { Search::Or(found) })
}

fn together(cursor: &mut Cursor) -> Parsed<Search> {
    let mut found = vec![negated(cursor)?];
    loop {
        let start = cursor.position();
        if keyword(cursor, "OR") {
            cursor.reset(start);
            break;
        }
        // Blanks alone mean the same as `AND`.
        let goes_on = keyword(cursor, "AND") || (cursor.blanks() && begins(cursor));
        if !goes_on {
            cursor.reset(start);
            break;
        }
        found.push(negated(cursor)?);
    }
    Ok(if found.len() == 1 { found.swap_remove(0) } else { Search::And(found) })
}

/// Takes a word between blanks if something to search follows; otherwise it is a word to search.
fn keyword(cursor: &mut Cursor, word: &str) -> bool {
    let start = cursor.position();
    let found = cursor.blanks() && cursor.take_exact(word) && cursor.blanks() && begins(cursor);
    if !found {
        cursor.reset(start);
    }
    found
}

/// Whether a word, a phrase or a parenthesis begins here.
fn begins(cursor: &Cursor) -> bool {
    cursor.peek_mark().is_some_and(|(c, encoded)| matches!(c, '(' | '"') || is_word(c, encoded))
}

fn negated(cursor: &mut Cursor) -> Parsed<Search> {
    let start = cursor.position();
    if cursor.take_exact("NOT") && cursor.blanks() && begins(cursor) {
        return Ok(Search::Not(Box::new(cursor.nested(negated)?)));
    }
    cursor.reset(start);
    match cursor.peek() {
        Some('(') => {
            cursor.next();
            cursor.blanks();
            let inner = cursor.nested(alternatives)?;
            cursor.blanks();
            cursor.expect(')', "`)`")?;
            Ok(inner)
        }
        Some('"') => phrase(cursor),
        _ => word(cursor),
    }
}

fn phrase(cursor: &mut Cursor) -> Parsed<Search> {
    cursor.next();
    let text = cursor.take_marks(|c, encoded| c != '"' && (is_query(c, encoded) || c == ' '));
    if text.is_empty() {
        return cursor.fail("a word");
    }
    cursor.expect('"', "`\"`")?;
    Ok(Search::Phrase(text))
}

fn word(cursor: &mut Cursor) -> Parsed<Search> {
    if !begins(cursor) {
        return cursor.fail("a word or a phrase");
    }
    let text = cursor.take_marks(|c, encoded| c == '\'' || is_word(c, encoded));
    Ok(Search::Word(text))
}

/// Whether a character may begin a word. Parentheses, double quotes and blanks separate words
/// whether they are percent-encoded or not, a semicolon only if it is not.
fn is_word(c: char, encoded: bool) -> bool {
    if encoded {
        return !matches!(c, '"' | '(' | ')' | ' ' | '\t' | '\'');
    }
    is_unreserved(c) || "!*+,:@/?$=".contains(c)
}
