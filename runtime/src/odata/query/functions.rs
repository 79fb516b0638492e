//! The built-in functions (OData URL conventions, 5.1.1.5 to 5.1.1.10) and arithmetic.
//!
//! Each method has its own bound: the compiler explains an unmet bound of a method with the text of the trait,
//! and that of an implementation without it.

use super::expression::{Expression, Filter, Strength};
use super::operand::IntoOperand;
use crate::json::OpenEnum;
use crate::json::{Flags, IntoFlags};
use crate::odata::literal::Literal;
use crate::types::{Date, DateTimeOffset, Decimal, Duration, TimeOfDay};

/// A type whose values have a year, a month and a day.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no year, month and day",
    label = "not a date",
    note = "`year`, `month` and `day` are functions of dates, with or without a time"
)]
pub trait Dated {}

impl Dated for Date {}
impl Dated for DateTimeOffset {}

/// A type whose values have hours, minutes and seconds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no hour, minute and second",
    label = "not a time",
    note = "`hour`, `minute`, `second` and `fractional_seconds` are functions of times, with or \
            without a date"
)]
pub trait Timed {}

impl Timed for TimeOfDay {}
impl Timed for DateTimeOffset {}

/// A type with arithmetic.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number, so it has no arithmetic",
    label = "not a number",
    note = "text is put together with `concat`"
)]
pub trait Numeric {}

impl Numeric for u8 {}
impl Numeric for i8 {}
impl Numeric for i16 {}
impl Numeric for i32 {}
impl Numeric for i64 {}
impl Numeric for f32 {}
impl Numeric for f64 {}
impl Numeric for Decimal {}

/// The time at which the service evaluates the request.
///
/// ```
/// use schemacrate_runtime::edm::DateTimeOffset;
/// use schemacrate_runtime::query::{Property, now};
///
/// const DUE: Property<(), DateTimeOffset> = Property::new("due");
/// assert_eq!(DUE.lt(now()).as_str(), "due lt now()");
/// ```
#[must_use]
pub fn now<O>() -> Expression<O, DateTimeOffset> {
    Expression::primary("now()")
}

impl<O, T> Expression<O, T> {
    fn function<U>(&self, name: &str) -> Expression<O, U> {
        Expression::call(name, &[self.as_str()]).failing_as(self)
    }
}

/// ```
/// use schemacrate_runtime::query::Property;
///
/// const NAME: Property<(), String> = Property::new("name");
/// assert_eq!(NAME.contains("a b").as_str(), "contains(name,'a b')");
/// assert_eq!(NAME.to_upper().trim().eq("X").as_str(), "trim(toupper(name)) eq 'X'");
/// assert_eq!(NAME.length().ge(3).as_str(), "length(name) ge 3");
/// assert_eq!(NAME.substring(1, Some(2)).eq("b").as_str(), "substring(name,1,2) eq 'b'");
/// ```
impl<O> Expression<O, String> {
    /// A function of this and another text.
    fn with_text<U>(&self, name: &str, value: impl IntoOperand<O, String>) -> Expression<O, U> {
        let value = value.into_operand();
        let call = Expression::call(name, &[self.as_str(), value.as_str()]);
        call.failing_as(self).failing_as(&value)
    }

    /// Whether the text holds another one.
    pub fn contains(&self, value: impl IntoOperand<O, String>) -> Filter<O> {
        self.with_text("contains", value)
    }

    /// Whether the text starts with another one.
    pub fn starts_with(&self, value: impl IntoOperand<O, String>) -> Filter<O> {
        self.with_text("startswith", value)
    }

    /// Whether the text ends with another one.
    pub fn ends_with(&self, value: impl IntoOperand<O, String>) -> Filter<O> {
        self.with_text("endswith", value)
    }

    /// Whether the text matches a regular expression (of ECMAScript, without flags).
    pub fn matches_pattern(&self, pattern: impl IntoOperand<O, String>) -> Filter<O> {
        self.with_text("matchesPattern", pattern)
    }

    /// Where another text begins in this one, from 0; -1 if it does not.
    pub fn index_of(&self, value: impl IntoOperand<O, String>) -> Expression<O, i32> {
        self.with_text("indexof", value)
    }

    /// This text followed by another one.
    pub fn concat(&self, value: impl IntoOperand<O, String>) -> Self {
        self.with_text("concat", value)
    }

    /// The text from a position on, counted from 0, with at most so many characters.
    pub fn substring(&self, start: u32, length: Option<u32>) -> Self {
        let start = start.to_string();
        let part = match length {
            Some(length) => {
                Expression::call("substring", &[self.as_str(), &start, &length.to_string()])
            }
            None => Expression::call("substring", &[self.as_str(), &start]),
        };
        part.failing_as(self)
    }

    /// How many characters the text has.
    pub fn length(&self) -> Expression<O, i32> {
        self.function("length")
    }

    /// The text in small letters.
    pub fn to_lower(&self) -> Self {
        self.function("tolower")
    }

    /// The text in capital letters.
    pub fn to_upper(&self) -> Self {
        self.function("toupper")
    }

    /// The text without white space at its ends.
    pub fn trim(&self) -> Self {
        self.function("trim")
    }
}

