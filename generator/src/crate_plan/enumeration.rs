//! An open enumeration: a kind of item.
//!
//! Enters: what a planner decides. Leaves: the data of the item, and what is known of every item.
//! Must not know: how the item is written as code.

use super::api::{Declared, Owner, Writer};
use super::item::Described;
use super::{Docs, Kind, signature};
use std::borrow::Cow;

/// An open enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// The name.
    pub name: String,
    /// The qualified wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The name of the variant that holds what the schema does not declare.
    pub unrecognized: String,
}

/// A variant of an [`Enum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// The documentation.
    pub docs: Docs,
    /// Attributes that the configuration adds.
    pub attributes: Vec<String>,
}

impl Described for Enum {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::OpenEnum)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        variants(to, owner, &self.variants);
        let unrecognized = Declared::Variant(Some(Cow::Owned(signature::unrecognized())));
        to.plain(owner, &self.unrecognized, unrecognized);
    }
}

/// Writes the lines of the variants.
pub(super) fn variants(to: &mut Writer<'_>, owner: &Owner<'_>, variants: &[Variant]) {
    for variant in variants {
        let (wire, deprecated) =
            (Some(variant.wire_name.as_str()), variant.docs.deprecated.as_ref());
        to.line(owner, &variant.name, Declared::Variant(None), wire, deprecated);
    }
}
