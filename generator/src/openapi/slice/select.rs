//! The operations and schemas that patterns select.
//!
//! Enters: an API and patterns. Leaves: the smaller API, and the patterns that select nothing.

use super::Pattern;
use super::keep::left_out;
use super::roots::roots;
use crate::input::diagnostic::Diagnostics;
use crate::openapi::model::{
    Body, Id, Model, Operation, Path, PathItem, Schema, SchemaId, Webhook,
};
use crate::openapi::schema::Shapes;
use crate::openapi::{Api, schema};
use rustc_hash::FxHashSet;

/// A part of an API.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The part.
    pub api: Api,
    /// The operations on its paths and webhooks.
    pub operations: Vec<Id<Operation>>,
    /// The components that are excluded.
    pub excluded: Vec<SchemaId>,
    /// The positions of the included patterns that select nothing.
    pub unmatched: Vec<usize>,
}

/// The part of an API that is included and not excluded. Without a pattern that includes, everything is.
///
/// What an excluded component is, is any JSON where it is referred to.
pub fn select(api: Api, include: &[Pattern], exclude: &[Pattern]) -> Selected {
    let mut choice = Choice { include, exclude, matched: vec![false; include.len()] };
    let Api { description, mut model, .. } = api;
    let excluded = cut_components(&mut model, exclude);
    let mut called = Vec::new();
    let mut keep = |model: &mut Model, item: Id<PathItem>, of: Place<'_>| {
        let operations = model.items[item].operations.iter().copied();
        let kept: Vec<Id<Operation>> =
            operations.filter(|id| choice.takes(of, &model.operations[*id])).collect();
        called.extend_from_slice(&kept);
        // Another path may have all operations of the same item.
        let smaller = PathItem { operations: kept, ..model.items[item].clone() };
        (!smaller.operations.is_empty()).then(|| model.items.push(smaller))
    };
    for path in std::mem::take(&mut model.paths) {
        let item = keep(&mut model, path.item, Place::Path(&path));
        model.paths.extend(item.map(|item| Path { item, ..path }));
    }
    for webhook in std::mem::take(&mut model.webhooks) {
        let item = keep(&mut model, webhook.item, Place::Webhook(&webhook));
        model.webhooks.extend(item.map(|item| Webhook { item, ..webhook }));
    }
    let components: Vec<SchemaId> =
        model.types.iter().copied().filter(|id| choice.takes_component(&model, *id)).collect();
    let used = components.into_iter().chain(roots(&model, called.iter().copied()));
    let mut used: FxHashSet<SchemaId> = used.collect();
    let part = Api { description, model, shapes: Shapes::default() };
    let unmatched = (0..include.len()).filter(|at| !choice.matched[*at]).collect();
    let mut part = Selected { api: part, operations: called, excluded, unmatched };
    let types = std::mem::take(&mut part.api.model.types);
    while part.shape(&types, &mut used) {}
    part
}

impl Selected {
    /// Finds the shapes of the schemas that are used, and adds to these the others that the documents of the
    /// part have. Returns whether there are any.
    ///
    /// A component that is only merged into others is a type as well, as it is in the whole API: so an inline
    /// schema in it has the same name there and in each part, and the documents of the part are the part.
    fn shape(&mut self, types: &[SchemaId], used: &mut FxHashSet<SchemaId>) -> bool {
        let Api { description, model, shapes } = &mut self.api;
        // In the order of the whole, of which a part is a part.
        let known: FxHashSet<SchemaId> = types.iter().copied().collect();
        let mut others: Vec<SchemaId> = used.difference(&known).copied().collect();
        others.sort();
        let sorted = types.iter().copied().filter(|id| used.contains(id)).chain(others);
        // All of this was reported when the whole was read.
        let mut known = Diagnostics::default();
        *shapes = schema::shapes(description, model, sorted, &mut known);
        model.types = types.iter().copied().filter(|id| shapes.of(*id).is_some()).collect();
        let left_out = left_out(self);
        let model = &self.api.model;
        let stays = |schema: &Schema| match &schema.name {
            _ if left_out.visited.contains(&schema.location) => true,
            Some(_) => {
                left_out.documents.contains(&schema.location.document)
                    && !left_out.values.contains(&schema.location)
            }
            None => false,
        };
        let before = used.len();
        used.extend(types.iter().copied().filter(|id| stays(model.schema(*id))));
        used.len() > before
    }
}

/// Makes each excluded component any JSON without a name, and returns them.
fn cut_components(model: &mut Model, exclude: &[Pattern]) -> Vec<SchemaId> {
    let mut cut = Vec::new();
    for (id, schema) in model.ids().zip(&mut model.schemas) {
        let is_cut = |name: &String| exclude.iter().any(|one| one.is_component(name));
        if schema.name.as_ref().is_some_and(is_cut) {
            schema.name = None;
            schema.body = Body::True;
            cut.push(id);
        }
    }
    cut
}

/// Where operations are.
#[derive(Clone, Copy)]
enum Place<'m> {
    Path(&'m Path),
    Webhook(&'m Webhook),
}

struct Choice<'p> {
    include: &'p [Pattern],
    exclude: &'p [Pattern],
    /// Which of the included patterns select something.
    matched: Vec<bool>,
}

impl Choice<'_> {
    fn takes(&mut self, place: Place<'_>, operation: &Operation) -> bool {
        let is_one = |pattern: &Pattern| is_operation(pattern, place, operation);
        self.takes_what(is_one)
    }

    /// Whether a schema is selected by itself, and not because something refers to it.
    fn takes_component(&mut self, model: &Model, id: SchemaId) -> bool {
        match &model.schema(id).name {
            Some(name) => self.takes_what(|pattern| pattern.is_component(name)),
            None => self.include.is_empty(),
        }
    }

    fn takes_what(&mut self, is_one: impl Fn(&Pattern) -> bool) -> bool {
        let mut included = self.include.is_empty();
        for (pattern, matched) in self.include.iter().zip(&mut self.matched) {
            let is_included = is_one(pattern);
            *matched |= is_included;
            included |= is_included;
        }
        included && !self.exclude.iter().any(is_one)
    }
}

impl Pattern {
    /// Whether an operation at a path is one of those.
    pub(crate) fn has_operation(&self, path: &Path, operation: &Operation) -> bool {
        is_operation(self, Place::Path(path), operation)
    }
}

fn is_operation(pattern: &Pattern, place: Place<'_>, operation: &Operation) -> bool {
    match pattern {
        Pattern::Path { .. } => match place {
            Place::Path(path) => pattern.is_path(path, operation.method.name()),
            Place::Webhook(_) => false,
        },
        Pattern::Tag(name) => operation.tags.iter().any(|tag| name.is(&tag.text)),
        Pattern::Operation(name) | Pattern::Any(name) => {
            operation.id.as_ref().is_some_and(|id| name.is(&id.text))
        }
        Pattern::Webhook(name) => match place {
            Place::Webhook(webhook) => name.is(&webhook.name.text),
            Place::Path(_) => false,
        },
        Pattern::Component(_) => false,
    }
}
