//! The changes that an update sends.

use super::{Untyped, Value, encode};
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One JSON object: what a generated `…Update` sets. A member is absent, null, or has a value.
///
/// ```
/// use odatagen_runtime::model::Update;
///
/// let mut update = Update::default();
/// update.set("displayName", &"Ada".to_owned());
/// update.set_null("mobilePhone");
/// assert_eq!(update.to_json(), br#"{"displayName":"Ada","mobilePhone":null}"#);
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Update {
    members: Vec<(String, Untyped)>,
}

/// A value or an explicit null: what a setter of an update takes where the schema allows null.
///
/// It is made from a value, from an `Option`, for strings from `&str`, and for complex values from
/// the update of their type.
///
/// ```
/// use odatagen_runtime::model::Nullable;
///
/// assert_eq!(Nullable::<String>::from("Ada"), Nullable::Value("Ada".to_owned()));
/// assert_eq!(Nullable::<String>::from(None), Nullable::Null);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Nullable<T> {
    /// Null.
    Null,
    /// A value.
    Value(T),
    /// Changes to a complex value, whose other members stay as they are.
    Changes(Update),
}

/// A complex value or changes to it: what a setter of an update takes where the schema denies null.
#[derive(Clone, Debug, PartialEq)]
pub enum Assigned<T> {
    /// A value.
    Value(T),
    /// Changes, which leave the other members as they are.
    Changes(Update),
}

impl<T> From<T> for Assigned<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl Update {
    /// Sets a member to a value.
    pub fn set(&mut self, name: &str, value: &impl Value) {
        let json = encode::text(&value.view());
        self.set_raw(name, Untyped::from_text(json).unwrap_or_default());
    }

    /// Sets a member to a value or to null.
    pub fn set_nullable<T: Value>(&mut self, name: &str, value: Nullable<T>) {
        match value {
            Nullable::Value(value) => self.set(name, &value),
            Nullable::Changes(changes) => self.set_changes(name, &changes),
            Nullable::Null => self.set_null(name),
        }
    }

    /// Sets a member to a complex value, or sets some of its members.
    pub fn set_assigned<T: Value>(&mut self, name: &str, value: Assigned<T>) {
        match value {
            Assigned::Value(value) => self.set(name, &value),
            Assigned::Changes(changes) => self.set_changes(name, &changes),
        }
    }

    /// Sets some members of a complex value, each to a value or to null.
    pub fn set_changes(&mut self, name: &str, changes: &Self) {
        let json = encode::text(&super::View::Update(changes));
        self.set_raw(name, Untyped::from_text(json).unwrap_or_default());
    }

    /// Sets a member to null.
    pub fn set_null(&mut self, name: &str) {
        self.set_raw(name, Untyped::default());
    }

    /// Sets a member to JSON text.
    pub fn set_raw(&mut self, name: &str, value: Untyped) {
        match self.members.iter_mut().find(|(member, _)| member == name) {
            Some((_, old)) => *old = value,
            None => self.members.push((name.to_owned(), value)),
        }
    }

    /// Sets a member that is not set yet, in front of all others.
    pub(super) fn set_first(&mut self, name: &str, value: Untyped) {
        self.members.insert(0, (name.to_owned(), value));
    }

    /// What a member is set to.
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        self.members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// All members that are set, in the order they were.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Untyped)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        encode::text(&super::View::Update(self)).into_bytes()
    }
}

impl fmt::Debug for Update {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Update {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, value) in &self.members {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Update {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UpdateVisitor)
    }
}

struct UpdateVisitor;

impl<'de> Visitor<'de> for UpdateVisitor {
    type Value = Update;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Update, A::Error> {
        let mut update = Update::default();
        while let Some((name, value)) = map.next_entry::<String, Untyped>()? {
            update.set_raw(&name, value);
        }
        Ok(update)
    }
}
