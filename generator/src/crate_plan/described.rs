//! What is known of every item, whatever its kind is.
//!
//! Enters: the data of an item. Leaves: its names, its [`Kind`] with the arguments of the macro, and its
//! lines of `api.txt`. Must not know: how the item is written as code.

use super::api::{self, Declared, Owner, Writer};
use super::{Enum, Hierarchy, Home, ItemPath, Kind, Named, Path, Struct, Type, Update, signature};
use std::borrow::Cow;

/// What each kind of item implements.
pub(crate) trait Described {
    /// The name.
    fn name(&self) -> &str;

    /// The qualified wire name of the type or the operation that it is made from.
    fn wire_name(&self) -> &str;

    /// The kind, if a macro of the runtime completes the item.
    fn kind(&self) -> Option<Kind> {
        None
    }

    /// What the macro of the kind takes beside the name, in the order of its parameters.
    fn arguments(&self) -> Vec<Type> {
        Vec::new()
    }

    /// Writes the lines of `api.txt` that are not those of its kind, the line of the item itself first.
    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>);
}

impl Described for Struct {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Structured)
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        for field in &self.fields {
            let (wire, deprecated) =
                (Some(field.wire_name.as_str()), field.docs.deprecated.as_ref());
            let declared = Declared::Field(Cow::Borrowed(&field.value));
            to.line(owner, &field.name, declared, wire, deprecated);
            if let Some(constant) = &field.constant {
                let declared = Declared::Constant(Cow::Borrowed(&constant.value));
                to.line(owner, &constant.name, declared, wire, deprecated);
            }
        }
        to.plain(owner, &self.additional, Declared::Field(Cow::Owned(signature::additional())));
        for base in &self.bases {
            let derived_from = Named::runtime(&["query", "DerivedFrom"]);
            to.plain(owner, "", of_item(derived_from, base));
        }
    }
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
        for variant in &self.variants {
            let (wire, deprecated) =
                (Some(variant.wire_name.as_str()), variant.docs.deprecated.as_ref());
            to.line(owner, &variant.name, Declared::Variant(None), wire, deprecated);
        }
        let unrecognized = Declared::Variant(Some(Cow::Owned(signature::unrecognized())));
        to.plain(owner, &self.unrecognized, unrecognized);
    }
}

impl Described for Hierarchy {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.base.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(Kind::Hierarchy)
    }

    fn arguments(&self) -> Vec<Type> {
        vec![Type::Generated(self.base.value.clone())]
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Enum, None, self.docs.deprecated.as_ref());
        for variant in self.derived.iter().chain([&self.base]) {
            let wire = Some(variant.wire_name.as_str());
            let payload = Declared::Variant(Some(Cow::Owned(variant.payload())));
            to.line(owner, &variant.name, payload, wire, None);
            let from = Named::new(Home::Prelude, &["std", "convert", "From"]);
            to.line(owner, "", of_item(from, &variant.value), wire, None);
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
        Some(if self.object.is_some() { Kind::Update } else { Kind::Parameters })
    }

    fn arguments(&self) -> Vec<Type> {
        self.object.iter().cloned().map(Type::Generated).collect()
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

impl Described for Path {
    fn name(&self) -> &str {
        &self.name
    }

    fn wire_name(&self) -> &str {
        &self.wire_name
    }

    fn kind(&self) -> Option<Kind> {
        Some(self.cardinality.kind())
    }

    fn arguments(&self) -> Vec<Type> {
        vec![Type::Generated(self.object.clone())]
    }

    fn lines(&self, to: &mut Writer<'_>, owner: &Owner<'_>) {
        to.line(owner, "", Declared::Struct, None, self.docs.deprecated.as_ref());
        self.methods.iter().for_each(|one| api::method(to, owner, one));
    }
}

/// A trait with a generated type as its argument.
fn of_item(name: Named, item: &ItemPath) -> Declared<'static> {
    Declared::Implementation(Cow::Owned(name.of(Type::Generated(item.clone()))))
}
