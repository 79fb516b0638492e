//! Resource paths and whole URLs.
//!
//! Enters: a URL. Leaves: a [`Url`]. Must not know: a schema; the end of the service root follows
//! only from what can be a path below it.

use super::context::{self, Context};
use super::cursor::{Cursor, Parsed, Span, UrlError, is_segment};
use super::expression::Expression;
use super::member::{self, Argument};
use super::query::{self, OptionKind, QueryOption};
use super::root;

/// A URL below a service root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// The service root, with its last slash; empty if the URL is relative.
    pub root: Span,
    /// The segments of the resource path.
    pub path: Vec<Segment>,
    /// The query options.
    pub options: Vec<QueryOption>,
    /// What follows the `#` of `$metadata#…`.
    pub context: Option<Context>,
}

/// A segment of a resource path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Where it is.
    pub span: Span,
}

/// What a segment of a resource path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// A name, with the keys or the arguments in parentheses after it: an entity set, a property,
    /// an operation or a type. Also a key that is a separate segment and looks like a name.
    Name {
        /// The decoded name, with or without a namespace.
        name: String,
        /// The contents of each pair of parentheses; two where a key follows a call.
        arguments: Vec<Vec<Argument>>,
    },
    /// A key that is a separate segment, or an index, decoded.
    Key(String),
    /// `$filter(…)`.
    Filter(Expression),
    /// `$crossjoin(…)` and the names of the entity sets.
    Crossjoin(Vec<String>),
    /// `$count`, `$value`, `$ref`, `$each`, `$query`, `$all`, `$batch`, `$metadata` or `$entity`.
    System(&'static str),
}

impl Url {
    /// Reads a URL relative to the service root, or an absolute one, of which as little as possible is
    /// taken as the root.
    ///
    /// # Errors
    /// If the text is not a valid one.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.contains("://") && root::has_scheme(text) {
            Self::absolute(text)
        } else {
            relative(text, 0)
        }
    }

    /// Reads a URL with scheme and authority.
    ///
    /// # Errors
    /// If the text is not a valid one.
    pub fn absolute(text: &str) -> Result<Self, UrlError> {
        /// The most segments of a service root.
        const MOST: usize = 16;
        let first = root::authority(text)?;
        let end = text.find(['?', '#']).unwrap_or(text.len());
        let mut furthest: Option<UrlError> = None;
        let slashes = text[first..end].match_indices('/').map(|(at, _)| first + at + 1);
        for start in slashes.take(MOST) {
            if start < end && text[start..].starts_with('/') {
                break;
            }
            match relative(&text[start..], start) {
                Ok(found) => return Ok(Self { root: Span { start: 0, end: start }, ..found }),
                Err(error) if furthest.as_ref().is_none_or(|known| known.at < error.at) => {
                    furthest = Some(error);
                }
                Err(_) => {}
            }
        }
        Err(furthest.unwrap_or(UrlError { at: first, expected: "`/`" }))
    }

    /// Reads a URL relative to the service root.
    ///
    /// # Errors
    /// If the text is not a valid one.
    pub fn relative(text: &str) -> Result<Self, UrlError> {
        relative(text, 0)
    }
}

fn relative(text: &str, offset: usize) -> Parsed<Url> {
    let (before, fragment) = text.split_once('#').map_or((text, None), |(a, b)| (a, Some(b)));
    let (path, query) = before.split_once('?').map_or((before, None), |(a, b)| (a, Some(b)));
    let root = Span { start: offset, end: offset };
    let is_metadata = path == "$metadata";
    let mut url = Url { root, path: Vec::new(), options: Vec::new(), context: None };
    if let Some(fragment) = fragment {
        let at = offset + before.len();
        if !is_metadata {
            return Err(UrlError { at, expected: "the end" });
        }
        url.context = Some(context::fragment(fragment, at + 1)?);
    }
    if !path.is_empty() {
        url.path = Cursor::new(path, offset).all(root_path)?;
    }
    match query {
        Some("") if is_metadata || path.starts_with("$entity") || path == "$batch" => {
            return Err(UrlError { at: offset + path.len() + 1, expected: "a query option" });
        }
        Some(query) if !query.is_empty() => {
            url.options = query::read(query, offset + path.len() + 1)?;
        }
        _ => {}
    }
    check_options(&url, offset + before.len())?;
    Ok(url)
}

