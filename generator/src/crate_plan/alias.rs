//! A primitive type of the schema under another name: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Type};
use std::borrow::Cow;

/// A type alias for a type definition. Members have the underlying type, so nothing refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// The type that it is another name of.
    pub value: Type,
}

impl Described for Alias {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        let declared = Declared::Alias(Cow::Borrowed(&self.value));
        to.line(owner, "", declared, None, self.docs.deprecated.as_ref());
    }
}
