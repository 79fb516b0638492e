//! A builder of changes, or of the parameters of an action: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, ItemPath, Kind, Type};
use std::borrow::Cow;
use std::sync::Arc;

/// A builder for changes to a structured type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The name.
    pub name: String,
    /// The qualified wire name of the structured type, or of the action whose parameters these are.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// What it is the builder of.
    pub changed: Changed,
    /// The setters.
    pub setters: Vec<Setter>,
}

/// What an [`Update`] is the builder of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Changes to a struct of OData.
    Object(ItemPath),
    /// Changes to a struct of JSON, as a merge patch.
    Patch(ItemPath),
    /// The parameters of an action.
    Parameters,
}

impl Changed {
    /// The struct that is changed.
    pub fn object(&self) -> Option<&ItemPath> {
        match self {
            Self::Object(object) | Self::Patch(object) => Some(object),
            Self::Parameters => None,
        }
    }
}

/// A setter of an [`Update`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Arc<Docs>,
    /// The type of the argument: [`Type::IntoValue`] or [`Type::IntoNullable`].
    pub takes: Type,
    /// Whether it sets what a navigation property refers to.
    pub is_related: bool,
}

impl Setter {
    /// Whether null can be set.
    pub fn is_nullable(&self) -> bool {
        matches!(self.takes, Type::IntoNullable(_))
    }

    /// The type of the value.
    pub fn value(&self) -> &Type {
        self.takes.taken()
    }
}

impl Described for Update {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(match self.changed {
            Changed::Object(_) => Kind::Update,
            Changed::Patch(_) => Kind::Patch,
            Changed::Parameters => Kind::Parameters,
        })
    }

    fn arguments(&self) -> Vec<Type> {
        self.changed.object().into_iter().cloned().map(Type::Generated).collect()
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for setter in &self.setters {
            let declared = Declared::Setter(Cow::Borrowed(&setter.takes));
            let wire = Some(setter.wire_name.as_str());
            to.line(owner, &setter.name, declared, wire, setter.docs.deprecated.as_ref());
        }
    }
}
