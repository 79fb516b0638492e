//! The changes that an update sends.

use super::given::{Fault, Given};
use super::{IntoNullable, IntoValue, Untyped, Value, View, writer};
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
    /// The first value that is not one of its type.
    fault: Option<Box<Fault>>,
}

impl Update {
    /// Sets a member to a value.
    pub fn set(&mut self, name: &str, value: &impl Value) {
        self.set_text(name, writer::text(&value.view()));
    }

    pub(crate) fn set_text(&mut self, name: &str, json: String) {
        self.set_raw(name, Untyped::from_value(json));
    }

    /// The same update with a member set to a value of a type `T`, or with some members of a complex value
    /// set.
    #[must_use]
    pub fn with<T>(mut self, name: &str, value: impl IntoValue<T>) -> Self {
        self.set_given(name, Some(IntoValue::into_value(value).into_json()));
        self
    }

    /// The same update with a member set to a value of a type `T` or to null.
    #[must_use]
    pub fn with_nullable<T>(mut self, name: &str, value: impl IntoNullable<T>) -> Self {
        self.set_given(name, IntoNullable::into_nullable(value).map(Given::into_json));
        self
    }

    fn set_given(&mut self, name: &str, value: Option<Result<String, Fault>>) {
        match value {
            Some(Ok(json)) => self.set_text(name, json),
            Some(Err(fault)) => self.fail(fault.within(name)),
            None => self.set_null(name),
        }
    }

    /// Keeps why a value cannot be sent. The first reason counts, and nothing that is set later undoes it.
    pub(crate) fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert_with(|| Box::new(fault));
    }

    /// Why the update cannot be sent, if a member was set to something that is not a value of its type. The
    /// request that has it as its body fails with this text.
    pub fn fault(&self) -> Option<String> {
        self.fault.as_ref().map(ToString::to_string)
    }

    /// The JSON text, or why it cannot be sent.
    pub(crate) fn json(&self) -> Result<String, Fault> {
        match &self.fault {
            Some(fault) => Err((**fault).clone()),
            None => Ok(writer::text(&View::Update(self))),
        }
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

    /// Leaves a member unset, whatever it was set to.
    pub(crate) fn unset(&mut self, name: &str) {
        self.members.retain(|(member, _)| member != name);
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

    /// The JSON text. A member whose value has a [`fault`](Self::fault) is not in it.
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
        if let Some(fault) = &self.fault {
            return Err(serde::ser::Error::custom(fault));
        }
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
