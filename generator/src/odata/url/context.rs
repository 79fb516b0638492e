//! Context URLs, which describe a response.
//!
//! Enters: what follows the `#` of a context URL. Leaves: a [`Context`]. Must not know: a schema.

use super::cursor::{Cursor, Parsed, UrlError};
use super::member::{self, Argument};

/// What a context URL describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Context {
    /// `$ref`: a reference to an entity.
    Reference,
    /// `Collection($ref)`: references to entities.
    References,
    /// A value of a type, or several.
    Type {
        /// The qualified name.
        name: String,
        /// Whether there are several.
        collection: bool,
        /// The members that are included; empty for all.
        members: Option<Vec<Member>>,
    },
    /// What is at a path below the service root.
    Path {
        /// The segments.
        segments: Vec<ContextSegment>,
        /// The members that are included; empty for all.
        members: Option<Vec<Member>>,
        /// `$entity`, `$delta`, `$deletedEntity`, `$link` or `$deletedLink`.
        suffix: Option<&'static str>,
    },
}

/// A segment of the path in a context URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextSegment {
    /// The name; for a type it is qualified.
    pub name: String,
    /// The key.
    pub key: Option<Vec<Argument>>,
}

/// A member that is included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The segments: names, types, annotations with their `@`, or `*` and `Namespace.*`.
    pub path: Vec<String>,
    /// Whether it is expanded along a recursion: `+`.
    pub recursive: bool,
    /// The members of it that are included; for a function, the names of its parameters.
    pub members: Option<Vec<Member>>,
}

/// Reads the fragment of a context URL, with or without what comes before the `#`.
///
/// # Errors
/// If the text is not a context URL.
pub fn context(text: &str) -> Result<Context, UrlError> {
    match text.split_once('#') {
        Some((before, rest)) => fragment(rest, before.len() + 1),
        None => Err(UrlError { at: text.len(), expected: "`#`" }),
    }
}

pub(super) fn fragment(text: &str, offset: usize) -> Parsed<Context> {
    Cursor::new(text, offset).all(read)
}

fn read(cursor: &mut Cursor) -> Parsed<Context> {
    if cursor.take_exact("$ref") {
        return Ok(Context::Reference);
    }
    if cursor.take_exact("Collection($ref)") {
        return Ok(Context::References);
    }
    if cursor.take_exact("Collection(") {
        let name = cursor.dotted()?;
        cursor.expect(')', "`)`")?;
        let members = members(cursor)?;
        return Ok(Context::Type { name, collection: true, members });
    }
    let name = cursor.qualified()?;
    if name.contains('.') {
        return Ok(Context::Type { name, collection: false, members: members(cursor)? });
    }
    path(cursor, name)
}

fn path(cursor: &mut Cursor, first: String) -> Parsed<Context> {
    const SUFFIXES: &[&str] = &["$deletedEntity", "$deletedLink", "$link", "$entity", "$delta"];
    let mut segments = vec![ContextSegment { name: first, key: key(cursor) }];
    loop {
        let start = cursor.position();
        if !cursor.take_raw('/') || cursor.peek() == Some('$') {
            cursor.reset(start);
            break;
        }
        let name = cursor.qualified()?;
        let is_type = |name: &str| name.contains('.');
        let follows_type =
            segments.last().is_some_and(|last| is_type(&last.name) && last.key.is_none());
        if is_type(&name) && follows_type {
            return cursor.fail("a property");
        }
        segments.push(ContextSegment { name, key: key(cursor) });
    }
    let members = members(cursor)?;
    let mut suffix = None;
    if cursor.take_raw('/') {
        suffix = SUFFIXES.iter().find(|name| cursor.take_exact(name)).copied();
        // A list of members means that there is content, so nothing was deleted.
        let fits = suffix
            .is_some_and(|suffix| members.is_none() || matches!(suffix, "$entity" | "$delta"));
        if !fits {
            return cursor.fail("`$entity` or `$delta`");
        }
    }
    Ok(Context::Path { segments, members, suffix })
}

/// A key, which is always followed by a segment; other parentheses hold members.
fn key(cursor: &mut Cursor) -> Option<Vec<Argument>> {
    cursor.attempt(|cursor| {
        let key = member::key(cursor)?;
        if cursor.is_raw('/') { Ok(key) } else { cursor.fail("`/`") }
    })
}

fn members(cursor: &mut Cursor) -> Parsed<Option<Vec<Member>>> {
    if cursor.peek() != Some('(') {
        return Ok(None);
    }
    if cursor.take_exact("()") {
        return Ok(Some(Vec::new()));
    }
    cursor.nested(|cursor| cursor.tight_list(',', item)).map(Some)
}

fn item(cursor: &mut Cursor) -> Parsed<Member> {
    let mut path: Vec<String> = Vec::new();
    loop {
        let start = cursor.position();
        let is_type = path.last().is_some_and(|last| last.contains('.') && !last.starts_with('@'));
        let ends = if cursor.take('@') {
            term(cursor)?;
            false
        } else {
            name_or_all(cursor, path.is_empty())?
        };
        let segment = cursor.since(start);
        if is_type && !ends && segment.contains('.') && cursor.is_raw('/') {
            return cursor.fail("a property");
        }
        path.push(segment);
        if ends {
            return Ok(Member { path, recursive: false, members: None });
        }
        let recursive = cursor.take('+');
        let members = members(cursor)?;
        if recursive || members.is_some() || !cursor.take_raw('/') {
            return Ok(Member { path, recursive, members });
        }
    }
}

/// The term of an annotation. A qualifier is written with a plain number sign in a fragment.
fn term(cursor: &mut Cursor) -> Parsed<()> {
    cursor.qualified()?;
    if cursor.take_raw('#') { cursor.identifier().map(drop) } else { Ok(()) }
}

/// Reads a name, or `*` or `Namespace.*` alone, after which nothing follows. Returns whether it is
/// one of these two.
fn name_or_all(cursor: &mut Cursor, first: bool) -> Parsed<bool> {
    if first && cursor.take('*') {
        return Ok(true);
    }
    cursor.identifier()?;
    while cursor.take_raw('.') {
        if first && cursor.take('*') {
            return Ok(true);
        }
        cursor.identifier()?;
    }
    Ok(false)
}
