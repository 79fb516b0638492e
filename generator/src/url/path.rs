//! Resource paths and whole URLs.

use super::cursor::{Cursor, UrlError};
use super::expression::{self, Argument, Expression};
use super::query::{self, QueryOption};

/// A URL below a service root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// The segments of the resource path.
    pub path: Vec<Segment>,
    /// The query options.
    pub options: Vec<QueryOption>,
}

/// A segment of a resource path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A name, with the key or the arguments in parentheses behind it: an entity set, a property, an
    /// operation, a cast, or a key that is a segment of its own.
    Name {
        /// The decoded name.
        name: String,
        /// The contents of the parentheses, if there are any; several where a key follows a call.
        arguments: Vec<Vec<Argument>>,
    },
    /// A system segment such as `$count`, with its options in parentheses as text.
    System {
        /// The name, with the `$`.
        name: String,
        /// The options.
        options: Option<String>,
    },
}

impl Url {
    /// Reads a URL relative to the service root, or an absolute one.
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let (text, offset) = below_root(text);
        // A fragment is no part of the request, but stands in context URLs.
        let (text, fragment) = text.split_once('#').map_or((text, None), |(a, b)| (a, Some(b)));
        let (path, query) = text.split_once('?').map_or((text, None), |(a, b)| (a, Some(b)));
        if let (Some(fragment), true) = (fragment, path.ends_with("$metadata")) {
            super::context::fragment(fragment, offset + text.len() + 1)?;
        }
        let segments = segments(path.trim_start_matches('/'), offset)?;
        let options = match query {
            Some(query) if !query.is_empty() => query::read(query, offset + path.len() + 1)?,
            _ => Vec::new(),
        };
        check_entity(&segments, &options, offset + text.len())?;
        Ok(Self { path: segments, options })
    }
}

/// What of a URL is behind its authority, and where that begins. Where a segment can only stand at the
/// service root, what is before it belongs to the root.
fn below_root(text: &str) -> (&str, usize) {
    const AT_ROOT: &[&str] = &["/$metadata", "/$batch", "/$entity", "/$all", "/$crossjoin"];
    let is_scheme = |scheme: &str| {
        !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    let scheme = text.find("://").filter(|at| is_scheme(&text[..*at]));
    let Some(scheme) = scheme else { return (text, 0) };
    let authority = scheme + "://".len();
    let end = text.find('?').unwrap_or(text.len());
    let first = text[authority..].find('/').map_or(text.len(), |at| authority + at);
    let root = AT_ROOT.iter().filter_map(|name| text.get(..end)?.find(name)).min();
    let start = (root.unwrap_or(first) + 1).min(text.len());
    (&text[start..], start)
}

/// Reads a resource path.
///
/// # Errors
/// If the text is none.
pub fn resource_path(text: &str) -> Result<Vec<Segment>, UrlError> {
    segments(text, 0)
}

/// Reads an identifier.
///
/// # Errors
/// If the text is none.
pub fn identifier(text: &str) -> Result<String, UrlError> {
    let mut cursor = Cursor::new(text, 0);
    let name = cursor.identifier()?;
    cursor.done()?;
    Ok(name)
}

/// The slash that parts segments is never percent-encoded, and one that is encoded parts none.
fn segments(path: &str, offset: usize) -> Result<Vec<Segment>, UrlError> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut at = offset;
    let trimmed = path.strip_suffix('/').unwrap_or(path);
    if trimmed.is_empty() {
        return Ok(segments);
    }
    for text in parts(trimmed) {
        let mut cursor = Cursor::new(text, at);
        let found = segment(&mut cursor, &segments)?;
        cursor.done()?;
        segments.push(found);
        at += text.len() + 1;
    }
    Ok(segments)
}

/// Splits at the slashes outside of the parentheses of `$filter` and `$count`, whose expressions hold
/// slashes. A key holds none.
fn parts(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut inside) = (0, 0_usize, false);
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'(' => {
                inside |= depth == 0 && path[start..at].starts_with('$');
                depth += 1;
            }
            b')' => {
                depth = depth.saturating_sub(1);
                inside &= depth > 0;
            }
            b'/' if !inside => {
                parts.push(&path[start..at]);
                start = at + 1;
                depth = 0;
            }
            _ => {}
        }
    }
    parts.push(&path[start..]);
    parts
}

