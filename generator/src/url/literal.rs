//! Literals of the Edm types.

use super::cursor::{Cursor, UrlError, is_name};

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// What it is a literal of.
    pub kind: LiteralKind,
    /// The decoded text: of a string what it says, of anything else what is written.
    pub text: String,
}

/// What a literal is of, as far as its form tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum LiteralKind {
    Null,
    Boolean,
    Guid,
    DateTimeOffset,
    Date,
    TimeOfDay,
    /// A number without point and exponent.
    Integer,
    /// Any other number, `INF`, `-INF` and `NaN` among them.
    Number,
    String,
    Duration,
    Binary,
    /// `geography'…'` and `geometry'…'`.
    Spatial,
    /// `Namespace.Type'member'`.
    Enumeration,
}

/// Reads a literal as a URL writes it: `'O''Neil'`, `42`, `duration'PT1H'`.
///
/// # Errors
/// If the text is none.
pub fn literal(text: &str) -> Result<Literal, UrlError> {
    let mut cursor = Cursor::new(text, 0);
    let found = read(&mut cursor).ok_or_else(|| cursor.error("a literal"))?;
    cursor.done()?;
    Ok(found)
}

/// Reads the value of a type as it stands in a body or within quotes: `O'Neil`, `42`, `PT1H`. The
/// type is one of the names of the Edm types, without their namespace.
///
/// # Errors
/// If the text is no such value.
pub fn value(type_name: &str, text: &str) -> Result<(), UrlError> {
    let mut cursor = Cursor::plain(text);
    let valid = match type_name {
        "Boolean" => text == "true" || text == "false",
        "Guid" => matches(&mut cursor, guid),
        "Date" => matches(&mut cursor, date),
        "DateTimeOffset" => matches(&mut cursor, date_time_offset),
        "TimeOfDay" => matches(&mut cursor, time_of_day),
        "Duration" => matches(&mut cursor, duration),
        "Decimal" | "Double" | "Single" => matches(&mut cursor, number),
        "Byte" | "SByte" | "Int16" | "Int32" | "Int64" => matches(&mut cursor, integer),
        "Binary" => matches(&mut cursor, binary),
        "Enumeration" => matches(&mut cursor, members),
        "Geography" | "Geometry" => matches(&mut cursor, spatial),
        _ => true,
    };
    if valid && (cursor.is_done() || matches!(type_name, "Boolean" | "String")) {
        Ok(())
    } else {
        Err(cursor.error("a value of the type"))
    }
}

/// Reads what a rule of the grammar says, or nothing.
type Rule = fn(&mut Cursor) -> Option<()>;

fn matches(cursor: &mut Cursor, read: Rule) -> bool {
    read(cursor).is_some()
}

/// Reads a literal, or nothing and stays where it is.
pub(super) fn read(cursor: &mut Cursor) -> Option<Literal> {
    let start = cursor.position();
    let bare: [(LiteralKind, Rule); 8] = [
        (LiteralKind::Guid, guid),
        (LiteralKind::DateTimeOffset, date_time_offset),
        (LiteralKind::Date, date),
        (LiteralKind::TimeOfDay, time_of_day),
        (LiteralKind::Integer, integer),
        (LiteralKind::Number, number),
        (LiteralKind::Boolean, boolean),
        (LiteralKind::Null, |cursor| cursor.take_text("null").then_some(())),
    ];
    for (kind, read) in bare {
        if read(cursor).is_some() && !cursor.peek().is_some_and(|c| is_name(c) || c == '\'') {
            // A number that goes on with a point is another number.
            let goes_on = cursor.peek() == Some('.') && kind == LiteralKind::Integer;
            if !goes_on {
                return Some(Literal { kind, text: cursor.since(start) });
            }
        }
        cursor.reset(start);
    }
    quoted(cursor).or_else(|| {
        cursor.reset(start);
        None
    })
}

