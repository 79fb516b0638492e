//! How generated models and the (de)serialisers meet.
//!
//! Enters: JSON, or any format that serde reads. Leaves: generated structs, and back.
//! Must not know: HTTP, requests, any particular schema.
//!
//! A generated struct implements [`Structured`]: it hands out a [`Slot`] to write to and a
//! [`View`] to read from for each of its members. The one function that walks JSON and the one that
//! feeds a serialiser live here, so they are compiled once and not once for each type. Other formats
//! than JSON give their values, which become JSON text. Members that a type does not declare,
//! annotations among them, are kept in [`Additional`], so what came in goes out again.

mod additional;
mod assignment;
mod changes;
mod compare;
mod copy;
mod count;
mod decode;
mod decode_error;
mod downcast;
mod dynamic;
mod encode;
mod envelope;
mod flags;
mod macros;
mod page;
mod plain;
mod polymorphic;
mod reader;
mod shape;
mod single;
mod slot;
#[cfg(test)]
mod tests;
mod transcript;
mod untyped;
mod update;
mod values;
mod writer;

pub use additional::Additional;
pub use assignment::{Assigned, IntoAssigned, IntoNullable, Nullable};
pub use changes::{Changes, ChangesTo};
pub use compare::{debug, equal};
pub use copy::{copy, copy_hierarchy};
pub use count::Count;
pub use decode::{deserialize, from_json};
pub use decode_error::DecodeError;
pub use downcast::Downcast;
pub use encode::{serialize, to_json};
pub use envelope::from_answer;
pub use flags::Flags;
pub use page::Page;
pub use shape::Shape;
pub use single::Single;
pub use slot::{
    BoxSlot, Hierarchy, HierarchySlot, InvalidText, JsonSlot, Kind, ListSlot, ListView, ObjectSlot,
    OpenEnum, Slot, Structured, TextSlot, TextView, Value, View, slot, view,
};
pub use untyped::Untyped;
pub use update::Update;
pub use values::{
    Collection, Enumeration, Object, Polymorphic, Primitive, Text, boxed_slot, boxed_view,
};

pub(crate) use compare::same;
pub(crate) use decode::read_slot;
pub(crate) use dynamic::Dynamic;
pub(crate) use envelope::{read_answer, read_answer_with};
pub(crate) use page::PAGE;
pub(crate) use writer::text;

/// The annotation that names the type of an object.
pub(crate) const TYPE: &str = "@odata.type";
