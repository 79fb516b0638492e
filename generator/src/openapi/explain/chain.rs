//! Why a schema is there: the shortest way to it from an operation.

use super::{Explain, Report, edges, meant};
use crate::crate_plan::Type;
use crate::openapi::model::{Id, Model, Operation, PathItem, SchemaId};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// How a schema was reached.
struct Step {
    from: From,
    /// What is between.
    way: String,
}

#[derive(Clone, Copy)]
enum From {
    /// A request, by its number.
    Request(usize),
    Schema(SchemaId),
}

/// What begins a way: its title, and its operation.
type Request = (String, Id<Operation>);

impl Explain<'_> {
    /// The shortest way from a request to a schema: to a component, or to one with a type of Rust.
    ///
    /// # Errors
    /// No schema that is used has the name.
    pub fn why(&self, name: &str) -> Result<Report, String> {
        let Some(target) = self.schema(name) else {
            let names = self.components().map(|(name, _)| name);
            let types = self.types.iter().filter_map(|(_, one)| generated(one));
            if self.api.model.schemas.iter().any(|one| one.name.as_deref() == Some(name)) {
                return Err(format!("`{name}` is not part of the slice"));
            }
            let what = format!("no schema and no type is called `{name}`");
            return Err(meant(what, name, names.chain(types)));
        };
        let requests = self.requests();
        let steps = self.search(&requests, target);
        let mut passed: Vec<(SchemaId, &str)> = Vec::new();
        let mut at = target;
        while let Some(step) = steps.get(&at) {
            passed.push((at, &step.way));
            match step.from {
                From::Schema(from) => at = from,
                From::Request(number) => {
                    passed.reverse();
                    return Ok(self.chain(&requests[number].0, &passed, name));
                }
            }
        }
        Ok(Report::text("no request has it; it is there because it is a component"))
    }

    /// A link for each schema with a name on the way.
    fn chain(&self, title: &str, passed: &[(SchemaId, &str)], name: &str) -> Report {
        let mut links = Vec::new();
        let mut via = [title, ", "].concat();
        for (at, (schema, way)) in passed.iter().enumerate() {
            if at == 1 && links.is_empty() && way.starts_with(['.', '[']) {
                via.push(' ');
            }
            via.push_str(way);
            let own = self.api.model.schema(*schema).name.as_deref();
            let is_last = at + 1 == passed.len();
            if let Some(own) = own.or(is_last.then_some(name)) {
                let via = std::mem::replace(&mut via, own.to_owned());
                links.push((via, own.to_owned()));
            }
        }
        Report::Links(links)
    }

    /// The component with a name, or the schema whose type has it.
    fn schema(&self, name: &str) -> Option<SchemaId> {
        if let Some((_, id)) = self.components().find(|(own, _)| *own == name) {
            return Some(id);
        }
        let wanted = name.rsplit("::").next().unwrap_or(name);
        let (location, _) = self.types.iter().find(|(_, one)| generated(one) == Some(wanted))?;
        let model = &self.api.model;
        model.ids().find(|id| model.schema(*id).location == *location)
    }

    /// All requests, also those that the service sends.
    fn requests(&self) -> Vec<Request> {
        let model = &self.api.model;
        let called = self.operations.iter().map(|(path, id)| {
            let own = model.operations[*id].id.as_ref();
            let own = own.map_or_else(String::new, |own| format!(" ({})", own.text));
            (self.title(path, *id) + &own, *id)
        });
        let mut requests: Vec<Request> = called.collect();
        for (path, id) in &self.operations {
            for (name, callback) in &model.operations[*id].callbacks {
                let title = format!("callback `{}` of {}", name.text, self.title(path, *id));
                let items = model.callbacks[*callback].requests.iter().map(|(_, item)| *item);
                items.for_each(|item| sent(model, &title, item, &mut requests));
            }
        }
        for webhook in &model.webhooks {
            let title = format!("webhook `{}`", webhook.name.text);
            sent(model, &title, webhook.item, &mut requests);
        }
        requests
    }

    /// The nearest way to each schema, until one is found.
    fn search(&self, requests: &[Request], target: SchemaId) -> FxHashMap<SchemaId, Step> {
        let model = &self.api.model;
        let derived = self.derived();
        let mut steps: FxHashMap<SchemaId, Step> = FxHashMap::default();
        let mut open: VecDeque<SchemaId> = VecDeque::new();
        for (number, (_, operation)) in requests.iter().enumerate() {
            for (way, schema) in edges::of_operation(model, *operation) {
                steps.entry(schema).or_insert_with(|| {
                    open.push_back(schema);
                    Step { from: From::Request(number), way }
                });
            }
        }
        while let Some(at) = open.pop_front() {
            if steps.contains_key(&target) {
                break;
            }
            let derived = derived.get(&at).into_iter().flatten();
            let derived = derived.map(|one| (" (derived)".to_owned(), *one));
            for (way, schema) in edges::of_schema(model, at).into_iter().chain(derived) {
                steps.entry(schema).or_insert_with(|| {
                    open.push_back(schema);
                    Step { from: From::Schema(at), way }
                });
            }
        }
        steps
    }

    /// The components that are derived from one with a discriminator, which nothing has to refer to.
    fn derived(&self) -> FxHashMap<SchemaId, Vec<SchemaId>> {
        let model = &self.api.model;
        let mut derived: FxHashMap<SchemaId, Vec<SchemaId>> = FxHashMap::default();
        for (_, id) in self.components() {
            let parts = model.schema(id).keywords().into_iter().flat_map(|one| &one.all_of);
            let bases = parts.filter_map(|part| {
                let base = model.schema(*part).keywords()?.reference.as_ref()?.target;
                model.schema(base).keywords()?.discriminator.as_ref().map(|_| base)
            });
            bases.for_each(|base| derived.entry(base).or_default().push(id));
        }
        derived
    }
}

/// Adds the requests of a path item that the service sends.
fn sent(model: &Model, title: &str, item: Id<PathItem>, requests: &mut Vec<Request>) {
    for id in &model.items[item].operations {
        let method = model.operations[*id].method.name();
        requests.push((format!("{title} ({method})"), *id));
    }
}

/// The name of a generated type.
fn generated(value: &Type) -> Option<&str> {
    match value {
        Type::Generated(path) => Some(&path.name),
        Type::Option(inner) | Type::Box(inner) => generated(inner),
        _ => None,
    }
}
