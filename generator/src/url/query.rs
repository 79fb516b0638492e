//! Query options.

use super::apply;
use super::cursor::{Cursor, UrlError, is_name};
use super::expression::{self, Expression};
use super::select::{self, ExpandItem, SelectItem};

/// A query option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryOption {
    /// `$filter`.
    Filter(Expression),
    /// `$orderby`: expressions, and whether descending.
    OrderBy(Vec<(Expression, bool)>),
    /// `$select`.
    Select(Vec<SelectItem>),
    /// `$expand`.
    Expand(Vec<ExpandItem>),
    /// `$compute`: expressions and their names.
    Compute(Vec<(Expression, String)>),
    /// `$search`, decoded.
    Search(String),
    /// `$apply`, decoded.
    Apply(String),
    /// `$top`, `$skip`, `$index`, `$count`, `$levels` and other system options of one word: the
    /// name with the `$`, and the decoded value.
    System {
        /// The name, with the `$`.
        name: String,
        /// The value.
        value: String,
    },
    /// A parameter alias and its value.
    Alias {
        /// The name, without the `@`.
        name: String,
        /// The value.
        value: Expression,
    },
    /// An option that OData does not define, decoded.
    Custom {
        /// The name.
        name: String,
        /// The value, if there is an equals sign.
        value: Option<String>,
    },
}

impl QueryOption {
    /// The name of a system option, with the `$`.
    pub fn system_name(&self) -> Option<&str> {
        Some(match self {
            Self::Filter(_) => "$filter",
            Self::OrderBy(_) => "$orderby",
            Self::Select(_) => "$select",
            Self::Expand(_) => "$expand",
            Self::Compute(_) => "$compute",
            Self::Search(_) => "$search",
            Self::Apply(_) => "$apply",
            Self::System { name, .. } => name,
            Self::Alias { .. } | Self::Custom { .. } => return None,
        })
    }
}

/// Reads query options, joined by `&`.
///
/// # Errors
/// If the text is none.
pub fn options(text: &str) -> Result<Vec<QueryOption>, UrlError> {
    read(text, 0)
}

/// Reads one query option.
///
/// # Errors
/// If the text is none.
pub fn option(text: &str) -> Result<QueryOption, UrlError> {
    one(text, 0)
}

pub(super) fn read(query: &str, offset: usize) -> Result<Vec<QueryOption>, UrlError> {
    let mut options = Vec::new();
    let mut at = offset;
    for text in query.split('&') {
        options.push(one(text, at)?);
        at += text.len() + 1;
    }
    Ok(options)
}

fn one(text: &str, offset: usize) -> Result<QueryOption, UrlError> {
    // A raw number sign would begin the fragment.
    if let Some(at) = text.find('#') {
        return Err(UrlError { at: offset + at, expected: "`%23`" });
    }
    if let Some(at) = text.find('&') {
        return Err(UrlError { at: offset + at, expected: "`%26`" });
    }
    let mut cursor = Cursor::new(text, offset);
    let found = read_option(&mut cursor, true)?;
    cursor.done()?;
    Ok(found)
}

/// An option within the parentheses of `$expand` or `$count`.
pub(super) fn nested_option(cursor: &mut Cursor) -> Result<QueryOption, UrlError> {
    cursor.nested(|cursor| read_option(cursor, false))
}

/// The system options, without the `$` that may be left out.
const SYSTEM: &[&str] = &[
    "filter",
    "orderby",
    "select",
    "expand",
    "compute",
    "search",
    "apply",
    "top",
    "skip",
    "count",
    "index",
    "levels",
    "format",
    "id",
    "skiptoken",
    "deltatoken",
    "schemaversion",
    "at",
    "from",
    "to",
    "toInclusive",
];

fn read_option(cursor: &mut Cursor, top: bool) -> Result<QueryOption, UrlError> {
    let start = cursor.position();
    if cursor.peek() == Some('@') {
        cursor.next();
        let name = cursor.identifier()?;
        cursor.expect('=', "`=`")?;
        let value = expression::common(cursor)?;
        return Ok(QueryOption::Alias { name, value });
    }
    let dollar = cursor.take('$');
    let word = cursor.take_while(is_name);
    let known = SYSTEM.iter().find(|name| name.eq_ignore_ascii_case(&word));
    let equals = cursor.peek() == Some('=');
    match known {
        Some(name) if equals || dollar => {
            cursor.expect('=', "`=`")?;
            system(cursor, name, top)
        }
        _ if dollar || !top => {
            cursor.reset(start);
            Err(cursor.error("a query option"))
        }
        _ => {
            cursor.reset(start);
            let name = cursor.take_while(|c| c != '=');
            if name.is_empty() {
                return Err(cursor.error("a query option"));
            }
            let value = cursor.take('=').then(|| cursor.rest());
            // A plain word alone is more likely a stray ampersand than an option.
            if value.is_none() && name.chars().all(is_name) {
                return Err(cursor.error("`=`"));
            }
            cursor.skip(usize::MAX);
            Ok(QueryOption::Custom { name, value })
        }
    }
}