/// Some resources have few options, and `$entity` needs an id.
fn check_options(url: &Url, end: usize) -> Parsed<()> {
    let allowed: &[&str] = match url.path.as_slice() {
        [Segment { kind: SegmentKind::System("$batch" | "$metadata"), .. }] => &["$format"],
        [Segment { kind: SegmentKind::System("$entity"), .. }] => &["$format", "$id"],
        [Segment { kind: SegmentKind::System("$entity"), .. }, _] => {
            &["$format", "$id", "$select", "$expand"]
        }
        _ => return Ok(()),
    };
    let is_alias = |option: &QueryOption| matches!(option.kind, OptionKind::Alias { .. });
    let misplaced = url.options.iter().find(|option| {
        is_alias(option) || option.system_name().is_some_and(|name| !allowed.contains(&name))
    });
    if let Some(option) = misplaced {
        return Err(UrlError { at: option.span.start, expected: "another option" });
    }
    let has_id = url.options.iter().any(|option| option.system_name() == Some("$id"));
    if allowed.contains(&"$id") && !has_id {
        return Err(UrlError { at: end, expected: "`$id`" });
    }
    Ok(())
}

/// Reads a resource path.
///
/// # Errors
/// If the text is not a valid one.
pub fn resource_path(text: &str) -> Result<Vec<Segment>, UrlError> {
    Cursor::new(text, 0).all(segments)
}

/// Reads an identifier.
///
/// # Errors
/// If the text is not a valid one.
pub fn identifier(text: &str) -> Result<String, UrlError> {
    Cursor::new(text, 0).all(Cursor::identifier)
}

/// Reads an argument of a function in a path: `color='red'`, `color=@c`.
///
/// # Errors
/// If the text is not a valid one.
pub fn function_parameter(text: &str) -> Result<Argument, UrlError> {
    Cursor::new(text, 0).all(|cursor| {
        let name = Some(cursor.identifier()?);
        cursor.equals()?;
        Ok(Argument { name, value: member::key_value(cursor)? })
    })
}

/// A resource path, or one of the resources that only the service root has.
fn root_path(cursor: &mut Cursor) -> Parsed<Vec<Segment>> {
    let start = cursor.position();
    let Some(name) = ["$batch", "$metadata", "$entity"].into_iter().find(|name| word(cursor, name))
    else {
        return segments(cursor);
    };
    let kind = SegmentKind::System(name);
    let mut found = vec![Segment { kind, span: cursor.span(start) }];
    if name == "$entity" && cursor.take_raw('/') {
        found.push(cast(cursor)?);
    }
    Ok(found)
}

/// Takes a system segment.
fn word(cursor: &mut Cursor, name: &str) -> bool {
    let start = cursor.position();
    let found = cursor.take_exact(name) && !cursor.peek().is_some_and(super::cursor::is_name);
    if !found {
        cursor.reset(start);
    }
    found
}

fn cast(cursor: &mut Cursor) -> Parsed<Segment> {
    let start = cursor.position();
    let kind = SegmentKind::Name { name: cursor.qualified()?, arguments: Vec::new() };
    Ok(Segment { kind, span: cursor.span(start) })
}

