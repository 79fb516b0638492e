//! The forms of which a line of Rust consists.
//!
//! Enters: the parts of a line, each of which is a form itself. Leaves: words, and the marks where
//! prettyplease would break such a line, to a [`Line`].
//! Must not know: the plan, how wide a line may be, or where it does break.
//!
//! Each form is modelled on the function of prettyplease that prints it, and the tests compare both
//! at every width.

mod code;
mod declaration;
mod expression;
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use declaration::{Arm, Attribute, Constant, Empty, For, Parameters, Use};
pub(crate) use expression::{
    AnyOf, Array, Call, Generic, Literal, Numbers, Prefixed, Steps, Tuple, chain,
};
pub(crate) use tokens::{Tokenized, Tokens};

pub(crate) use crate::write::wrap::{Form, Items};
use crate::write::wrap::{Line, List};

/// Text that never breaks.
impl Form for &str {
    fn write(self, line: &mut Line) {
        line.word(self);
    }
}

impl Form for &String {
    fn write(self, line: &mut Line) {
        line.word(self);
    }
}

/// Text in parts, which never breaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a, const N: usize>(pub(crate) [&'a str; N]);

impl<const N: usize> Form for Words<'_, N> {
    fn write(self, line: &mut Line) {
        for word in self.0 {
            line.word(word);
        }
    }
}

/// Two forms without anything between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined<A, B>(pub(crate) A, pub(crate) B);

impl<A: Form, B: Form> Form for Joined<A, B> {
    fn write(self, line: &mut Line) {
        self.0.write(line);
        self.1.write(line);
    }
}

/// A form that a function writes.
pub(crate) fn with<F: FnOnce(&mut Line)>(write: F) -> With<F> {
    With(write)
}

/// What [`with`] makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct With<F>(F);

impl<F: FnOnce(&mut Line)> Form for With<F> {
    fn write(self, line: &mut Line) {
        self.0(line);
    }
}

/// No items.
impl Items for () {
    fn write(self, _: &mut List<'_>) {}
}

impl<F: Form, const N: usize> Items for [F; N] {
    fn is_bracketed(&self) -> bool {
        N == 1 && F::IS_BRACKETED
    }

    fn write(self, list: &mut List<'_>) {
        for item in self {
            list.item(item);
        }
    }
}

impl<A: Form, B: Form> Items for (A, B) {
    fn write(self, list: &mut List<'_>) {
        list.item(self.0);
        list.item(self.1);
    }
}

impl<A: Form, B: Form, C: Form> Items for (A, B, C) {
    fn write(self, list: &mut List<'_>) {
        list.item(self.0);
        list.item(self.1);
        list.item(self.2);
    }
}

/// Items, and those after them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Then<A, B>(pub(crate) A, pub(crate) B);

impl<A: Items, B: Items> Items for Then<A, B> {
    fn write(self, list: &mut List<'_>) {
        self.0.write(list);
        self.1.write(list);
    }
}

/// The items of an iterator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Each<I>(pub(crate) I);

impl<I: IntoIterator<Item: Form>> Items for Each<I> {
    fn write(self, list: &mut List<'_>) {
        for item in self.0 {
            list.item(item);
        }
    }
}

/// What is between the brackets of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed<A>(pub(crate) A);

impl<A: Items> Form for Listed<A> {
    fn write(self, line: &mut Line) {
        line.list(self.0);
    }
}
