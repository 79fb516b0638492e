//! Literals of the Edm types.
//!
//! Enters: a place in a URL, or the text of a value in a payload. Leaves: a [`Literal`]. Must not
//! know: the type of a property; the form of a literal determines what it can be.

use super::cursor::{Cursor, Parsed, Span, UrlError, is_name, is_segment};
use super::spatial;

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The type, as far as the form determines it.
    pub kind: LiteralKind,
    /// The decoded text: for a string its content, for anything else what is written.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

/// The type of a literal, as far as its form determines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiteralKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// `Edm.Guid`.
    Guid,
    /// `Edm.DateTimeOffset`.
    DateTimeOffset,
    /// `Edm.Date`.
    Date,
    /// `Edm.TimeOfDay`.
    TimeOfDay,
    /// A number without point and exponent.
    Integer,
    /// Any other number, `INF`, `-INF` and `NaN` among them.
    Number,
    /// A quoted text. Without a prefix it may also be a duration or a member of an enumeration.
    String,
    /// `duration'…'`.
    Duration,
    /// `binary'…'`.
    Binary,
    /// `geography'…'`, and the shape by the name of its Edm type: `Point`, `Collection`.
    Geography(&'static str),
    /// `geometry'…'`, and the shape.
    Geometry(&'static str),
    /// `Namespace.Type'member'`: the qualified name of the type.
    Enumeration(String),
}

/// Reads a literal as a URL writes it: `'O''Neil'`, `42`, `duration'PT1H'`.
///
/// # Errors
/// If the text is not a valid one.
pub fn literal(text: &str) -> Result<Literal, UrlError> {
    Cursor::new(text, 0).all(read)
}

/// Reads members of an enumeration as a URL writes them: `Sales.Pattern'Solid,Yellow'`, `'Yellow'`.
///
/// # Errors
/// If the text is not a valid one.
pub fn enumeration(text: &str) -> Result<Literal, UrlError> {
    Cursor::new(text, 0).all(read_enumeration)
}

/// Reads a duration as a URL writes it: `duration'PT1H'`, and without the prefix.
///
/// # Errors
/// If the text is not a valid one.
pub fn duration_literal(text: &str) -> Result<(), UrlError> {
    Cursor::new(text, 0).all(|cursor| {
        cursor.take_text("duration");
        within_quotes(cursor, duration).map(drop)
    })
}

/// Reads the value of a type as it is in a body or within quotes: `O'Neil`, `42`, `PT1H`. The
/// type is one of the names of the Edm types, without their namespace, or `Enumeration`.
///
/// # Errors
/// If the text is not a value of the type, or there is no such type.
pub fn value(type_name: &str, text: &str) -> Result<(), UrlError> {
    let cursor = Cursor::plain(text);
    let rule: LiteralRule = match type_name {
        "Boolean" => |cursor| {
            let found = cursor.take_exact("true") || cursor.take_exact("false");
            if found { Ok(()) } else { cursor.fail("`true` or `false`") }
        },
        "Guid" => guid,
        "Date" => date,
        "DateTimeOffset" => date_time_offset,
        "TimeOfDay" => time_of_day,
        "Duration" => duration,
        "Decimal" | "Double" | "Single" => number,
        "Byte" => |cursor| {
            let small = cursor.digits().parse::<u8>().is_ok();
            if small { Ok(()) } else { cursor.fail("a number up to 255") }
        },
        "SByte" => |cursor| integer(cursor, 3),
        "Int16" => |cursor| integer(cursor, 5),
        "Int32" => |cursor| integer(cursor, 10),
        "Int64" => |cursor| integer(cursor, 19),
        "Binary" => binary,
        "Enumeration" => members,
        "String" => |cursor| {
            cursor.take_while(|_| true);
            Ok(())
        },
        name if name.starts_with("Geo") => return shape_value(cursor, name),
        _ => return Err(UrlError { at: 0, expected: "the name of a type" }),
    };
    cursor.all(rule)
}

fn shape_value(cursor: Cursor, name: &str) -> Parsed<()> {
    let wanted = name.trim_start_matches("Geography").trim_start_matches("Geometry");
    cursor.all(|cursor| {
        let found = spatial::full(cursor)?;
        if wanted.is_empty() || wanted == found { Ok(()) } else { cursor.fail("another shape") }
    })
}

/// Reads the whole text by a rule of the grammar.
type LiteralRule = fn(&mut Cursor) -> Parsed<()>;

/// Reads a literal.
pub(super) fn read(cursor: &mut Cursor) -> Parsed<Literal> {
    let start = cursor.position();
    let rules: [(LiteralKind, LiteralRule); 8] =
        [
            (LiteralKind::Guid, guid),
            (LiteralKind::DateTimeOffset, date_time_offset),
            (LiteralKind::Date, date),
            (LiteralKind::TimeOfDay, time_of_day),
            (LiteralKind::Integer, |cursor| integer(cursor, usize::MAX)),
            (LiteralKind::Number, number),
            (LiteralKind::Boolean, boolean),
            (LiteralKind::Null, |cursor| {
                if cursor.take_exact("null") { Ok(()) } else { cursor.fail("`null`") }
            }),
        ];
    for (kind, rule) in rules {
        if cursor.attempt(|cursor| rule(cursor).and_then(|()| ends(cursor))).is_some() {
            let (text, span) = (cursor.since(start), cursor.span(start));
            return Ok(Literal { kind, text, span });
        }
    }
    prefixed(cursor)
}

/// Whether a bare literal ends here: not where a name, a number or a path goes on.
fn ends(cursor: &mut Cursor) -> Parsed<()> {
    let goes_on = |c: char| is_name(c) || matches!(c, '.' | '\'' | '/' | '(' | '%');
    if cursor.peek().is_some_and(goes_on) { cursor.fail("the end of the literal") } else { Ok(()) }
}

/// A string, or a name and a string: `duration'…'`, `Namespace.Type'…'`.
fn prefixed(cursor: &mut Cursor) -> Parsed<Literal> {
    let start = cursor.position();
    if cursor.peek() == Some('\'') {
        let text = string(cursor)?;
        return Ok(Literal { kind: LiteralKind::String, text, span: cursor.span(start) });
    }
    let found = cursor.attempt(|cursor| {
        let name = cursor.qualified()?;
        if cursor.peek() == Some('\'') { Ok(name) } else { cursor.fail("a literal") }
    });
    let Some(name) = found else { return cursor.fail("a literal") };
    let kind = match name.to_ascii_lowercase().as_str() {
        "duration" => within_quotes(cursor, duration).map(|()| LiteralKind::Duration)?,
        "binary" => within_quotes(cursor, binary).map(|()| LiteralKind::Binary)?,
        "geography" => LiteralKind::Geography(within_quotes(cursor, spatial::full)?),
        "geometry" => LiteralKind::Geometry(within_quotes(cursor, spatial::full)?),
        _ if name.contains('.') => {
            within_quotes(cursor, members)?;
            LiteralKind::Enumeration(name)
        }
        _ => return cursor.fail("a literal"),
    };
    Ok(Literal { kind, text: cursor.since(start), span: cursor.span(start) })
}

/// Members of an enumeration in quotes, with or without the name of the type.
pub(super) fn read_enumeration(cursor: &mut Cursor) -> Parsed<Literal> {
    let start = cursor.position();
    let name = if cursor.peek() == Some('\'') { None } else { Some(cursor.dotted()?) };
    within_quotes(cursor, members)?;
    let kind = name.map_or(LiteralKind::String, LiteralKind::Enumeration);
    Ok(Literal { kind, text: cursor.since(start), span: cursor.span(start) })
}

fn within_quotes<T>(cursor: &mut Cursor, rule: fn(&mut Cursor) -> Parsed<T>) -> Parsed<T> {
    cursor.expect('\'', "`'`")?;
    let found = rule(cursor)?;
    cursor.expect('\'', "`'`")?;
    Ok(found)
}

/// A string in quotes, a quote inside of it doubled. Characters that a path segment may not contain
/// are percent-encoded in it.
fn string(cursor: &mut Cursor) -> Parsed<String> {
    cursor.expect('\'', "`'`")?;
    let mut text = String::new();
    loop {
        text.push_str(&cursor.take_marks(|c, encoded| c != '\'' && is_segment(c, encoded)));
        cursor.expect('\'', "`'` or a character that may be in a URL")?;
        if !cursor.take('\'') {
            return Ok(text);
        }
        text.push('\'');
    }
}

fn boolean(cursor: &mut Cursor) -> Parsed<()> {
    let found = cursor.take_text("true") || cursor.take_text("false");
    if found { Ok(()) } else { cursor.fail("`true` or `false`") }
}

/// Reads exactly a number of digits, whose value is within bounds.
fn digits(cursor: &mut Cursor, count: usize, least: u32, most: u32) -> Parsed<()> {
    let start = cursor.position();
    for _ in 0..count {
        if !cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
            return cursor.fail("a digit");
        }
        cursor.next();
    }
    let fits = cursor.since(start).parse().is_ok_and(|number| (least..=most).contains(&number));
    if fits {
        return Ok(());
    }
    cursor.reset(start);
    cursor.fail("a number within its bounds")
}

