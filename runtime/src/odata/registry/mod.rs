//! Types and actions by their names on the wire, for programs that learn a name only at run time.
//!
//! Enters: a qualified name such as `microsoft.graph.user`, and JSON. Leaves: an [`Object`] that
//! was decoded just as a typed call decodes it, or an [`Update`](crate::Update) whose members are
//! of their declared types.
//! Must not know: HTTP, requests, any particular schema.

mod action_entry;
mod changes;
mod object_page;
mod primitives;
#[cfg(test)]
mod tests;
mod type_entry;

pub use action_entry::{ActionEntry, Parameter};
pub use object_page::ObjectPage;
pub use type_entry::{TypeEntry, TypeKind};

use crate::json::DecodeError;
use crate::json::registry::Object;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// The types and actions of a schema, by name.
///
/// Its contents are sorted when something is looked up for the first time.
pub struct Registry {
    aliases: &'static [(&'static str, &'static str)],
    versions: &'static [(&'static str, &'static str)],
    tables: &'static [Table],
    index: OnceLock<Index>,
}

/// A part of a [`Registry`]: large schemas are written to several files.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    types: &'static [TypeEntry],
    actions: &'static [ActionEntry],
}

/// All entries, ordered for the search.
struct Index {
    types: Vec<&'static TypeEntry>,
    actions: Vec<&'static ActionEntry>,
}

impl Table {
    /// Some types and actions, in any order.
    #[must_use]
    pub const fn new(types: &'static [TypeEntry], actions: &'static [ActionEntry]) -> Self {
        Self { types, actions }
    }
}

impl Registry {
    /// A registry of tables. Each alias comes with its namespace.
    #[must_use]
    pub const fn new(
        aliases: &'static [(&'static str, &'static str)],
        tables: &'static [Table],
    ) -> Self {
        Self::with_versions(aliases, &[], tables)
    }

    /// A registry in which types have versions. The name of each version comes with that of its type, and
    /// they are sorted.
    #[must_use]
    pub const fn with_versions(
        aliases: &'static [(&'static str, &'static str)],
        versions: &'static [(&'static str, &'static str)],
        tables: &'static [Table],
    ) -> Self {
        Self { aliases, versions, tables, index: OnceLock::new() }
    }

    /// The types of the schema, by name.
    pub fn types(&self) -> impl ExactSizeIterator<Item = &'static TypeEntry> + '_ {
        self.index().types.iter().copied()
    }

    /// The actions of the schema, by name.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = &'static ActionEntry> + '_ {
        self.index().actions.iter().copied()
    }

    /// The type with a name, as `@odata.type` spells names: with or without `#` in front, with the
    /// namespace or its alias, and without either for the primitive types of OData, which every
    /// registry knows.
    pub fn find(&self, name: &str) -> Option<&'static TypeEntry> {
        let name = self.full_name(name);
        let types = &self.index().types;
        let of = |name: &str| {
            let at = types.binary_search_by(|entry| entry.name().cmp(name)).ok()?;
            Some(types[at])
        };
        let version = || {
            let at = self.versions.binary_search_by(|(version, _)| (*version).cmp(&*name)).ok()?;
            of(self.versions[at].1)
        };
        of(&name).or_else(version).or_else(|| primitives::find(&name))
    }

    /// The action with a name that is bound to a type or to a collection of it, or to nothing. The
    /// type is the declared one: an action is not found by the types derived from it.
    pub fn action(
        &self,
        name: &str,
        binding: Option<&str>,
        of_collection: bool,
    ) -> Option<&'static ActionEntry> {
        let (name, binding) = (self.full_name(name), binding.map(|one| self.full_name(one)));
        let wanted = (name.as_ref(), binding.as_deref(), of_collection);
        let actions = &self.index().actions;
        let at = actions.binary_search_by(|entry| entry.key().cmp(&wanted)).ok()?;
        Some(actions[at])
    }

    /// An object as the type that its `@odata.type` names.
    ///
    /// An entry decodes a value as its declared type, which keeps the members of derived types as JSON. This
    /// finds the type that the value really has. A value that has no other type, or an unknown one, is
    /// returned as it came.
    ///
    /// # Errors
    /// If the named type cannot take the object; members with other types than it declares are kept as
    /// they are.
    pub fn refine(&self, object: Object) -> Result<Object, DecodeError> {
        let Some(held) = object.as_structured() else { return Ok(object) };
        let named = held.additional().type_name().and_then(|name| self.find(&name));
        match named {
            Some(entry) if entry.is_structured() && entry.name() != held.shape().name => {
                entry.decode(&object.to_json())
            }
            _ => Ok(object),
        }
    }

    /// A name with its namespace.
    fn full_name<'name>(&self, name: &'name str) -> Cow<'name, str> {
        let name = name.strip_prefix('#').unwrap_or(name);
        let Some((namespace, simple)) = name.rsplit_once('.') else {
            return format!("Edm.{name}").into();
        };
        match self.aliases.iter().find(|(alias, _)| *alias == namespace) {
            Some((_, namespace)) => format!("{namespace}.{simple}").into(),
            None => name.into(),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut types: Vec<_> = self.tables.iter().flat_map(|table| table.types).collect();
            types.sort_unstable_by_key(|entry| entry.name());
            let mut actions: Vec<_> = self.tables.iter().flat_map(|table| table.actions).collect();
            actions.sort_unstable_by_key(|entry| entry.key());
            Index { types, actions }
        })
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (types, actions) = (self.types().len(), self.actions().len());
        write!(formatter, "Registry({types} types, {actions} actions)")
    }
}

impl Object {
    /// The qualified name of the value's type: the one in its `@odata.type`, otherwise the declared
    /// type.
    pub fn type_name(&self) -> String {
        let named = self.as_structured().map(|object| {
            let own = object.additional().type_name();
            own.unwrap_or_else(|| object.shape().name.to_owned())
        });
        named.unwrap_or_else(|| self.declared_type_name().to_owned())
    }
}
