//! Geographic and geometric values.

use super::ParseLiteralError;
use crate::json::{Held, InvalidText, JsonSlot, Untyped};
use serde_json::Value as Json;

/// A geographic or geometric value, in JSON as GeoJSON (`Edm.Geography` and `Edm.Geometry`; OData JSON
/// Format 4.01, section 7.1).
///
/// The text that was read is written again; [`geometry`](Self::geometry) returns the coordinates.
///
/// ```
/// use schemacrate_runtime::edm::{GeoJson, Geometry};
///
/// let place: GeoJson = Geometry::Point(vec![142.1, 64.1]).into();
/// assert_eq!(place.as_untyped().text(), r#"{"type":"Point","coordinates":[142.1,64.1]}"#);
/// assert_eq!(place.geometry()?, Geometry::Point(vec![142.1, 64.1]));
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GeoJson(Untyped);

/// A position: longitude, latitude and, where there are more numbers, altitude and measure.
pub type Position = Vec<f64>;

/// The coordinates of a [`GeoJson`] value (RFC 7946, section 3.1).
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// A position.
    Point(Position),
    /// Two or more positions.
    LineString(Vec<Position>),
    /// Closed rings, the outer one first.
    Polygon(Vec<Vec<Position>>),
    /// Points.
    MultiPoint(Vec<Position>),
    /// Lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Polygons.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    /// Any of these.
    Collection(Vec<Geometry>),
}

impl GeoJson {
    /// The coordinates.
    ///
    /// # Errors
    /// If the value is not a GeoJSON geometry.
    pub fn geometry(&self) -> Result<Geometry, ParseLiteralError> {
        geometry(&self.0.value())
            .ok_or_else(|| ParseLiteralError::new("a GeoJSON geometry", self.0.text()))
    }

    /// The name of the coordinate reference system, where the value specifies it, such as `EPSG:4326`.
    pub fn reference_system(&self) -> Option<String> {
        let value = self.0.value();
        value.pointer("/crs/properties/name")?.as_str().map(str::to_owned)
    }

    /// The JSON value.
    pub fn as_untyped(&self) -> &Untyped {
        &self.0
    }
}

impl From<Geometry> for GeoJson {
    fn from(geometry: Geometry) -> Self {
        Self(Untyped::from_text(json(&geometry)).unwrap_or_default())
    }
}

impl From<Untyped> for GeoJson {
    fn from(value: Untyped) -> Self {
        Self(value)
    }
}

/// Takes JSON text; [`geometry`](GeoJson::geometry) reports whether it is a geometry.
impl std::str::FromStr for GeoJson {
    type Err = ParseLiteralError;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        json.parse().map(Self).map_err(|_| ParseLiteralError::new("JSON", json))
    }
}

impl JsonSlot for Option<GeoJson> {
    fn set(&mut self, json: &str, _is_strict: bool) -> Result<Held, InvalidText> {
        *self = Some(GeoJson(Untyped::from_text(json.to_owned()).map_err(InvalidText::new)?));
        Ok(Held::All)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// The members in the order in which they are usually written.
fn json(geometry: &Geometry) -> String {
    let (name, coordinates) = match geometry {
        Geometry::Point(at) => ("Point", Json::from(at.clone())),
        Geometry::LineString(at) => ("LineString", Json::from(at.clone())),
        Geometry::Polygon(at) => ("Polygon", Json::from(at.clone())),
        Geometry::MultiPoint(at) => ("MultiPoint", Json::from(at.clone())),
        Geometry::MultiLineString(at) => ("MultiLineString", Json::from(at.clone())),
        Geometry::MultiPolygon(at) => ("MultiPolygon", Json::from(at.clone())),
        Geometry::Collection(parts) => {
            let parts: Vec<String> = parts.iter().map(json).collect();
            let parts = parts.join(",");
            return format!(r#"{{"type":"GeometryCollection","geometries":[{parts}]}}"#);
        }
    };
    format!(r#"{{"type":"{name}","coordinates":{coordinates}}}"#)
}

fn geometry(value: &Json) -> Option<Geometry> {
    let coordinates = value.get("coordinates");
    Some(match value.get("type")?.as_str()? {
        "Point" => Geometry::Point(position(coordinates?)?),
        "LineString" => Geometry::LineString(each(coordinates?, position)?),
        "Polygon" => Geometry::Polygon(each(coordinates?, lines)?),
        "MultiPoint" => Geometry::MultiPoint(each(coordinates?, position)?),
        "MultiLineString" => Geometry::MultiLineString(each(coordinates?, lines)?),
        "MultiPolygon" => Geometry::MultiPolygon(each(coordinates?, |one| each(one, lines))?),
        "GeometryCollection" => Geometry::Collection(each(value.get("geometries")?, geometry)?),
        _ => return None,
    })
}

fn lines(value: &Json) -> Option<Vec<Position>> {
    each(value, position)
}

fn position(value: &Json) -> Option<Position> {
    each(value, Json::as_f64)
}

fn each<T>(value: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}
