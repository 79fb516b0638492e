//! Expressions: what a filter is made of.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::operand::IntoOperand;
use crate::json::Fault;
use crate::odata::literal::Literal;

/// An expression about an object `O` with a value of type `T` ([OData URL conventions,
/// 5.1.1][expressions]).
///
/// The [properties](super::Property) of generated crates are expressions; the methods make others from
/// them. A part that has no typed form can be written by hand with [`raw`](Self::raw).
///
/// [expressions]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_CommonExpressionSyntax
pub struct Expression<O, T> {
    text: Cow<'static, str>,
    strength: Strength,
    /// The first part that cannot be sent.
    fault: Option<Box<Fault>>,
    marker: PhantomData<fn(O) -> T>,
}

/// A condition on objects `O`.
pub type Filter<O> = Expression<O, bool>;

/// How tightly the outermost operator of an expression binds, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `eq`, `ne`, `in`…
    Comparison,
    /// `add` and `sub`.
    Sum,
    /// `mul`, `div` and `mod`.
    Product,
    /// `not` and the minus sign.
    Unary,
    /// Everything that needs no parentheses anywhere.
    Primary,
}

impl<O, T> Expression<O, T> {
    /// An expression by its text, which is not checked. It is put in parentheses where it is
    /// combined with others.
    ///
    /// ```
    /// use schemacrate_runtime::query::Filter;
    ///
    /// let filter: Filter<()> = Filter::raw("a eq 1 or b eq 2").and(Filter::raw("c"));
    /// assert_eq!(filter.as_str(), "(a eq 1 or b eq 2) and (c)");
    /// ```
    pub fn raw(text: impl Into<String>) -> Self {
        Self::new(text.into(), Strength::Or)
    }

    pub(super) const fn primary(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            strength: Strength::Primary,
            fault: None,
            marker: PhantomData,
        }
    }

    pub(super) fn new(text: String, strength: Strength) -> Self {
        Self { text: Cow::Owned(text), strength, fault: None, marker: PhantomData }
    }

    pub(super) fn literal(value: Literal) -> Self {
        match value.into_text() {
            Ok(text) => Self::new(text, Strength::Primary),
            Err(fault) => Self { fault: Some(fault), ..Self::primary("null") },
        }
    }

    /// The same expression, with the fault of a part of it, unless another part has one.
    pub(super) fn failing_as<P, U>(mut self, part: &Expression<P, U>) -> Self {
        if self.fault.is_none() {
            self.fault.clone_from(&part.fault);
        }
        self
    }

    /// The same value, given for a path: its fault names the path.
    pub(super) fn given_for(mut self, path: &str) -> Self {
        self.fault = self.fault.map(|fault| Box::new(fault.of(path)));
        self
    }

    /// Why the expression cannot be sent.
    pub(in crate::odata) fn failure(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    /// A call of a built-in function.
    pub(super) fn call(name: &str, arguments: &[&str]) -> Self {
        Self::new(format!("{name}({})", arguments.join(",")), Strength::Primary)
    }

    /// Why the expression cannot be sent, if it compares something with a text that is not a value of its
    /// type. The request that it is used in fails with this text.
    ///
    /// ```
    /// use schemacrate_runtime::edm::Date;
    /// use schemacrate_runtime::query::Property;
    ///
    /// const DUE: Property<(), Date> = Property::new("due");
    /// assert_eq!(DUE.lt("2026-11-24").as_str(), "due lt 2026-11-24");
    /// let fault = DUE.lt("tomorrow").and(DUE.is_not_null()).fault().unwrap();
    /// assert!(fault.starts_with("the value of `due` cannot be sent: \"tomorrow\""));
    /// ```
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.fault.as_ref().map(ToString::to_string)
    }

    /// The text as it is in a query option, not percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it needs parentheses where it is combined with others by `and`.
    pub(crate) fn is_loose(&self) -> bool {
        self.strength < Strength::And
    }

    /// The text, in parentheses if it binds less tightly than `strength`.
    pub(super) fn within(&self, strength: Strength) -> Cow<'_, str> {
        if self.strength < strength {
            format!("({})", self.text).into()
        } else {
            Cow::Borrowed(&*self.text)
        }
    }

    /// This, an operator, and another expression. The expression on the right must bind tighter than the
    /// operator, because operators of one strength are read from the left.
    pub(super) fn binary<R, U>(
        &self,
        operator: &str,
        right: &Expression<O, R>,
        (strength, tighter): (Strength, Strength),
    ) -> Expression<O, U> {
        let text = format!("{} {operator} {}", self.within(strength), right.within(tighter));
        Expression::new(text, strength).failing_as(self).failing_as(right)
    }

    fn compared(&self, operator: &str, value: impl IntoOperand<O, T>) -> Filter<O> {
        let strength = (Strength::Sum, Strength::Sum);
        let value = value.into_operand().given_for(self.as_str());
        let filter: Filter<O> = self.binary(operator, &value, strength);
        Expression { strength: Strength::Comparison, ..filter }
    }

    /// Whether the values are equal. Null is equal only to null.
    pub fn eq(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("eq", value)
    }

    /// Whether the values differ.
    pub fn ne(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("ne", value)
    }

    /// Whether this is greater.
    pub fn gt(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("gt", value)
    }

    /// Whether this is greater or equal.
    pub fn ge(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("ge", value)
    }

    /// Whether this is less.
    pub fn lt(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("lt", value)
    }

    /// Whether this is less or equal.
    pub fn le(&self, value: impl IntoOperand<O, T>) -> Filter<O> {
        self.compared("le", value)
    }

    /// Whether this is one of several values. With an empty list it is always false.
    ///
    /// ```
    /// use schemacrate_runtime::query::Property;
    ///
    /// const STATE: Property<(), String> = Property::new("state");
    /// assert_eq!(STATE.is_in(["new", "open"]).as_str(), "state in ('new','open')");
    /// assert_eq!(STATE.is_in([""; 0]).as_str(), "false");
    /// ```
    pub fn is_in<V: IntoOperand<O, T>>(&self, values: impl IntoIterator<Item = V>) -> Filter<O> {
        let values: Vec<Self> =
            values.into_iter().map(|value| value.into_operand().given_for(self.as_str())).collect();
        if values.is_empty() {
            return Filter::primary("false");
        }
        let texts: Vec<&str> = values.iter().map(Self::as_str).collect();
        let text = format!("{} in ({})", self.within(Strength::Sum), texts.join(","));
        let filter = Expression::new(text, Strength::Comparison).failing_as(self);
        values.iter().fold(filter, Expression::failing_as)
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> Filter<O> {
        let null: Self = Self::primary("null");
        self.compared("eq", null)
    }

    /// Whether there is a value.
    pub fn is_not_null(&self) -> Filter<O> {
        let null: Self = Self::primary("null");
        self.compared("ne", null)
    }
}

