//! The place of an object's value.

use crate::json::{Dynamic, Value};

/// A place for one value, of a type that only its creator knows; [`place`] makes it.
pub struct Place(pub(crate) Box<dyn Dynamic + Send + Sync>);

/// An empty place for a `T`. Entries have this function for the type that they decode.
#[must_use]
pub fn place<T: Value + Send + Sync + 'static>() -> Place {
    Place(Box::new(None::<T>))
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.view().fmt(formatter)
    }
}
