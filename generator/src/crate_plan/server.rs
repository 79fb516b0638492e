//! A server that an API has: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Kind, Type, signature};
use std::borrow::Cow;

/// A server, whose type has a setter for each variable of its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The name.
    pub name: String,
    /// The address as the document declares it, with its variables in braces.
    pub address: String,
    /// The documentation.
    pub docs: Docs,
    /// The address with the defaults of its variables.
    pub default: String,
    /// The variables.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the address of a [`Server`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name of its setter.
    pub name: String,
    /// The name in the address.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// The value that it has unless another one is set.
    pub default: Option<String>,
    /// What its setter takes.
    pub takes: Type,
}

impl Server {
    /// The constant for the address with the defaults of its variables.
    pub const ADDRESS: &'static str = "ADDRESS";
}

impl Described for Server {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.address
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Server)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, None);
        to.plain(owner, Self::ADDRESS, Declared::Constant(Cow::Owned(signature::service_root())));
        let new = Declared::Function(Cow::Owned(signature::no_changes()));
        to.plain(owner, "new", new);
        for one in &self.variables {
            let declared = Declared::Setter(Cow::Borrowed(&one.takes));
            to.line(owner, &one.name, declared, Some(&one.wire_name), None);
        }
    }
}
