//! Conditions on the items of a collection.

use std::cell::Cell;

use super::expression::{Expression, Filter, IntoFilter, Strength};
use super::property::Property;

impl<O, I> Expression<O, Vec<I>> {
    /// Whether the condition holds for at least one item.
    ///
    /// ```
    /// use schemacrate_runtime::query::Property;
    ///
    /// const TAGS: Property<(), Vec<String>> = Property::new("tags");
    /// assert_eq!(TAGS.any(|tag| tag.eq("red")).as_str(), "tags/any(x1:x1 eq 'red')");
    /// assert_eq!(TAGS.all(|tag| tag.ne("red")).as_str(), "tags/all(x1:x1 ne 'red')");
    ///
    /// // A property that is true or false is a condition itself.
    /// const ANSWERS: Property<(), Vec<bool>> = Property::new("answers");
    /// assert_eq!(ANSWERS.all(|answer| answer).as_str(), "answers/all(x1:x1)");
    /// ```
    pub fn any<F: IntoFilter<O>>(&self, condition: impl FnOnce(Property<O, I>) -> F) -> Filter<O> {
        self.lambda("any", condition)
    }

    /// Whether the condition holds for every item.
    pub fn all<F: IntoFilter<O>>(&self, condition: impl FnOnce(Property<O, I>) -> F) -> Filter<O> {
        self.lambda("all", condition)
    }

    /// Whether there are items.
    ///
    /// ```
    /// use schemacrate_runtime::query::Property;
    ///
    /// const TAGS: Property<(), Vec<String>> = Property::new("tags");
    /// assert_eq!(TAGS.has_items().as_str(), "tags/any()");
    /// assert_eq!(TAGS.length().gt(2).as_str(), "tags/$count gt 2");
    /// ```
    pub fn has_items(&self) -> Filter<O> {
        Expression::new(format!("{}/any()", self.as_str()), Strength::Primary).failing_as(self)
    }

    /// How many items there are.
    pub fn length(&self) -> Expression<O, i64> {
        Expression::new(format!("{}/$count", self.as_str()), Strength::Primary).failing_as(self)
    }

    fn lambda<F: IntoFilter<O>>(
        &self,
        operator: &str,
        condition: impl FnOnce(Property<O, I>) -> F,
    ) -> Filter<O> {
        let nesting = Nesting::enter();
        let variable = format!("x{}", nesting.depth);
        let item = Expression::new(variable.clone(), Strength::Primary);
        let condition: Filter<O> = condition(item.into()).into_filter();
        let text = format!("{}/{operator}({variable}:{})", self.as_str(), condition.as_str());
        Expression::new(text, Strength::Primary).failing_as(self).failing_as(&condition)
    }
}

thread_local! {
    /// How many nested lambdas are being built.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// One lambda that is being built. A condition is built while the lambda around it waits for it, so
/// that the depth tells their variables apart, whatever collections they refer to.
struct Nesting {
    depth: u32,
}

impl Nesting {
    fn enter() -> Self {
        let depth = DEPTH.get() + 1;
        DEPTH.set(depth);
        Self { depth }
    }
}

impl Drop for Nesting {
    fn drop(&mut self) {
        DEPTH.set(self.depth - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGS: Property<(), Vec<String>> = Property::new("tags");
    const NAMES: Property<(), Vec<String>> = Property::new("names");

    #[test]
    fn variables_of_nested_lambdas_differ() {
        let filter = TAGS.any(|tag| NAMES.all(|name| name.eq(&tag).or(TAGS.any(|t| t.ne(&tag)))));
        let text = "tags/any(x1:names/all(x2:x2 eq x1 or tags/any(x3:x3 ne x1)))";
        assert_eq!(filter.as_str(), text);
        assert_eq!(TAGS.any(|tag| tag.eq("a")).as_str(), "tags/any(x1:x1 eq 'a')");
    }

    #[test]
    fn a_panic_in_a_condition_leaves_no_depth_behind() {
        let broken =
            std::panic::catch_unwind(|| TAGS.any(|_| -> Filter<()> { panic!("no condition") }));
        assert!(broken.is_err());
        assert_eq!(TAGS.all(|tag| tag.eq("a")).as_str(), "tags/all(x1:x1 eq 'a')");
    }
}
