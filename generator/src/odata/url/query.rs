//! Query options.
//!
//! Enters: what follows the question mark of a URL. Leaves: [`QueryOption`]s. Must not know: to
//! which resource they are applied.

use super::apply::{self, Transformation};
use super::cursor::{Cursor, Parsed, Span, UrlError, is_name, is_query, is_segment, is_unreserved};
use super::expression::{Expression, common};
use super::json;
use super::search::{self, Search};
use super::select::{self, ExpandItem, SelectItem};

/// A query option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOption {
    /// What it is.
    pub kind: OptionKind,
    /// Where it is.
    pub span: Span,
}

/// What a query option is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `$filter`.
    Filter(Expression),
    /// `$orderby`.
    OrderBy(Vec<OrderItem>),
    /// `$select`.
    Select(Vec<SelectItem>),
    /// `$expand`.
    Expand(Vec<ExpandItem>),
    /// `$compute`: expressions and their names.
    Compute(Vec<(Expression, String)>),
    /// `$search`.
    Search(Search),
    /// `$apply`.
    Apply(Vec<Transformation>),
    /// `$at`, `$from`, `$to` or `$toInclusive` of the temporal extension: `min` and `max` are paths.
    Temporal {
        /// The name, with the `$`.
        name: &'static str,
        /// The moment.
        value: Expression,
    },
    /// `$top`, `$skip`, `$index`, `$count`, `$levels` and other system options of one word.
    System {
        /// The name, with the `$`.
        name: &'static str,
        /// The decoded value.
        value: String,
    },
    /// A parameter alias and its value.
    Alias {
        /// The name, without the `@`.
        name: String,
        /// The value.
        value: Expression,
    },
    /// An option that OData does not define, decoded. It may be a parameter of the function that the
    /// path ends with.
    Custom {
        /// The name.
        name: String,
        /// The value, if there is an equals sign.
        value: Option<String>,
    },
}

/// A sort criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// The value.
    pub value: Expression,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl QueryOption {
    /// The name of a system option, with the `$`.
    pub fn system_name(&self) -> Option<&'static str> {
        Some(match &self.kind {
            OptionKind::Filter(_) => "$filter",
            OptionKind::OrderBy(_) => "$orderby",
            OptionKind::Select(_) => "$select",
            OptionKind::Expand(_) => "$expand",
            OptionKind::Compute(_) => "$compute",
            OptionKind::Search(_) => "$search",
            OptionKind::Apply(_) => "$apply",
            OptionKind::Temporal { name, .. } | OptionKind::System { name, .. } => name,
            OptionKind::Alias { .. } | OptionKind::Custom { .. } => return None,
        })
    }
}

/// Reads query options, joined by `&`.
///
/// # Errors
/// If the text is not a valid one.
pub fn options(text: &str) -> Result<Vec<QueryOption>, UrlError> {
    read(text, 0)
}

/// Reads one query option.
///
/// # Errors
/// If the text is not a valid one.
pub fn option(text: &str) -> Result<QueryOption, UrlError> {
    one(text, 0)
}

pub(super) fn read(query: &str, offset: usize) -> Parsed<Vec<QueryOption>> {
    let mut options = Vec::new();
    let mut at = offset;
    for text in query.split('&') {
        options.push(one(text, at)?);
        at += text.len() + 1;
    }
    Ok(options)
}

/// An option without the `$` that is not valid as an OData option is a custom option.
fn one(text: &str, offset: usize) -> Parsed<QueryOption> {
    let found = Cursor::new(text, offset).all(|cursor| known(cursor, true));
    if found.is_ok() || text.starts_with(['$', '@']) {
        return found;
    }
    let custom = Cursor::new(text, offset).all(custom)?;
    let is_search = matches!(&custom.kind, OptionKind::Custom { value: None, .. });
    // A word alone more likely comes from a stray ampersand in the option before it than from an
    // option.
    if is_search && text.chars().all(is_name) {
        return Err(UrlError { at: offset + text.len(), expected: "`=`" });
    }
    Ok(custom)
}

fn custom(cursor: &mut Cursor) -> Parsed<QueryOption> {
    let start = cursor.position();
    let name = cursor.take_marks(|c, encoded| (encoded || c != '=') && is_query(c, encoded));
    if name.is_empty() {
        return cursor.fail("a query option");
    }
    let value = cursor.take_raw('=').then(|| cursor.take_marks(is_query));
    let kind = OptionKind::Custom { name, value };
    Ok(QueryOption { kind, span: cursor.span(start) })
}

/// The options that may be in the parentheses after a path.
pub(super) type Allowed = &'static [&'static str];

/// After `$count`.
pub(super) const OF_COUNT: Allowed = &["$filter", "$search"];

pub(super) fn count_options(cursor: &mut Cursor) -> Parsed<Vec<QueryOption>> {
    nested_options(cursor, OF_COUNT)
}

