//! The rules of OpenAPI that are about several objects, one file for each noun.
//!
//! Enters: a [`Model`] and the [`Shapes`] of its schemas. Leaves: diagnostics. Must not know: how the
//! documents were written; rules about one object are in `objects`, those about schemas that hold together in
//! `schema`.
//!
//! What vendors serve breaks most of these rules somewhere, so each of them says how a document is read that
//! does.

mod links;
mod media_types;
mod operations;
mod parameters;
mod paths;
mod pattern;
mod schemas;
mod security;
mod servers;
mod styles;
mod tags;

use super::description::Description;
use super::model::Model;
use super::schema::Shapes;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use rustc_hash::FxHashSet;

/// Checks a model against the rules of the specification. A broken rule is a violation, and what the
/// specification allows, but probably nobody meant, a warning.
pub(super) fn validate(
    description: &Description,
    model: &Model,
    shapes: &Shapes,
    diagnostics: &mut Diagnostics,
) {
    let mut rules = Rules { description, model, shapes, diagnostics, known: FxHashSet::default() };
    rules.operations();
    rules.paths();
    rules.parameters();
    rules.styles();
    rules.media_types();
    rules.tags();
    rules.servers();
    rules.security();
    rules.links();
    rules.schemas();
}

/// What the rules are about.
struct Rules<'m, 'r> {
    description: &'m Description,
    model: &'m Model,
    shapes: &'m Shapes,
    diagnostics: &'r mut Diagnostics,
    /// What has been reported: an object can be a part of many others.
    known: FxHashSet<(&'static str, Span, String)>,
}

impl Rules<'_, '_> {
    /// Reports a finding once.
    fn report(&mut self, finding: Diagnostic) {
        let place = finding.place.as_ref().map(|(span, _)| *span);
        let is_new = place
            .is_none_or(|span| self.known.insert((finding.code, span, finding.message.clone())));
        if is_new {
            self.diagnostics.push(finding);
        }
    }
}