/// A string, or a name and a string: `duration'…'`, `Namespace.Type'…'`.
fn quoted(cursor: &mut Cursor) -> Option<Literal> {
    if cursor.peek() == Some('\'') {
        return Some(Literal { kind: LiteralKind::String, text: string(cursor)? });
    }
    let start = cursor.position();
    let name = cursor.qualified().ok()?;
    let text = string(cursor)?;
    let (kind, read): (_, Rule) = match name.to_ascii_lowercase().as_str() {
        "duration" => (LiteralKind::Duration, duration),
        "binary" => (LiteralKind::Binary, binary),
        "geography" | "geometry" => (LiteralKind::Spatial, spatial),
        _ if name.contains('.') => (LiteralKind::Enumeration, members),
        _ => return None,
    };
    let mut inner = Cursor::plain(&text);
    (read(&mut inner).is_some() && inner.is_done())
        .then(|| Literal { kind, text: cursor.since(start) })
}

/// A string in quotes, a quote inside of it doubled.
fn string(cursor: &mut Cursor) -> Option<String> {
    cursor.take('\'').then_some(())?;
    let mut text = String::new();
    loop {
        match cursor.next()? {
            '\'' if cursor.take('\'') => text.push('\''),
            '\'' => return Some(text),
            c => text.push(c),
        }
    }
}

fn boolean(cursor: &mut Cursor) -> Option<()> {
    (cursor.take_text("true") || cursor.take_text("false")).then_some(())
}

fn digits(cursor: &mut Cursor, count: usize) -> Option<u32> {
    let start = cursor.position();
    for _ in 0..count {
        cursor.next().filter(char::is_ascii_digit)?;
    }
    cursor.since(start).parse().ok()
}

fn some_digits(cursor: &mut Cursor) -> Option<String> {
    Some(cursor.take_while(|c| c.is_ascii_digit())).filter(|digits| !digits.is_empty())
}

fn guid(cursor: &mut Cursor) -> Option<()> {
    for (at, count) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if at > 0 {
            cursor.take('-').then_some(())?;
        }
        for _ in 0..count {
            cursor.next().filter(char::is_ascii_hexdigit)?;
        }
    }
    Some(())
}

fn date(cursor: &mut Cursor) -> Option<()> {
    cursor.take('-');
    let year = some_digits(cursor)?;
    (year.len() == 4 || (year.len() > 4 && !year.starts_with('0'))).then_some(())?;
    cursor.take('-').then_some(())?;
    let month = digits(cursor, 2)?;
    cursor.take('-').then_some(())?;
    let day = digits(cursor, 2)?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(())
}

fn time_of_day(cursor: &mut Cursor) -> Option<()> {
    let hour = digits(cursor, 2)?;
    cursor.take(':').then_some(())?;
    let minute = digits(cursor, 2)?;
    let mut second = 0;
    if cursor.take(':') {
        second = digits(cursor, 2)?;
        if cursor.peek() == Some('.') {
            cursor.next();
            let fraction = some_digits(cursor)?;
            (fraction.len() <= 12).then_some(())?;
        }
    }
    (hour < 24 && minute < 60 && second <= 60).then_some(())
}

fn date_time_offset(cursor: &mut Cursor) -> Option<()> {
    date(cursor)?;
    cursor.next().filter(|c| c.eq_ignore_ascii_case(&'T'))?;
    time_of_day(cursor)?;
    match cursor.next()? {
        'Z' | 'z' => Some(()),
        '+' | '-' => {
            let hour = digits(cursor, 2)?;
            cursor.take(':').then_some(())?;
            (hour < 24 && digits(cursor, 2)? < 60).then_some(())
        }
        _ => None,
    }
}

fn duration(cursor: &mut Cursor) -> Option<()> {
    cursor.take('-');
    cursor.take('P').then_some(())?;
    let mut parts = 0;
    if cursor.peek() != Some('T') {
        some_digits(cursor)?;
        cursor.take('D').then_some(())?;
        parts += 1;
    }
    if cursor.take('T') {
        let mut units = "HMS".chars();
        while cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
            some_digits(cursor)?;
            let fraction = cursor.take('.');
            if fraction {
                some_digits(cursor)?;
            }
            let unit = cursor.next()?;
            units.find(|known| *known == unit).filter(|_| !fraction || unit == 'S')?;
            parts += 1;
        }
    }
    (parts > 0).then_some(())
}

