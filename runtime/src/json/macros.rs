//! The trait implementations that every generated type of a kind has in common.
//!
//! The type may have any name and an enumeration any members, so nothing here is named by way of
//! `Self` that a member could be called as well, and every other name has its whole path.

/// Implements [`Queryable`](crate::query::Queryable), `Clone`, `PartialEq`, `Debug` and, with the feature
/// `serde`, `Serialize` and `Deserialize` for a generated struct.
#[macro_export]
macro_rules! structured {
    ($type:ident) => {
        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::model::copy(self)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug(self, formatter)
            }
        }

        impl $crate::query::Queryable for $type {
            type Properties = Self;
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::model::Value), `PartialEq`, `Eq`, `Hash`, `Display`, `FromStr`,
/// `From<&str>` and, with the feature `serde`, `Serialize` and `Deserialize` for a generated enumeration.
/// What it is compared by is its wire name, so a member is the same whether the schema declares it or not.
#[macro_export]
macro_rules! open_enum {
    ($type:ident) => {
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::OpenEnum::name(self) == $crate::model::OpenEnum::name(other)
            }
        }

        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                ::std::hash::Hash::hash($crate::model::OpenEnum::name(self), hasher);
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str($crate::model::OpenEnum::name(self))
            }
        }

        impl ::std::convert::From<&str> for $type {
            #[inline]
            fn from(name: &str) -> Self {
                <Self as $crate::model::OpenEnum>::from_name(name)
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(name: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(<Self as $crate::model::OpenEnum>::from_name(name))
            }
        }

        impl $crate::model::Value for $type {
            type Kind = $crate::model::Enumeration;
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements [`Value`](crate::model::Value), [`Queryable`](crate::query::Queryable), `Clone`,
/// `PartialEq`, `Debug` and, with the feature `serde`, `Serialize` and `Deserialize` for a generated
/// hierarchy over a base.
#[macro_export]
macro_rules! hierarchy {
    ($type:ident, $base:ty) => {
        impl $type {
            /// What the service sent beside the declared members, annotations included.
            #[inline]
            #[must_use]
            pub fn additional(&self) -> &$crate::model::Additional {
                $crate::model::Hierarchy::structured(self).additional()
            }

            /// The same, to change it.
            #[inline]
            pub fn additional_mut(&mut self) -> &mut $crate::model::Additional {
                $crate::model::Hierarchy::structured_mut(self).additional_mut()
            }

            /// The qualified name of the type that the object has: what its `@odata.type` says, else
            /// its declared type.
            #[inline]
            #[must_use]
            pub fn type_name(&self) -> ::std::string::String {
                let object = $crate::model::Hierarchy::structured(self);
                object.additional().type_name().unwrap_or_else(|| object.shape().name.to_owned())
            }
        }

        impl $crate::query::Queryable for $type {
            type Properties = $base;
        }

        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::model::copy_hierarchy(self)
            }
        }

        impl $crate::model::Value for $type {
            type Kind = $crate::model::Polymorphic;
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                use $crate::model::Hierarchy;
                $crate::model::equal(self.structured(), other.structured())
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug($crate::model::Hierarchy::structured(self), formatter)
            }
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements `AsRef<Update>` for a generated builder of a JSON object; for the update of a struct also
/// [`Changes`](crate::model::Changes), and for one of a complex type the conversions by which it is a part
/// of another update.
#[macro_export]
macro_rules! update {
    ($type:ident, $object:ty, $value:ty) => {
        impl $crate::model::IntoNullable<$value> for $type {
            #[inline]
            fn into_nullable(self) -> $crate::model::Nullable<$value> {
                $crate::model::Nullable::Changes(self.0)
            }
        }

        impl $crate::model::IntoAssigned<$value> for $type {
            #[inline]
            fn into_assigned(self) -> $crate::model::Assigned<$value> {
                $crate::model::Assigned::Changes(self.0)
            }
        }

        $crate::update!($type, $object);
    };
    ($type:ident, $object:ty) => {
        impl $crate::model::Changes for $type {
            type Object = $object;
        }

        $crate::update!($type);
    };
    ($type:ident) => {
        impl ::std::convert::AsRef<$crate::model::Update> for $type {
            #[inline]
            fn as_ref(&self) -> &$crate::model::Update {
                &self.0
            }
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

/// Implements `Serialize` and `Deserialize` by way of [`Value`](crate::model::Value).
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
                $crate::model::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::model::deserialize(deserializer)
            }
        }
    };
}
