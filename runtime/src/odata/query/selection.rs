//! What `$select` takes.

use super::property::{Navigation, Property};

/// Members of an object `O`: a property, several in a tuple, array or `Vec`, or unchecked text.
///
/// ```
/// use schemacrate_runtime::query::{Property, Selection};
///
/// const NAME: Property<(), String> = Property::new("name");
/// const SIZE: Property<(), i32> = Property::new("size");
/// assert_eq!(Selection::<()>::text((NAME, SIZE)), "name,size");
/// assert_eq!(Selection::<()>::text("name,color"), "name,color");
/// ```
#[diagnostic::on_unimplemented(
    message = "expected properties of `{O}`, found `{Self}`",
    label = "not a property of `{O}`",
    note = "select constants of the type, several as a tuple: `.select((User::ID, User::NAME))`",
    note = "members of related objects are selected where these are expanded: \
            `.expand(User::MANAGER.with(|manager| manager.select(User::NAME)))`"
)]
pub trait Selection<O> {
    /// The text of the option.
    fn text(self) -> String;
}

impl<O, T> Selection<O> for Property<O, T> {
    fn text(self) -> String {
        self.as_str().to_owned()
    }
}

impl<O, T> Selection<O> for Navigation<O, T> {
    fn text(self) -> String {
        self.as_str().to_owned()
    }
}

impl<O> Selection<O> for &str {
    fn text(self) -> String {
        self.to_owned()
    }
}

impl<O> Selection<O> for String {
    fn text(self) -> String {
        self
    }
}

impl<O, S: Selection<O>, const N: usize> Selection<O> for [S; N] {
    fn text(self) -> String {
        joined(self)
    }
}

impl<O, S: Selection<O>> Selection<O> for Vec<S> {
    fn text(self) -> String {
        joined(self)
    }
}

fn joined<O, S: Selection<O>>(parts: impl IntoIterator<Item = S>) -> String {
    parts.into_iter().map(Selection::text).collect::<Vec<_>>().join(",")
}

/// A tuple may mix properties of different types, which an array cannot.
macro_rules! tuple {
    ($($name:ident)+) => {
        impl<O, $($name: Selection<O>),+> Selection<O> for ($($name,)+) {
            fn text(self) -> String {
                #[allow(non_snake_case)] // The variables have the names of their types.
                let ($($name,)+) = self;
                [$($name.text()),+].join(",")
            }
        }
    };
}

super::tuples!(tuple);
