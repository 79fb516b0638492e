//! What the service sends: an alias for each webhook and each call back of an operation.
//!
//! Enters: their names, and the operations that they are. Leaves: the module of the aliases, with the structs of
//! headers and queries. Must not know: how a request that came is read.
//!
//! Headers are members of one struct for all of them, because services send the same ones with everything. Where
//! two have a header of the same name and not the same type, the later one has a struct of its own.

use super::super::docs::deprecated;
use super::super::table::Table;
use super::super::types;
use super::super::webhooks::{HEADERS, Received, Source};
use super::docs;
use super::headers::Headers;
use super::media::Kind;
use super::{by_name, words};
use crate::crate_plan::naming::{self, Scope};
use crate::crate_plan::{
    Alias, Docs, Foreign, Item, ItemPath, Module, Named, Prose, Struct, Type, families,
};
use crate::openapi::model::{Operation, Parameter, Place};
use std::collections::BTreeMap;

/// The module of what the service sends, if it sends anything.
pub(in super::super) fn module(table: &Table<'_>) -> Option<Module> {
    let all = &table.webhooks.all;
    if all.is_empty() {
        return None;
    }
    let common = common(table);
    let scope = table.webhooks.scope.clone();
    let mut planned = Planned { table, common, scope, items: Vec::new() };
    all.iter().for_each(|one| planned.alias(one));
    if !planned.common.is_empty() {
        let docs = vec![
            Prose::new("The headers that webhooks are declared to have."),
            Prose::new("What a request does not have is `None`."),
        ];
        planned.items.push(Item::Struct(planned.common.structure(HEADERS, HEADERS, docs)));
    }
    let mut module =
        Module::of("What the service sends: webhooks, and the calls back of operations.");
    module.docs.push(Prose::new(
        "Each is read by `parse(&headers, &body)`, or by `from_request` if it has a query.",
    ));
    let mut files: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in planned.items {
        files.entry(families::of_type(item.name())).or_default().push(item);
    }
    for (file, mut items) in files {
        items.sort_by(by_name);
        items.into_iter().for_each(|item| module.add(file.clone(), item));
    }
    Some(module)
}

/// The headers of all of them, as far as they agree.
fn common(table: &Table<'_>) -> Headers {
    let mut common = Headers::default();
    for received in &table.webhooks.all {
        let own = headers(table, &table.api.model.operations[received.operation]);
        if common.agrees(&own) {
            common.extend(own);
        }
    }
    common
}

fn headers(table: &Table<'_>, operation: &Operation) -> Headers {
    Headers::of_parameters(table, at(table, operation, Place::Header))
}

/// The parameters at a place.
fn at<'a>(
    table: &Table<'a>,
    operation: &'a Operation,
    place: Place,
) -> impl Iterator<Item = &'a Parameter> {
    let model = &table.api.model;
    let all = operation.parameters.iter().map(|id| &model.parameters[*id]);
    all.filter(move |one| one.place == place)
}

struct Planned<'t, 'a> {
    table: &'t Table<'a>,
    common: Headers,
    scope: Scope,
    items: Vec<Item>,
}

impl Planned<'_, '_> {
    fn alias(&mut self, received: &Received) {
        let operation = &self.table.api.model.operations[received.operation];
        let value = Named::runtime(&["webhook", "Webhook"]).of(body(self.table, operation));
        let headers = self.headers(received, operation);
        let query = self.query(received, operation);
        let value = match (headers, query) {
            (None, None) => value,
            (Some(headers), None) => value.of(headers),
            (headers, Some(query)) => value.of(headers.unwrap_or(Type::Unit)).of(query),
        };
        self.items.push(Item::Alias(Alias {
            name: received.name.clone(),
            wire_name: received.element.clone(),
            docs: of_received(received, operation, self.table),
            value: value.into(),
        }));
    }

