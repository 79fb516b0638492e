//! The changes that an update sends.

use super::{Assigned, IntoAssigned, IntoNullable, Nullable, Untyped, Value, View, writer};
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One JSON object: what a generated `…Update` sets. A member is absent, null, or has a value.
///
/// ```
/// use schemacrate_runtime::model::Update;
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

impl Update {
    /// Sets a member to a value.
    pub fn set(&mut self, name: &str, value: &impl Value) {
        self.set_view(name, &value.view());
    }

    /// Sets some members of a complex value, each to a value or to null.
    pub fn set_changes(&mut self, name: &str, changes: &Self) {
        self.set_view(name, &View::Update(changes));
    }

    fn set_view(&mut self, name: &str, view: &View<'_>) {
        self.set_raw(name, Untyped::from_value(writer::text(view)));
    }

    /// The same update with a member set to a value.
    #[must_use]
    pub fn with<T: Value>(mut self, name: &str, value: &T) -> Self {
        self.set(name, value);
        self
    }

    /// The same update with a member set to a string.
    #[must_use]
    pub fn with_text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, &value.into());
        self
    }

    /// The same update with a member set to a value or to null, or with some members of a complex value
    /// set.
    #[must_use]
    pub fn with_nullable<T: Value>(mut self, name: &str, value: impl IntoNullable<T>) -> Self {
        match value.into_nullable() {
            Nullable::Value(value) => self.set(name, &value),
            Nullable::Changes(changes) => self.set_changes(name, &changes),
            Nullable::Null => self.set_null(name),
        }
        self
    }

    /// The same update with a member set to a complex value, or with some of its members set.
    #[must_use]
    pub fn with_assigned<T: Value>(mut self, name: &str, value: impl IntoAssigned<T>) -> Self {
        match value.into_assigned() {
            Assigned::Value(value) => self.set(name, &value),
            Assigned::Changes(changes) => self.set_changes(name, &changes),
        }
        self
    }

    /// The same update with a member set to JSON text.
    #[must_use]
    pub fn with_raw(mut self, name: &str, value: impl Into<Untyped>) -> Self {
        self.set_raw(name, value.into());
        self
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

    /// Sets a member that is not set yet, before all others.
    pub(crate) fn set_first(&mut self, name: &str, value: Untyped) {
        self.members.insert(0, (name.to_owned(), value));
    }

    /// What a member is set to.
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        self.members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// All members that are set, in the order in which they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Untyped)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        writer::text(&View::Update(self)).into_bytes()
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
