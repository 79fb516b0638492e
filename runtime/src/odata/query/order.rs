//! What `$orderby` takes.

use std::fmt;
use std::marker::PhantomData;

use crate::json::Fault;

use super::expression::Expression;
use super::property::Property;

/// What objects `O` are sorted by: an expression and its direction, or several, the most important first.
pub struct Order<O> {
    text: String,
    fault: Option<Box<Fault>>,
    marker: PhantomData<fn(O)>,
}

impl<O> Order<O> {
    fn new(text: String, fault: Option<&Fault>) -> Self {
        Self { text, fault: fault.cloned().map(Box::new), marker: PhantomData }
    }

    /// The text as it is in the query option, not percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Why the order cannot be sent.
    pub(in crate::odata) fn failure(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    fn then(mut self, next: Self) -> Self {
        self.text.push(',');
        self.text.push_str(&next.text);
        self.fault = self.fault.or(next.fault);
        self
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
    /// assert_eq!((SIZE.descending(), NAME).into_order().as_str(), "size desc,name");
    /// ```
    pub fn ascending(&self) -> Order<O> {
        Order::new(format!("{} asc", self.as_str()), self.failure())
    }

    /// Sorts by this, in descending order.
    pub fn descending(&self) -> Order<O> {
        Order::new(format!("{} desc", self.as_str()), self.failure())
    }
}

/// One order, several in a tuple, array or `Vec`, the most important first, or unchecked text. An expression alone sorts
/// in ascending order.
#[diagnostic::on_unimplemented(
    message = "expected an order of `{O}`, found `{Self}`",
    label = "not an order of `{O}`",
    note = "objects are sorted by constants of their type, several as a tuple: \
            `.order_by((User::AGE.descending(), User::NAME))`",
    note = "a property of a related object follows its navigation property: \
            `User::MANAGER.then(User::NAME)`"
)]
pub trait IntoOrder<O> {
    /// All of them as one.
    fn into_order(self) -> Order<O>;
}

impl<O> IntoOrder<O> for Order<O> {
    fn into_order(self) -> Self {
        self
    }
}

impl<O, T> IntoOrder<O> for Expression<O, T> {
    fn into_order(self) -> Order<O> {
        Order::new(self.as_str().to_owned(), self.failure())
    }
}

impl<O, T> IntoOrder<O> for Property<O, T> {
    fn into_order(self) -> Order<O> {
        Order::new(self.as_str().to_owned(), self.failure())
    }
}

impl<O> IntoOrder<O> for &str {
    fn into_order(self) -> Order<O> {
        Order::new(self.to_owned(), None)
    }
}

impl<O> IntoOrder<O> for String {
    fn into_order(self) -> Order<O> {
        Order::new(self, None)
    }
}

impl<O, A: IntoOrder<O>, const N: usize> IntoOrder<O> for [A; N] {
    fn into_order(self) -> Order<O> {
        joined(self.map(IntoOrder::into_order))
    }
}

impl<O, A: IntoOrder<O>> IntoOrder<O> for Vec<A> {
    fn into_order(self) -> Order<O> {
        joined(self.into_iter().map(IntoOrder::into_order))
    }
}

fn joined<O>(orders: impl IntoIterator<Item = Order<O>>) -> Order<O> {
    let mut orders = orders.into_iter();
    let first = orders.next().unwrap_or_else(|| Order::new(String::new(), None));
    orders.fold(first, Order::then)
}

/// A tuple may mix expressions of different types.
macro_rules! tuple {
    ($($name:ident)+) => {
        impl<O, $($name: IntoOrder<O>),+> IntoOrder<O> for ($($name,)+) {
            fn into_order(self) -> Order<O> {
                #[allow(non_snake_case)] // The variables have the names of their types.
                let ($($name,)+) = self;
                joined([$($name.into_order()),+])
            }
        }
    };
}

super::tuples!(tuple);

impl<O> Clone for Order<O> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.failure())
    }
}

impl<O> fmt::Debug for Order<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Order(…)")
    }
}
