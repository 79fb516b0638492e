//! Places for values of a type that only their creator knows.

use super::{Slot, Value, View};

/// A place for one value. The decoder works on places and not on types, so that it is compiled once;
/// `Option<T>` is the place for a `T`.
pub(crate) trait Dynamic {
    /// Where the value goes.
    fn slot(&mut self) -> Slot<'_>;
    /// The value; [`View::Absent`] if there is none.
    fn view(&self) -> View<'_>;
    /// Takes the value out of the place.
    fn clear(&mut self);
}

impl<T: Value> Dynamic for Option<T> {
    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }

    fn view(&self) -> View<'_> {
        super::view(self)
    }

    fn clear(&mut self) {
        *self = None;
    }
}
