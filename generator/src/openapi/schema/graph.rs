//! Which schemas must hold together with a schema, and of which ones must hold one.
//!
//! Enters: keywords. Leaves: [`Graph`], which has no cycles but those by which a base lists the schemas that
//! are derived from it. Must not know: shapes.

use super::facts::Facts;
use super::kinds::Kinds;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::openapi::description::Description;
use crate::openapi::model::{Body, Keywords, Model, SchemaId};
use rustc_hash::FxHashSet;
use std::cell::Cell;

/// The most schemas that hold together. More are only made to exhaust a reader.
const LARGEST: usize = 1_000;

/// How many schemas may hold together wherever that are more than a few. Each of a long chain of `allOf` has
/// all that come after it, so all of them together have the square of its length.
const MOST: usize = 1_000_000;

/// How many schemas always may, as they do in every real description.
const FEW: usize = 16;

/// The most references that are followed to look through wrappers.
const LONGEST: usize = 1_000;

/// The schemas that a schema is made of.
pub(super) struct Graph<'m> {
    pub model: &'m Model,
    pub description: &'m Description,
    facts: Vec<Facts>,
    /// For each schema; `None` for one that is not made of others.
    links: Vec<Option<Box<Links>>>,
    /// Those that are, in order.
    linked: Vec<SchemaId>,
    /// The schemas that are more than what they are made of, although they add no keyword to it.
    own: FxHashSet<SchemaId>,
    /// How many more schemas than a few may hold together.
    left: Cell<usize>,
    /// The first schema of which not all that holds is known, because there is too much.
    cut: Cell<Option<SchemaId>>,
}

/// What one schema is made of.
#[derive(Default)]
struct Links {
    /// Schemas that must hold, too.
    all: Vec<SchemaId>,
    choices: Vec<Choice>,
    /// The schema without its wrappers.
    core: Option<SchemaId>,
    /// The schema that has the same shape, if this one only refers to it.
    alias: Option<SchemaId>,
}

/// Schemas of which one must hold.
pub(super) struct Choice {
    pub id: ChoiceId,
    pub branches: Vec<SchemaId>,
    /// Whether a branch was cut, so that values that no branch takes may be valid.
    pub is_cut: bool,
    /// The branches without their wrappers.
    cores: Vec<SchemaId>,
}

/// The keyword of a schema by which there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ChoiceId {
    pub owner: SchemaId,
    pub keyword: Keyword,
}

/// A keyword by which there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Keyword {
    OneOf,
    AnyOf,
    DynamicRef,
}

/// What a schema is if it has no other keywords.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// No value is valid.
    Never,
    /// Only null is valid.
    Null,
    Other,
}

