//! What `$select` and `$expand` name.

use super::cursor::{Cursor, UrlError};
use super::query::{self, QueryOption};

/// What `$select` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectItem {
    /// The segments: names, casts, annotations, and `*` at the end.
    pub path: Vec<String>,
    /// The types of the parameters of a function, where they are given.
    pub overload: Option<Vec<String>>,
    /// The options in parentheses.
    pub options: Vec<QueryOption>,
}

/// What `$expand` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandItem {
    /// The segments: names, casts, annotations, `*`, and `$ref` or `$count` at the end.
    pub path: Vec<String>,
    /// The options in parentheses.
    pub options: Vec<QueryOption>,
}

/// The segments of a path; `$ref` and `$count` stand at its end, where they may.
fn path(cursor: &mut Cursor, system: &[&str]) -> Result<Vec<String>, UrlError> {
    let mut path = Vec::new();
    loop {
        let start = cursor.position();
        match cursor.peek() {
            Some('*') => {
                cursor.next();
            }
            Some('@') => {
                cursor.next();
                cursor.qualified()?;
                if cursor.take('#') {
                    cursor.identifier()?;
                }
            }
            Some('$') => {
                let alone = path.is_empty() && !cursor.starts_with("$value");
                if alone || !system.iter().any(|name| cursor.take_word(name)) {
                    return Err(cursor.error("a name"));
                }
            }
            _ => {
                cursor.qualified_or_star()?;
            }
        }
        path.push(cursor.since(start));
        if cursor.peek() != Some('/') {
            return Ok(path);
        }
        cursor.next();
    }
}

impl Cursor {
    /// A qualified name, or all of a namespace: `Namespace.*`.
    fn qualified_or_star(&mut self) -> Result<(), UrlError> {
        self.identifier()?;
        while self.peek() == Some('.') {
            self.next();
            if self.take('*') {
                return Ok(());
            }
            self.identifier()?;
        }
        Ok(())
    }
}

pub(super) fn select_item(cursor: &mut Cursor) -> Result<SelectItem, UrlError> {
    let path = path(cursor, &[])?;
    let mut item = SelectItem { path, overload: None, options: Vec::new() };
    if cursor.peek() == Some('(') {
        let start = cursor.position();
        match cursor.list(';', query::nested_option) {
            Ok(options) => item.options = options,
            Err(error) => {
                cursor.reset(start);
                item.overload = Some(cursor.list(',', Cursor::qualified).map_err(|_| error)?);
            }
        }
    }
    Ok(item)
}

pub(super) fn expand_item(cursor: &mut Cursor) -> Result<ExpandItem, UrlError> {
    let path = path(cursor, &["$ref", "$count", "$value"])?;
    let mut item = ExpandItem { path, options: Vec::new() };
    // A function may be expanded like a property.
    let start = cursor.position();
    if cursor.peek() == Some('(') && super::expression::arguments(cursor).is_ok() {
        let call = matches!(cursor.peek(), Some('(' | ',' | ';' | ')') | None);
        let named = item.path.last().is_some_and(|name| name.contains('.') || name == "history");
        if !(call && named) {
            cursor.reset(start);
        }
    } else {
        cursor.reset(start);
    }
    if cursor.peek() == Some('(') {
        let last = item.path.last().map(String::as_str).unwrap_or_default().to_owned();
        let allowed = allowed(&last);
        item.options = cursor.list(';', |cursor| {
            let before = cursor.clone();
            let option = query::nested_option(cursor)?;
            let fits = option
                .system_name()
                .is_none_or(|name| allowed.is_none_or(|some| some.contains(&name)));
            if fits { Ok(option) } else { Err(before.error("another option")) }
        })?;
    }
    Ok(item)
}

/// The options that a path with this end may have; any without such an end.
fn allowed(last: &str) -> Option<&'static [&'static str]> {
    match last {
        "$ref" => Some(&["$filter", "$search", "$orderby", "$skip", "$top", "$count"]),
        "$count" => Some(&["$filter", "$search"]),
        "*" => Some(&["$levels"]),
        _ => None,
    }
}
