//! Values of several types: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Home, Kind, Literal, Named, Type};
use std::borrow::Cow;

/// An enum with a variant for each type that a value may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The types.
    pub branches: Vec<Branch>,
    /// How they are told apart.
    pub dispatch: Dispatch,
    /// Whether any other value is valid, null included.
    pub is_open: bool,
    /// The name of the variant that holds any other value.
    pub other: String,
}

/// A type of a [`Union`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The name of the variant.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// What the variant holds.
    pub value: Type,
    /// The JSON kinds of its values, by the names of the constants of the runtime.
    pub kinds: Vec<&'static str>,
    /// Whether a value of the type is converted into the union.
    pub is_from: bool,
}

/// How the branches of one JSON kind are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// Each kind has one branch.
    Kind,
    /// By the value of a member.
    Tag {
        /// The name of the member.
        member: String,
        /// Its values with the branches.
        values: Vec<(Literal, usize)>,
        /// The branch for a value that is absent or unknown.
        default: Option<usize>,
        /// Whether the member may be absent. Then it is the first branch that has the value.
        is_optional: bool,
    },
    /// By the members that must be there, in the order in which they are tried.
    Members(Vec<(usize, Vec<String>)>),
    /// The first branch that has the value.
    FirstFit,
}

impl Branch {
    /// The type without its box.
    pub fn inner(&self) -> &Type {
        match &self.value {
            Type::Box(inner) => inner,
            other => other,
        }
    }
}

impl Described for Union {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Union)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        for branch in &self.branches {
            let declared = Declared::Variant(Some(Cow::Borrowed(&branch.value)));
            to.line(owner, &branch.name, declared, None, branch.docs.deprecated.as_ref());
            if branch.is_from {
                let from = Named::new(Home::Prelude, &["std", "convert", "From"]);
                let from = from.of(branch.inner().clone());
                to.plain(owner, "", Declared::Implementation(Cow::Owned(from)));
            }
        }
        let other = Declared::Variant(Some(Cow::Owned(Type::any_json())));
        to.plain(owner, &self.other, other);
    }
}
