//! The places values are decoded into, and the views they are encoded from.

use super::{
    Additional, MapSlot, MapView, MemberSlot, Shape, StrictSlot, UnionSlot, UnionView, Untyped,
};
use std::any::Any;
use std::error::Error;
use std::fmt;

/// Where a decoded value goes. `None` means that the member is absent or null.
#[non_exhaustive]
pub enum Slot<'a> {
    /// A boolean.
    Bool(&'a mut Option<bool>),
    /// A 32-bit integer.
    Int32(&'a mut Option<i32>),
    /// A 64-bit integer, which JSON may write as a string.
    Int64(&'a mut Option<i64>),
    /// A double, which JSON writes as a string where it is not a number.
    Double(&'a mut Option<f64>),
    /// A string.
    String(&'a mut Option<String>),
    /// Any value, kept as it is.
    Untyped(&'a mut Option<Untyped>),
    /// A value that is not a string, but that JSON writes as one: dates, identifiers, enumerations…
    Text(&'a mut dyn TextSlot),
    /// A value that is read from its exact JSON text.
    Json(&'a mut dyn JsonSlot),
    /// An object.
    Object(&'a mut dyn ObjectSlot),
    /// An object or an array of a type that is read strictly.
    Strict(&'a mut dyn StrictSlot),
    /// A value of one of several types.
    Union(&'a mut dyn UnionSlot),
    /// A value in a box.
    Boxed(&'a mut dyn BoxSlot),
    /// A collection.
    List(&'a mut dyn ListSlot),
    /// An object whose members have any names.
    Map(&'a mut dyn MapSlot),
    /// A member that must be there, and is not null.
    Required(&'a mut dyn MemberSlot),
    /// A member that must be there, and may be null.
    Nullable(&'a mut dyn MemberSlot),
    /// A member that may be absent or null.
    Maybe(&'a mut dyn MemberSlot),
    /// Members of the object itself that are not declared by name.
    Entries(&'a mut dyn MapSlot),
    /// The items of an array after those with places of their own.
    Rest(&'a mut dyn ListSlot),
    /// What the type does not declare.
    Additional(&'a mut Additional),
    /// Nothing: the value is skipped.
    Ignore,
}

/// A value to encode.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// Nothing: the member is not written.
    Absent,
    /// An explicit null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer without a sign.
    Unsigned(u64),
    /// A double.
    Double(f64),
    /// A single.
    Single(f32),
    /// A string.
    Str(&'a str),
    /// A value that is written as a string.
    Text(&'a dyn TextView),
    /// JSON text.
    Untyped(&'a Untyped),
    /// The JSON text of a scalar.
    Literal(&'a str),
    /// An object, and whether it must name its type because that is a derived one.
    Object(&'a dyn Structured, bool),
    /// A value of one of several types.
    Union(&'a dyn UnionView),
    /// A collection.
    List(&'a dyn ListView),
    /// An object whose members have any names.
    Map(&'a dyn MapView),
    /// Members of the object itself that are not declared by name.
    Entries(&'a dyn MapView),
    /// The items of an array after those with places of their own.
    Rest(&'a dyn ListView),
    /// The changes of an update.
    Update(&'a super::Update),
    /// What the type does not declare.
    Additional(&'a Additional),
}

/// Why a text is not a value of its type.
#[derive(Debug)]
pub struct InvalidText(String);

impl InvalidText {
    /// An error with what was expected.
    pub fn new(message: impl fmt::Display) -> Self {
        Self(message.to_string())
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for InvalidText {}

/// A place for a value that is written as a string.
pub trait TextSlot {
    /// Reads the value from its text.
    ///
    /// # Errors
    /// If the text is not a value of the type.
    fn set(&mut self, text: &str) -> Result<(), InvalidText>;

    /// Puts a copy of a value of the same type into the place. A value of another type empties it. Returns
    /// whether there is a value.
    fn copy(&mut self, value: &dyn Any) -> bool;
}

/// A value that is written as a string.
pub trait TextView: fmt::Display + Any {}

/// How much of a JSON text a value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Held {
    /// All of it, so that it is written with the same meaning.
    All,
    /// The value is written in another form, or with fewer digits.
    Otherwise,
    /// The value is the nearest one, because the text is out of range.
    Nearest,
}

impl Held {
    /// All of a text, or not.
    pub(crate) fn all(is_all: bool) -> Self {
        if is_all { Self::All } else { Self::Otherwise }
    }
}

/// A place for a value that is read from its exact JSON text.
pub trait JsonSlot {
    /// Reads the value from its JSON text. Read strictly, a string is not a number, and a number that is out
    /// of range becomes the nearest one that is not.
    ///
    /// # Errors
    /// If the text is not a value of the type.
    fn set(&mut self, json: &str, is_strict: bool) -> Result<Held, InvalidText>;

    /// Empties the place.
    fn clear(&mut self);
}

/// A place for an object.
pub trait ObjectSlot {
    /// Puts an empty object into the place.
    fn insert_default(&mut self) -> &mut dyn Structured;
}

/// A place for a value in a box.
pub trait BoxSlot {
    /// Calls `decode` with a place for the value and boxes what it reads.
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>));
}

/// A place for a collection.
pub trait ListSlot {
    /// Makes the place an empty collection, or leaves it without one.
    fn start(&mut self, is_there: bool);

    /// Appends an item that `decode` reads; `decode` returns whether there was one to read. Returns whether
    /// the item could be kept: null can be kept only where items may be null.
    fn push(&mut self, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool;
}

/// A collection to encode.
pub trait ListView {
    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there are no items.
    fn is_empty(&self) -> bool
    where
        Self: Sized,
    {
        self.len() == 0
    }

    /// The item at an index below [`len`](Self::len).
    fn get(&self, index: usize) -> View<'_>;
}

/// A generated struct, seen as a table of members. The indices are those of its [`Shape`]. The next ones are
/// those of members that are not declared by name, if the shape has them, and the one after these refers to
/// what the type does not declare.
///
/// It has as few functions as possible, since a crate of a large schema implements it thousands of
/// times, and a program that decodes one type compiles them for each type that this one refers to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of a generated crate",
    label = "not a generated struct",
    note = "only structs that are generated from a schema have declared members"
)]
pub trait Structured {
    /// The wire names.
    fn shape(&self) -> &'static Shape;
    /// The place of a member; after the last one, of what the type does not declare.
    fn slot(&mut self, index: usize) -> Slot<'_>;
    /// The value of a member; after the last one, what the type does not declare.
    fn view(&self, index: usize) -> View<'_>;
    /// The first member that is present, of those from an index on, and its index; after the last one,
    /// what the type does not declare. It is compiled for each type, so that skipping absent members
    /// calls no function.
    #[inline]
    fn next_present(&self, from: usize) -> (usize, View<'_>) {
        let mut index = from;
        // Written out, since most members of a wide type are absent, and a step costs nothing else.
        loop {
            let view = self.view(index);
            if !matches!(view, View::Absent) {
                return (index, view);
            }
            index += 1;
        }
    }
}

/// A generated struct, as its crate describes it: what is [`Structured`] about it that differs from type to
/// type. The wire names are a constant, which costs a compiler less than a function.
pub trait Described {
    /// The wire names.
    const SHAPE: &'static Shape;
    /// The place of a member, as [`Structured::slot`] has it.
    fn slot(&mut self, index: usize) -> Slot<'_>;
    /// The value of a member, as [`Structured::view`] has it.
    fn view(&self, index: usize) -> View<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: Described> Structured for T {
    #[inline]
    fn shape(&self) -> &'static Shape {
        T::SHAPE
    }

    #[inline]
    fn slot(&mut self, index: usize) -> Slot<'_> {
        Described::slot(self, index)
    }

    #[inline]
    fn view(&self, index: usize) -> View<'_> {
        Described::view(self, index)
    }
}

impl dyn Structured + '_ {
    /// The members that are present, with their indices.
    pub(crate) fn present(&self) -> impl Iterator<Item = (usize, View<'_>)> {
        let mut from = 0;
        std::iter::from_fn(move || match self.next_present(from) {
            (_, View::Additional(_)) => None,
            (index, view) => {
                from = index + 1;
                Some((index, view))
            }
        })
    }

    /// What the type does not declare.
    ///
    /// # Panics
    /// If [`view`](Structured::view) returns something else after the last member.
    #[must_use]
    pub fn additional(&self) -> &Additional {
        match self.view(self.shape().end()) {
            View::Additional(additional) => additional,
            _ => unreachable!("{NO_ADDITIONAL}"),
        }
    }

    /// What the type does not declare, to change it.
    ///
    /// # Panics
    /// If [`slot`](Structured::slot) returns something else after the last member.
    pub fn additional_mut(&mut self) -> &mut Additional {
        match self.slot(self.shape().end()) {
            Slot::Additional(additional) => additional,
            _ => unreachable!("{NO_ADDITIONAL}"),
        }
    }
}

const NO_ADDITIONAL: &str = "what a type does not declare follows its last member";

/// An enumeration that keeps unknown members.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enumeration of a generated crate",
    label = "not a generated enumeration",
    note = "only enumerations that are generated from a schema have wire names"
)]
pub trait OpenEnum: Sized {
    /// The qualified wire name.
    const NAME: &'static str;
    /// The member with a wire name.
    fn from_name(name: &str) -> Self;
    /// The wire name of the member.
    fn name(&self) -> &str;
}

/// A type that a member can have.
///
/// How it is read and written is defined once for its [`Kind`], not once for each type: a crate of a large
/// schema has a thousand enumerations.
#[diagnostic::on_unimplemented(
    message = "the values of a service cannot be read as `{Self}`",
    label = "not a type of values",
    note = "types of values are those of a generated crate, primitive types, and `Vec` of them",
    note = "for a type of your own, read `Untyped`, which is any JSON, and convert it: \
            `answer.to::<Report>()?`"
)]
pub trait Value: Sized {
    /// What kind of type it is.
    type Kind: Kind<Self>;

    /// The place for a value.
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Self::Kind::slot(place)
    }

    /// The value.
    #[inline]
    fn view(&self) -> View<'_> {
        Self::Kind::view(self)
    }
}

/// How values of a type `T` are read and written, by the kind of type that it is.
pub trait Kind<T> {
    /// The place for a value.
    fn slot(place: &mut Option<T>) -> Slot<'_>;
    /// The value.
    fn view(value: &T) -> View<'_>;
}

/// The place of a member.
#[inline]
pub fn slot<T: Value>(place: &mut Option<T>) -> Slot<'_> {
    T::slot(place)
}

/// The value of a member.
#[inline]
pub fn view<T: Value>(place: &Option<T>) -> View<'_> {
    match place {
        Some(value) => value.view(),
        None => View::Absent,
    }
}
