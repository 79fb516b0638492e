//! Which fields must be boxed because their type would otherwise contain itself.
//!
//! A field is boxed if its type refers back to the type that declares it by values alone.
//! Collections hold their items after a pointer and so are never part of such a cycle. Types that are
//! derived from another one have a part in it only by their own fields, so a new derived type boxes no
//! field of an older type.

use super::table::Table;
use crate::odata::edm::{ItemType, StructuredTypeId};
use std::collections::{BTreeMap, BTreeSet};

type Edges = BTreeMap<StructuredTypeId, BTreeSet<StructuredTypeId>>;

/// The fields to box, by the type of their struct.
pub(super) fn boxed(table: &Table<'_>) -> BTreeSet<(StructuredTypeId, String)> {
    let mut fields = Vec::new();
    let mut edges = Edges::new();
    for &owner in table.service.descendants.keys() {
        for (name, target) in values(table, owner) {
            edges.entry(owner).or_default().insert(target);
            fields.push((owner, name, target));
        }
    }
    let mut reaches = BTreeMap::new();
    fields
        .into_iter()
        .filter(|(owner, _, target)| {
            let reached = reaches.entry(*target).or_insert_with(|| reachable(&edges, *target));
            reached.contains(owner)
        })
        .map(|(owner, name, _)| (owner, name))
        .collect()
}

/// The fields of a struct that hold another struct by value, inherited ones included.
fn values(table: &Table<'_>, owner: StructuredTypeId) -> Vec<(String, StructuredTypeId)> {
    let members = table.service.members.of(owner);
    let properties =
        members.properties.iter().filter_map(|(_, property)| match property.value.item {
            ItemType::Structured(id) if !property.value.collection => {
                Some((property.name.clone(), id))
            }
            _ => None,
        });
    let navigations = members.navigation_properties.iter().filter_map(|(_, found)| {
        let target = found.target.filter(|_| !found.collection)?;
        Some((found.name.clone(), target))
    });
    properties.chain(navigations).collect()
}

fn reachable(edges: &Edges, from: StructuredTypeId) -> BTreeSet<StructuredTypeId> {
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        for &next in edges.get(&id).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}
