//! Query options outside of a request: those of an expanded navigation property.

use std::fmt;
use std::marker::PhantomData;

use crate::json::Fault;

use super::expand::IntoExpand;
use super::expression::{Filter, IntoFilter};
use super::order::IntoOrder;
use super::selection::Selection;

/// The options of an expanded navigation property that refers to objects `O`.
///
/// They have the same meaning as the methods of the same names on a request. See
/// [`Navigation::with`](super::Navigation::with).
pub struct Options<O> {
    options: Vec<(&'static str, String)>,
    /// Whether the filter needs parentheses when it is combined with another one.
    is_filter_loose: bool,
    fault: Option<Box<Fault>>,
    marker: PhantomData<fn(O)>,
}

impl<O> Options<O> {
    pub(super) fn new() -> Self {
        Self { options: Vec::new(), is_filter_loose: true, fault: None, marker: PhantomData }
    }

    /// The options in the form for parentheses.
    pub(super) fn to_text(&self) -> String {
        let options: Vec<String> =
            self.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        options.join(";")
    }

    fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.retain(|(old, _)| *old != name);
        self.options.push((name, value.into()));
        self
    }

    fn append(mut self, name: &'static str, value: String) -> Self {
        if value.is_empty() {
            return self;
        }
        match self.options.iter_mut().find(|(old, _)| *old == name) {
            Some((_, old)) => {
                old.push(',');
                old.push_str(&value);
            }
            None => self.options.push((name, value)),
        }
        self
    }

    /// Why the options cannot be sent.
    pub(super) fn failure(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    fn failing(mut self, fault: Option<&Fault>) -> Self {
        if self.fault.is_none() {
            self.fault = fault.cloned().map(Box::new);
        }
        self
    }

    /// Only these members; more with each call.
    #[must_use]
    pub fn select(self, members: impl Selection<O>) -> Self {
        self.append("$select", members.text())
    }

    /// Related objects of the related objects; more with each call.
    #[must_use]
    pub fn expand(self, navigation: impl IntoExpand<O>) -> Self {
        let expand = navigation.into_expand();
        self.append("$expand", expand.as_str().to_owned()).failing(expand.failure())
    }

    /// Only the objects for which this holds, and after further calls those for which all conditions hold.
    #[must_use]
    pub fn filter(mut self, filter: impl IntoFilter<O>) -> Self {
        const NAME: &str = "$filter";
        let mut filter = filter.into_filter();
        if filter.as_str().is_empty() {
            return self.failing(filter.failure());
        }
        let found = self.options.iter_mut().find(|(name, _)| *name == NAME);
        if let Some((_, old)) = found {
            let old = Filter::of_text(std::mem::take(old), self.is_filter_loose);
            filter = old.and(filter);
        }
        self.is_filter_loose = filter.is_loose();
        self.set(NAME, filter.as_str()).failing(filter.failure())
    }

    /// Sorted by this.
    #[must_use]
    pub fn order_by(self, order: impl IntoOrder<O>) -> Self {
        let order = order.into_order();
        self.append("$orderby", order.as_str().to_owned()).failing(order.failure())
    }

    /// At most so many objects.
    #[must_use]
    pub fn top(self, count: u64) -> Self {
        self.set("$top", count.to_string())
    }

    /// Without the first ones.
    #[must_use]
    pub fn skip(self, count: u64) -> Self {
        self.set("$skip", count.to_string())
    }

    /// Only the objects that match a search, which may be a [`phrase`](super::phrase).
    #[must_use]
    pub fn search(self, search: impl Into<String>) -> Self {
        self.set("$search", search)
    }

    /// With the number of all of them.
    #[must_use]
    pub fn count(self) -> Self {
        self.set("$count", "true")
    }

    /// Expands the navigation property again on the objects that it refers to, down to this depth; `None`
    /// is unlimited.
    #[must_use]
    pub fn levels(self, depth: Option<u32>) -> Self {
        self.set("$levels", depth.map_or_else(|| "max".to_owned(), |depth| depth.to_string()))
    }

    /// Any other option.
    #[must_use]
    pub fn option(self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value)
    }
}

impl<O> Clone for Options<O> {
    fn clone(&self) -> Self {
        Self { options: self.options.clone(), fault: self.fault.clone(), ..*self }
    }
}

/// Shows the names of the options; their values may be personal data.
impl<O> fmt::Debug for Options<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.options.iter().map(|(name, _)| name)).finish()
    }
}
