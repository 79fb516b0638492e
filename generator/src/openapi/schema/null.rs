//! Where null is valid, however it is written.
//!
//! Enters: schemas that hold together. Leaves: whether null is valid. All of these mean the same:
//! `nullable: true`, `x-nullable: true`, a type `null` among others, a branch `null`, null among `enum`.

use super::facts::Facts;
use super::graph::{Graph, Keyword, Plain, plain};
use crate::openapi::model::{Keywords, SchemaId};
use rustc_hash::FxHashMap;

/// The deepest nesting that is looked into.
const DEEPEST: usize = 200;

/// What a schema specifies about null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    /// It is not valid.
    No,
    /// Nothing: every value is valid.
    Silent,
    /// It is valid.
    Yes,
    /// It is valid even if another schema, which holds as well, does not allow it: a schema of an `allOf`
    /// that has only `nullable: true`.
    Always,
}

/// What schemas specify about null, as far as that was asked.
#[derive(Default)]
pub(super) struct Nulls {
    known: FxHashMap<SchemaId, Null>,
}

impl Nulls {
    /// Whether null is valid where all of some schemas hold.
    pub(super) fn of_all(&mut self, graph: &Graph<'_>, roots: &[SchemaId]) -> bool {
        matches!(self.all(graph, roots, 0), Null::Yes | Null::Always)
    }

    fn all(&mut self, graph: &Graph<'_>, roots: &[SchemaId], depth: usize) -> Null {
        let found = roots.iter().map(|one| self.of(graph, *one, depth)).reduce(and);
        match found.unwrap_or(Null::Silent) {
            Null::Always if roots.len() > 1 => Null::Yes,
            other => other,
        }
    }

    fn of(&mut self, graph: &Graph<'_>, id: SchemaId, depth: usize) -> Null {
        let facts = graph.facts(id);
        if facts.has(Facts::NULLABLE) {
            let is_alone = !facts.has(Facts::TYPE | Facts::CONTENT) && !graph.has_links(id);
            return if is_alone { Null::Always } else { Null::Yes };
        }
        let own = if facts.has(Facts::VALUES) { of_values(graph, id) } else { None };
        let own = own.unwrap_or(facts.null);
        if depth > DEEPEST || !graph.has_links(id) && !facts.has(Facts::CHOICE) {
            return own;
        }
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let Some(keywords) = graph.keywords(id) else { return own };
        // A base that is reached again through what is derived from it adds nothing.
        self.known.insert(id, Null::Silent);
        let mut found = own;
        for child in graph.all(id) {
            if !is_branch(keywords, *child) {
                found = and(found, self.of(graph, *child, depth + 1));
            }
        }
        for branches in [&keywords.one_of, &keywords.any_of].into_iter().flatten() {
            found = and(found, self.any(graph, branches, depth + 1));
        }
        for choice in graph.choices(id).iter().filter(|one| one.id.keyword == Keyword::DynamicRef) {
            found = and(found, self.any(graph, &choice.branches, depth + 1));
        }
        if found == Null::Always {
            found = Null::Yes;
        }
        self.known.insert(id, found);
        found
    }

    fn any(&mut self, graph: &Graph<'_>, branches: &[SchemaId], depth: usize) -> Null {
        let mut found = None;
        for branch in branches {
            let one = match plain(graph.model, *branch) {
                Plain::Never => Null::No,
                Plain::Null => Null::Yes,
                Plain::Other => self.of(graph, *branch, depth),
            };
            found = Some(match (found, one) {
                (None, one) => one,
                (Some(Null::No), one) | (Some(one), Null::No) => one,
                (Some(Null::Silent), Null::Silent) => Null::Silent,
                _ => Null::Yes,
            });
        }
        match found {
            Some(Null::Always) => Null::Yes,
            found => found.unwrap_or(Null::Silent),
        }
    }
}

/// Whether a schema that must hold is the only branch of a choice.
fn is_branch(keywords: &Keywords, child: SchemaId) -> bool {
    let branches = [&keywords.one_of, &keywords.any_of].into_iter().flatten().flatten();
    let is_other = keywords.all_of.contains(&child)
        || keywords.reference.as_ref().is_some_and(|one| one.target == child);
    !is_other && branches.into_iter().any(|one| *one == child)
}

fn and(one: Null, other: Null) -> Null {
    match (one, other) {
        (Null::Always, _) | (_, Null::Always) => Null::Always,
        (Null::No, _) | (_, Null::No) => Null::No,
        (Null::Yes, _) | (_, Null::Yes) => Null::Yes,
        (Null::Silent, Null::Silent) => Null::Silent,
    }
}

/// What the listed values specify. Null among them counts even where `type` lacks it.
fn of_values(graph: &Graph<'_>, id: SchemaId) -> Option<Null> {
    let keywords = graph.keywords(id)?;
    let mut values = keywords.values.iter().flatten().chain(&keywords.constant).peekable();
    values.peek()?;
    let has_null = values.any(|at| graph.description.node(*at).is_null());
    Some(if has_null { Null::Yes } else { Null::No })
}
