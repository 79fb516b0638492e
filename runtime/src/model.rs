//! Values as JSON: how they are read and written, and how values that do not fit are kept.
//!
//! Enters: JSON, or any format that serde reads. Leaves: values of generated types, and back.
//! It is the public part of `json/` and of what OData adds to it.
//!
//! The function that walks JSON and the one that feeds a serialiser are compiled once and not once for
//! each type. The values of formats other than JSON become JSON text first. Members that a type does not
//! declare, annotations among them, are kept in [`Additional`], so what came in goes out again.
//!
//! # What is read, what is kept, and what is an error
//!
//! It is strict where silence would lose data, and lenient where strictness would.
//!
//! **An error** is what leaves its meaning open, or is not what was requested:
//! - Text that is not JSON.
//! - A collection without the member `value`, or with one that is not a collection (JSON Format 4.01, section
//!   13), and a single value without it (section 11). If an error object came, the error contains its code
//!   and message.
//! - An item of the requested collection, or a requested single value, that is not of its type. Null is not
//!   an item of a `Page` whose items are not optional.
//! - A next link or a delta link that is not a string, or occurs twice with different values; a `value` that
//!   occurs twice.
//! - A list of items (`Vec<T>`) read from a collection that continues at a next link.
//! - An answer that is a collection, or an error object, where one object was requested; see `from_answer`.
//!
//! **Kept** is the value of any other member that is not of its type, at any depth: the member is `None`,
//! and the innermost member that can hold it keeps its JSON text in [`Additional`], by its own name. Such
//! are a null in a collection whose items are not nullable, an enumeration as its number, a time without
//! offset, an integer that is out of range, an object in place of a string. A collection of plain
//! values is kept as a whole. It is written again as it came, until the member is set. [`unread`] finds
//! these members and reports why they could not be read.
//!
//! **Read** is what has only one possible meaning, though it is written in another form:
//!
//! | type | besides the form of the specification |
//! |---|---|
//! | integers | `5.0`, `5e0`, `"5"`; not `5.5`, and nothing out of range |
//! | `Edm.Double`, `Edm.Single` | `"1.5"`, and more digits than the type has |
//! | `Edm.Boolean` | `"true"`, `"false"`; not `1` |
//! | strings | half a surrogate pair, as U+FFFD (RFC 8259, section 8.2) |
//! | control information of a page | the names of 4.0 and of 4.01 |
//!
//! A member that was read from such a form is written as it came, as long as its value is the one that was
//! read; [`Additional::received`] returns what came. Equality compares the values. An `Edm.Int64` and an
//! `Edm.Decimal` may come as a number or as a string and are written as numbers, because the media type
//! of what is sent decides between the two (JSON Format 4.01, section 3.2). A value without an object around
//! it, such as the number that an operation returned, is written as its value. Half a surrogate pair in the
//! name of a member becomes U+FFFD for good.
//!
//! [`Deserialize`](serde::Deserialize) of generated types reads in the same way.
//!
//! # Types of JSON Schema
//!
//! A JSON Schema specifies which members must be there, so the structs of an OpenAPI crate have these as plain
//! fields, and are read strictly:
//! - A member that must be there and is absent, null or not of its type is an error. An optional one that
//!   is not of its type is kept, as above, and so is a null where the schema allows none.
//! - A string is neither a number nor a boolean. `5.0` is an integer. A number that is out of range, or has
//!   more digits than its type, becomes the nearest one; what came is written again until the member is set.
//! - A [`Maybe`] member may be absent or null. Where null is not sent, an `Option` is enough.
//! - A string with a format is [`Formatted`]: reading it never fails, and its value is asked for.
//! - A value of a union is read as the branch that its JSON kind, a member, or all of the value tells, and
//!   as [`Untyped`] if it is none of them.
//! - Members that the schema does not declare have fields of their own if it specifies their type, and are
//!   otherwise in [`Additional`], also if the schema forbids them. An array whose items do not have the types of
//!   their places, and a value that is not an object where the schema allows that, is
//!   [`Additional::whole`].
//! - A value without an object around it keeps its text as [`Received`].
//!
//! ```
//! use schemacrate_runtime::Page;
//! use schemacrate_runtime::model::{from_json, to_json};
//!
//! let json = br#"{"@odata.count":"many","@nextLink":"https://example.com/2","value":["5",6.0]}"#;
//! let page: Page<i32> = from_json(json)?;
//! assert_eq!((page.value.as_slice(), page.count), (&[5, 6][..], None));
//! assert_eq!(page.unread()[0].path(), "@odata.count");
//! assert_eq!(page.next_link.as_deref(), Some("https://example.com/2"));
//! assert!(from_json::<Page<i32>>(br#"{"value":["five"]}"#).is_err());
//! # let written = String::from_utf8_lossy(&to_json(&page)).into_owned();
//! # assert_eq!(written, r#"{"@nextLink":"https://example.com/2","value":["5",6.0],"@odata.count":"many"}"#);
//! # Ok::<(), schemacrate_runtime::model::DecodeError>(())
//! ```

pub use crate::json::{
    Additional, DecodeError, Flags, Formatted, FromText, Given, IntoBody, IntoFlags, IntoKey,
    IntoNullable, IntoValue, JsonBody, Maybe, Null, OpenEnum, OpenLiteral, Present, Received, Sent,
    Unread, Untyped, Update, Value, from_json, to_json, unread,
};
#[cfg(feature = "odata")]
pub use crate::odata::{
    count::Count,
    envelope::from_answer,
    page::Page,
    references::{EntityUrl, IntoReference},
    single::Single,
};
#[cfg(feature = "openapi")]
pub use crate::openapi::{
    file::File,
    patch::Patch,
    stream::{
        events::{Event, EventData, EventForm, Events, WholeEvent},
        lines::Lines,
    },
    undocumented::Undocumented,
};
