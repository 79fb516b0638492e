//! Every Rust decision, as plain data.
//!
//! Enters: the decisions of a front end. Leaves: [`CratePlan`]: modules, collision-free names,
//! types, signatures, documentation, and the lines of `api.txt`. Must not know: any format of a
//! schema, code, files on disk.

mod access;
mod alias;
mod answers;
pub mod api;
mod call;
pub(crate) mod claims;
mod docs;
mod enumeration;
mod example;
pub(crate) mod families;
mod function;
mod group;
mod hierarchy;
pub(crate) mod hooks;
mod item;
mod kind;
mod literals;
mod method;
pub(crate) mod naming;
mod options;
mod path;
mod plan;
pub(crate) mod print;
pub(crate) mod program;
mod prose;
pub(crate) mod registry;
mod rename;
mod request;
mod server;
pub mod signature;
mod structure;
mod types;
mod union;
mod update;
mod xml;

pub use access::{Access, Authorization, Reach, Scheme, Sent, Service};
pub use alias::Alias;
pub use answers::{AnswerForm, AnswerStatus, AnswerVariant, Answers, undocumented};
pub use call::{
    BodyKind, Carried, FinalState, Operation, OperationMethod, Paging, PagingRule, Part, Place,
};
pub use docs::Docs;
pub use enumeration::{Enum, Variant};
pub use example::{EachItem, Example, ExampleCall, MadeClient, Sample, Start};
pub use function::{Function, Step};
pub use group::Group;
pub use hierarchy::{Hierarchy, HierarchyVariant};
pub use item::Item;
pub use kind::Kind;
pub use literals::{Literal, Literals};
pub use method::{Absence, Argument, Call, KeyPart, Method, Passing};
pub use options::{OptionSetter, Options};
pub use path::{Cardinality, Path};
pub use plan::{CratePlan, File, Module};
pub use prose::Prose;
pub(crate) use prose::plain;
pub use registry::*;
pub use rename::Rename;
pub use request::Request;
pub use server::{Server, ServerVariable};
pub use signature::{Parameter, Receiver, Signature};
pub use structure::{
    Constant, Constructor, DeclaredHeader, Family, Field, FieldSetter, Given, HeaderKind, Heir,
    Initial, Json, JsonForm, Layout, Lineage, NamePattern, Origin, PageItems, Presence, Struct,
};
pub use types::*;
pub use union::{Branch, Dispatch, Union};
pub use update::{Changed, Setter, Update};
pub use xml::{
    XML_MODULE, XmlForm, XmlKind, XmlNode, XmlUnion, XmlValue, xml_of_item, xml_of_item_mut,
};
