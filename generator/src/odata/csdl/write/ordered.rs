//! JSON whose members keep their order, because the order of the properties of a type has a
//! meaning.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Scalar(Value),
    Array(Vec<Json>),
    Object(Object),
}

/// A JSON object.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    members: Vec<(String, Json)>,
}

impl Json {
    pub(super) fn null() -> Self {
        Self::Scalar(Value::Null)
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self::Scalar(value.into())
    }
}

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// Sets a member; an existing one keeps its position.
    pub(super) fn insert(&mut self, name: impl Into<String>, value: Json) {
        let name = name.into();
        match self.members.iter_mut().find(|(member, _)| *member == name) {
            Some((_, old)) => *old = value,
            None => self.members.push((name, value)),
        }
    }

    /// Appends to the array that a member is.
    pub(super) fn push_to(&mut self, name: String, item: Json) {
        match self.members.iter_mut().find(|(member, _)| *member == name) {
            Some((_, Json::Array(items))) => items.push(item),
            _ => self.members.push((name, Json::Array(vec![item]))),
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.members.retain(|(member, _)| member != name);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl<N: Into<String>> FromIterator<(N, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (N, Json)>>(members: I) -> Self {
        Self { members: members.into_iter().map(|(name, value)| (name.into(), value)).collect() }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(value) => value.serialize(serializer),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, value) in &self.members {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
