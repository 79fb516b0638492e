//! The plan of a crate, and its modules and files.
//!
//! Enters: the items that a planner made. Leaves: all of them by module and file. Must not know: what
//! an item is. Names are final Rust identifiers (raw ones with `r#`), types are final Rust types,
//! documentation is [`Prose`]. Wire names are what goes over the wire.

use super::{Example, Function, Item, Method, Prose, Registry, Rename, Service, XmlForm};
use std::collections::BTreeMap;

/// The plan of one generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CratePlan {
    /// The package name.
    pub name: String,
    /// The documentation of the crate root; each element is a paragraph or a list item.
    pub docs: Vec<Prose>,
    /// The first request of somebody who is new to the crate.
    pub first: Option<Example>,
    /// The documentation of the crate root after that.
    pub more: Vec<Prose>,
    /// The service root that the client uses by default.
    pub service_root: Option<String>,
    /// The header in which each request of the client has an id.
    pub client_request_id_header: Option<String>,
    /// What the client offers at the service root.
    pub entry: Vec<Method>,
    /// What is known of the service, if its client has parts.
    pub service: Option<Service>,
    /// Free functions.
    pub functions: Vec<Function>,
    /// The public modules at the crate root, by name.
    pub modules: BTreeMap<String, Module>,
    /// The types and actions by name, if there is a table of them.
    pub registry: Option<Registry>,
    /// How types are written in XML, by name, as far as requests have them in it.
    pub xml: Vec<XmlForm>,
    /// Names that could not be kept as they would have been.
    pub renames: Vec<Rename>,
    /// The command that generates the crate again.
    pub command: String,
    /// Whether there are only models, and no client.
    pub models_only: bool,
    /// The features of the runtime that the crate cannot do without.
    pub runtime_features: &'static [&'static str],
    /// The features of the runtime that are features of the crate as well, and on by default; none if it
    /// has those that the runtime has by default.
    pub own_features: &'static [&'static str],
}

impl CratePlan {
    /// Whether the client takes a token when it is made.
    pub fn takes_credential(&self) -> bool {
        self.service.as_ref().is_none_or(|one| one.takes_credential)
    }
}

/// A public module, normally one for each namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// The documentation.
    pub docs: Vec<Prose>,
    /// The private files whose items the module exports, by module name.
    pub files: BTreeMap<String, File>,
    /// Public modules below this one, by name.
    pub modules: BTreeMap<String, Module>,
}

/// A file of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// A description of the content, for the first line of the file.
    pub origin: String,
    /// The items, in order.
    pub items: Vec<Item>,
}
