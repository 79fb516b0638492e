//! The states of a member: always there, null where it may be, absent where it need not be there.
//!
//! Enters: the field of a struct. Leaves: a place for its value, and the value.
//! Must not know: objects, or how a value is read.
//!
//! A member that is optional and never null needs nothing of this: it is a place as it is.

use super::{Maybe, Slot, Value, View};

/// A place for a member that has another form than a value that may be absent: a `T` for one that must be
/// there, an `Option<T>` for one that may be null, a [`Maybe<T>`] for one that may also be absent.
pub trait MemberSlot {
    /// Calls `decode` with an empty place for a value, and takes the value from it. Returns whether there
    /// was one; if not, the member is as it was.
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>)) -> bool;

    /// Makes the member null or absent, as far as it can be. A member that must be there stays as it is.
    fn empty(&mut self, is_null: bool);
}

impl<T: Value> MemberSlot for T {
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>)) -> bool {
        let mut place = None;
        decode(T::slot(&mut place));
        let Some(value) = place else { return false };
        *self = value;
        true
    }

    fn empty(&mut self, _is_null: bool) {}
}

impl<T: Value> MemberSlot for Option<T> {
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>)) -> bool {
        *self = None;
        decode(T::slot(self));
        self.is_some()
    }

    fn empty(&mut self, _is_null: bool) {
        *self = None;
    }
}

impl<T: Value> MemberSlot for Maybe<T> {
    fn fill(&mut self, decode: &mut dyn FnMut(Slot<'_>)) -> bool {
        let mut place = None;
        decode(T::slot(&mut place));
        let Some(value) = place else { return false };
        *self = Self::Value(value);
        true
    }

    fn empty(&mut self, is_null: bool) {
        *self = if is_null { Self::Null } else { Self::Absent };
    }
}

/// The place of a member that must be there.
#[inline]
pub fn required_slot<T: Value>(place: &mut T) -> Slot<'_> {
    Slot::Required(place)
}

/// The value of a member that must be there.
#[inline]
pub fn required_view<T: Value>(value: &T) -> View<'_> {
    value.view()
}

/// The place of a member that must be there and may be null.
#[inline]
pub fn nullable_slot<T: Value>(place: &mut Option<T>) -> Slot<'_> {
    Slot::Nullable(place)
}

/// The value of a member that must be there and may be null.
#[inline]
pub fn nullable_view<T: Value>(place: &Option<T>) -> View<'_> {
    match place {
        Some(value) => value.view(),
        None => View::Null,
    }
}

/// The place of a member that may be absent or null.
#[inline]
pub fn maybe_slot<T: Value>(place: &mut Maybe<T>) -> Slot<'_> {
    Slot::Maybe(place)
}

/// The value of a member that may be absent or null.
#[inline]
pub fn maybe_view<T: Value>(place: &Maybe<T>) -> View<'_> {
    match place {
        Maybe::Value(value) => value.view(),
        Maybe::Null => View::Null,
        Maybe::Absent => View::Absent,
    }
}
