//! What the generated items of a kind have in common.
//!
//! The items may have any name, so every other name here has its whole path.

/// Completes a generated group of operations, a tuple struct with a client.
#[doc(hidden)]
#[macro_export]
macro_rules! group {
    ($type:ident) => {
        impl $type {
            #[inline]
            pub(crate) fn new(client: &$crate::ServiceClient) -> Self {
                Self(::std::clone::Clone::clone(client))
            }
        }

        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                Self::new(&self.0)
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, formatter)
            }
        }
    };
}

/// Completes a generated builder of what can be set besides the required arguments of an operation, a tuple
/// struct with an [`Invocation`](crate::codegen::Invocation).
#[doc(hidden)]
#[macro_export]
macro_rules! options {
    ($type:ident) => {
        impl<T> $type<T> {
            /// The request, as a value.
            #[inline]
            pub fn request(self) -> $crate::Request<T> {
                self.0.request()
            }
        }

        impl<T: $crate::FromResponse> $type<T> {
            /// Sends the request and reads the answer. Awaiting this does the same.
            ///
            /// # Errors
            ///
            /// The request could not be made or sent, or the service reports an error.
            #[inline]
            pub fn send(
                self,
            ) -> impl ::std::future::Future<Output = ::std::result::Result<T, $crate::Error>>
            + ::std::marker::Send {
                self.0.request().send()
            }

            /// Sends the request and returns the status and headers of the answer with its value.
            ///
            /// # Errors
            ///
            /// The request could not be made or sent, or the service reports an error.
            #[inline]
            pub fn send_full(
                self,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<$crate::Response<T>, $crate::Error>,
            > + ::std::marker::Send {
                self.0.request().send_full()
            }
        }

        impl<T: $crate::codegen::Paged + ::std::marker::Send + 'static> $type<T> {
            /// All pages, from the first one on; the next one is requested only when it is needed.
            #[inline]
            pub fn pages(self) -> $crate::paged::Pages<T> {
                self.0.request().pages()
            }

            /// All items, from the first page on, wherever one page ends and the next begins.
            #[inline]
            pub fn items(self) -> $crate::paged::Items<T> {
                self.0.request().items()
            }
        }

        impl<T: $crate::FromResponse + 'static> ::std::future::IntoFuture for $type<T> {
            type Output = ::std::result::Result<T, $crate::Error>;
            type IntoFuture = $crate::BoxFuture<'static, Self::Output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0.request())
            }
        }

        impl<T> ::std::convert::From<$type<T>> for $crate::Request<T> {
            #[inline]
            fn from(options: $type<T>) -> Self {
                options.0.request()
            }
        }

        impl<T> ::std::clone::Clone for $type<T> {
            #[inline]
            fn clone(&self) -> Self {
                Self(::std::clone::Clone::clone(&self.0))
            }
        }

        impl<T> ::std::fmt::Debug for $type<T> {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, formatter)
            }
        }
    };
}

/// Makes a generated enum of answers what a request can be read as.
#[doc(hidden)]
#[macro_export]
macro_rules! answers {
    ($type:ident) => {
        impl $crate::FromResponse for $type {
            #[inline]
            fn from_response(
                response: &$crate::http::Response<$crate::bytes::Bytes>,
            ) -> ::std::result::Result<Self, $crate::BoxError> {
                $crate::codegen::answer(response)
            }
        }
    };
}

/// Makes a generated enum of answers what an error can be read as.
#[doc(hidden)]
#[macro_export]
macro_rules! errors {
    ($type:ident) => {
        impl $crate::codegen::Errors for $type {}
    };
}

/// Completes a builder of the changes to an object, as the body of a merge patch.
#[doc(hidden)]
#[macro_export]
macro_rules! patch {
    ($type:ident, $object:ty) => {
        $crate::builder!($type, $crate::codegen::Merges<$object>);
    };
}
