//! Sets of enumeration members.
//!
//! Enters: members, or text with commas between their names. Leaves: [`Flags`]. Must not know: any particular
//! enumeration.

use super::{
    Accepts, Enumeration, Given, IntoValue, Kind, OpenEnum, Present, Slot, Text, Value, View,
};
use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A value of an enumeration with `IsFlags` (CSDL 4.01, section 10), or with `x-ms-enum-flags`: a set of
/// members.
///
/// JSON writes it as the names with commas between them. Members that the schema does not know
/// are kept, and so is the order in which the members came. The empty set is written as `0`. A set that
/// was read is written again exactly, with blanks after its commas, until it is changed.
///
/// ```
/// use schemacrate_runtime::model::{Flags, OpenEnum};
///
/// # #[derive(Clone, Debug, PartialEq)]
/// # enum Day { Monday, Tuesday, Unrecognized(String) }
/// # impl OpenEnum for Day {
/// #     const NAME: &'static str = "example.day";
/// #     fn from_name(name: &str) -> Self {
/// #         match name { "monday" => Self::Monday, "tuesday" => Self::Tuesday, other => Self::Unrecognized(other.to_owned()) }
/// #     }
/// #     fn name(&self) -> &str {
/// #         match self { Self::Monday => "monday", Self::Tuesday => "tuesday", Self::Unrecognized(name) => name }
/// #     }
/// # }
/// let days: Flags<Day> = "monday, holiday".parse()?;
/// assert!(days.contains(&Day::Monday));
/// assert!(!days.contains(&Day::Tuesday));
/// assert_eq!(days.to_string(), "monday, holiday");
/// assert_eq!((days | Day::Tuesday).to_string(), "monday,holiday,tuesday");
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, Debug)]
pub struct Flags<T> {
    members: Vec<T>,
    /// The text that was read, if it is not just the names with commas between them.
    written: Option<Box<str>>,
}

impl<T> Flags<T> {
    /// The empty set.
    pub const fn empty() -> Self {
        Self { members: Vec::new(), written: None }
    }

    /// Whether no member is in the set.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// How many members are in the set.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// The members, in the order in which they came.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.members.iter()
    }
}

impl<T: PartialEq> Flags<T> {
    /// Whether a member is in the set. A member that combines several others, such as
    /// `everyDay`, is a separate member.
    pub fn contains(&self, member: &T) -> bool {
        self.members.contains(member)
    }

    /// Adds a member. Returns whether it is new.
    pub fn insert(&mut self, member: T) -> bool {
        let new = !self.contains(&member);
        if new {
            self.members.push(member);
            self.written = None;
        }
        new
    }

    /// Removes a member. Returns whether it was there.
    pub fn remove(&mut self, member: &T) -> bool {
        let before = self.len();
        self.members.retain(|found| found != member);
        let removed = self.len() < before;
        if removed {
            self.written = None;
        }
        removed
    }
}

impl<T> Default for Flags<T> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: PartialEq> PartialEq for Flags<T> {
    /// The order of the members does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|member| other.contains(member))
    }
}

impl<T: Eq> Eq for Flags<T> {}

/// Members of an enumeration with flags: one of them, or a set.
///
/// ```
/// use schemacrate_runtime::model::{Flags, IntoFlags};
///
/// fn number(flags: impl IntoFlags<char>) -> usize {
///     flags.into_flags().len()
/// }
/// assert_eq!(number('a'), 1);
/// assert_eq!(number(Flags::from_iter(['a', 'b'])), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "expected members of `{E}`, found `{Self}`",
    label = "neither a member of `{E}` nor a set of them",
    note = "one member is named, such as `Days::Monday`; several are a set: \
            `Flags::from_iter([Days::Monday, Days::Tuesday])`"
)]
pub trait IntoFlags<E> {
    /// The set.
    fn into_flags(self) -> Flags<E>;
}

#[diagnostic::do_not_recommend]
impl<E, V: Into<Flags<E>>> IntoFlags<E> for V {
    fn into_flags(self) -> Flags<E> {
        self.into()
    }
}

impl<T> From<T> for Flags<T> {
    fn from(member: T) -> Self {
        Self { members: vec![member], written: None }
    }
}

/// Several members.
impl<T: PartialEq, const N: usize> From<[T; N]> for Flags<T> {
    fn from(members: [T; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<T: PartialEq> FromIterator<T> for Flags<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut flags = Self::empty();
        flags.extend(members);
        flags
    }
}

impl<T: PartialEq> Extend<T> for Flags<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<'a, T> IntoIterator for &'a Flags<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Flags<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<T: PartialEq> std::ops::BitOr<T> for Flags<T> {
    type Output = Self;

    fn bitor(mut self, member: T) -> Self {
        self.insert(member);
        self
    }
}

impl<T: OpenEnum> Flags<T> {
    /// The names with commas between them, which is also their form in URLs.
    pub(crate) fn names(&self) -> String {
        if self.is_empty() {
            return "0".to_owned();
        }
        let names: Vec<&str> = self.iter().map(OpenEnum::name).collect();
        names.join(",")
    }
}

impl<T: OpenEnum> fmt::Display for Flags<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Some(text) => formatter.write_str(text),
            None => formatter.write_str(&self.names()),
        }
    }
}

impl<T: OpenEnum + PartialEq> FromStr for Flags<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names = text.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "0"));
        let mut flags: Self = names.map(T::from_name).collect();
        flags.written = (flags.names() != text).then(|| text.into());
        Ok(flags)
    }
}

impl<T: OpenEnum + PartialEq + Clone + Any> Text for Flags<T> {}

impl<T: OpenEnum + PartialEq + Clone + Any> Value for Flags<T> {
    type Kind = Enumeration;
}

impl<T: OpenEnum + PartialEq + Clone + Any> Kind<Flags<T>> for Enumeration {
    fn slot(place: &mut Option<Flags<T>>) -> Slot<'_> {
        Slot::Text(place)
    }

    fn view(value: &Flags<T>) -> View<'_> {
        View::Text(value)
    }
}

/// One member of a set.
#[diagnostic::do_not_recommend]
impl<E: Clone> Accepts<E, Flags<E>> for Enumeration
where
    Flags<E>: Value,
{
    fn accept(value: &E) -> Given<Flags<E>> {
        Given::value(Flags::from(value.clone()))
    }
}

impl<E> Present for Flags<E> {}
impl<E> Present for &Flags<E> {}

#[diagnostic::do_not_recommend]
impl<E> IntoValue<Flags<E>> for Flags<E>
where
    Flags<E>: Value,
{
    fn into_value(sent: Self) -> Given<Flags<E>> {
        Given::value(sent)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Clone> IntoValue<Flags<E>> for &Flags<E>
where
    Flags<E>: Value,
{
    fn into_value(sent: Self) -> Given<Flags<E>> {
        Given::value(sent.clone())
    }
}

/// Several members of a set.
#[diagnostic::do_not_recommend]
impl<E: PartialEq, const N: usize> IntoValue<Flags<E>> for [E; N]
where
    Flags<E>: Value,
{
    fn into_value(sent: Self) -> Given<Flags<E>> {
        Given::value(sent.into_iter().collect())
    }
}
