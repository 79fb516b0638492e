//! What `$orderby` takes.

use std::fmt;
use std::marker::PhantomData;

use super::expression::Expression;
use super::property::Property;

/// An expression that objects `O` are sorted by, and the direction.
pub struct Order<O> {
    text: String,
    marker: PhantomData<fn(O)>,
}

impl<O> Order<O> {
    fn new(text: String) -> Self {
        Self { text, marker: PhantomData }
    }
}

impl<O, T> Expression<O, T> {
    /// Sorts by this, in ascending order.
    ///
    /// ```
    /// use schemacrate_runtime::query::{IntoOrder, Property};
    ///
    /// const NAME: Property<(), String> = Property::new("name");
    /// const SIZE: Property<(), i32> = Property::new("size");
    /// assert_eq!((SIZE.descending(), NAME).text(), "size desc,name");
    /// ```
    pub fn ascending(&self) -> Order<O> {
        Order::new(format!("{} asc", self.as_str()))
    }

    /// Sorts by this, in descending order.
    pub fn descending(&self) -> Order<O> {
        Order::new(format!("{} desc", self.as_str()))
    }
}

/// One order, several in a tuple, the most important first, or unchecked text. An expression alone sorts
/// in ascending order.
pub trait IntoOrder<O> {
    /// The text of the option.
    fn text(self) -> String;
}

impl<O> IntoOrder<O> for Order<O> {
    fn text(self) -> String {
        self.text
    }
}

impl<O, T> IntoOrder<O> for Expression<O, T> {
    fn text(self) -> String {
        self.into_text().into_owned()
    }
}

impl<O, T> IntoOrder<O> for Property<O, T> {
    fn text(self) -> String {
        self.as_str().to_owned()
    }
}

impl<O> IntoOrder<O> for &str {
    fn text(self) -> String {
        self.to_owned()
    }
}

impl<O> IntoOrder<O> for String {
    fn text(self) -> String {
        self
    }
}

impl<O, A: IntoOrder<O>, B: IntoOrder<O>> IntoOrder<O> for (A, B) {
    fn text(self) -> String {
        [self.0.text(), self.1.text()].join(",")
    }
}

impl<O, A: IntoOrder<O>, B: IntoOrder<O>, C: IntoOrder<O>> IntoOrder<O> for (A, B, C) {
    fn text(self) -> String {
        [self.0.text(), self.1.text(), self.2.text()].join(",")
    }
}

impl<O> Clone for Order<O> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<O> fmt::Debug for Order<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Order(…)")
    }
}
