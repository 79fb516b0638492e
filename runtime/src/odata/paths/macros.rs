//! What all generated path types have in common.
//!
//! A schema may call a type `T`, so the parameters of functions have names that no generated type has.
//!
//! Path types never get other methods this way. A schema may have a navigation property of any other name,
//! and its method would collide with one that is added here. So everything else that every path has is a
//! method of a trait with a default body, `EntityPathExt`: a generated method with its name takes precedence.
//! The trait takes what it needs of a path type from constants, which add no function to any type.

/// Adds to the path type of a complex value what every object has. `$object` is the struct with the
/// constants of its properties.
#[doc(hidden)]
#[macro_export]
macro_rules! complex_path {
    ($type:ident, $object:ty) => {
        $crate::copied!($type);

        impl $type {
            /// The path to a resource that was addressed by hand, if a part of its URL has no typed form:
            /// `client.raw("drive/root:/notes.txt:")`.
            ///
            /// The service decides whether such an object exists.
            #[inline]
            pub fn at(resource: $crate::Resource) -> Self {
                Self(resource)
            }

            /// The resource after the path, for requests that have no typed form.
            #[inline]
            #[must_use]
            pub fn resource(&self) -> &$crate::Resource {
                &self.0
            }

            /// A property as a separate resource, which can be read, set and set to null.
            #[inline]
            #[must_use]
            pub fn property<__Value>(
                &self,
                property: $crate::query::Property<$object, __Value>,
            ) -> $crate::paths::PropertyPath<__Value> {
                $crate::paths::PropertyPath::new(&self.0, &property)
            }

            /// The bytes of a stream property.
            #[inline]
            #[must_use]
            pub fn stream(
                &self,
                property: $crate::query::Property<$object, $crate::edm::Stream>,
            ) -> $crate::paths::MediaPath<$object> {
                $crate::paths::MediaPath::of_property(&self.0, &property)
            }
        }
    };
}

/// Adds to the path type of an entity what every entity has. `$object` is the struct with the constants
/// of its properties.
#[doc(hidden)]
#[macro_export]
macro_rules! entity_path {
    ($type:ident, $object:ty) => {
        impl $type {
            /// The reference to this entity from the entity or collection before it, which can be read,
            /// set and removed; the entity itself stays as it is.
            #[inline]
            #[must_use]
            pub fn reference(&self) -> $crate::paths::ReferencePath<$object> {
                $crate::paths::ReferencePath::new(&self.0)
            }
        }

        impl ::std::convert::AsRef<$crate::Resource> for $type {
            #[inline]
            fn as_ref(&self) -> &$crate::Resource {
                &self.0
            }
        }

        impl $crate::model::Sent for $type {
            type Kind = $crate::codegen::Entity<$object>;
        }

        impl $crate::paths::EntityPathExt for $type {
            const AT: fn($crate::Resource) -> Self = Self::at;
        }

        $crate::complex_path!($type, $object);
    };
}

/// Adds to the path type of a media entity what every media entity has.
#[doc(hidden)]
#[macro_export]
macro_rules! media_path {
    ($type:ident, $object:ty) => {
        impl $type {
            /// The bytes of the media entity.
            #[inline]
            #[must_use]
            pub fn media(&self) -> $crate::paths::MediaPath<$object> {
                $crate::paths::MediaPath::of_entity(&self.0).expect()
            }
        }

        $crate::entity_path!($type, $object);
    };
}

/// Adds to the path type of a collection what every collection has.
#[doc(hidden)]
#[macro_export]
macro_rules! collection_path {
    ($type:ident, $object:ty) => {
        $crate::copied!($type);

        impl $type {
            /// The path to a resource that was addressed by hand, if a part of its URL has no typed form:
            /// `client.raw("drive/root:/notes:/children")`.
            ///
            /// The service decides whether such an object exists.
            #[inline]
            pub fn at(resource: $crate::Resource) -> Self {
                Self(resource)
            }

            /// The resource after the path, for requests that have no typed form.
            #[inline]
            #[must_use]
            pub fn resource(&self) -> &$crate::Resource {
                &self.0
            }

            /// How many entities the collection has.
            #[inline]
            pub fn count(&self) -> $crate::Request<$crate::Count<$object>> {
                self.0.child("$count").get().header("accept", "text/plain")
            }

            /// The references that make up the collection, to which others can be added.
            #[inline]
            #[must_use]
            pub fn references(&self) -> $crate::paths::ReferencesPath<$object> {
                $crate::paths::ReferencesPath::new(&self.0)
            }
        }
    };
}
