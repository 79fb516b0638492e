//! Values that a reader fills.
//!
//! Enters: a type. Leaves: a value of it with nothing in it.
//! Must not know: what is read into the value.
//!
//! A type with members that must be there has no `Default`, so that no program gets such a value by
//! accident. Only the reader and the constructor of the type, which fill it, use a blank one.

use super::Value;
use super::literal::{Literals, OpenLiteral};
use super::map::Mapping;
use super::slot::OpenEnum;
use super::strict::Strict;
use super::union::Alternatives;
use super::values::{Collection, Enumeration, InBox, Object, Primitive};

/// A type with a value that a reader fills.
pub trait Blank: Sized {
    /// A value with nothing in it.
    fn blank() -> Self;
}

impl<T: Default> Blank for T {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

/// How values of a type `T` with nothing in them are made, by the kind of type that it is.
pub trait Blanks<T> {
    /// A value with nothing in it.
    fn blank() -> T;
}

/// A value with nothing in it, of any type that a member can have.
#[inline]
pub fn blank<T: Value<Kind: Blanks<T>>>() -> T {
    T::Kind::blank()
}

macro_rules! blanks {
    ($($kind:ty),*) => {$(
        impl<T: Blank> Blanks<T> for $kind {
            #[inline]
            fn blank() -> T {
                T::blank()
            }
        }
    )*};
}

blanks!(Object, Strict, Alternatives, Collection, Mapping, Primitive);

impl<T: OpenEnum> Blanks<T> for Enumeration {
    #[inline]
    fn blank() -> T {
        T::from_name("")
    }
}

impl<T: OpenLiteral> Blanks<T> for Literals {
    #[inline]
    fn blank() -> T {
        T::from_json("null")
    }
}

impl<T: Value<Kind: Blanks<T>>> Blanks<Box<T>> for InBox {
    #[inline]
    fn blank() -> Box<T> {
        Box::new(blank())
    }
}
