//! An open enumeration of numbers, booleans, or values of several kinds: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::enumeration::variants;
use super::item::Described;
use super::{Docs, Kind, Type, Variant};
use std::borrow::Cow;

/// An open enumeration of scalars that are not all strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literals {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The variants. Their wire names are their values as JSON, in the shortest form.
    pub variants: Vec<Variant>,
    /// The name of the variant that holds what the schema does not list.
    pub unrecognized: String,
}

/// A scalar of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number, as Rust and JSON write it.
    Number(String),
    /// True or false.
    Boolean(bool),
}

impl Described for Literals {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::OpenLiteral)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        variants(to, owner, &self.variants);
        let unrecognized = Declared::Variant(Some(Cow::Owned(Type::any_json())));
        to.plain(owner, &self.unrecognized, unrecognized);
    }
}
