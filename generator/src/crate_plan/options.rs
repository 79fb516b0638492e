//! What a caller may set of a request: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Kind, Part, Type};
use std::borrow::Cow;

/// A builder of a request. Its parameter is what the request returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The name.
    pub name: String,
    /// The operation, or nothing if several have these options.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// The setters.
    pub setters: Vec<OptionSetter>,
}

/// A setter of [`Options`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionSetter {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The part of the request that it sets.
    pub part: Part,
    /// The type of the argument.
    pub takes: Type,
}

impl Described for Options {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Options)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for setter in &self.setters {
            let declared = Declared::Setter(Cow::Borrowed(&setter.takes));
            let wire = Some(setter.part.wire_name());
            to.line(owner, &setter.name, declared, wire, setter.docs.deprecated.as_ref());
        }
    }
}