impl<'m> Graph<'m> {
    pub(super) fn new(
        description: &'m Description,
        model: &'m Model,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut graph = Self {
            model,
            description,
            facts: Vec::with_capacity(model.schemas.len()),
            links: Vec::with_capacity(model.schemas.len()),
            linked: Vec::new(),
            own: FxHashSet::default(),
            left: Cell::new(MOST),
            cut: Cell::new(None),
        };
        for id in model.ids() {
            graph.facts.push(Facts::of(model, id));
            let links = links_of(model, id);
            graph.linked.extend(links.as_ref().map(|_| id));
            graph.links.push(links.map(Box::new));
        }
        super::cycle::cut(&mut graph, diagnostics);
        graph.find_own();
        graph.find_cores();
        graph
    }

    pub(super) fn keywords(&self, id: SchemaId) -> Option<&'m Keywords> {
        self.model.schema(id).keywords()
    }

    /// What the keywords of a schema are about.
    pub(super) fn facts(&self, id: SchemaId) -> Facts {
        self.facts[id.index()]
    }

    /// Where a schema is.
    pub(super) fn span(&self, id: SchemaId) -> Span {
        self.description.span(self.model.schema(id).location)
    }

    /// What to call a schema in a message.
    pub(super) fn label(&self, id: SchemaId) -> String {
        match &self.model.schema(id).name {
            Some(name) => format!("`{name}`"),
            None => "the schema".to_owned(),
        }
    }

    /// The schemas that must hold, too.
    pub(super) fn all(&self, id: SchemaId) -> &[SchemaId] {
        self.of(id).map_or(&[], |links| &links.all)
    }

    pub(super) fn choices(&self, id: SchemaId) -> &[Choice] {
        self.of(id).map_or(&[], |links| &links.choices)
    }

    pub(super) fn choice(&self, id: ChoiceId) -> Option<&Choice> {
        self.choices(id.owner).iter().find(|one| one.id == id)
    }

    /// Whether the schema is made of others.
    pub(super) fn has_links(&self, id: SchemaId) -> bool {
        self.of(id).is_some()
    }

    fn of(&self, id: SchemaId) -> Option<&Links> {
        self.links.get(id.index()).and_then(Option::as_deref)
    }

    /// Those that are made of others, in order.
    pub(super) fn with_links(&self) -> Vec<SchemaId> {
        self.linked.clone()
    }

    /// Removes what would close a cycle.
    pub(super) fn cut(&mut self, from: SchemaId, to: SchemaId, choice: Option<Keyword>) {
        let Some(Some(links)) = self.links.get_mut(from.index()) else { return };
        match choice {
            None => links.all.retain(|one| *one != to),
            Some(keyword) => {
                for choice in links.choices.iter_mut().filter(|one| one.id.keyword == keyword) {
                    choice.branches.retain(|one| *one != to);
                    choice.is_cut = true;
                }
            }
        }
    }

    /// All schemas that hold where some schemas do, those that others are made of first.
    pub(super) fn flatten(&self, roots: &[SchemaId]) -> Vec<SchemaId> {
        if let [root] = roots
            && !self.has_links(*root)
        {
            return vec![*root];
        }
        let most = LARGEST.min(self.left.get().saturating_add(FEW)).max(roots.len());
        let mut parts = Vec::new();
        let mut seen = FxHashSet::default();
        let mut open: Vec<(SchemaId, usize)> = Vec::new();
        for root in roots {
            if seen.insert(*root) {
                open.push((*root, 0));
            }
            while let Some((id, next)) = open.last_mut() {
                match self.all(*id).get(*next) {
                    Some(child) => {
                        *next += 1;
                        if seen.len() < most && seen.insert(*child) {
                            open.push((*child, 0));
                        } else if seen.len() == most && !seen.contains(child) {
                            self.cut.set(self.cut.get().or(Some(*root)));
                        }
                    }
                    None => {
                        parts.push(*id);
                        open.pop();
                    }
                }
            }
        }
        self.left.set(self.left.get().saturating_sub(parts.len().saturating_sub(FEW)));
        parts
    }

    /// Whether so many schemas may hold together, and not only a few because there was too much already.
    pub(super) fn may_hold(&self, schemas: &[SchemaId]) -> bool {
        let may = schemas.len() <= FEW || self.left.get() > 0;
        if !may {
            self.cut.set(self.cut.get().or(schemas.first().copied()));
        }
        may
    }

    /// The finding about schemas that are made of too many others.
    pub(super) fn finding(&self) -> Option<Diagnostic> {
        let cut = self.cut.get()?;
        let message = format!("{} is made of too many schemas", self.label(cut));
        Some(
            Diagnostic::warning("too-many-parts", message)
                .at(self.span(cut), "what the others allow is read as any JSON, here and in later ones")
                .help("a chain of `allOf` has the parts of all that come after it; write fewer levels"),
        )
    }

    /// The choices of some parts that are not decided by one of the parts.
    pub(super) fn undecided(&self, parts: &[SchemaId], settled: &[ChoiceId]) -> Vec<ChoiceId> {
        let mut undecided = Vec::new();
        for choice in parts.iter().flat_map(|part| self.choices(*part)) {
            let holds = |branch: &SchemaId| parts.contains(branch);
            let is_decided = settled.contains(&choice.id)
                || choice.branches.is_empty()
                || choice.branches.iter().chain(&choice.cores).any(holds);
            if !is_decided {
                undecided.push(choice.id);
            }
        }
        undecided
    }

    /// The schema itself, or the one that it only refers to, describes, or makes nullable.
    pub(super) fn core(&self, id: SchemaId) -> SchemaId {
        self.of(id).and_then(|links| links.core).unwrap_or(id)
    }

    /// The schema itself, or the one that has its shape because it only refers to it.
    pub(super) fn alias(&self, id: SchemaId) -> SchemaId {
        self.of(id).and_then(|links| links.alias).unwrap_or(id)
    }

    /// The first schema with a name, from the schema on through its wrappers.
    pub(super) fn named(&self, id: SchemaId) -> Option<&'m str> {
        let mut id = id;
        for _ in 0..LONGEST {
            if let Some(name) = &self.model.schema(id).name {
                return Some(name);
            }
            id = self.wrapped(id)?;
        }
        None
    }

    fn wrapped(&self, id: SchemaId) -> Option<SchemaId> {
        let links = self.of(id)?;
        let is_wrapper = links.choices.is_empty()
            && !self.own.contains(&id)
            && !self.facts(id).has(Facts::REQUIRED | Facts::CONTENT);
        match links.all[..] {
            [inner] if is_wrapper => Some(inner),
            _ => None,
        }
    }

    /// Whether the schema has keywords of its own that make a shape.
    pub(super) fn has_content(&self, id: SchemaId) -> bool {
        self.facts(id).has(Facts::CONTENT)
    }

    /// Whether the schema is content, or a type of its own although it is only made of others.
    pub(super) fn is_essential(&self, id: SchemaId) -> bool {
        self.facts(id).has(Facts::CONTENT | Facts::NEVER) || self.own.contains(&id)
    }

    /// A schema of several others is a type of its own, and so is a component that a discriminator can
    /// name, even if it adds nothing to its base.
    fn find_own(&mut self) {
        let mut own = FxHashSet::default();
        for id in self.with_links() {
            let has_weight = |child: &&SchemaId| {
                self.flatten(&[**child]).iter().any(|part| self.has_content(*part))
            };
            let children = self.all(id);
            let is_many = children.len() > 1 && children.iter().filter(has_weight).count() > 1;
            let is_derived = || {
                self.model.schema(id).name.is_some()
                    && self.keywords(id).is_some_and(|one| !one.all_of.is_empty())
                    && self.flatten(children).iter().any(|part| {
                        self.keywords(*part).is_some_and(|one| one.discriminator.is_some())
                    })
            };
            if is_many || is_derived() {
                own.insert(id);
            }
        }
        self.own = own;
    }

    /// Finds what wrappers wrap; those that are wrapped by others first.
    fn find_cores(&mut self) {
        for id in self.with_links() {
            let mut way = vec![id];
            while let Some(inner) = way.last().and_then(|last| self.wrapped(*last)) {
                if self.of(inner).is_some_and(|links| links.core.is_some()) || way.len() > LONGEST {
                    break;
                }
                way.push(inner);
            }
            for outer in way.into_iter().rev() {
                let inner = self.wrapped(outer);
                let has_type = self.facts(outer).has(Facts::TYPE);
                let core = inner.map_or(outer, |inner| self.core(inner));
                let alias = inner.filter(|_| !has_type).map_or(outer, |inner| self.alias(inner));
                if let Some(Some(links)) = self.links.get_mut(outer.index()) {
                    links.core = Some(core);
                    links.alias = Some(alias);
                }
            }
        }
        for id in self.with_links() {
            let cores =
                |choice: &Choice| choice.branches.iter().map(|one| self.core(*one)).collect();
            let cores: Vec<Vec<SchemaId>> = self.choices(id).iter().map(cores).collect();
            if let Some(Some(links)) = self.links.get_mut(id.index()) {
                for (choice, cores) in links.choices.iter_mut().zip(cores) {
                    choice.cores = cores;
                }
            }
        }
    }
}

