//! A single value that is not an object.

use crate::json::{
    Additional, Object, Shape, Slot, Structured, Value, View, debug, equal, slot, view,
};
use crate::odata::frame::FRAMED;
use std::fmt;

/// The only declared member of the object around a value.
pub(crate) static SHAPE: Shape = Shape::in_dialect("Single", &["value"], &FRAMED);

/// A value that is not an object, as services send it: an object with the member `value` (JSON Format
/// 4.01, section 11).
///
/// ```
/// use schemacrate_runtime::model::{Single, from_json};
///
/// let count: Single<i32> = from_json(br#"{"@odata.context":"$metadata#Edm.Int32","value":7}"#)?;
/// assert_eq!(count.value, Some(7));
/// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct Single<T> {
    /// The value; `None` is null.
    pub value: Option<T>,
    /// What the service sent besides it, including annotations.
    pub additional: Additional,
}

impl<T> Default for Single<T> {
    fn default() -> Self {
        Self { value: None, additional: Additional::default() }
    }
}

impl<T: Value> Value for Single<T> {
    type Kind = Object;
}

impl<T: Value> Structured for Single<T> {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => slot(&mut self.value),
            _ => Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0 => view(&self.value),
            _ => View::Additional(&self.additional),
        }
    }
}

impl<T: Value> PartialEq for Single<T> {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl<T: Value> fmt::Debug for Single<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, formatter)
    }
}