impl<O> Expression<O, bool> {
    /// A condition by its text, and whether it needs parentheses where it is combined by `and`.
    pub(super) fn of_text(text: String, is_loose: bool) -> Self {
        Self::new(text, if is_loose { Strength::Or } else { Strength::And })
    }

    /// Whether both hold.
    pub fn and(&self, other: impl IntoFilter<O>) -> Self {
        self.binary("and", &other.into_filter(), (Strength::And, Strength::And))
    }

    /// Whether at least one holds.
    pub fn or(&self, other: impl IntoFilter<O>) -> Self {
        self.binary("or", &other.into_filter(), (Strength::Or, Strength::Or))
    }

    /// Whether this does not hold.
    ///
    /// ```
    /// use schemacrate_runtime::query::Property;
    ///
    /// const CLOSED: Property<(), bool> = Property::new("closed");
    /// assert_eq!(CLOSED.not().as_str(), "not closed");
    /// assert_eq!(CLOSED.eq(true).not().as_str(), "not (closed eq true)");
    /// ```
    #[allow(clippy::should_implement_trait)] // The trait takes a value; constants are borrowed.
    pub fn not(&self) -> Self {
        Expression::new(format!("not {}", self.within(Strength::Primary)), Strength::Unary)
            .failing_as(self)
    }
}

/// A condition on objects `O`: a comparison of their properties, several that are combined by
/// [`and`](Expression::and) or [`or`](Expression::or), a property that is true or false, or unchecked text.
///
/// ```
/// use schemacrate_runtime::query::{IntoFilter, Property};
///
/// const NAME: Property<(), String> = Property::new("name");
/// const CLOSED: Property<(), bool> = Property::new("closed");
/// fn text(filter: impl IntoFilter<()>) -> String {
///     filter.into_filter().as_str().to_owned()
/// }
/// assert_eq!(text(NAME.eq("Ada")), "name eq 'Ada'");
/// assert_eq!(text(CLOSED), "closed");
/// assert_eq!(text("closed eq null"), "closed eq null");
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a condition on `{O}`, found `{Self}`",
    label = "not a condition on `{O}`",
    note = "a condition compares properties of the type, such as `User::NAME.eq(\"x\")`; a collection has \
            `any` and `all`",
    note = "conditions are combined by `.and(…)`, `.or(…)` and `.not()`, and not by operators of Rust",
    note = "a property of a related object: `User::MANAGER.then(User::NAME)`; one of a derived type: \
            `Cat::LIVES.of_base::<Animal>()`"
)]
pub trait IntoFilter<O> {
    /// The condition.
    fn into_filter(self) -> Filter<O>;
}

#[diagnostic::do_not_recommend]
impl<O, V: Into<Filter<O>>> IntoFilter<O> for V {
    fn into_filter(self) -> Filter<O> {
        self.into()
    }
}

/// A filter by its text.
impl<O> From<&str> for Expression<O, bool> {
    fn from(text: &str) -> Self {
        Self::raw(text)
    }
}

/// A filter by its text.
impl<O> From<String> for Expression<O, bool> {
    fn from(text: String) -> Self {
        Self::raw(text)
    }
}

impl<O, T> From<&Self> for Expression<O, T> {
    fn from(expression: &Self) -> Self {
        expression.clone()
    }
}

impl<O, T> Clone for Expression<O, T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            strength: self.strength,
            fault: self.fault.clone(),
            marker: PhantomData,
        }
    }
}

/// Shows no text, because the values in it may be personal data.
impl<O, T> fmt::Debug for Expression<O, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Expression(…)")
    }
}
