//! What can be on the other side of an operator.

use super::expression::Expression;
use super::property::{Navigation, Property};
use crate::json::{IntoValue, Null, Present};
use crate::odata::literal::Literal;

/// What an expression of type `T` can be compared with: what [`IntoValue`] accepts for a `T`, an `Option` of
/// it where `None` is null, [`Null`], or another expression.
///
/// ```
/// use schemacrate_runtime::query::{Navigation, Property};
///
/// struct User;
/// const BOSS: Navigation<(), User> = Navigation::new("boss");
/// const DEPUTY: Navigation<(), User> = Navigation::new("deputy");
/// const MANAGER: Property<(), String> = Property::new("manager");
/// const OWNER: Property<(), String> = Property::new("owner");
/// const SIZE: Property<(), i64> = Property::new("size");
/// assert_eq!(OWNER.eq("ada").as_str(), "owner eq 'ada'");
/// assert_eq!(OWNER.eq(None::<&str>).as_str(), "owner eq null");
/// assert_eq!(OWNER.eq(MANAGER).as_str(), "owner eq manager");
/// assert_eq!(SIZE.gt(5).as_str(), "size gt 5");
/// assert_eq!(BOSS.ne(DEPUTY).as_str(), "boss ne deputy");
/// assert_eq!(BOSS.eq(&DEPUTY).as_str(), "boss eq deputy");
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a value of type `{T}` or a property with such values, found `{Self}`",
    label = "not of type `{T}`",
    note = "numbers: exactly the declared type; convert another one with `.into()` or \
            `.try_into()?`; bytes: a `Vec<u8>`, `&[u8]` or `Bytes`",
    note = "enumerations: a member, such as `Importance::High`, several of them in an array if it \
            has flags; never text",
    note = "other properties: one of the same type, of `{O}` as well"
)]
pub trait IntoOperand<O, T> {
    /// The expression.
    fn into_operand(self) -> Expression<O, T>;
}

#[diagnostic::do_not_recommend]
impl<O, T: Into<Literal>, V: Present + IntoValue<T>> IntoOperand<O, T> for V {
    fn into_operand(self) -> Expression<O, T> {
        Expression::literal(Literal::of(self))
    }
}

#[diagnostic::do_not_recommend]
impl<O, T: Into<Literal>, V: IntoValue<T>> IntoOperand<O, T> for Option<V> {
    fn into_operand(self) -> Expression<O, T> {
        Expression::literal(Literal::nullable(self))
    }
}

#[diagnostic::do_not_recommend]
impl<'a, O, T: Into<Literal>, V> IntoOperand<O, T> for &'a Option<V>
where
    &'a V: IntoValue<T>,
{
    fn into_operand(self) -> Expression<O, T> {
        self.as_ref().into_operand()
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for Null {
    fn into_operand(self) -> Expression<O, T> {
        Expression::literal(Literal::null())
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for Expression<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for &Expression<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for Property<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for &Property<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        (**self).clone()
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for Navigation<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        (*self).clone()
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoOperand<O, T> for &Navigation<O, T> {
    fn into_operand(self) -> Expression<O, T> {
        (**self).clone()
    }
}
