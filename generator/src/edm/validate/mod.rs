//! The rules of CSDL that need the whole model, one file for each noun.
//!
//! Enters: a resolved [`Model`]. Leaves: diagnostics.
//! Must not know: how the documents were written.

mod annotations;
mod container;
mod defaults;
mod derived;
mod elements;
mod enums;
mod facets;
mod fit;
mod inheritance;
mod keys;
mod names;
mod navigation;
mod operations;
mod paths;
mod values;

use super::{Facets, ItemType, Model, Primitive, TypeRef};
use crate::diagnostic::Diagnostics;

/// Checks a model against the rules of the specification. What generation cannot live with is an
/// error; other broken rules are warnings that a strict run refuses.
pub fn validate(model: &Model, diagnostics: &mut Diagnostics) {
    names::check(model, diagnostics);
    inheritance::check(model, diagnostics);
    keys::check(model, diagnostics);
    values::check(model, diagnostics);
    enums::check(model, diagnostics);
    navigation::check(model, diagnostics);
    operations::check(model, diagnostics);
    container::check(model, diagnostics);
    annotations::check(model, diagnostics);
}

/// The primitive type behind a value, through a type definition, and its facets.
fn primitive(model: &Model, value: &TypeRef) -> Option<(Primitive, Facets)> {
    match value.item {
        ItemType::Primitive(primitive) => Some((primitive, value.facets.clone())),
        ItemType::Definition(id) => {
            let definition = model.definition(id);
            Some((definition.underlying, definition.facets.clone()))
        }
        _ => None,
    }
}
