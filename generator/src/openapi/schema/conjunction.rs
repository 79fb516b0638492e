//! Schemas that hold together, as the unit that has a shape.
//!
//! Enters: schemas. Leaves: a [`Conjunction`] and its [`Key`]: two conjunctions that differ only in schemas
//! that add nothing have the same key, and so the same shape. Must not know: shapes.

use super::facts::Facts;
use super::graph::{ChoiceId, Graph};
use super::kinds::Kinds;
use crate::openapi::model::SchemaId;

/// Schemas that hold together.
#[derive(Clone, Debug, Default)]
pub(super) struct Conjunction {
    /// All of them, those that others are made of first.
    pub parts: Vec<SchemaId>,
    /// The choices of which one branch is among the parts.
    pub settled: Vec<ChoiceId>,
    /// The other choices.
    pub choices: Vec<ChoiceId>,
    /// The kinds to which it is limited beside what the parts specify.
    pub only: Kinds,
}

/// What makes the shape of a conjunction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The parts that add something, in the order of their numbers.
    parts: Vec<SchemaId>,
    choices: Vec<ChoiceId>,
    only: Kinds,
}

impl Key {
    /// Whether nothing is specified.
    pub(super) fn is_any(&self) -> bool {
        self.parts.is_empty() && self.choices.is_empty() && self.only == Kinds::ALL
    }

    /// The one part that makes the shape, if there is only one.
    pub(super) fn single(&self) -> Option<SchemaId> {
        match self.parts[..] {
            [one] if self.choices.is_empty() && self.only == Kinds::ALL => Some(one),
            _ => None,
        }
    }

    /// Whether a part is what makes the shape.
    pub(super) fn needs(&self, part: SchemaId) -> bool {
        self.parts.binary_search(&part).is_ok()
            || self.choices.iter().any(|choice| choice.owner == part)
    }
}

impl Conjunction {
    pub(super) fn new(
        graph: &Graph<'_>,
        roots: &[SchemaId],
        settled: Vec<ChoiceId>,
        only: Kinds,
    ) -> Self {
        let parts = graph.flatten(roots);
        let choices = graph.undecided(&parts, &settled);
        Self { parts, settled, choices, only }
    }

    /// The kinds that all parts allow.
    pub(super) fn kinds(&self, graph: &Graph<'_>) -> Kinds {
        self.parts.iter().fold(self.only, |kinds, part| kinds & kinds_of(graph, *part))
    }

    /// Whether a part names kinds or values, so that not every kind is allowed.
    pub(super) fn is_limited(&self, graph: &Graph<'_>) -> bool {
        self.only != Kinds::ALL
            || self.parts.iter().any(|part| graph.facts(*part).has(Facts::TYPE | Facts::VALUES))
    }

    /// What makes the shape of one schema that is not made of others.
    fn key_of_one(&self, graph: &Graph<'_>, part: SchemaId) -> Key {
        let adds = graph.is_essential(part)
            || !kinds_of(graph, part).has(self.only)
            || names(graph, part).next().is_some();
        let parts = if adds { self.parts.clone() } else { Vec::new() };
        Key { parts, choices: self.choices.clone(), only: self.only }
    }

    pub(super) fn key(&self, graph: &Graph<'_>) -> Key {
        if let [part] = self.parts[..] {
            return self.key_of_one(graph, part);
        }
        let mut kinds = self.only;
        let mut required: Vec<&str> = Vec::new();
        let mut parts: Vec<SchemaId> = Vec::new();
        for part in self.parts.iter().filter(|part| graph.is_essential(**part)) {
            kinds = kinds & kinds_of(graph, *part);
            required.extend(names(graph, *part));
            parts.push(*part);
        }
        for part in self.parts.iter().filter(|part| !graph.is_essential(**part)) {
            let own = kinds_of(graph, *part);
            let is_new = |name: &str| !required.contains(&name);
            if !own.has(kinds) || names(graph, *part).any(is_new) {
                kinds = kinds & own;
                required.extend(names(graph, *part));
                parts.push(*part);
            }
        }
        parts.sort_unstable();
        Key { parts, choices: self.choices.clone(), only: self.only }
    }
}

fn kinds_of(graph: &Graph<'_>, part: SchemaId) -> Kinds {
    graph.facts(part).kinds
}

fn names<'g>(graph: &Graph<'g>, part: SchemaId) -> impl Iterator<Item = &'g str> {
    let has_names = graph.facts(part).has(Facts::REQUIRED);
    let keywords = graph.keywords(part).filter(|_| has_names);
    keywords.into_iter().flat_map(|one| &one.required).map(|name| name.text.as_str())
}
