//! The items of `$select` and `$expand`.
//!
//! Enters: a place where an item begins. Leaves: its path and its options. Must not know: which of the
//! names is a type, a property or an operation.

use super::cursor::{Cursor, Parsed, Span};
use super::member::qualifier;
use super::query::{Allowed, OF_COUNT, QueryOption, nested_options};

/// An item of `$select`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectItem {
    /// The segments: names, types, annotations with their `@`, or `*` and `Namespace.*` alone.
    pub path: Vec<String>,
    /// The names of the parameters of a function, where they are given.
    pub overload: Option<Vec<String>>,
    /// The options in parentheses.
    pub options: Vec<QueryOption>,
    /// Where it is.
    pub span: Span,
}

/// An item of `$expand`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandItem {
    /// The segments: names, types, annotations with their `@`, and at the end `*`; or `$value` alone.
    pub path: Vec<String>,
    /// Which form of the items is requested.
    pub form: ExpandForm,
    /// The options in parentheses.
    pub options: Vec<QueryOption>,
    /// Where it is.
    pub span: Span,
}

/// The form in which expanded items are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpandForm {
    /// The items.
    Items,
    /// `/$ref`: their references.
    References,
    /// `/$count`: how many there are.
    Count,
}

const OF_SELECT: Allowed =
    &["$filter", "$search", "$count", "$orderby", "$skip", "$top", "$compute", "$select", "@"];

const OF_REFERENCES: Allowed = &["$filter", "$search", "$orderby", "$skip", "$top", "$count"];

const OF_ITEMS: Allowed = &[
    "$filter",
    "$search",
    "$orderby",
    "$skip",
    "$top",
    "$count",
    "$select",
    "$expand",
    "$compute",
    "$levels",
    "$apply",
    "$at",
    "$from",
    "$to",
    "$toInclusive",
    "@",
];

/// A name, a type or an annotation.
fn segment(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    if cursor.take('@') {
        cursor.qualified()?;
        qualifier(cursor)?;
    } else {
        cursor.qualified()?;
    }
    Ok(cursor.since(start))
}

/// Two casts in a row are not allowed, since only the second one matters.
fn check_type(cursor: &mut Cursor, path: &[String]) -> Parsed<()> {
    let is_type = |name: &String| name.contains('.') && !name.starts_with('@');
    match path {
        [.., before, last] if is_type(before) && is_type(last) => cursor.fail("a name"),
        _ => Ok(()),
    }
}

/// `*`, or all operations of a namespace: `Namespace.*`.
fn all_of(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    while !cursor.take('*') {
        cursor.identifier()?;
        if !cursor.take_raw('.') {
            return cursor.fail("`.*`");
        }
    }
    Ok(cursor.since(start))
}

pub(super) fn select_item(cursor: &mut Cursor) -> Parsed<SelectItem> {
    let start = cursor.position();
    let mut path = Vec::new();
    let (mut overload, mut options) = (None, Vec::new());
    if let Some(all) = cursor.attempt(all_of) {
        path.push(all);
    } else {
        path.push(segment(cursor)?);
        while cursor.take_raw('/') {
            path.push(segment(cursor)?);
        }
        if cursor.peek() == Some('(') {
            overload = cursor.attempt(|cursor| cursor.tight_list(',', Cursor::identifier));
            if overload.is_none() {
                options = nested_options(cursor, OF_SELECT)?;
            }
        }
    }
    Ok(SelectItem { path, overload, options, span: cursor.span(start) })
}

pub(super) fn expand_item(cursor: &mut Cursor) -> Parsed<ExpandItem> {
    let start = cursor.position();
    let mut path = Vec::new();
    let mut form = ExpandForm::Items;
    let mut allowed = OF_ITEMS;
    if cursor.take_word("$value") {
        path.push("$value".to_owned());
        return Ok(ExpandItem { path, form, options: Vec::new(), span: cursor.span(start) });
    }
    loop {
        if cursor.take('*') {
            path.push("*".to_owned());
            form = if cursor.take_exact("/$ref") { ExpandForm::References } else { form };
            allowed = if form == ExpandForm::References { &[] } else { &["$levels"] };
            break;
        }
        path.push(segment(cursor)?);
        check_type(cursor, &path)?;
        if cursor.take_exact("/$ref") {
            (form, allowed) = (ExpandForm::References, OF_REFERENCES);
            break;
        }
        if cursor.take_exact("/$count") {
            (form, allowed) = (ExpandForm::Count, OF_COUNT);
            break;
        }
        if !cursor.take_raw('/') {
            break;
        }
    }
    if let [only] = path.as_slice()
        && only.contains('.')
        && !only.starts_with('@')
    {
        return cursor.fail("`/`");
    }
    let options = if cursor.peek() == Some('(') && !allowed.is_empty() {
        nested_options(cursor, allowed)?
    } else {
        Vec::new()
    };
    Ok(ExpandItem { path, form, options, span: cursor.span(start) })
}
