//! The requests of one part of an API: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Example, Kind, OperationMethod};
use std::borrow::Cow;

/// A client for a part of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: String,
    /// The name of the part.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// The most common request.
    pub example: Option<Example>,
    /// The requests.
    pub methods: Vec<OperationMethod>,
}

impl Described for Group {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Group)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for method in &self.methods {
            let declared = Declared::Function(Cow::Borrowed(&method.signature));
            to.line(owner, &method.name, declared, None, method.docs.deprecated.as_ref());
        }
    }
}
