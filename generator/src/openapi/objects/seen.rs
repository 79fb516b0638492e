//! What has been checked: each node once for each kind of object that it is read as.

use super::Object;
use crate::openapi::description::{Description, Location};

/// The kinds of objects as which nodes have been checked.
pub(super) struct Seen {
    /// A set for each node of each document.
    sets: Vec<Vec<u64>>,
}

/// Where the bits of containers begin: the arrays and objects that have objects of a kind.
const CONTAINERS: u32 = Object::ALL.len() as u32;

/// The bit of a container of some objects, or of other values.
///
/// There are not enough bits for all kinds, but kinds of which there are containers have one of their own.
fn container(of: Option<Object>) -> u32 {
    CONTAINERS + of.map_or(0, |object| object as u32) % (u64::BITS - CONTAINERS)
}

impl Seen {
    pub(super) fn of(description: &Description) -> Self {
        let sets = description.documents().map(|(_, document)| vec![0; document.tree.size()]);
        Self { sets: sets.collect() }
    }

    fn add(&mut self, at: Location, bit: u32) -> bool {
        let sets = self.sets.get_mut(at.document.index());
        let Some(set) = sets.and_then(|sets| sets.get_mut(at.node.index())) else { return false };
        let before = *set;
        *set |= 1 << bit;
        *set != before
    }

    /// Adds an object. Returns whether it is new.
    pub(super) fn insert(&mut self, at: Location, object: Object) -> bool {
        self.add(at, object as u32)
    }

    /// Adds an array or an object of objects; `None` is of other values. Returns whether it is new.
    pub(super) fn insert_container(&mut self, at: Location, of: Option<Object>) -> bool {
        self.add(at, container(of))
    }

    /// The first of the objects as which a node has been checked.
    pub(super) fn object(&self, at: Location) -> Option<Object> {
        let set = self.sets.get(at.document.index())?.get(at.node.index())?;
        Object::ALL.get(set.trailing_zeros() as usize).copied()
    }

    /// Whether a node has been checked as an object.
    pub(super) fn contains(&self, at: Location, object: Object) -> bool {
        let set = self.sets.get(at.document.index()).and_then(|sets| sets.get(at.node.index()));
        set.is_some_and(|set| set & 1 << (object as u32) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::objects::field::Value;
    use std::collections::BTreeMap;

    /// The containers in a value.
    fn containers(value: Value, found: &mut BTreeMap<u32, Option<Object>>) {
        if let Value::List(of) | Value::Map(of) | Value::Components(of) = value {
            let before = found.insert(container(of.object()), of.object());
            assert!(before.is_none_or(|before| before == of.object()), "{value:?}, {before:?}");
            containers(*of, found);
        }
    }

    #[test]
    fn each_kind_of_container_has_its_own_bit() {
        let mut found = BTreeMap::new();
        for object in Object::ALL {
            let definition = object.definition();
            definition.fields.iter().for_each(|field| containers(field.value, &mut found));
            if let Some(pattern) = definition.pattern {
                containers(pattern.value, &mut found);
            }
        }
        assert!(found.len() > 10);
    }
}
