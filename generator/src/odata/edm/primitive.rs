//! The primitive types of OData.

use std::fmt;

/// A primitive type (OData CSDL 4.01, section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum Primitive {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
    /// `Edm.Geography` or, with a shape, one of the types derived from it.
    Geography(Option<Shape>),
    /// `Edm.Geometry` or, with a shape, one of the types derived from it.
    Geometry(Option<Shape>),
}

/// A shape of geography or geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum Shape {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
    Collection,
}

/// The names of the simple types.
const SIMPLE: &[(&str, Primitive)] = &[
    ("Binary", Primitive::Binary),
    ("Boolean", Primitive::Boolean),
    ("Byte", Primitive::Byte),
    ("Date", Primitive::Date),
    ("DateTimeOffset", Primitive::DateTimeOffset),
    ("Decimal", Primitive::Decimal),
    ("Double", Primitive::Double),
    ("Duration", Primitive::Duration),
    ("Guid", Primitive::Guid),
    ("Int16", Primitive::Int16),
    ("Int32", Primitive::Int32),
    ("Int64", Primitive::Int64),
    ("SByte", Primitive::SByte),
    ("Single", Primitive::Single),
    ("Stream", Primitive::Stream),
    ("String", Primitive::String),
    ("TimeOfDay", Primitive::TimeOfDay),
];

const SHAPES: &[(&str, Option<Shape>)] = &[
    ("", None),
    ("Point", Some(Shape::Point)),
    ("LineString", Some(Shape::LineString)),
    ("Polygon", Some(Shape::Polygon)),
    ("MultiPoint", Some(Shape::MultiPoint)),
    ("MultiLineString", Some(Shape::MultiLineString)),
    ("MultiPolygon", Some(Shape::MultiPolygon)),
    ("Collection", Some(Shape::Collection)),
];

impl Primitive {
    /// The type with a name, without the namespace `Edm`.
    pub fn named(name: &str) -> Option<Self> {
        let shape = |shape: &str| SHAPES.iter().find(|(known, _)| *known == shape);
        if let Some((_, found)) = SIMPLE.iter().find(|(known, _)| *known == name) {
            return Some(*found);
        }
        match (name.strip_prefix("Geography"), name.strip_prefix("Geometry")) {
            (Some(rest), _) => shape(rest).map(|(_, shape)| Self::Geography(*shape)),
            (_, Some(rest)) => shape(rest).map(|(_, shape)| Self::Geometry(*shape)),
            _ => None,
        }
    }
}

impl fmt::Display for Primitive {
    /// The name with the namespace `Edm`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_shape = |wanted: &Option<Shape>| {
            SHAPES.iter().find(|(_, shape)| shape == wanted).map_or("", |(name, _)| *name)
        };
        match self {
            Self::Geography(shape) => write!(formatter, "Edm.Geography{}", of_shape(shape)),
            Self::Geometry(shape) => write!(formatter, "Edm.Geometry{}", of_shape(shape)),
            simple => {
                let name = SIMPLE.iter().find(|(_, known)| known == simple).map(|(name, _)| *name);
                write!(formatter, "Edm.{}", name.unwrap_or_default())
            }
        }
    }
}
