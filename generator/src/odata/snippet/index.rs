//! The items of a plan, found by their names.
//!
//! Enters: a [`CratePlan`]. Leaves: its items by Rust path and by wire name. Must not know: requests.

use crate::crate_plan::api::each_item;
use crate::crate_plan::{Cardinality, CratePlan, Enum, Item, ItemPath, Path, Struct, Type, Update};
use std::collections::BTreeMap;

/// The items of a plan.
pub(super) struct Index<'p> {
    items: BTreeMap<String, &'p Item>,
    /// Path types by the wire name of what they refer to: of one entity, and of many.
    paths: [BTreeMap<&'p str, ItemPath>; 2],
    /// The items for values of a declared type: structs and enumerations.
    declared: BTreeMap<&'p str, ItemPath>,
    /// Updates by the path of the struct.
    updates: BTreeMap<String, ItemPath>,
}

impl<'p> Index<'p> {
    pub(super) fn new(plan: &'p CratePlan) -> Index<'p> {
        let mut index = Index {
            items: BTreeMap::new(),
            paths: [BTreeMap::new(), BTreeMap::new()],
            declared: BTreeMap::new(),
            updates: BTreeMap::new(),
        };
        each_item(plan, &mut |module, item| index.add(module, item));
        index
    }

    fn add(&mut self, module: &[String], item: &'p Item) {
        let place = ItemPath::new(module.into(), item.name());
        self.items.insert(key(&place), item);
        match item {
            // Values of complex types can also be read from any address.
            Item::Path(path) if path.cardinality == Cardinality::Complex => {}
            Item::Path(path) => {
                let many = path.cardinality == Cardinality::Collection;
                self.paths[usize::from(many)].insert(&path.wire_name, place);
            }
            Item::Struct(_) | Item::Enum(_) => {
                self.declared.entry(item.wire_name()).or_insert(place);
            }
            Item::Update(update) => {
                if let Some(object) = update.changed.object() {
                    self.updates.insert(key(object), place);
                }
            }
            // Nothing in a request has the type of any other item.
            _ => {}
        }
    }

    fn item(&self, path: &ItemPath) -> Option<&'p Item> {
        self.items.get(&key(path)).copied()
    }

    pub(super) fn path(&self, path: &ItemPath) -> Option<&'p Path> {
        match self.item(path)? {
            Item::Path(item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn structure(&self, path: &ItemPath) -> Option<&'p Struct> {
        match self.item(path)? {
            Item::Struct(item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn enumeration(&self, path: &ItemPath) -> Option<&'p Enum> {
        match self.item(path)? {
            Item::Enum(item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn update(&self, path: &ItemPath) -> Option<&'p Update> {
        match self.item(path)? {
            Item::Update(item) => Some(item),
            _ => None,
        }
    }

    /// The struct with the members of a value.
    pub(super) fn object(&self, value: &Type) -> Option<ItemPath> {
        match value {
            Type::Generated(path) => match self.item(path)? {
                Item::Struct(_) => Some(path.clone()),
                _ => None,
            },
            Type::Box(inner) | Type::Vec(inner) | Type::Option(inner) => self.object(inner),
            _ => None,
        }
    }

    /// The update of a struct.
    pub(super) fn update_of(&self, object: &ItemPath) -> Option<&ItemPath> {
        self.updates.get(&key(object))
    }

    /// The path type that refers to entities of a type.
    pub(super) fn path_to(&self, wire_name: &str, many: bool) -> Option<&ItemPath> {
        self.paths[usize::from(many)].get(wire_name)
    }

    /// The items for values of a declared type.
    pub(super) fn declared(&self, wire_name: &str) -> Option<Type> {
        self.declared.get(wire_name).cloned().map(Type::Generated)
    }
}

fn key(path: &ItemPath) -> String {
    format!("{}::{}", path.module.join("::"), path.name)
}
