//! JSON to values and back.
//!
//! Enters: JSON text, or any format that serde reads. Leaves: values of generated types, and back.
//! Must not know: HTTP, requests, OData, any particular schema.

// Most of this is called only by the wings, so it is unused without one.
#![cfg_attr(not(all(feature = "odata", feature = "openapi")), allow(dead_code, unused_imports))]

mod additional;
mod blank;
pub(crate) mod body;
mod choice;
mod compare;
mod conversion;
pub(crate) mod copy;
pub(crate) mod decode;
pub(crate) mod decode_error;
mod derivation;
pub(crate) mod dialect;
pub(crate) mod dynamic;
mod encode;
mod flags;
mod formatted;
pub(crate) mod given;
mod joined;
pub(crate) mod keep;
mod literal;
mod macros;
mod map;
mod maybe;
mod member;
pub(crate) mod members;
mod notes;
pub(crate) mod parts;
pub(crate) mod reader;
mod received;
pub(crate) mod registry;
mod scan;
mod shape;
mod slot;
mod strict;
mod transcode;
mod transfer;
mod tuple;
mod union;
mod unread;
mod untyped;
mod update;
pub(crate) mod values;
pub(crate) mod writer;

pub use additional::Additional;
pub use blank::{Blank, Blanks, blank};
pub use body::{AnyChanges, Body, Changes, IntoBody, JsonBody, Parameters};
pub use choice::{By, Choice, Kinds, Literal};
pub use compare::{debug, debug_around, equal};
pub use conversion::{
    Accepts, Borrowed, Boxed, Conversion, FromText, IntoKey, IntoNullable, IntoValue, ItemFrom,
    Null, Present, Sent,
};
pub use copy::copy;
pub use decode::{deserialize, from_json};
pub use decode_error::DecodeError;
pub use derivation::{Base, Derived, as_any, as_base, as_derived, tag};
pub use encode::{serialize, to_json};
pub use flags::{Flags, IntoFlags};
pub use formatted::Formatted;
pub use given::Given;
pub(crate) use joined::{JoinedArray, JoinedObject};
pub use literal::{Literals, OpenLiteral, hash_literal, same_literals, untyped};
pub use map::{MapSlot, MapView, Mapping, entries_slot, entries_view};
pub use maybe::Maybe;
pub use member::{
    MemberSlot, maybe_slot, maybe_view, nullable_slot, nullable_view, required_slot, required_view,
};
pub use received::{Received, received};
pub use shape::{Names, Shape};
pub use slot::{
    BoxSlot, Described, Held, InvalidText, JsonSlot, Kind, ListSlot, ListView, ObjectSlot,
    OpenEnum, Slot, Structured, TextSlot, TextView, Value, View, slot, view,
};
pub use strict::{Strict, StrictSlot};
pub use tuple::{rest_slot, rest_view};
pub use union::{Alternatives, Attempt, Read, Union, UnionSlot, UnionView, branch};
pub use unread::{Unread, unread};
pub use untyped::Untyped;
pub use update::Update;
pub use values::{Collection, Enumeration, InBox, Object, Primitive, Text, boxed_slot, boxed_view};

pub(crate) use compare::same;
pub(crate) use conversion::{from_text, sent_as, sent_as_itself};
pub(crate) use decode::read_slot;
pub(crate) use dynamic::Dynamic;
pub(crate) use given::{Fault, Related};
pub(crate) use transfer::transfer;
pub(crate) use unread::unread_below;
pub(crate) use writer::text;
