//! A page of values of a type that only the registry knows.

use super::TypeEntry;
use crate::json::registry::Object;
use crate::json::{
    Additional, Dynamic, ListSlot, ListView, ObjectSlot, Shape, Slot, Structured, Unread, View,
    debug, equal, slot, text, unread_below, view,
};
use crate::odata::page::PAGE;
use serde::{Serialize, Serializer};
use std::fmt;

/// One page of a collection: a [`Page`](crate::Page) whose items are of a type that only the
/// registry knows.
pub struct ObjectPage {
    /// The items.
    pub value: Vec<Object>,
    /// The context URL.
    pub context: Option<String>,
    /// How many items the whole collection has, if the request asked for it.
    pub count: Option<i64>,
    /// The link to the next page; absent on the last one.
    pub next_link: Option<String>,
    /// The link to request changes from now on.
    pub delta_link: Option<String>,
    /// Other annotations and members.
    pub additional: Additional,
    item: TypeEntry,
}

impl ObjectPage {
    /// The members, at any depth, whose values are not of their types: see
    /// [`model::unread`](crate::model::unread()).
    pub fn unread(&self) -> Vec<Unread<'_>> {
        unread_below(&View::Object(self, false))
    }

    /// The JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        text(&View::Object(self, false)).into_bytes()
    }
}

impl Structured for ObjectPage {
    fn shape(&self) -> &'static Shape {
        &PAGE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => slot(&mut self.context),
            1 => slot(&mut self.count),
            2 => slot(&mut self.next_link),
            3 => Slot::List(self),
            4 => slot(&mut self.delta_link),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => view(&self.context),
            1 => view(&self.count),
            2 => view(&self.next_link),
            3 => View::List(self),
            4 => view(&self.delta_link),
            _ => View::Additional(&self.additional),
        }
    }
}

/// The items.
impl ListSlot for ObjectPage {
    fn start(&mut self, _is_there: bool) {
        self.value.clear();
    }

    fn push(&mut self, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut object = self.item.empty();
        decode(object.slot());
        let there = !object.is_empty();
        if there {
            self.value.push(object);
        }
        there
    }
}

/// The items.
impl ListView for ObjectPage {
    fn len(&self) -> usize {
        self.value.len()
    }

    fn get(&self, index: usize) -> View<'_> {
        self.value[index].view()
    }
}

impl Serialize for ObjectPage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        View::Object(self, false).serialize(serializer)
    }
}

impl fmt::Debug for ObjectPage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, formatter)
    }
}

impl PartialEq for ObjectPage {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

/// The place for a page whose items are of a type.
pub(super) struct PagePlace {
    item: TypeEntry,
    pub(super) page: Option<ObjectPage>,
}

impl PagePlace {
    pub(super) fn new(item: TypeEntry) -> Self {
        Self { item, page: None }
    }
}

impl Dynamic for PagePlace {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn view(&self) -> View<'_> {
        match &self.page {
            Some(page) => View::Object(page, false),
            None => View::Absent,
        }
    }

    fn clear(&mut self) {
        self.page = None;
    }
}

impl ObjectSlot for PagePlace {
    fn insert_default(&mut self) -> &mut dyn Structured {
        self.page.insert(ObjectPage {
            value: Vec::new(),
            context: None,
            count: None,
            next_link: None,
            delta_link: None,
            additional: Additional::default(),
            item: self.item,
        })
    }
}