/// ```
/// use schemacrate_runtime::edm::{Date, DateTimeOffset};
/// use schemacrate_runtime::query::Property;
///
/// const MADE: Property<(), DateTimeOffset> = Property::new("made");
/// assert_eq!(MADE.year().eq(2026).and(MADE.month().lt(4)).as_str(),
///     "year(made) eq 2026 and month(made) lt 4");
/// let day: Date = "2026-11-24".parse()?;
/// assert_eq!(MADE.date().eq(day).as_str(), "date(made) eq 2026-11-24");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<O, T> Expression<O, T> {
    /// The year.
    pub fn year(&self) -> Expression<O, i32>
    where
        T: Dated,
    {
        self.function("year")
    }

    /// The month, from 1.
    pub fn month(&self) -> Expression<O, i32>
    where
        T: Dated,
    {
        self.function("month")
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> Expression<O, i32>
    where
        T: Dated,
    {
        self.function("day")
    }
}

impl<O, T> Expression<O, T> {
    /// The hour, from 0.
    pub fn hour(&self) -> Expression<O, i32>
    where
        T: Timed,
    {
        self.function("hour")
    }

    /// The minute, from 0.
    pub fn minute(&self) -> Expression<O, i32>
    where
        T: Timed,
    {
        self.function("minute")
    }

    /// The whole second, from 0.
    pub fn second(&self) -> Expression<O, i32>
    where
        T: Timed,
    {
        self.function("second")
    }

    /// The fraction of the second, from 0 and below 1.
    pub fn fractional_seconds(&self) -> Expression<O, Decimal>
    where
        T: Timed,
    {
        self.function("fractionalseconds")
    }
}

impl<O> Expression<O, DateTimeOffset> {
    /// The date.
    pub fn date(&self) -> Expression<O, Date> {
        self.function("date")
    }

    /// The time of day.
    pub fn time(&self) -> Expression<O, TimeOfDay> {
        self.function("time")
    }

    /// The distance from UTC, in minutes.
    pub fn total_offset_minutes(&self) -> Expression<O, i32> {
        self.function("totaloffsetminutes")
    }
}

impl<O> Expression<O, Duration> {
    /// The length in seconds.
    pub fn total_seconds(&self) -> Expression<O, Decimal> {
        self.function("totalseconds")
    }
}

impl<O, E: OpenEnum + PartialEq> Expression<O, Flags<E>> {
    /// Whether all members of a set are in the value.
    pub fn has(&self, members: impl IntoFlags<E>) -> Filter<O> {
        let members: Literal = members.into_flags().into();
        let members: Expression<O, Flags<E>> = Expression::literal(members);
        let strength = (Strength::Primary, Strength::Primary);
        self.binary("has", &members, strength)
    }
}

/// ```
/// use schemacrate_runtime::query::Property;
///
/// const PRICE: Property<(), i32> = Property::new("price");
/// const TAX: Property<(), i32> = Property::new("tax");
/// assert_eq!(PRICE.plus(TAX).times(2).minus(TAX.plus(1)).gt(9).as_str(),
///     "(price add tax) mul 2 sub (tax add 1) gt 9");
/// assert_eq!(PRICE.negated().lt(TAX).as_str(), "-price lt tax");
/// ```
impl<O, T> Expression<O, T> {
    fn reckoned(
        &self,
        operator: &str,
        value: impl IntoOperand<O, T>,
        strength: (Strength, Strength),
    ) -> Self {
        let value = value.into_operand().given_for(self.as_str());
        self.binary(operator, &value, strength)
    }

    /// The sum.
    pub fn plus(&self, value: impl IntoOperand<O, T>) -> Self
    where
        T: Numeric,
    {
        self.reckoned("add", value, (Strength::Sum, Strength::Product))
    }

    /// The difference.
    pub fn minus(&self, value: impl IntoOperand<O, T>) -> Self
    where
        T: Numeric,
    {
        self.reckoned("sub", value, (Strength::Sum, Strength::Product))
    }

    /// The product.
    pub fn times(&self, value: impl IntoOperand<O, T>) -> Self
    where
        T: Numeric,
    {
        self.reckoned("mul", value, (Strength::Product, Strength::Unary))
    }

    /// The quotient; a whole number if both numbers are.
    pub fn divided_by(&self, value: impl IntoOperand<O, T>) -> Self
    where
        T: Numeric,
    {
        self.reckoned("div", value, (Strength::Product, Strength::Unary))
    }

    /// The remainder.
    pub fn modulo(&self, value: impl IntoOperand<O, T>) -> Self
    where
        T: Numeric,
    {
        self.reckoned("mod", value, (Strength::Product, Strength::Unary))
    }

    /// The number with the other sign.
    pub fn negated(&self) -> Self
    where
        T: Numeric,
    {
        Expression::new(format!("-{}", self.within(Strength::Primary)), Strength::Unary)
            .failing_as(self)
    }

    /// The nearest whole number.
    pub fn round(&self) -> Self
    where
        T: Numeric,
    {
        self.function("round")
    }

    /// The largest whole number that is not above this.
    pub fn floor(&self) -> Self
    where
        T: Numeric,
    {
        self.function("floor")
    }

    /// The smallest whole number that is not below this.
    pub fn ceiling(&self) -> Self
    where
        T: Numeric,
    {
        self.function("ceiling")
    }
}
