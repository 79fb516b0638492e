//! Headers that OData defines, and the preferences of `Prefer`.
//!
//! Enters: a header with its name. Leaves: a [`Header`]. Must not know: how a service treats it.

use super::cursor::{Cursor, Parsed, UrlError, is_unreserved};
use super::root;

/// A header that OData defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header {
    /// `AsyncResult`: a status.
    AsyncResult(String),
    /// `Content-ID`.
    ContentId(String),
    /// `OData-Isolation: snapshot`.
    Isolation,
    /// `OData-EntityID`.
    EntityId(String),
    /// `OData-Error`: the JSON text.
    Error(String),
    /// `OData-MaxVersion`.
    MaxVersion(String),
    /// `OData-Version`.
    Version(String),
    /// `Prefer`.
    Prefer(Vec<Preference>),
}

/// A preference of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// `allow-entityreferences`.
    AllowEntityReferences,
    /// `callback`: the URL.
    Callback(String),
    /// `continue-on-error`; true without a value.
    ContinueOnError(bool),
    /// `include-annotations`.
    IncludeAnnotations(Vec<AnnotationPattern>),
    /// `maxpagesize`: the digits.
    MaxPageSize(String),
    /// `omit-values`: `nulls`, or else `defaults`.
    OmitValues {
        /// Whether only nulls are left out.
        nulls: bool,
    },
    /// `respond-async`.
    RespondAsync,
    /// `return`: `minimal`, or else `representation`.
    Return {
        /// Whether the response should be minimal.
        minimal: bool,
    },
    /// `track-changes`.
    TrackChanges,
    /// `wait`: the digits.
    Wait(String),
}

/// Which annotations: `*`, `-Namespace.*`, `Namespace.Term#qualifier`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationPattern {
    /// Whether these are left out.
    pub excluded: bool,
    /// `*`, `Namespace.*` or the qualified name of a term.
    pub pattern: String,
    /// The qualifier.
    pub qualifier: Option<String>,
}

/// Reads a header that OData defines: `OData-Version: 4.01`.
///
/// # Errors
/// If the text is not a valid one.
pub fn header(text: &str) -> Result<Header, UrlError> {
    Cursor::plain(text).all(|cursor| {
        let name = cursor.take_while(|c| c != ':').to_ascii_lowercase();
        cursor.expect(':', "`:`")?;
        cursor.blanks();
        match name.as_str() {
            "asyncresult" => status(cursor).map(Header::AsyncResult),
            "content-id" => id(cursor).map(Header::ContentId),
            "isolation" | "odata-isolation" if cursor.take_text("snapshot") => {
                Ok(Header::Isolation)
            }
            "isolation" | "odata-isolation" => cursor.fail("`snapshot`"),
            "odata-entityid" => entity_id(cursor).map(Header::EntityId),
            "odata-error" => error(cursor).map(Header::Error),
            "odata-maxversion" => max_version(cursor).map(Header::MaxVersion),
            "odata-version" => version(cursor).map(Header::Version),
            "prefer" => preferences(cursor).map(Header::Prefer),
            _ => {
                cursor.reset(0);
                cursor.fail("a header that OData defines")
            }
        }
    })
}

/// Reads the id of a request in a batch.
///
/// # Errors
/// If the text is not a valid one.
pub fn request_id(text: &str) -> Result<String, UrlError> {
    Cursor::plain(text).all(id)
}

/// Reads one preference: `odata.maxpagesize=20`.
///
/// # Errors
/// If the text is not a valid one.
pub fn preference(text: &str) -> Result<Preference, UrlError> {
    Cursor::plain(text).all(one)
}

fn id(cursor: &mut Cursor) -> Parsed<String> {
    let id = cursor.take_while(is_unreserved);
    if id.is_empty() { cursor.fail("an id") } else { Ok(id) }
}

fn status(cursor: &mut Cursor) -> Parsed<String> {
    let digits = cursor.digits();
    if digits.len() == 3 { Ok(digits) } else { cursor.fail("a status of three digits") }
}

fn entity_id(cursor: &mut Cursor) -> Parsed<String> {
    let id = cursor.take_while(|c| !c.is_ascii_control() && c != ' ');
    if id.is_empty() { cursor.fail("an IRI") } else { Ok(id) }
}

fn error(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    if !cursor.take_exact("{\"code\":") {
        return cursor.fail("`{\"code\":`");
    }
    cursor.take_while(|c| matches!(c, ' '..='~'));
    Ok(cursor.since(start))
}

fn max_version(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    number(cursor)?;
    cursor.expect('.', "`.`")?;
    number(cursor)?;
    Ok(cursor.since(start))
}

fn version(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    if !cursor.take_exact("4.0") {
        return cursor.fail("`4.0` or `4.01`");
    }
    if cursor.peek().is_some_and(|c| matches!(c, '1'..='9')) {
        cursor.next();
    }
    Ok(cursor.since(start))
}

