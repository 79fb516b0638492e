//! The trait implementations that all generated OData types of a kind have in common.
//!
//! The type may have any name. So nothing here is named through `Self` if a member could have the same name,
//! and every other name has its whole path.

/// Implements [`Queryable`](crate::query::Queryable), [`Sent`](crate::model::Sent), `Clone`, `PartialEq`,
/// `Debug` and, with the feature `serde`, `Serialize` and `Deserialize` for a generated struct.
#[doc(hidden)]
#[macro_export]
macro_rules! structured {
    ($type:ident) => {
        $crate::json_object!($type);

        impl $crate::model::Sent for $type {
            type Kind = $crate::codegen::Object;
        }

        impl $crate::query::Queryable for $type {
            type Properties = Self;
        }
    };
}

/// Implements [`Value`](crate::codegen::Value), [`Queryable`](crate::query::Queryable),
/// [`Sent`](crate::model::Sent), `Clone`, `PartialEq`, `Debug` and, with the feature `serde`, `Serialize`
/// and `Deserialize` for a generated hierarchy over a base.
#[doc(hidden)]
#[macro_export]
macro_rules! hierarchy {
    ($type:ident, $base:ty) => {
        impl $type {
            /// What the service sent besides the declared members, including annotations.
            #[inline]
            #[must_use]
            pub fn additional(&self) -> &$crate::model::Additional {
                $crate::codegen::Hierarchy::structured(self).additional()
            }

            /// The same, to change it.
            #[inline]
            pub fn additional_mut(&mut self) -> &mut $crate::model::Additional {
                $crate::codegen::Hierarchy::structured_mut(self).additional_mut()
            }

            /// The qualified name of the object's type: the one in its `@odata.type`, otherwise
            /// its declared type.
            #[inline]
            #[must_use]
            pub fn type_name(&self) -> ::std::string::String {
                let object = $crate::codegen::Hierarchy::structured(self);
                object.additional().type_name().unwrap_or_else(|| object.shape().name.to_owned())
            }
        }

        impl $crate::query::Queryable for $type {
            type Properties = $base;
        }

        impl $crate::model::Sent for $type {
            type Kind = $crate::codegen::Polymorphic;
        }

        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::copy_hierarchy(self)
            }
        }

        impl $crate::codegen::Value for $type {
            type Kind = $crate::codegen::Polymorphic;
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                use $crate::codegen::Hierarchy;
                $crate::codegen::equal(self.structured(), other.structured())
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug($crate::codegen::Hierarchy::structured(self), formatter)
            }
        }

        $crate::serde_of_model!($type);
    };
}

/// Implements `AsRef<Update>` and [`Sent`](crate::model::Sent) for a generated builder: of the changes to a
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

/// Implements `AsRef<Update>` and [`Sent`](crate::model::Sent) for a builder of a kind.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($type:ident, $kind:ty) => {
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
