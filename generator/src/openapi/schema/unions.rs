//! Unions: from choices among schemas to a union of shapes.
//!
//! Enters: a conjunction with choices that are not decided. Leaves: a [`Form::Union`] whose branches are
//! what holds in any case together with one branch of each choice.

use super::conjunction::Conjunction;
use super::fidelity::Fidelity;
use super::forms::Forms;
use super::graph::ChoiceId;
use super::kinds::Kinds;
use super::shape::{Branch, Dispatch, Form, Union};
use crate::openapi::model::SchemaId;

/// The most branches that several choices may make together.
const LARGEST_PRODUCT: usize = 64;

impl Forms<'_, '_> {
    /// The choices that make a union. The others are limits, or lists of what is derived from a base.
    pub(super) fn meaningful(&self, of: &Conjunction, fidelity: &mut Fidelity) -> Vec<ChoiceId> {
        let (mut found, mut limits) = (Vec::new(), Vec::new());
        for choice in &of.choices {
            match () {
                () if self.is_list_of_derived(of, *choice) => {}
                () if self.is_limit(of, *choice) => limits.push(*choice),
                () => found.push(*choice),
            }
        }
        self.unchecked(&limits, fidelity);
        let branches =
            |choice: &ChoiceId| self.graph.choice(*choice).map_or(1, |one| one.branches.len());
        let product = found.iter().map(branches).try_fold(1usize, usize::checked_mul);
        let is_too_large = found.len() > 1 && product.is_none_or(|one| one > LARGEST_PRODUCT);
        if is_too_large || self.budget == 0 && !found.is_empty() {
            for choice in found.drain(..) {
                let span = self.graph.span(choice.owner);
                fidelity.widen("its alternatives are too many to be told apart", span);
            }
        }
        found
    }

    /// Whether the branches of a choice add nothing but limits to what holds in any case.
    fn is_limit(&self, of: &Conjunction, choice: ChoiceId) -> bool {
        let Some(choice) = self.graph.choice(choice) else { return true };
        let kinds = of.kinds(&self.graph);
        choice.branches.iter().all(|branch| {
            let parts = self.graph.flatten(&[*branch]);
            let adds = |part: &SchemaId| {
                !of.parts.contains(part)
                    && (self.graph.is_essential(*part) || !self.graph.choices(*part).is_empty())
            };
            let narrows = |part: &SchemaId| {
                self.graph.keywords(*part).is_some_and(|one| !Kinds::of_types(one).has(kinds))
            };
            !parts.iter().any(adds) && !parts.iter().any(narrows)
        })
    }

    pub(super) fn union(
        &mut self,
        of: &Conjunction,
        choices: &[ChoiceId],
        fidelity: &mut Fidelity,
    ) -> Form {
        self.use_mappings(choices);
        let mut settled = of.settled.clone();
        settled.extend_from_slice(&of.choices);
        let is_cut = |choice: &ChoiceId| self.graph.choice(*choice).is_some_and(|one| one.is_cut);
        let open = choices.iter().any(is_cut);
        let mut union = Union { branches: Vec::new(), dispatch: Dispatch::Kind, open };
        for schemas in self.products(choices) {
            let roots: Vec<SchemaId> = of.parts.iter().chain(&schemas).copied().collect();
            let branch = Conjunction::new(&self.graph, &roots, settled.clone(), of.only);
            if self.is_impossible(&branch) {
                continue;
            }
            let shape = self.shape_of(branch);
            if shape == super::forms::ANY {
                union.open = true;
            } else {
                union.branches.push(Branch { shape, schemas });
            }
        }
        if union.branches.is_empty() && !union.open {
            let impossible = choices.first().map(|choice| self.graph.span(choice.owner));
            return match impossible {
                Some(span) => self.contradiction(span, span, fidelity),
                None => Form::Any,
            };
        }
        Form::Union(union)
    }

    /// One branch of each choice, in each way.
    fn products(&self, choices: &[ChoiceId]) -> Vec<Vec<SchemaId>> {
        let mut products: Vec<Vec<SchemaId>> = vec![Vec::new()];
        for choice in choices.iter().filter_map(|choice| self.graph.choice(*choice)) {
            let with = |product: Vec<SchemaId>| {
                choice.branches.iter().map(move |branch| {
                    let mut product = product.clone();
                    product.push(*branch);
                    product
                })
            };
            products = products.into_iter().flat_map(with).collect();
        }
        products
    }

    /// A mapping may refer to schemas that no branch does.
    fn use_mappings(&mut self, choices: &[ChoiceId]) {
        for choice in choices {
            let Some(keywords) = self.graph.keywords(choice.owner) else { continue };
            let Some(discriminator) = &keywords.discriminator else { continue };
            let targets = discriminator.mapping.iter().map(|one| &one.target);
            for target in targets.chain(&discriminator.default).filter_map(|one| one.schema) {
                self.used(target);
            }
        }
    }

    /// A union of what holds for each of some kinds.
    pub(super) fn by_kind(&mut self, of: &Conjunction, kinds: &[Kinds], open: bool) -> Form {
        let branches = kinds
            .iter()
            .map(|kind| {
                let mut settled = of.settled.clone();
                settled.extend_from_slice(&of.choices);
                let one = Conjunction {
                    parts: of.parts.clone(),
                    settled,
                    choices: Vec::new(),
                    only: *kind,
                };
                Branch { shape: self.shape_of(one), schemas: Vec::new() }
            })
            .collect();
        Form::Union(Union { branches, dispatch: Dispatch::Kind, open })
    }
}
