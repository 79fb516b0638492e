//! Arrays: from the keywords of all parts to items.
//!
//! Enters: a conjunction that allows arrays. Leaves: [`Form::List`] or [`Form::Tuple`].

use super::conjunction::Conjunction;
use super::fidelity::Fidelity;
use super::forms::Forms;
use super::shape::{Form, List, Tuple, Use};
use crate::openapi::model::{Body, Keywords, SchemaId};

impl Forms<'_, '_> {
    pub(super) fn array(&mut self, of: &Conjunction, fidelity: &mut Fidelity) -> Form {
        let parts = self.part_keywords(of);
        let length =
            parts.iter().map(|(_, part)| part.prefix_items.len()).max().unwrap_or_default();
        let items: Vec<Use> = (0..length)
            .map(|at| {
                let schemas: Vec<SchemaId> =
                    parts.iter().filter_map(|(_, part)| item(part, at)).collect();
                self.used_together(&schemas)
            })
            .collect();
        let is_never = |id: SchemaId| matches!(self.graph.model.schema(id).body, Body::False);
        let further: Vec<SchemaId> = parts
            .iter()
            .filter_map(|(_, part)| {
                item(part, length).or(part.unevaluated_items.filter(|_| evaluates_all(of, &parts)))
            })
            .collect();
        // Further items are kept even if they are invalid, as any JSON.
        let closed = further.iter().any(|one| is_never(*one));
        let rest = if closed { Vec::new() } else { further };
        let rest = self.used_together(&rest);
        self.items.insert(rest.shape);
        if items.is_empty() {
            let unique = parts.iter().any(|(_, part)| part.unique_items);
            return Form::List(List { item: rest, unique });
        }
        let mut required = 0;
        // A part that only limits is not what makes the shape: another use of the shape may be without it.
        for (_, part) in parts.iter().filter(|(id, _)| self.graph.is_essential(*id)) {
            let Some(least) = &part.limits.min_items else { continue };
            let Ok(count) = least.text.parse::<usize>() else { continue };
            required = required.max(count.min(items.len()));
            if count <= items.len() {
                fidelity.settle(least.span);
            }
        }
        Form::Tuple(Tuple { items, required, rest, closed })
    }
}

/// The schema of one part for the item at a position.
fn item(part: &Keywords, at: usize) -> Option<SchemaId> {
    let rest = part.items.or(part.additional_items.filter(|_| !part.prefix_items.is_empty()));
    part.prefix_items.get(at).copied().or(rest)
}

/// Whether the items that `unevaluatedItems` is about are those that no part declares.
fn evaluates_all(of: &Conjunction, parts: &[(SchemaId, &Keywords)]) -> bool {
    of.choices.is_empty()
        && of.settled.is_empty()
        && parts.iter().all(|(_, part)| {
            part.condition.is_none()
                && part.dependent_schemas.is_empty()
                && part.contains.is_none()
                && part.items.is_none()
                && part.not.is_none()
        })
}
