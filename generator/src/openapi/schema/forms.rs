//! From schemas that hold together to the first form of their shape.
//!
//! Enters: schemas that are used. Leaves: [`Forms`]: a shape for each conjunction that they lead to, once.
//! Unions are as they are written; [`normal`](super::normal) merges and lifts what can be.

use super::conjunction::{Conjunction, Key};
use super::enumeration::{Enumeration, Listed, listed};
use super::facts::Facts;
use super::fidelity::Fidelity;
use super::findings::Findings;
use super::graph::{ChoiceId, Graph};
use super::kinds::Kinds;
use super::null::Nulls;
use super::scalar::{Integer, Number, Text};
use super::shape::{Form, Shape, ShapeId, Use};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::Span;
use crate::openapi::model::{Keywords, SchemaId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// The number of the shape of any JSON.
pub(super) const ANY: ShapeId = ShapeId::FIRST;

/// The shapes so far.
pub(super) struct Forms<'m, 'd> {
    pub graph: Graph<'m>,
    pub diagnostics: Findings<'d>,
    nulls: Nulls,
    pub shapes: Vec<Shape>,
    /// The conjunction of each shape.
    pub conjunctions: Vec<Conjunction>,
    known: FxHashMap<Key, ShapeId>,
    /// The shape of each schema that makes one alone.
    single: Vec<Option<ShapeId>>,
    pub uses: Vec<Option<Use>>,
    waiting: VecDeque<ShapeId>,
    /// How many shapes of several schemas may still be made.
    pub budget: usize,
    pub families: super::family::Families,
    /// Unions of which one shape is left, which is theirs.
    pub aliases: FxHashMap<ShapeId, ShapeId>,
    /// The shapes of several schemas that are items of an array.
    pub items: FxHashSet<ShapeId>,
    /// The shape that is being made.
    making: ShapeId,
}

impl<'m, 'd> Forms<'m, 'd> {
    pub(super) fn new(graph: Graph<'m>, diagnostics: &'d mut Diagnostics) -> Self {
        let any = Conjunction { only: Kinds::ALL, ..Conjunction::default() };
        let schemas = graph.model.schemas.len();
        let families = super::family::Families::new(&graph);
        let mut forms = Self {
            graph,
            diagnostics: Findings::new(diagnostics),
            nulls: Nulls::default(),
            shapes: Vec::with_capacity(schemas),
            conjunctions: Vec::with_capacity(schemas),
            known: FxHashMap::default(),
            single: vec![None; schemas],
            uses: vec![None; schemas],
            waiting: VecDeque::new(),
            budget: 10_000 + 4 * schemas,
            families,
            aliases: FxHashMap::default(),
            items: FxHashSet::default(),
            making: ANY,
        };
        forms.shape_of(any);
        forms.waiting.clear();
        forms
    }

    /// Reports what was left out because it is too much.
    pub(super) fn report(&mut self) {
        if let Some(finding) = self.graph.finding() {
            self.diagnostics.push(finding);
        }
    }

    /// The shape of a schema.
    pub(super) fn used(&mut self, schema: SchemaId) -> Use {
        if let Some(Some(known)) = self.uses.get(schema.index()) {
            return *known;
        }
        let alias = self.graph.alias(schema);
        let shape = if alias == schema {
            let conjunction = Conjunction::new(&self.graph, &[schema], Vec::new(), Kinds::ALL);
            self.shape_of(conjunction)
        } else {
            self.used(alias).shape
        };
        let nullable = shape != ANY && self.nulls.of_all(&self.graph, &[schema]);
        let found = Use { shape, nullable };
        self.uses[schema.index()] = Some(found);
        found
    }

    /// The shape of schemas that hold together.
    pub(super) fn used_together(&mut self, schemas: &[SchemaId]) -> Use {
        match schemas {
            // What is left of a description that is made to exhaust its readers is any JSON.
            [_, _, ..] if self.budget == 0 || !self.graph.may_hold(schemas) => {
                Use { shape: ANY, nullable: false }
            }
            [] => Use { shape: ANY, nullable: false },
            [schema] => self.used(*schema),
            _ => {
                let conjunction = Conjunction::new(&self.graph, schemas, Vec::new(), Kinds::ALL);
                let shape = self.shape_of(conjunction);
                let nullable = shape != ANY && self.nulls.of_all(&self.graph, schemas);
                Use { shape, nullable }
            }
        }
    }

    /// The shape of a conjunction, which is made later.
    pub(super) fn shape_of(&mut self, conjunction: Conjunction) -> ShapeId {
        let key = conjunction.key(&self.graph);
        let known = match key.single() {
            Some(part) => self.single[part.index()],
            None => self.known.get(&key).copied(),
        };
        if let Some(known) = known {
            return known;
        }
        let id = ShapeId::new(self.shapes.len());
        let origin = self.origin(&conjunction, &key);
        if origin.is_none() {
            self.budget = self.budget.saturating_sub(1);
        }
        self.shapes.push(Shape {
            form: Form::Any,
            origin,
            schemas: conjunction.parts.iter().rev().copied().collect(),
            fidelity: Fidelity::Exact,
        });
        self.conjunctions.push(conjunction);
        match key.single() {
            Some(part) => self.single[part.index()] = Some(id),
            None => _ = self.known.insert(key, id),
        }
        self.waiting.push_back(id);
        id
    }

    /// The schema that has the shape by itself: the last one that adds something, if nothing else does.
    fn origin(&self, conjunction: &Conjunction, key: &Key) -> Option<SchemaId> {
        if key.is_any() || conjunction.only != Kinds::ALL {
            return None;
        }
        let last = *conjunction.parts.iter().rev().find(|part| key.needs(**part))?;
        if conjunction.parts.len() == 1 {
            return Some(last);
        }
        let alone = Conjunction::new(&self.graph, &[last], Vec::new(), Kinds::ALL);
        (alone.key(&self.graph) == *key).then_some(last)
    }

    /// Makes all shapes that were asked for, and those that they lead to.
    pub(super) fn make(&mut self) {
        while let Some(id) = self.waiting.pop_front() {
            let conjunction = std::mem::take(&mut self.conjunctions[id.index()]);
            let mut fidelity = Fidelity::of(&self.graph, &conjunction.parts);
            self.making = id;
            let form = self.form(&conjunction, &mut fidelity);
            let shape = &mut self.shapes[id.index()];
            shape.form = form;
            shape.fidelity = fidelity;
            self.conjunctions[id.index()] = conjunction;
        }
    }

    fn form(&mut self, of: &Conjunction, fidelity: &mut Fidelity) -> Form {
        if of.parts.iter().any(|part| self.graph.facts(*part).has(Facts::NEVER)) {
            return Form::Never;
        }
        let kinds = of.kinds(&self.graph);
        match listed(&self.graph, &of.parts, kinds, &mut self.diagnostics) {
            Listed::Nothing => {}
            Listed::Null => return Form::Null,
            Listed::Scalars(values) => {
                self.unchecked(&of.choices, fidelity);
                return enumerated(values);
            }
            Listed::Structured(span) => return self.structured(span, of, fidelity),
            Listed::Contradiction(one, other) => return self.contradiction(one, other, fidelity),
        }
        let choices = self.meaningful(of, fidelity);
        if !choices.is_empty() {
            return self.union(of, &choices, fidelity);
        }
        self.of_kinds(of, kinds, fidelity)
    }

    /// The form without regard to choices.
    fn of_kinds(&mut self, of: &Conjunction, kinds: Kinds, fidelity: &mut Fidelity) -> Form {
        if kinds.is_empty() {
            return self.without_kinds(of, fidelity);
        }
        if !of.is_limited(&self.graph) {
            return self.of_any_kind(of, fidelity);
        }
        if kinds == Kinds::ALL && of.parts.iter().all(|part| !self.graph.has_content(*part)) {
            return Form::Any;
        }
        let each: Vec<Kinds> = kinds.each().collect();
        match each[..] {
            [kind] => self.of_kind(of, kind, fidelity),
            _ => self.by_kind(of, &each, false),
        }
    }

    /// Schemas that name no kind limit only the values of the kinds that their keywords are about.
    fn of_any_kind(&mut self, of: &Conjunction, fidelity: &mut Fidelity) -> Form {
        let keywords = || of.parts.iter().filter_map(|part| self.graph.keywords(*part));
        let is_object = keywords().any(|one| {
            !one.properties.is_empty()
                || !one.pattern_properties.is_empty()
                || one.additional_properties.is_some_and(|id| self.graph.keywords(id).is_some())
        });
        let is_array = keywords().any(|one| one.items.is_some() || !one.prefix_items.is_empty());
        match (is_object, is_array) {
            (true, false) => self.object(of, true),
            (true, true) => self.by_kind(of, &[Kinds::OBJECT, Kinds::ARRAY], true),
            (false, true) => self.by_kind(of, &[Kinds::ARRAY], true),
            (false, false) => {
                let specifies = |part: &&SchemaId| {
                    self.graph.has_content(**part)
                        || self.graph.keywords(**part).is_some_and(|one| !one.required.is_empty())
                };
                if let Some(part) = of.parts.iter().find(specifies) {
                    let span = self.graph.span(*part);
                    fidelity.widen("without `type` values of every kind are valid", span);
                }
                Form::Any
            }
        }
    }

    fn of_kind(&mut self, of: &Conjunction, kind: Kinds, fidelity: &mut Fidelity) -> Form {
        let is_specified = |part: &&SchemaId| self.graph.facts(**part).has(Facts::SCALAR);
        let keywords =
            || of.parts.iter().filter(is_specified).filter_map(|part| self.graph.keywords(*part));
        match kind {
            Kinds::OBJECT => self.object(of, false),
            Kinds::ARRAY => self.array(of, fidelity),
            Kinds::STRING => Form::Text(Text::of(keywords())),
            Kinds::BOOLEAN => Form::Boolean,
            Kinds::INTEGER => Form::Integer(Integer::of(keywords())),
            _ => Form::Number(Number::of(keywords())),
        }
    }

    /// What only specifies null has no other kind.
    fn without_kinds(&mut self, of: &Conjunction, fidelity: &mut Fidelity) -> Form {
        let types = |part: &SchemaId| Some((self.graph.keywords(*part)?.types?, *part));
        let mut types = of.parts.iter().filter_map(types);
        let Some((first, _)) = types.next() else { return Form::Any };
        let is_null = first.has("null") && types.clone().all(|(one, _)| one.has("null"));
        if is_null {
            return Form::Null;
        }
        let Some((last, _)) = types.next_back() else {
            // An empty list of types.
            fidelity.widen("no type is allowed", first.span);
            return Form::Any;
        };
        self.contradiction(last.span, first.span, fidelity)
    }

    pub(super) fn contradiction(
        &mut self,
        one: Span,
        other: Span,
        fidelity: &mut Fidelity,
    ) -> Form {
        // An array without items fits nevertheless.
        let (message, help) = match self.items.contains(&self.making) {
            true => (
                "no item fits all schemas that have to hold together, so only an empty array does",
                "items with any value are read; correct one of the parts",
            ),
            false => (
                "no value fits all schemas that have to hold together",
                "any value is read; correct one of the parts",
            ),
        };
        let mut finding = Diagnostic::violation("contradiction", message)
            .at(one, "this excludes what another part requires")
            .help(help);
        if other != one {
            finding = finding.related(other, "the other part");
        }
        self.diagnostics.push(finding);
        fidelity.widen("the parts contradict each other", one);
        Form::Any
    }

    fn structured(&mut self, span: Span, of: &Conjunction, fidelity: &mut Fidelity) -> Form {
        let is_listed =
            |part: &SchemaId| self.graph.keywords(*part).is_some_and(|one| one.values.is_some());
        if of.parts.iter().any(is_listed) {
            let message = "the values of an enumeration are objects or arrays";
            let finding = Diagnostic::warning("structured-enum", message)
                .at(span, "expected a scalar")
                .help("the values are any JSON; describe them with a schema");
            self.diagnostics.push(finding);
        }
        fidelity.widen("values that are objects or arrays are not compared", span);
        Form::Any
    }

    /// Notes that choices are not checked.
    pub(super) fn unchecked(&self, choices: &[ChoiceId], fidelity: &mut Fidelity) {
        for choice in choices {
            let why = "its alternatives only limit it, and are not compared";
            fidelity.widen(why, self.graph.span(choice.owner));
        }
    }

    /// Whether no kinds remain, so that no value can fit.
    pub(super) fn is_impossible(&self, of: &Conjunction) -> bool {
        of.kinds(&self.graph).is_empty()
            || of.parts.iter().any(|one| self.graph.facts(*one).has(Facts::NEVER))
    }

    pub(super) fn part_keywords(&self, of: &Conjunction) -> Vec<(SchemaId, &'m Keywords)> {
        let with = |part: &SchemaId| Some((*part, self.graph.keywords(*part)?));
        of.parts.iter().filter_map(with).collect()
    }
}

/// One value is a constant, and both booleans are a boolean.
pub(super) fn enumerated(mut values: Vec<super::enumeration::Value>) -> Form {
    use super::enumeration::Literal;
    if values.len() == 2 && values.iter().all(|one| matches!(one.literal, Literal::Boolean(_))) {
        return Form::Boolean;
    }
    match values.pop() {
        Some(one) if values.is_empty() => Form::Constant(one),
        last => {
            values.extend(last);
            Form::Enumeration(Enumeration { values })
        }
    }
}

impl Forms<'_, '_> {
    /// The finished shapes.
    pub(super) fn finish(self) -> super::shape::Shapes {
        let Self { graph, diagnostics, shapes, uses, aliases, .. } = self;
        let diagnostics = diagnostics.into_all();
        let mut shapes = super::shape::Shapes { shapes, uses, wrong_defaults: Default::default() };
        super::alias::replace(&mut shapes, &aliases);
        super::check::defaults(&mut shapes, &graph, diagnostics);
        super::check::finite(&mut shapes, &graph, diagnostics);
        shapes
    }
}
