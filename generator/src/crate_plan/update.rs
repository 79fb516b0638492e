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
    /// The struct that is changed; `None` for the parameters of an action.
    pub object: Option<ItemPath>,
    /// The type of the values, if it is a complex type, whose changes can be part of another update.
    pub part: Option<Type>,
    /// The setters.
    pub setters: Vec<Setter>,
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
    /// The type of the argument: the type of the value, or [`Type::Into`], [`Type::IntoNullable`]
    /// or [`Type::IntoAssigned`] of it.
    pub takes: Type,
}

impl Setter {
    /// Whether null can be set.
    pub fn is_nullable(&self) -> bool {
        matches!(self.takes, Type::IntoNullable(_))
    }

    /// The type of the value.
    pub fn value(&self) -> &Type {
        match &self.takes {
            Type::Into(inner) | Type::IntoNullable(inner) | Type::IntoAssigned(inner) => inner,
            other => other,
        }
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
        Some(match (&self.object, &self.part) {
            (None, _) => Kind::Parameters,
            (Some(_), None) => Kind::Update,
            (Some(_), Some(_)) => Kind::PartUpdate,
        })
    }

    fn arguments(&self) -> Vec<Type> {
        self.object.iter().cloned().map(Type::Generated).chain(self.part.clone()).collect()
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
