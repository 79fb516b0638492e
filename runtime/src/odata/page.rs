//! One page of a collection.

use crate::json::{
    Additional, Object, Shape, Slot, Structured, Unread, Value, View, debug, equal, slot, unread,
    view,
};
use crate::odata::frame::FRAMED;
use std::fmt;

/// The members of a page, in the order in which services mostly send them.
pub(crate) static PAGE: Shape = Shape::in_dialect(
    "Collection",
    &["@odata.context", "@odata.count", "@odata.nextLink", "value", "@odata.deltaLink"],
    &FRAMED,
);

/// One page of a collection as the service sends it (JSON Format 4.01, section 13).
///
/// An object without the member `value` is not a page, and neither is one whose items or links are not of
/// their types: reading it is an error. The control information may have its names of OData 4.01, such
/// as `@nextLink`, and is written with the names that it came with.
#[derive(Clone)]
pub struct Page<T> {
    /// The items.
    pub value: Vec<T>,
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
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            value: Vec::new(),
            context: None,
            count: None,
            next_link: None,
            delta_link: None,
            additional: Additional::default(),
        }
    }
}

impl<T: Value> Page<T> {
    /// The members of the items, and of the page itself, that could not be read as their types:
    /// [`model::unread`](crate::model::unread()) of the page.
    pub fn unread(&self) -> Vec<Unread<'_>> {
        unread(self)
    }
}

impl<T: Value> Value for Page<T> {
    type Kind = Object;
}

impl<T: Value> Structured for Page<T> {
    fn shape(&self) -> &'static Shape {
        &PAGE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => slot(&mut self.context),
            1 => slot(&mut self.count),
            2 => slot(&mut self.next_link),
            3 => Slot::List(&mut self.value),
            4 => slot(&mut self.delta_link),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => view(&self.context),
            1 => view(&self.count),
            2 => view(&self.next_link),
            3 => View::List(&self.value),
            4 => view(&self.delta_link),
            _ => View::Additional(&self.additional),
        }
    }
}

impl<T: Value> PartialEq for Page<T> {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl<T: Value> fmt::Debug for Page<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, formatter)
    }
}
