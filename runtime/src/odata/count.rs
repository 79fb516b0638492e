//! The number of objects of a collection.

use crate::json::members::without_byte_order_mark;
use crate::web::error::BoxError;
use crate::web::response::{FromResponse, content};
use bytes::Bytes;
use std::fmt;
use std::marker::PhantomData;

/// How many objects `T` a collection has: the answer to `$count`.
///
/// The type specifies what is counted, so that the request can be filtered.
///
/// ```
/// use schemacrate_runtime::Count;
///
/// let users = Count::<()>::new(7); // As `client.users().count().await?`.
/// assert_eq!(users.value, 7);
/// assert_eq!(format!("{users:>3} users"), "  7 users");
/// ```
pub struct Count<T> {
    /// The number.
    pub value: i64,
    marker: PhantomData<fn() -> T>,
}

impl<T> Count<T> {
    /// A number of objects.
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self { value, marker: PhantomData }
    }
}

impl<T> From<Count<T>> for i64 {
    fn from(count: Count<T>) -> Self {
        count.value
    }
}

impl<T> Clone for Count<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Count<T> {}

impl<T> PartialEq for Count<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> Eq for Count<T> {}

impl<T> fmt::Debug for Count<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Count({})", self.value)
    }
}

impl<T> fmt::Display for Count<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, formatter)
    }
}

/// The body is the number as plain text.
impl<T> FromResponse for Count<T> {
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, BoxError> {
        let text = std::str::from_utf8(without_byte_order_mark(content(response)?))?.trim();
        Ok(Self::new(text.parse()?))
    }
}
