//! What only generated code calls.
//!
//! Enters: the tables of generated types. Leaves: how the runtime reads, writes, copies and compares values
//! by them. It is hidden from the documentation and changes with the generator: a crate that was generated
//! for one version of the runtime has to be generated again for the next.

pub use crate::json::{
    BoxSlot, Collection, Enumeration, InvalidText, JsonSlot, Kind, ListSlot, ListView, Object,
    ObjectSlot, OpenEnum, Primitive, Shape, Slot, Structured, Text, TextSlot, TextView, Value,
    View, boxed_slot, boxed_view, copy, debug, deserialize, equal, serialize, slot, view,
};
#[cfg(feature = "odata")]
pub use crate::odata::hierarchy::{
    Hierarchy, Inherits, Lineage, downcast, from_derived, into_any, member, narrowed, type_name,
};