fn number(cursor: &mut Cursor) -> Parsed<String> {
    let digits = cursor.digits();
    if digits.is_empty() { cursor.fail("a number") } else { Ok(digits) }
}

fn preferences(cursor: &mut Cursor) -> Parsed<Vec<Preference>> {
    let mut found = vec![one(cursor)?];
    loop {
        let start = cursor.position();
        cursor.blanks();
        if !cursor.take(',') {
            cursor.reset(start);
            return Ok(found);
        }
        cursor.blanks();
        found.push(one(cursor)?);
    }
}

/// The equals sign, with optional blanks around it.
fn equals(cursor: &mut Cursor) -> Parsed<()> {
    cursor.blanks();
    cursor.equals()?;
    cursor.blanks();
    Ok(())
}

fn one(cursor: &mut Cursor) -> Parsed<Preference> {
    let start = cursor.position();
    // Since OData 4.01 the prefix may be left out, and some preferences never had it.
    let prefixed = cursor.take_text("odata.");
    let name = cursor.take_while(|c| c.is_ascii_alphabetic() || c == '-').to_ascii_lowercase();
    match (name.as_str(), prefixed) {
        ("allow-entityreferences", _) => Ok(Preference::AllowEntityReferences),
        ("callback", _) => callback(cursor).map(Preference::Callback),
        ("continue-on-error", _) => match cursor.attempt(equals) {
            None => Ok(Preference::ContinueOnError(true)),
            Some(()) => either(cursor, ["true", "false"], "`true` or `false`")
                .map(Preference::ContinueOnError),
        },
        ("include-annotations", _) => annotations(cursor).map(Preference::IncludeAnnotations),
        ("maxpagesize", _) => page_size(cursor).map(Preference::MaxPageSize),
        ("track-changes", _) => Ok(Preference::TrackChanges),
        ("respond-async", false) => Ok(Preference::RespondAsync),
        ("omit-values", false) => {
            equals(cursor)?;
            let nulls = either(cursor, ["nulls", "defaults"], "`nulls` or `defaults`")?;
            Ok(Preference::OmitValues { nulls })
        }
        ("return", false) => {
            equals(cursor)?;
            const EXPECTED: &str = "`minimal` or `representation`";
            let minimal = cursor.take_exact("minimal");
            if minimal || cursor.take_exact("representation") {
                return Ok(Preference::Return { minimal });
            }
            cursor.fail(EXPECTED)
        }
        ("wait", false) => {
            equals(cursor)?;
            number(cursor).map(Preference::Wait)
        }
        _ => {
            cursor.reset(start);
            cursor.fail("a preference that OData defines")
        }
    }
}

/// Takes one of two words, in any letter case. Returns whether it is the first.
fn either(cursor: &mut Cursor, words: [&str; 2], expected: &'static str) -> Parsed<bool> {
    let first = cursor.take_text(words[0]);
    if first || cursor.take_text(words[1]) { Ok(first) } else { cursor.fail(expected) }
}

fn callback(cursor: &mut Cursor) -> Parsed<String> {
    cursor.blanks();
    cursor.expect(';', "`;`")?;
    cursor.blanks();
    if !cursor.take_text("url") {
        return cursor.fail("`url`");
    }
    equals(cursor)?;
    cursor.expect('"', "`\"`")?;
    let start = cursor.position();
    let url = cursor.take_while(|c| c != '"');
    if !root::is_uri(&url) {
        cursor.reset(start);
        return cursor.fail("a URL");
    }
    cursor.expect('"', "`\"`")?;
    Ok(url)
}

fn page_size(cursor: &mut Cursor) -> Parsed<String> {
    equals(cursor)?;
    if cursor.peek() == Some('0') {
        return cursor.fail("a number above zero");
    }
    number(cursor)
}

fn annotations(cursor: &mut Cursor) -> Parsed<Vec<AnnotationPattern>> {
    equals(cursor)?;
    cursor.expect('"', "`\"`")?;
    let found = cursor.items(annotation)?;
    cursor.expect('"', "`,` or `\"`")?;
    Ok(found)
}

fn annotation(cursor: &mut Cursor) -> Parsed<AnnotationPattern> {
    let excluded = cursor.take('-');
    let start = cursor.position();
    if !cursor.take('*') {
        cursor.identifier()?;
        cursor.expect('.', "`.`")?;
        while !cursor.take('*') {
            cursor.identifier()?;
            if !cursor.take('.') {
                break;
            }
        }
    }
    let pattern = cursor.since(start);
    let qualifier = if cursor.take('#') { Some(cursor.identifier()?) } else { None };
    Ok(AnnotationPattern { excluded, pattern, qualifier })
}
