//! Well-known text of places and shapes, as it is within `geography'…'` and `geometry'…'`.
//!
//! Enters: a cursor at `SRID=`. Leaves: whether it is well-formed. Must not know: coordinates,
//! which no later stage needs.

use super::cursor::{Cursor, Parsed};
use super::literal::number;

/// The shapes by name, longest first.
const SHAPES: &[(&str, &str)] = &[
    ("GeometryCollection", "Collection"),
    ("MultiLineString", "MultiLineString"),
    ("MultiPolygon", "MultiPolygon"),
    ("MultiPoint", "MultiPoint"),
    ("LineString", "LineString"),
    ("Polygon", "Polygon"),
    ("Point", "Point"),
];

/// Reads a shape with its reference system: `SRID=0;Point(142.1 64.1)`. Returns the shape by its
/// name in the Edm types.
pub(super) fn full(cursor: &mut Cursor) -> Parsed<&'static str> {
    if !cursor.take_text("SRID") {
        return cursor.fail("`SRID=`");
    }
    cursor.equals()?;
    if !(1..=5).contains(&cursor.digits().len()) {
        return cursor.fail("up to five digits");
    }
    cursor.expect(';', "`;`")?;
    shape(cursor)
}

fn shape(cursor: &mut Cursor) -> Parsed<&'static str> {
    let Some((_, kind)) = SHAPES.iter().find(|(name, _)| cursor.take_text(name)) else {
        return cursor.fail("a shape such as `Point`");
    };
    match *kind {
        "Collection" => {
            cursor.nested(|cursor| several(cursor, 1, |cursor| shape(cursor).map(drop)))?
        }
        "MultiLineString" => several(cursor, 0, line)?,
        "MultiPolygon" => several(cursor, 0, polygon)?,
        "MultiPoint" => several(cursor, 0, point)?,
        "LineString" => line(cursor)?,
        "Polygon" => polygon(cursor)?,
        _ => point(cursor)?,
    }
    Ok(kind)
}

fn line(cursor: &mut Cursor) -> Parsed<()> {
    several(cursor, 2, position)
}

/// Rings, each of which may be of one position only.
fn polygon(cursor: &mut Cursor) -> Parsed<()> {
    several(cursor, 1, |cursor| several(cursor, 1, position))
}

fn point(cursor: &mut Cursor) -> Parsed<()> {
    cursor.expect('(', "`(`")?;
    position(cursor)?;
    cursor.expect(')', "`)`")
}

fn several(
    cursor: &mut Cursor,
    least: usize,
    item: impl Fn(&mut Cursor) -> Parsed<()>,
) -> Parsed<()> {
    if least == 0 && cursor.looking_at("()") {
        return cursor.expect('(', "`(`").and_then(|()| cursor.expect(')', "`)`"));
    }
    let found = cursor.tight_list(',', item)?;
    if found.len() < least { cursor.fail("another position") } else { Ok(()) }
}

/// Two to four numbers.
fn position(cursor: &mut Cursor) -> Parsed<()> {
    number(cursor)?;
    for count in 1..4 {
        if !cursor.take(' ') {
            return if count < 2 { cursor.fail("a second number") } else { Ok(()) };
        }
        number(cursor)?;
    }
    Ok(())
}
