//! What only generated code calls.
//!
//! Enters: the tables of generated types. Leaves: how the runtime reads, writes, copies and compares values
//! by them. It is hidden from the documentation and changes with the generator: a crate that was generated
//! for one version of the runtime has to be generated again for the next.

pub use crate::json::{
    Accepts, Alternatives, AnyChanges, Attempt, Base, Blank, Blanks, Body, Borrowed, BoxSlot,
    Boxed, By, Changes, Choice, Collection, Conversion, Derived, Described, Enumeration, Held,
    InBox, InvalidText, ItemFrom, JsonSlot, Kind, Kinds, ListSlot, ListView, Literal, Literals,
    MapSlot, MapView, Mapping, MemberSlot, Names, Object, ObjectSlot, OpenEnum, OpenLiteral,
    Parameters, Primitive, Read, Shape, Slot, Strict, StrictSlot, Structured, Text, TextSlot,
    TextView, Union, UnionSlot, UnionView, Value, View, as_any, as_base, as_derived, blank,
    boxed_slot, boxed_view, branch, copy, debug, debug_around, deserialize, entries_slot,
    entries_view, equal, hash_literal, maybe_slot, maybe_view, nullable_slot, nullable_view,
    received, required_slot, required_view, rest_slot, rest_view, same_literals, serialize, slot,
    tag, untyped, view,
};
#[cfg(feature = "odata")]
pub use crate::odata::{
    hierarchy::{
        Hierarchy, Inherits, Lineage, Polymorphic, downcast, from_derived, into_any, member,
        narrowed, type_name,
    },
    references::{AnyEntity, Entity, Refers},
};

#[cfg(feature = "openapi")]
pub use crate::openapi::{
    answers::{Answers, Expected, Reading, answer},
    errors::Errors,
    headers::{DeclaredHeader, HeaderKind, Headers},
    invocation::Invocation,
    multipart::Part,
    operation::Operation,
    pages::Paged,
    paging::Paging,
    parameter::{Parameter, Place, Style},
    patch::Merges,
    server::{ChosenServer, DeclaredServer},
    service::{Scheme, SchemeKind, Service, described},
    webhook::Query,
    xml::description::{XmlNode, XmlValue},
};
#[cfg(feature = "openapi")]
pub use crate::web::{error::BoxError, long_running::FinalState};

/// What the files of generated crates import, with one `*` in place of a dozen names, for each of which a
/// compiler keeps kilobytes. An item of a file that has one of the names takes precedence, and the file then
/// writes the path of what it hides, so nothing is added here that the generator does not know.
pub mod scope {
    pub use crate::model::{self, IntoKey, IntoNullable, IntoValue};
    #[cfg(feature = "odata")]
    pub use crate::query::{self, Property};
    #[cfg(feature = "odata")]
    pub use crate::{Literal, Page, Resource, paths};
    pub use crate::{Request, codegen, edm};
}