fn some_digits(cursor: &mut Cursor) -> Parsed<String> {
    let digits = cursor.digits();
    if digits.is_empty() { cursor.fail("a digit") } else { Ok(digits) }
}

fn guid(cursor: &mut Cursor) -> Parsed<()> {
    for (at, count) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if at > 0 {
            cursor.expect('-', "`-`")?;
        }
        for _ in 0..count {
            if !cursor.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
                return cursor.fail("a hexadecimal digit");
            }
            cursor.next();
        }
    }
    Ok(())
}

fn date(cursor: &mut Cursor) -> Parsed<()> {
    cursor.take('-');
    let year = some_digits(cursor)?;
    if year.len() < 4 || (year.len() > 4 && year.starts_with('0')) {
        return cursor.fail("a year of four digits");
    }
    cursor.expect('-', "`-`")?;
    digits(cursor, 2, 1, 12)?;
    cursor.expect('-', "`-`")?;
    digits(cursor, 2, 1, 31)
}

fn time_of_day(cursor: &mut Cursor) -> Parsed<()> {
    digits(cursor, 2, 0, 23)?;
    cursor.expect(':', "`:`")?;
    digits(cursor, 2, 0, 59)?;
    if !cursor.take(':') {
        return Ok(());
    }
    // A minute with a leap second has 61 seconds.
    digits(cursor, 2, 0, 60)?;
    if cursor.take('.') && some_digits(cursor)?.len() > 12 {
        return cursor.fail("up to twelve digits");
    }
    Ok(())
}

