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
        impl<T> ::std::ops::Deref for $type<T> {
            type Target = $crate::Unsent<T>;

            #[inline]
            fn deref(&self) -> &Self::Target {
                self.0.unsent()
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

/// Makes a generated server, a tuple struct with a [`ChosenServer`](crate::codegen::ChosenServer), what a client
/// can be built for.
#[doc(hidden)]
#[macro_export]
macro_rules! server {
    ($type:ident) => {
        impl $crate::ServerAddress for $type {
            #[inline]
            fn into_address(self) -> ::std::result::Result<::std::string::String, $crate::Error> {
                $crate::ServerAddress::into_address(self.0)
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
