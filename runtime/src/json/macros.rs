//! The trait implementations that every generated type of a kind has in common.
//!
//! The type may have any name and an enumeration any members. So nothing here is named through `Self` if a
//! member could have the same name, and every other name has its whole path.

/// Implements `Clone`, `PartialEq`, `Debug` and, with the feature `serde`, `Serialize` and `Deserialize`
/// for a generated struct.
#[doc(hidden)]
#[macro_export]
macro_rules! json_object {
    ($type:ident) => {
        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::copy(self)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug(self, formatter)
            }
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::codegen::Value), [`Sent`](crate::model::Sent), `PartialEq`, `Eq`, `Hash`,
/// `Display`, `FromStr`, `From<&str>` and, with the feature `serde`, `Serialize` and `Deserialize` for a
/// generated enumeration.
/// It is compared by its wire name, so a member is equal whether the schema declares it or not.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($type:ident) => {
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::OpenEnum::name(self) == $crate::codegen::OpenEnum::name(other)
            }
        }

        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                ::std::hash::Hash::hash($crate::codegen::OpenEnum::name(self), hasher);
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str($crate::codegen::OpenEnum::name(self))
            }
        }

        impl ::std::convert::From<&str> for $type {
            #[inline]
            fn from(name: &str) -> Self {
                <Self as $crate::codegen::OpenEnum>::from_name(name)
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(name: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(<Self as $crate::codegen::OpenEnum>::from_name(name))
            }
        }

        impl $crate::codegen::Value for $type {
            type Kind = $crate::codegen::Enumeration;
        }

        impl $crate::model::Sent for $type {
            type Kind = $crate::codegen::Enumeration;
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::codegen::Value), [`Sent`](crate::model::Sent), `Clone`, `PartialEq`, `Debug`
/// and, with the feature `serde`, `Serialize` and `Deserialize` for a generated struct that is read strictly.
#[doc(hidden)]
#[macro_export]
macro_rules! json_structured {
    ($type:ident) => {
        $crate::json_object!($type);
        $crate::value_of_kind!($type, $crate::codegen::Strict);
    };
}

/// Implements for a generated struct that has derived types what
/// [`json_structured!`](crate::json_structured) implements, and the ways from its values to those of derived
/// types. The second type is the union of all of them.
#[doc(hidden)]
#[macro_export]
macro_rules! json_base {
    ($type:ident, $any:ty) => {
        $crate::json_structured!($type);

        impl $type {
            /// The value of the member that names the type of the object, if the object has it.
            #[inline]
            #[must_use]
            pub fn type_name(&self) -> ::std::option::Option<::std::string::String> {
                $crate::codegen::tag(self)
            }

            /// The object as one of a derived type, if it names that type or one that is derived from it,
            /// and has the members of the type.
            ///
            /// # Errors
            /// The object as it was, if it is not of the type.
            #[inline]
            #[allow(clippy::result_large_err)]
            pub fn downcast<Derived>(self) -> ::std::result::Result<Derived, Self>
            where
                Derived: $crate::codegen::Derived<Self>,
            {
                $crate::codegen::as_derived(self)
            }

            /// The object as the variant for the type that it names, to match on.
            #[inline]
            #[must_use]
            pub fn into_any(self) -> $any {
                $crate::codegen::as_any(self)
            }

            /// An object of a derived type as one of this type. It names its type, and all of its members
            /// are kept.
            #[inline]
            #[must_use]
            pub fn from_derived<Derived>(value: Derived) -> Self
            where
                Derived: $crate::codegen::Derived<Self>,
            {
                $crate::codegen::as_base(value)
            }
        }
    };
}

/// Implements [`Value`](crate::codegen::Value), [`Sent`](crate::model::Sent), and, with the feature `serde`,
/// `Serialize` and `Deserialize` for a generated union.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($type:ident) => {
        impl $crate::codegen::Blank for $type {
            #[inline]
            fn blank() -> Self {
                $type::Other(::std::default::Default::default())
            }
        }

        $crate::value_of_kind!($type, $crate::codegen::Alternatives);
        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::codegen::Value), [`Sent`](crate::model::Sent), `PartialEq`, `Eq`, `Hash`,
/// `Display` and, with the feature `serde`, `Serialize` and `Deserialize` for a generated enumeration of JSON
/// scalars. It is compared by its JSON text, so a member is equal whether the schema declares it or not.
#[doc(hidden)]
#[macro_export]
macro_rules! open_literal {
    ($type:ident) => {
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::same_literals(
                    $crate::codegen::OpenLiteral::json(self),
                    $crate::codegen::OpenLiteral::json(other),
                )
            }
        }

        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                $crate::codegen::hash_literal($crate::codegen::OpenLiteral::json(self), hasher);
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str($crate::codegen::OpenLiteral::json(self))
            }
        }

        $crate::value_of_kind!($type, $crate::codegen::Literals);
        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::codegen::Value) and [`Sent`](crate::model::Sent) for a type of a kind.
#[doc(hidden)]
#[macro_export]
macro_rules! value_of_kind {
    ($type:ident, $kind:ty) => {
        impl $crate::codegen::Value for $type {
            type Kind = $kind;
        }

        impl $crate::model::Sent for $type {
            type Kind = $kind;
        }
    };
}

/// Implements `Serialize` and `Deserialize` for a generated type, if the feature `serde` asks for them.
/// JSON needs neither, and in a crate of a large schema they are a sixth of the functions.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_of_model {
    ($type:ident) => {
        $crate::serde_by_value!($type);
    };
}

/// Without the feature `serde` there is nothing to implement.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_of_model {
    ($type:ident) => {};
}

/// Implements `Serialize` and `Deserialize` through [`Value`](crate::codegen::Value).
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_value {
    ($type:ident) => {
        impl $crate::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codegen::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codegen::deserialize(deserializer)
            }
        }
    };
}

/// Implements `Clone`, `Debug`, `AsRef<Update>` and [`Sent`](crate::model::Sent) for a generated builder: of the changes to a
/// struct, or of the parameters of an action.
#[doc(hidden)]
#[macro_export]
macro_rules! update {
    ($type:ident, $object:ty) => {
        $crate::builder!($type, $crate::codegen::Changes<$object>);
    };
    ($type:ident) => {
        $crate::builder!($type, $crate::codegen::Parameters);
    };
}

/// Implements `Clone`, `Debug`, `AsRef<Update>` and [`Sent`](crate::model::Sent) for a builder of a kind.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($type:ident, $kind:ty) => {
        $crate::copied!($type);

        impl ::std::convert::AsRef<$crate::model::Update> for $type {
            #[inline]
            fn as_ref(&self) -> &$crate::model::Update {
                &self.0
            }
        }

        impl $crate::model::Sent for $type {
            type Kind = $kind;
        }
    };
}

/// Implements `Clone` and `Debug` for a struct around one value. What is derived costs a compiler more:
/// a large crate has thousands of these.
#[doc(hidden)]
#[macro_export]
macro_rules! copied {
    ($type:ident) => {
        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                Self(::std::clone::Clone::clone(&self.0))
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug_around::<Self, _>(&self.0, formatter)
            }
        }
    };
}