fn system(cursor: &mut Cursor, name: &str, top: bool) -> Result<QueryOption, UrlError> {
    let start = cursor.position();
    Ok(match name {
        "filter" => QueryOption::Filter(expression::common(cursor)?),
        "orderby" => QueryOption::OrderBy(items(cursor, order_item)?),
        "select" => QueryOption::Select(items(cursor, select::select_item)?),
        "expand" => QueryOption::Expand(items(cursor, select::expand_item)?),
        "compute" => QueryOption::Compute(items(cursor, compute_item)?),
        "apply" => {
            apply::transformations(cursor)?;
            QueryOption::Apply(cursor.since(start))
        }
        "search" => {
            search(cursor)?;
            QueryOption::Search(cursor.since(start))
        }
        _ => {
            let value = plain(cursor, name, top)?;
            QueryOption::System { name: format!("${name}"), value }
        }
    })
}

/// Items with commas between them.
pub(super) fn items<T>(
    cursor: &mut Cursor,
    item: impl Fn(&mut Cursor) -> Result<T, UrlError>,
) -> Result<Vec<T>, UrlError> {
    let mut items = vec![item(cursor)?];
    loop {
        let start = cursor.position();
        cursor.blanks();
        if !cursor.take(',') {
            cursor.reset(start);
            return Ok(items);
        }
        cursor.blanks();
        items.push(item(cursor)?);
    }
}

fn order_item(cursor: &mut Cursor) -> Result<(Expression, bool), UrlError> {
    let found = expression::common(cursor)?;
    let start = cursor.position();
    if cursor.blanks() {
        for (word, descending) in [("asc", false), ("desc", true)] {
            if cursor.take_word(word) {
                return Ok((found, descending));
            }
        }
        cursor.reset(start);
    }
    Ok((found, false))
}

pub(super) fn compute_item(cursor: &mut Cursor) -> Result<(Expression, String), UrlError> {
    let found = expression::common(cursor)?;
    let spaced = cursor.blanks();
    if !(spaced && cursor.take_word("as") && cursor.blanks()) {
        return Err(cursor.error("`as` and a name"));
    }
    Ok((found, cursor.identifier()?))
}

/// The value of an option of one word.
fn plain(cursor: &mut Cursor, name: &str, top: bool) -> Result<String, UrlError> {
    let start = cursor.position();
    let value = if top {
        let rest = cursor.rest();
        cursor.skip(usize::MAX);
        rest
    } else if matches!(name, "at" | "from" | "to" | "toInclusive") {
        expression::common(cursor)?;
        cursor.since(start)
    } else {
        cursor.take_while(|c| !matches!(c, ';' | ')'))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let valid = match name {
        "top" | "skip" => digits(&value),
        "index" => digits(value.strip_prefix('-').unwrap_or(&value)),
        "levels" => value == "max" || (digits(&value) && !value.starts_with('0')),
        "count" => matches!(value.to_ascii_lowercase().as_str(), "true" | "false"),
        _ => !value.is_empty(),
    };
    if valid {
        return Ok(value);
    }
    cursor.reset(start);
    Err(cursor.error("a value of the option"))
}

/// A search expression: words and phrases with `AND`, `OR`, `NOT` and parentheses.
pub(super) fn search(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.nested(|cursor| {
        loop {
            cursor.blanks();
            match cursor.peek() {
                Some('(') => {
                    cursor.next();
                    search(cursor)?;
                    cursor.blanks();
                    cursor.expect(')', "`)`")?;
                }
                Some('"') => phrase(cursor)?,
                Some(c) if !matches!(c, ')' | ' ' | '\t') && !cursor.is_raw(';') => word(cursor)?,
                _ => return Err(cursor.error("a word or a phrase")),
            }
            let start = cursor.position();
            let spaced = cursor.blanks();
            if cursor.is_done() || matches!(cursor.peek(), Some(')' | ',')) || cursor.is_raw(';') {
                cursor.reset(start);
                return Ok(());
            }
            // A word ends where a blank or a parenthesis is; a phrase needs a blank behind it.
            if !spaced {
                return Err(cursor.error("a blank"));
            }
        }
    })
}

fn word(cursor: &mut Cursor) -> Result<(), UrlError> {
    while let Some(c) = cursor.peek() {
        match c {
            '\'' => {
                // What stands in quotes may hold anything.
                let start = cursor.position();
                cursor.next();
                cursor.take_while(|c| c != '\'');
                if !cursor.take('\'') {
                    cursor.reset(start);
                    cursor.next();
                }
            }
            ' ' | '\t' | '"' | '(' | ')' => return Ok(()),
            ';' if cursor.is_raw(';') => return Ok(()),
            _ => {
                cursor.next();
            }
        }
    }
    Ok(())
}

fn phrase(cursor: &mut Cursor) -> Result<(), UrlError> {
    cursor.next();
    loop {
        match cursor.next() {
            Some('"') => return Ok(()),
            Some('\\') => {
                cursor.next();
            }
            Some(_) => {}
            None => return Err(cursor.error("`\"`")),
        }
    }
}