fn date_time_offset(cursor: &mut Cursor) -> Parsed<()> {
    date(cursor)?;
    if !cursor.take_text("T") {
        return cursor.fail("`T`");
    }
    time_of_day(cursor)?;
    if cursor.take_text("Z") {
        return Ok(());
    }
    if !(cursor.take('+') || cursor.take('-')) {
        return cursor.fail("`Z` or an offset");
    }
    digits(cursor, 2, 0, 23)?;
    cursor.expect(':', "`:`")?;
    digits(cursor, 2, 0, 59)
}

fn duration(cursor: &mut Cursor) -> Parsed<()> {
    cursor.take('-');
    if !cursor.take_text("P") {
        return cursor.fail("`P`");
    }
    let mut parts = 0;
    if cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        cursor.digits();
        if !cursor.take_text("D") {
            return cursor.fail("`D`");
        }
        parts += 1;
    }
    if cursor.take_text("T") {
        parts += parts_of_day(cursor)?;
    }
    if parts == 0 { cursor.fail("a part of a duration") } else { Ok(()) }
}

/// Hours, minutes and seconds. Returns how many of these there are.
fn parts_of_day(cursor: &mut Cursor) -> Parsed<usize> {
    let mut units: &[&str] = &["H", "M", "S"];
    let mut parts = 0;
    while cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        cursor.digits();
        let fraction = cursor.take('.');
        if fraction {
            some_digits(cursor)?;
        }
        let found =
            units.iter().position(|unit| (!fraction || *unit == "S") && cursor.take_text(unit));
        let Some(at) = found else { return cursor.fail("`H`, `M` or `S` in this order") };
        units = &units[at + 1..];
        parts += 1;
    }
    Ok(parts)
}

fn integer(cursor: &mut Cursor, most: usize) -> Parsed<()> {
    let _ = cursor.take('-') || cursor.take('+');
    if some_digits(cursor)?.len() > most { cursor.fail("fewer digits") } else { Ok(()) }
}

pub(super) fn number(cursor: &mut Cursor) -> Parsed<()> {
    if ["-INF", "INF", "NaN"].into_iter().any(|name| cursor.take_exact(name)) {
        return Ok(());
    }
    integer(cursor, usize::MAX)?;
    if cursor.take('.') {
        some_digits(cursor)?;
    }
    if cursor.take_text("e") { integer(cursor, usize::MAX) } else { Ok(()) }
}

/// Base64url, whose padding may be left out. Unused bits are zero.
fn binary(cursor: &mut Cursor) -> Parsed<()> {
    let text = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let last = text.chars().next_back().unwrap_or('A');
    let (fits, padding) = match text.len() % 4 {
        0 => (true, 0),
        2 => ("AQgw".contains(last), 2),
        3 => ("AEIMQUYcgkosw048".contains(last), 1),
        _ => (false, 0),
    };
    if !fits {
        return cursor.fail("base64url");
    }
    let found = cursor.take_while(|c| c == '=').len();
    if found == 0 || found == padding { Ok(()) } else { cursor.fail("as much padding as needed") }
}

/// Members of an enumeration, by name or number.
fn members(cursor: &mut Cursor) -> Parsed<()> {
    loop {
        match cursor.peek() {
            Some('-' | '+' | '0'..='9') => integer(cursor, 19)?,
            _ => cursor.identifier().map(drop)?,
        }
        if !cursor.take(',') {
            return Ok(());
        }
    }
}
