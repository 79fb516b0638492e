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
use crate::input::diagnostic::Diagnostics;
use rayon::prelude::*;

/// Checks a model against the rules of the specification. A violation that generation cannot handle
/// is an error; others are warnings, which a strict run treats as errors.
pub fn validate(model: &Model, diagnostics: &mut Diagnostics) {
    const RULES: &[fn(&Model, &mut Diagnostics)] = &[
        names::check,
        inheritance::check,
        keys::check,
        values::check,
        enums::check,
        navigation::check,
        operations::check,
        container::check,
        annotations::check,
    ];
    let found: Vec<Diagnostics> = RULES
        .par_iter()
        .map(|check| {
            let mut found = Diagnostics::default();
            check(model, &mut found);
            found
        })
        .collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
}

/// The primitive type after a value, through a type definition, and its facets.
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