/// Options in parentheses, of which only some may be there. `@` allows aliases.
pub(super) fn nested_options(cursor: &mut Cursor, allowed: Allowed) -> Parsed<Vec<QueryOption>> {
    cursor.nested(|cursor| {
        cursor.tight_list(';', |cursor| {
            let start = cursor.position();
            let option = known(cursor, false)?;
            if allowed.contains(&option.system_name().unwrap_or("@")) {
                return Ok(option);
            }
            cursor.reset(start);
            cursor.fail("another option")
        })
    })
}

/// The names of the system options. In OData 4.01 their `$` may be left out, except for the last
/// ones.
const SYSTEM: &[&str] = &[
    "$filter",
    "$orderby",
    "$select",
    "$expand",
    "$compute",
    "$search",
    "$apply",
    "$top",
    "$skip",
    "$count",
    "$index",
    "$levels",
    "$format",
    "$id",
    "$schemaversion",
    "$skiptoken",
    "$deltatoken",
    "$at",
    "$from",
    "$toInclusive",
    "$to",
];

/// Those that need their `$`.
const WITH_DOLLAR: &[&str] = &["$skiptoken", "$deltatoken", "$at", "$from", "$toInclusive", "$to"];

/// Reads an option that OData defines, or an alias.
fn known(cursor: &mut Cursor, top: bool) -> Parsed<QueryOption> {
    let start = cursor.position();
    let kind = if cursor.take('@') {
        let name = cursor.identifier()?;
        cursor.equals()?;
        OptionKind::Alias { name, value: json::value(cursor)? }
    } else {
        let dollar = cursor.peek() == Some('$');
        let found = SYSTEM.iter().find(|name| {
            if dollar { cursor.take_word(name) } else { cursor.take_word(&name[1..]) }
        });
        let Some(name) = found.filter(|name| dollar || !WITH_DOLLAR.contains(name)) else {
            cursor.reset(start);
            return cursor.fail("a query option");
        };
        if top && *name == "$levels" {
            return cursor.fail("an option that may be outside of `$expand`");
        }
        cursor.equals()?;
        system(cursor, name)?
    };
    Ok(QueryOption { kind, span: cursor.span(start) })
}

fn system(cursor: &mut Cursor, name: &'static str) -> Parsed<OptionKind> {
    Ok(match name {
        "$filter" => OptionKind::Filter(common(cursor)?),
        "$orderby" => OptionKind::OrderBy(cursor.items(order_item)?),
        "$select" => OptionKind::Select(cursor.items(select::select_item)?),
        "$expand" => OptionKind::Expand(cursor.items(select::expand_item)?),
        "$compute" => OptionKind::Compute(cursor.items(compute_item)?),
        "$apply" => OptionKind::Apply(apply::transformations(cursor)?),
        "$search" => OptionKind::Search(search::search(cursor)?),
        "$at" | "$from" | "$to" | "$toInclusive" => {
            OptionKind::Temporal { name, value: common(cursor)? }
        }
        _ => OptionKind::System { name, value: plain(cursor, name)? },
    })
}

pub(super) fn order_item(cursor: &mut Cursor) -> Parsed<OrderItem> {
    let value = common(cursor)?;
    let start = cursor.position();
    let spaced = cursor.blanks();
    let descending = spaced && cursor.take_word("desc");
    let ascending = !descending && spaced && cursor.take_word("asc");
    if !(descending || ascending) {
        cursor.reset(start);
    }
    Ok(OrderItem { value, descending })
}

pub(super) fn compute_item(cursor: &mut Cursor) -> Parsed<(Expression, String)> {
    let value = common(cursor)?;
    Ok((value, alias(cursor)?))
}

/// `as` and a name.
pub(super) fn alias(cursor: &mut Cursor) -> Parsed<String> {
    if cursor.take_spaced("as") { cursor.identifier() } else { cursor.fail("`as` and a name") }
}

/// The value of an option of one word.
fn plain(cursor: &mut Cursor, name: &str) -> Parsed<String> {
    let start = cursor.position();
    let valid = match name {
        "$top" | "$skip" => !cursor.digits().is_empty(),
        "$index" => {
            cursor.take('-');
            !cursor.digits().is_empty()
        }
        "$levels" => {
            let zero = cursor.peek() == Some('0');
            cursor.take_word("max") || (!zero && !cursor.digits().is_empty())
        }
        "$count" => cursor.take_word("true") || cursor.take_word("false"),
        "$format" => format(cursor),
        "$schemaversion" => cursor.take('*') || !cursor.take_while(is_unreserved).is_empty(),
        _ => !cursor.take_marks(is_query).is_empty(),
    };
    if valid {
        return Ok(cursor.since(start));
    }
    cursor.reset(start);
    cursor.fail("a value of the option")
}

/// A short name, or a media type.
fn format(cursor: &mut Cursor) -> bool {
    let start = cursor.position();
    let first = cursor.take_marks(is_segment);
    if cursor.take_raw('/') {
        return !first.is_empty() && !cursor.take_marks(is_segment).is_empty();
    }
    cursor.reset(start);
    ["atom", "json", "xml"].into_iter().any(|name| cursor.take_text(name))
}
