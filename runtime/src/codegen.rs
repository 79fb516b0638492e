//! What only generated code calls.
//!
//! Enters: the tables of generated types. Leaves: how the runtime reads, writes, copies and compares values
//! by them. It is hidden from the documentation and changes with the generator: a crate that was generated
//! for one version of the runtime has to be generated again for the next.

pub use crate::json::{
    AnyChanges, Body, Borrowed, BoxSlot, Boxed, Changes, Collection, Conversion, Described,
    Enumeration, InvalidText, ItemFrom, JsonSlot, Kind, ListSlot, ListView, Object, ObjectSlot,
    OpenEnum, Parameters, Primitive, Shape, Slot, Structured, Text, TextSlot, TextView, Value,
    View, boxed_slot, boxed_view, copy, debug, debug_around, deserialize, equal, serialize, slot,
    view,
};
#[cfg(feature = "odata")]
pub use crate::odata::{
    hierarchy::{
        Hierarchy, Inherits, Lineage, Polymorphic, downcast, from_derived, into_any, member,
        narrowed, type_name,
    },
    references::{AnyEntity, Entity, Refers},
};

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