/// What a schema is if it only refers to others.
pub(super) fn plain(model: &Model, id: SchemaId) -> Plain {
    let mut id = id;
    for _ in 0..LONGEST {
        let keywords = match &model.schema(id).body {
            Body::False => return Plain::Never,
            Body::True => return Plain::Other,
            Body::Keywords(keywords) => keywords,
        };
        if let Some(types) = keywords.types {
            let is_null = types.names().eq(["null"]);
            return if is_null { Plain::Null } else { Plain::Other };
        }
        match &keywords.reference {
            Some(reference) if keywords.all_of.is_empty() && keywords.nullable.is_none() => {
                id = reference.target;
            }
            _ => return Plain::Other,
        }
    }
    Plain::Other
}

/// Whether a branch only specifies that a reference may be null: `{type: object, nullable: true}` beside a
/// reference, as Microsoft's converter from CSDL writes it, where version 3.0 has no type `null`.
fn is_null_beside_reference(model: &Model, branches: &[SchemaId], branch: SchemaId) -> bool {
    let keywords = |id: SchemaId| model.schema(id).keywords();
    let is_nullable_object = || {
        let facts = Facts::of(model, branch);
        facts.is_only(Facts::TYPE | Facts::NULLABLE)
            && facts.kinds == Kinds::OBJECT
            && keywords(branch).is_some_and(|one| one.reference.is_none() && one.all_of.is_empty())
    };
    let is_reference = |id: &SchemaId| keywords(*id).is_some_and(|one| one.reference.is_some());
    match branches {
        [one, other] | [other, one] if *one == branch && is_reference(other) => {
            is_nullable_object()
        }
        _ => false,
    }
}

fn links_of(model: &Model, id: SchemaId) -> Option<Links> {
    let keywords = model.schema(id).keywords()?;
    let mut links = Links::default();
    links.all.extend(keywords.reference.as_ref().map(|one| one.target));
    links.all.extend(&keywords.all_of);
    if let Some(reference) = &keywords.dynamic_reference {
        let branches: Vec<SchemaId> =
            [reference.target].into_iter().chain(reference.candidates.iter().copied()).collect();
        links.choose(ChoiceId { owner: id, keyword: Keyword::DynamicRef }, branches);
    }
    for (branches, keyword) in
        [(&keywords.one_of, Keyword::OneOf), (&keywords.any_of, Keyword::AnyOf)]
    {
        let all: Vec<SchemaId> = branches.iter().flatten().copied().collect();
        let is_real = |one: &SchemaId| {
            plain(model, *one) == Plain::Other && !is_null_beside_reference(model, &all, *one)
        };
        let branches = all.iter().copied().filter(is_real).collect();
        links.choose(ChoiceId { owner: id, keyword }, branches);
    }
    (!links.all.is_empty() || !links.choices.is_empty()).then_some(links)
}

impl Links {
    /// A choice of one is none.
    fn choose(&mut self, id: ChoiceId, branches: Vec<SchemaId>) {
        match branches[..] {
            [] => {}
            [one] => self.all.push(one),
            _ => self.choices.push(Choice { id, branches, is_cut: false, cores: Vec::new() }),
        }
    }
}
