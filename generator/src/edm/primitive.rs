//! The primitive types of OData.

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
    /// `Edm.Geography` or one of the types derived from it.
    Geography,
    /// `Edm.Geometry` or one of the types derived from it.
    Geometry,
}

impl Primitive {
    /// The type with a name, without the namespace `Edm`.
    pub fn named(name: &str) -> Option<Self> {
        const SHAPES: &[&str] = &[
            "",
            "Point",
            "LineString",
            "Polygon",
            "MultiPoint",
            "MultiLineString",
            "MultiPolygon",
            "Collection",
        ];
        Some(match name {
            "Binary" => Self::Binary,
            "Boolean" => Self::Boolean,
            "Byte" => Self::Byte,
            "Date" => Self::Date,
            "DateTimeOffset" => Self::DateTimeOffset,
            "Decimal" => Self::Decimal,
            "Double" => Self::Double,
            "Duration" => Self::Duration,
            "Guid" => Self::Guid,
            "Int16" => Self::Int16,
            "Int32" => Self::Int32,
            "Int64" => Self::Int64,
            "SByte" => Self::SByte,
            "Single" => Self::Single,
            "Stream" => Self::Stream,
            "String" => Self::String,
            "TimeOfDay" => Self::TimeOfDay,
            _ => match (name.strip_prefix("Geography"), name.strip_prefix("Geometry")) {
                (Some(shape), _) if SHAPES.contains(&shape) => Self::Geography,
                (_, Some(shape)) if SHAPES.contains(&shape) => Self::Geometry,
                _ => return None,
            },
        })
    }
}
