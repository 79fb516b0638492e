//! What only generated code calls.
//!
//! Enters: the tables of generated types. Leaves: how the runtime reads, writes, copies and compares values
//! by them. It is hidden from the documentation and changes with the generator: a crate that was generated
//! for one version of the runtime has to be generated again for the next.

pub use crate::json::{
    AnyChanges, Body, Borrowed, BoxSlot, Boxed, Changes, Collection, Conversion, Enumeration,
    InvalidText, ItemFrom, JsonSlot, Kind, ListSlot, ListView, Object, ObjectSlot, OpenEnum,
    Parameters, Primitive, Shape, Slot, Structured, Text, TextSlot, TextView, Value, View,
    boxed_slot, boxed_view, copy, debug, debug_around, deserialize, equal, serialize, slot, view,
};
#[cfg(feature = "odata")]
pub use crate::odata::{
    hierarchy::{
        Hierarchy, Inherits, Lineage, Polymorphic, downcast, from_derived, into_any, member,
        narrowed, type_name,
    },
    references::{AnyEntity, Entity, Refers},
};
