//! Any JSON value, by its text.

use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// Any JSON value (`Edm.Untyped`). It keeps its text, so no number loses a digit.
///
/// ```
/// use odatagen_runtime::model::Untyped;
///
/// let value: Untyped = serde_json::from_str("1.10000000000000000001")?;
/// assert_eq!(value.text(), "1.10000000000000000001");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Untyped(Box<RawValue>);

impl Untyped {
    /// Takes JSON text.
    ///
    /// # Errors
    /// If the text is no JSON value.
    pub fn from_text(json: String) -> Result<Self, serde_json::Error> {
        RawValue::from_string(json).map(Self)
    }

    /// The JSON text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The value as a tree.
    pub fn value(&self) -> serde_json::Value {
        self.to().unwrap_or_default()
    }

    /// Reads the value as another type.
    ///
    /// # Errors
    /// If the value is no such type.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.text())
    }

    fn of(value: impl Serialize) -> Self {
        serde_json::value::to_raw_value(&value).map(Self).unwrap_or_default()
    }
}

impl Default for Untyped {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl fmt::Debug for Untyped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl PartialEq for Untyped {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() || self.value() == other.value()
    }
}

impl From<serde_json::Value> for Untyped {
    fn from(value: serde_json::Value) -> Self {
        Self::of(value)
    }
}

impl From<&str> for Untyped {
    fn from(value: &str) -> Self {
        Self::of(value)
    }
}

impl From<String> for Untyped {
    fn from(value: String) -> Self {
        Self::of(value)
    }
}

impl From<bool> for Untyped {
    fn from(value: bool) -> Self {
        Self::of(value)
    }
}

impl From<i64> for Untyped {
    fn from(value: i64) -> Self {
        Self::of(value)
    }
}

impl From<f64> for Untyped {
    /// A value that is no number becomes null.
    fn from(value: f64) -> Self {
        Self::of(value)
    }
}

/// Takes JSON text.
impl std::str::FromStr for Untyped {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        Self::from_text(json.to_owned())
    }
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The name by which `serde_json` is asked for raw text through a generic deserialiser. Other
/// formats do not know it and give the value itself, whose numbers are then as exact as the
/// format makes them.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Untyped;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Untyped, A::Error> {
        let _name: Option<String> = map.next_key()?;
        let text: String = map.next_value()?;
        Untyped::from_text(text).map_err(serde::de::Error::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, other: D) -> Result<Untyped, D::Error> {
        serde_json::Value::deserialize(other).map(Untyped::from)
    }
}
