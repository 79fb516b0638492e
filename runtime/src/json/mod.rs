//! JSON to values and back.
//!
//! Enters: JSON text, or any format that serde reads. Leaves: values of generated types, and back.
//! Must not know: HTTP, requests, OData, any particular schema.

// Most of this is called only by the wings, so it is unused without one.
#![cfg_attr(not(feature = "odata"), allow(dead_code, unused_imports))]

mod additional;
pub(crate) mod body;
mod compare;
mod conversion;
pub(crate) mod copy;
pub(crate) mod decode;
pub(crate) mod decode_error;
pub(crate) mod dialect;
pub(crate) mod dynamic;
mod encode;
pub(crate) mod given;
pub(crate) mod keep;
mod macros;
mod maybe;
pub(crate) mod members;
mod notes;
pub(crate) mod reader;
mod scan;
mod shape;
mod slot;
mod transcode;
mod transfer;
mod unread;
mod untyped;
mod update;
pub(crate) mod values;
pub(crate) mod writer;

pub use additional::Additional;
pub use body::{AnyChanges, Body, Changes, IntoBody, JsonBody, Parameters};
pub use compare::{debug, debug_around, equal};
pub use conversion::{
    Borrowed, Boxed, Conversion, FromText, IntoKey, IntoNullable, IntoValue, ItemFrom, Null,
    Present, Sent,
};
pub use copy::copy;
pub use decode::{deserialize, from_json};
pub use decode_error::DecodeError;
pub use encode::{serialize, to_json};
pub use given::Given;
pub use maybe::Maybe;
pub use shape::Shape;
pub use slot::{
    BoxSlot, Described, InvalidText, JsonSlot, Kind, ListSlot, ListView, ObjectSlot, OpenEnum,
    Slot, Structured, TextSlot, TextView, Value, View, slot, view,
};
pub use unread::{Unread, unread};
pub use untyped::Untyped;
pub use update::Update;
pub use values::{Collection, Enumeration, Object, Primitive, Text, boxed_slot, boxed_view};

pub(crate) use compare::same;
pub(crate) use conversion::{from_text, sent_as, sent_as_itself};
pub(crate) use decode::read_slot;
pub(crate) use dynamic::Dynamic;
pub(crate) use given::{Fault, Related};
pub(crate) use transfer::transfer;
pub(crate) use unread::unread_below;
pub(crate) use writer::text;
