//! The trait implementations that all generated OData types of a kind have in common.
//!
//! The type may have any name. So nothing here is named through `Self` if a member could have the same name,
//! and every other name has its whole path.

/// Implements [`Value`](crate::codegen::Value), [`Sent`](crate::model::Sent), `Clone`, `PartialEq`, `Debug` and, with the feature `serde`,
/// `Serialize` and `Deserialize` for a struct: one that is [`Described`](crate::codegen::Described), or one
/// that is [`Structured`](crate::codegen::Structured) by hand, for which it implements
/// [`Queryable`](crate::query::Queryable) as well.
#[doc(hidden)]
#[macro_export]
macro_rules! structured {
    ($type:ident) => {
        $crate::structured!($type, described);

        impl $crate::query::Queryable for $type {
            type Properties = Self;
        }
    };
    ($type:ident, described) => {
        $crate::json_object!($type);
        $crate::value_of_kind!($type, $crate::codegen::Object);
    };
}

/// Implements for a generated struct that has derived types what [`structured!`](crate::structured)
/// implements, and the ways from its values to those of derived types.
#[doc(hidden)]
#[macro_export]
macro_rules! base {
    ($type:ident, $any:ty) => {
        $crate::structured!($type);
        $crate::base_methods!($type, $any);
    };
    ($type:ident, $any:ty, described) => {
        $crate::structured!($type, described);
        $crate::base_methods!($type, $any);
    };
}

/// The ways from the values of a struct to those of derived types.
#[doc(hidden)]
#[macro_export]
macro_rules! base_methods {
    ($type:ident, $any:ty) => {
        impl $type {
            /// The qualified name of the value's type: the one in its `@odata.type`, otherwise its
            /// declared type.
            #[inline]
            #[must_use]
            pub fn type_name(&self) -> ::std::string::String {
                $crate::codegen::type_name(self).into_owned()
            }

            /// The value as one of a derived type, if it names that type or one that is derived from it.
            ///
            /// # Errors
            /// The value as it was, if it names another type, an unknown one, or none.
            #[inline]
            #[allow(clippy::result_large_err)]
            pub fn downcast<Derived>(self) -> ::std::result::Result<Derived, Self>
            where
                Derived: $crate::query::DerivedFrom<Self>
                    + $crate::codegen::Structured
                    + ::std::default::Default,
            {
                $crate::codegen::downcast(self)
            }

            /// One member of a derived type, by the constant of its property. The type that the value
            /// names does not matter, and a member that this type declares is absent if it is null.
            ///
            /// # Errors
            /// If the member is not of its type.
            #[inline]
            pub fn member<Derived, Value>(
                &self,
                property: impl ::std::convert::Into<$crate::query::Property<Derived, Value>>,
            ) -> ::std::result::Result<$crate::model::Maybe<Value>, $crate::model::DecodeError>
            where
                Derived: $crate::query::DerivedFrom<Self>,
                Value: $crate::model::Value,
            {
                $crate::codegen::member(self, property.into().as_str())
            }

            /// The value as the variant for the type that it names, to match on.
            #[inline]
            #[must_use]
            pub fn into_any(self) -> $any {
                $crate::codegen::into_any(self)
            }

            /// A value of a derived type as one of this type. It names its type, and all of its members
            /// are kept.
            #[inline]
            #[must_use]
            pub fn from_derived<Derived>(value: Derived) -> Self
            where
                Derived: $crate::query::DerivedFrom<Self>
                    + $crate::codegen::Structured
                    + ::std::default::Default,
            {
                $crate::codegen::from_derived(value)
            }
        }
    };
}

/// Implements [`Sent`](crate::model::Sent) and `Debug` for a generated enum over a type and those derived
/// from it.
#[doc(hidden)]
#[macro_export]
macro_rules! hierarchy {
    ($type:ident) => {
        impl $crate::model::Sent for $type {
            type Kind = $crate::codegen::Polymorphic;
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug($crate::codegen::Hierarchy::structured(self), formatter)
            }
        }
    };
}
