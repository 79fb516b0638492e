//! What every builder of a request can do.
//!
//! Enters: a call with its arguments. Leaves: its request, and what comes of it. Generated builders dereference to
//! it, so that none of them has these functions for itself. Must not know: what can be set.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;

use super::invocation::Core;
use super::pages::{Items, Paged, Pages};
use crate::web::error::Error;
use crate::web::request::{Request, Response};
use crate::web::response::FromResponse;

/// A request of which more can be set before it is sent: what each builder of a generated crate refers to.
///
/// A builder can be awaited as well, and wherever a [`Request`] is taken by `Into`, it can be passed.
pub struct Unsent<T> {
    pub(super) core: Core,
    answer: PhantomData<fn() -> T>,
}

impl<T> Unsent<T> {
    #[inline]
    pub(super) fn new(core: Core) -> Self {
        Self { core, answer: PhantomData }
    }

    /// The request as a value, with what is set so far.
    #[inline]
    pub fn request(&self) -> Request<T> {
        let (client, call) = self.core.call();
        Request::new(client, call)
    }
}

impl<T: FromResponse> Unsent<T> {
    /// Sends the request and reads the answer. Awaiting the builder does the same.
    ///
    /// # Errors
    ///
    /// The request could not be made or sent, or the service reports an error.
    pub fn send(&self) -> impl Future<Output = Result<T, Error>> + Send + use<T> {
        self.request().send()
    }

    /// Sends the request and returns the status and headers of the answer with its value.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub fn send_full(&self) -> impl Future<Output = Result<Response<T>, Error>> + Send + use<T> {
        self.request().send_full()
    }
}

impl<T: Paged + Send + 'static> Unsent<T> {
    /// All pages, from the first one on: see [`Request::pages`].
    pub fn pages(&self) -> Pages<T> {
        self.request().pages()
    }

    /// All items, from the first page on: see [`Request::items`].
    pub fn items(&self) -> Items<T> {
        self.request().items()
    }
}

impl<T> Clone for Unsent<T> {
    fn clone(&self) -> Self {
        Self::new(self.core.clone())
    }
}

/// Shows the operation, and no value.
impl<T> fmt::Debug for Unsent<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Unsent({})", self.core)
    }
}

/// The request of any builder.
impl<T, B: Deref<Target = Unsent<T>>> From<B> for Request<T> {
    #[inline]
    fn from(builder: B) -> Self {
        builder.request()
    }
}