/// System segments behind which nothing stands.
const LAST: &[&str] = &["$count", "$value", "$ref", "$batch", "$metadata"];

fn segment(cursor: &mut Cursor, before: &[Segment]) -> Result<Segment, UrlError> {
    if let Some(Segment::System { name, .. }) = before.last()
        && LAST.contains(&name.as_str())
    {
        return Err(cursor.error("the end of the path"));
    }
    if cursor.peek() == Some('$') {
        return system(cursor, before);
    }
    let repeated = |before: &Segment| match before {
        Segment::Name { name, arguments } => {
            arguments.is_empty() && name.contains('.') && *name == cursor.rest()
        }
        Segment::System { .. } => false,
    };
    if before.last().is_some_and(repeated) {
        return Err(cursor.error("another type than before"));
    }
    // A key that is a segment of its own can be anything.
    let whole = cursor.rest();
    let start = cursor.position();
    match named(cursor, before) {
        Ok(found) if cursor.is_done() => Ok(found),
        result => {
            let may_be_key = !before.is_empty() && !whole.contains(['(', ')']);
            if may_be_key && !whole.is_empty() {
                cursor.reset(start);
                cursor.skip(usize::MAX);
                return Ok(Segment::Name { name: whole, arguments: Vec::new() });
            }
            result
        }
    }
}

fn named(cursor: &mut Cursor, before: &[Segment]) -> Result<Segment, UrlError> {
    // At the service root stand only sets, singletons and imports, which have no namespace.
    let name = if before.is_empty() { cursor.identifier()? } else { cursor.qualified()? };
    let mut arguments = Vec::new();
    while cursor.peek() == Some('(') {
        arguments.push(key_or_arguments(cursor)?);
    }
    Ok(Segment::Name { name, arguments })
}

/// Keys and arguments are literals, aliases, or expressions of these.
fn key_or_arguments(cursor: &mut Cursor) -> Result<Vec<Argument>, UrlError> {
    let start = cursor.position();
    let arguments = expression::arguments(cursor)?;
    let plain = |value: &Expression| match value {
        Expression::Path(steps) => {
            !matches!(steps.as_slice(), [expression::Step::Name(name)] if !name.contains('.'))
        }
        _ => true,
    };
    if arguments.iter().all(|argument| plain(&argument.value)) {
        return Ok(arguments);
    }
    cursor.reset(start);
    Err(cursor.error("literals"))
}

fn system(cursor: &mut Cursor, before: &[Segment]) -> Result<Segment, UrlError> {
    const ROOT: &[&str] = &["$batch", "$metadata", "$entity", "$all", "$crossjoin"];
    const BELOW: &[&str] = &["$count", "$value", "$ref", "$filter", "$each", "$query", "$link"];
    let names = if before.is_empty() { ROOT } else { BELOW };
    let Some(name) = names.iter().find(|name| cursor.take_word(name)) else {
        return Err(cursor.error("a system segment that may stand here"));
    };
    let start = cursor.position();
    match *name {
        "$filter" => {
            cursor.list(',', expression::common)?;
        }
        "$crossjoin" => {
            cursor.list(',', Cursor::identifier)?;
        }
        _ => {}
    }
    let options = Some(cursor.since(start)).filter(|options| !options.is_empty());
    Ok(Segment::System { name: (*name).to_owned(), options })
}

/// `$entity` needs an id, and may be expanded only if a cast says what it is.
fn check_entity(segments: &[Segment], options: &[QueryOption], end: usize) -> Result<(), UrlError> {
    let entity =
        matches!(segments.first(), Some(Segment::System { name, .. }) if name == "$entity");
    let has = |wanted: &str| options.iter().any(|option| option.system_name() == Some(wanted));
    let shaped = segments.len() == 1 && (has("$select") || has("$expand"));
    if entity && (!has("$id") || shaped) {
        let expected = if shaped { "a type cast behind `$entity`" } else { "`$id`" };
        return Err(UrlError { at: end, expected });
    }
    Ok(())
}