fn integer(cursor: &mut Cursor) -> Option<()> {
    let _ = cursor.take('-') || cursor.take('+');
    some_digits(cursor).map(drop)
}

fn number(cursor: &mut Cursor) -> Option<()> {
    if ["-INF", "INF", "NaN"].into_iter().any(|name| cursor.take_text(name)) {
        return Some(());
    }
    integer(cursor)?;
    if cursor.take('.') {
        some_digits(cursor)?;
    }
    if cursor.peek().is_some_and(|c| c.eq_ignore_ascii_case(&'e')) {
        cursor.next();
        integer(cursor)?;
    }
    Some(())
}

fn binary(cursor: &mut Cursor) -> Option<()> {
    let text = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let padding = cursor.take_while(|c| c == '=');
    let rest = text.len() % 4;
    let fits = match padding.len() {
        0 => rest != 1,
        padding => rest + padding == 4 && padding <= 2,
    };
    fits.then_some(())
}

/// Members of an enumeration, by name or number.
fn members(cursor: &mut Cursor) -> Option<()> {
    loop {
        match cursor.peek()? {
            '-' | '+' | '0'..='9' => integer(cursor)?,
            _ => cursor.identifier().ok().map(drop)?,
        }
        if !cursor.take(',') {
            return Some(());
        }
    }
}

/// Well-known text with a reference system: `SRID=0;Point(142.1 64.1)`.
fn spatial(cursor: &mut Cursor) -> Option<()> {
    cursor.take_text("SRID=").then_some(())?;
    some_digits(cursor)?;
    cursor.take(';').then_some(())?;
    shape(cursor, 0)
}

fn shape(cursor: &mut Cursor, depth: usize) -> Option<()> {
    const SHAPES: &[(&str, usize, usize)] = &[
        ("MultiPoint", 1, 0),
        ("MultiLineString", 2, 0),
        ("MultiPolygon", 3, 0),
        ("Point", 0, 1),
        ("LineString", 1, 2),
        ("Polygon", 2, 1),
    ];
    (depth < 16).then_some(())?;
    if cursor.take_text("GeometryCollection") || cursor.take_text("Collection") {
        return parenthesised(cursor, 0, |cursor| shape(cursor, depth + 1));
    }
    let (name, levels, least) =
        SHAPES.iter().find(|(name, _, _)| cursor.starts_with(name)).copied()?;
    cursor.skip(name.len());
    match (name, levels) {
        ("Point", _) => parenthesised(cursor, 1, position),
        ("MultiPoint", _) => parenthesised(cursor, 0, |cursor| parenthesised(cursor, 1, position)),
        (_, 1) => parenthesised(cursor, least, position),
        (_, 2) => parenthesised(cursor, least, |cursor| parenthesised(cursor, 2, position)),
        _ => parenthesised(cursor, least, |cursor| {
            parenthesised(cursor, 1, |cursor| parenthesised(cursor, 2, position))
        }),
    }
}

fn parenthesised(
    cursor: &mut Cursor,
    least: usize,
    item: impl Fn(&mut Cursor) -> Option<()>,
) -> Option<()> {
    cursor.take('(').then_some(())?;
    if cursor.take(')') {
        return (least == 0).then_some(());
    }
    let mut count = 0;
    loop {
        item(cursor)?;
        count += 1;
        if cursor.take(')') {
            return (count >= least).then_some(());
        }
        cursor.take(',').then_some(())?;
    }
}

/// Two to four numbers.
fn position(cursor: &mut Cursor) -> Option<()> {
    let mut count = 0;
    loop {
        number(cursor)?;
        count += 1;
        if !cursor.take(' ') {
            return (2..=4).contains(&count).then_some(());
        }
    }
}