fn segments(cursor: &mut Cursor) -> Parsed<Vec<Segment>> {
    let start = cursor.position();
    let first = first(cursor)?;
    let is_all = first == SegmentKind::System("$all");
    let is_crossjoin = matches!(first, SegmentKind::Crossjoin(_));
    let mut found = vec![Segment { kind: first, span: cursor.span(start) }];
    if is_all {
        if cursor.take_raw('/') {
            found.push(cast(cursor)?);
        }
        return Ok(found);
    }
    while cursor.take_raw('/') {
        // A slash at the end begins no segment.
        if cursor.is_done() {
            break;
        }
        let start = cursor.position();
        let kind = if is_crossjoin { query_segment(cursor)? } else { segment(cursor, &found)? };
        let ends = matches!(kind, SegmentKind::System("$count" | "$value" | "$ref" | "$query"));
        found.push(Segment { kind, span: cursor.span(start) });
        if ends {
            break;
        }
    }
    Ok(found)
}

fn query_segment(cursor: &mut Cursor) -> Parsed<SegmentKind> {
    if word(cursor, "$query") { Ok(SegmentKind::System("$query")) } else { cursor.fail("`$query`") }
}

/// The service root has sets, singletons and imports, whose names have no namespace.
fn first(cursor: &mut Cursor) -> Parsed<SegmentKind> {
    if word(cursor, "$all") {
        return Ok(SegmentKind::System("$all"));
    }
    if word(cursor, "$crossjoin") {
        return cursor.tight_list(',', Cursor::identifier).map(SegmentKind::Crossjoin);
    }
    let name = cursor.identifier()?;
    Ok(SegmentKind::Name { name, arguments: parentheses(cursor)? })
}

fn segment(cursor: &mut Cursor, before: &[Segment]) -> Parsed<SegmentKind> {
    const SYSTEM: &[&str] = &["$count", "$value", "$ref", "$each", "$query"];
    // `$each` is followed by the operation on each item.
    let after_each =
        matches!(before.last(), Some(last) if last.kind == SegmentKind::System("$each"));
    if cursor.peek() == Some('$') && !after_each {
        if word(cursor, "$filter") {
            return member::filter(cursor).map(SegmentKind::Filter);
        }
        return match SYSTEM.iter().find(|name| word(cursor, name)) {
            Some(name) => Ok(SegmentKind::System(name)),
            None => cursor.fail("a system segment that may be here"),
        };
    }
    let ends = |cursor: &mut Cursor| {
        if cursor.is_done() || cursor.is_raw('/') { Ok(()) } else { cursor.fail("`/`") }
    };
    let named = |cursor: &mut Cursor| {
        let name = cursor.qualified()?;
        let arguments = parentheses(cursor)?;
        ends(cursor)?;
        Ok(SegmentKind::Name { name, arguments })
    };
    if let Some(found) = cursor.attempt(named) {
        check_repeated(cursor, before, &found)?;
        return Ok(found);
    }
    if after_each {
        return cursor.fail("the name of an operation");
    }
    let key = cursor.take_marks(|c, encoded| {
        is_segment(c, encoded) && (encoded || c != '/') && !matches!(c, '(' | ')')
    });
    ends(cursor)?;
    Ok(SegmentKind::Key(key))
}

/// A cast to the same type again is not allowed.
fn check_repeated(cursor: &mut Cursor, before: &[Segment], found: &SegmentKind) -> Parsed<()> {
    let is_type = matches!(found, SegmentKind::Name { name, arguments }
        if name.contains('.') && arguments.is_empty());
    match before.last() {
        Some(last) if is_type && last.kind == *found => cursor.fail("another type or a property"),
        _ => Ok(()),
    }
}

/// Keys and arguments: literals and aliases.
fn parentheses(cursor: &mut Cursor) -> Parsed<Vec<Vec<Argument>>> {
    let mut found = Vec::new();
    if cursor.peek() != Some('(') {
        return Ok(found);
    }
    let key = cursor.attempt(member::key);
    let is_call = key.as_ref().is_none_or(|key| key.iter().all(|part| part.name.is_some()));
    found.push(match key {
        Some(key) => key,
        None => member::named_arguments(cursor, member::key_value)?,
    });
    // The result of a function may have its own key.
    if is_call && cursor.peek() == Some('(') {
        found.push(member::key(cursor)?);
    }
    Ok(found)
}
