//! The types that every schema has.

use super::TypeEntry;
use crate::json::Untyped;
use crate::json::registry::place;
use crate::types::{Binary, Date, DateTimeOffset, Decimal, Duration, GeoJson, Guid, TimeOfDay};

/// The primitive and abstract types of OData (CSDL 4.01, sections 3.3 and 4), by name.
static PRIMITIVES: &[TypeEntry] = &[
    TypeEntry::primitive("Edm.AnnotationPath", place::<String>),
    TypeEntry::primitive("Edm.AnyPropertyPath", place::<String>),
    TypeEntry::primitive("Edm.Binary", place::<Binary>),
    TypeEntry::primitive("Edm.Boolean", place::<bool>),
    TypeEntry::primitive("Edm.Byte", place::<u8>),
    TypeEntry::complex("Edm.ComplexType", place::<Untyped>),
    TypeEntry::primitive("Edm.Date", place::<Date>),
    TypeEntry::primitive("Edm.DateTimeOffset", place::<DateTimeOffset>),
    TypeEntry::primitive("Edm.Decimal", place::<Decimal>),
    TypeEntry::primitive("Edm.Double", place::<f64>),
    TypeEntry::primitive("Edm.Duration", place::<Duration>),
    TypeEntry::entity("Edm.EntityType", place::<Untyped>),
    TypeEntry::primitive("Edm.Geography", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyCollection", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyLineString", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyMultiLineString", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyMultiPoint", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyMultiPolygon", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyPoint", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeographyPolygon", place::<GeoJson>),
    TypeEntry::primitive("Edm.Geometry", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryCollection", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryLineString", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryMultiLineString", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryMultiPoint", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryMultiPolygon", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryPoint", place::<GeoJson>),
    TypeEntry::primitive("Edm.GeometryPolygon", place::<GeoJson>),
    TypeEntry::primitive("Edm.Guid", place::<Guid>),
    TypeEntry::primitive("Edm.Int16", place::<i16>),
    TypeEntry::primitive("Edm.Int32", place::<i32>),
    TypeEntry::primitive("Edm.Int64", place::<i64>),
    TypeEntry::primitive("Edm.ModelElementPath", place::<String>),
    TypeEntry::primitive("Edm.NavigationPropertyPath", place::<String>),
    TypeEntry::primitive("Edm.PrimitiveType", place::<Untyped>),
    TypeEntry::primitive("Edm.PropertyPath", place::<String>),
    TypeEntry::primitive("Edm.SByte", place::<i8>),
    TypeEntry::primitive("Edm.Single", place::<f32>),
    TypeEntry::primitive("Edm.Stream", place::<Untyped>),
    TypeEntry::primitive("Edm.String", place::<String>),
    TypeEntry::primitive("Edm.TimeOfDay", place::<TimeOfDay>),
    TypeEntry::primitive("Edm.Untyped", place::<Untyped>),
];

/// The type with a qualified name.
pub(super) fn find(name: &str) -> Option<&'static TypeEntry> {
    let at = PRIMITIVES.binary_search_by(|entry| entry.name().cmp(name)).ok()?;
    PRIMITIVES.get(at)
}

/// All of them, sorted for the search.
#[cfg(test)]
pub(super) fn all() -> &'static [TypeEntry] {
    PRIMITIVES
}