    fn headers(&mut self, received: &Received, operation: &Operation) -> Option<Type> {
        let own = headers(self.table, operation);
        if own.is_empty() {
            return None;
        }
        if self.common.agrees(&own) {
            return Some(self.path(HEADERS));
        }
        let docs = Prose::new("The headers of ").item(&received.name).words(".");
        Some(self.structure(received, "Headers", |name| {
            own.structure(name, &received.element, vec![docs])
        }))
    }

    fn query(&mut self, received: &Received, operation: &Operation) -> Option<Type> {
        let parameters: Vec<&Parameter> = at(self.table, operation, Place::Query).collect();
        if parameters.is_empty() {
            return None;
        }
        let own = Headers::of_parameters(self.table, parameters.iter().copied());
        let carried = parameters.into_iter();
        let carried = carried.map(|one| super::parameters::value(self.table, one).carried);
        let docs = Prose::new("The query of ").item(&received.name).words(".");
        Some(self.structure(received, "Query", |name| {
            own.query(name, &received.element, vec![docs], carried.collect())
        }))
    }

    /// Adds a struct of one webhook.
    fn structure(
        &mut self,
        received: &Received,
        ending: &str,
        make: impl FnOnce(&str) -> Struct,
    ) -> Type {
        let wanted = [naming::stem(&received.name), ending].concat();
        let name = self.scope.claim(&wanted, &received.element).name;
        self.items.push(Item::Struct(make(&name)));
        self.path(&name)
    }

    fn path(&self, name: &str) -> Type {
        let module = vec![super::super::webhooks::WEBHOOKS.to_owned()];
        Type::Generated(ItemPath::new(module.into(), name))
    }
}

/// The type of the body.
fn body(table: &Table<'_>, operation: &Operation) -> Type {
    let Some(id) = operation.body else { return Type::Unit };
    let body = &table.api.model.bodies[id];
    // The kinds that are read, the best first.
    const READ: [Kind; 4] = [Kind::Json, Kind::Any, Kind::Form, Kind::Text];
    let mut media = body.content.iter().map(|(name, id)| (Kind::of(&name.text), *id));
    let best = READ.iter().find_map(|kind| media.clone().find(|(own, _)| own == kind));
    let Some((kind, id)) = best.or_else(|| media.next()) else { return Type::Bytes };
    let media = &table.api.model.media_types[id];
    let used = media.schema.and_then(|id| table.api.shapes.of(id));
    let value = match kind {
        Kind::Any if words::is_any_bytes(table, media, used) => Type::Bytes,
        Kind::Json if used.is_some() && words::is_binary(table, used) => Type::Bytes,
        Kind::Json | Kind::Any | Kind::Form => {
            used.map_or(Type::any_json(), |used| types::of(table, used))
        }
        Kind::Text => Type::Foreign(Foreign::String),
        _ => Type::Bytes,
    };
    match (&value, body.required) {
        (_, true) | (Type::Bytes | Type::Option(_), _) => value,
        _ => value.optional(),
    }
}

/// The documentation of what the service sends.
fn of_received(received: &Received, operation: &Operation, table: &Table<'_>) -> Docs {
    let mut docs = docs::of_sent(operation);
    let verb = operation.method.name();
    let what = match &received.source {
        Source::Webhook => {
            Prose::new("The webhook ").code(&received.title).words(", sent by ").code(verb)
        }
        Source::Callback { after, address } => Prose::new("Sent after ")
            .code(after)
            .words(", by ")
            .code(verb)
            .words(" to ")
            .code(address),
    };
    docs.paragraphs.push(what.words("."));
    let answers = operation.responses.iter();
    let answers = answers.map(|one| (one, &table.api.model.responses[one.response]));
    for (answer, response) in answers {
        docs.paragraphs.push(docs::of_expected(&answer.name.text, response));
    }
    docs.deprecated = deprecated(operation.deprecated);
    docs.alias(&received.name, &received.title);
    if let Some(id) = &operation.id {
        docs.alias(&received.name, &id.text);
    }
    docs
}
