//! What comes after a request: the requests that an answer makes possible, and those that the service sends.
//!
//! Enters: the links and the callbacks of an operation, and the methods of all operations. Leaves: paragraphs of
//! documentation. Must not know: how documentation is written as code.

use super::super::table::Table;
use super::docs::paragraphs;
use super::groups::Requested;
use super::methods::Drafts;
use crate::crate_plan::{Part, Place, Prose};
use crate::openapi::description::Location;
use crate::openapi::model::{Callback, Link};
use rustc_hash::FxHashMap;

/// The methods of all operations, by where these are written.
pub(super) type Methods = FxHashMap<Location, Method>;

/// A method that calls an operation.
#[derive(Clone, Debug)]
pub(super) struct Method {
    /// The module of its group, and the name of the group.
    group: (String, String),
    name: String,
    /// The names of its arguments and setters.
    parts: Vec<(Part, String)>,
}

impl Method {
    /// The plain method of an operation, in a group by its module and name.
    pub(super) fn of(group: (&str, &str), drafts: &Drafts<'_>) -> Option<(Location, Self)> {
        let draft = drafts.methods.first()?;
        let group = (group.0.to_owned(), group.1.to_owned());
        let method = Self { group, name: draft.name.clone(), parts: draft.parts() };
        Some((draft.requested.operation.location, method))
    }

    fn link(&self, prose: Prose) -> Prose {
        prose.method_of(&self.group.0, &self.group.1, &self.name)
    }

    /// The argument or the setter for a parameter, which may be named with its place.
    fn part(&self, parameter: &str) -> Option<&str> {
        let placed = parameter.split_once('.').and_then(|(place, name)| {
            let place = match place {
                "path" => Place::Path,
                "query" => Place::Query,
                "header" => Place::Header,
                "cookie" => Place::Cookie,
                _ => return None,
            };
            Some((place, name))
        });
        let mut parts = self.parts.iter();
        let found = parts.find(|(part, _)| match (part, placed) {
            (Part::Parameter(at, own), Some((place, name))) if own == name => *at == place,
            (Part::Parameter(_, own), _) => own == parameter,
            _ => false,
        });
        found.map(|(_, name)| name.trim_start_matches("r#"))
    }
}

/// What is said about the links and callbacks of an operation.
pub(super) fn of_operation(
    table: &Table<'_>,
    methods: &Methods,
    requested: Requested<'_>,
) -> Vec<Prose> {
    let model = &table.api.model;
    let operation = requested.operation;
    let mut said = Vec::new();
    for answer in &operation.responses {
        for (name, id) in &model.responses[answer.response].links {
            let new = of_link(table, methods, &name.text, &model.links[*id]);
            // The same link may come with several answers.
            said.extend(new.filter(|new| !said.contains(new)));
        }
    }
    let callbacks = operation.callbacks.iter();
    said.extend(
        callbacks.flat_map(|(name, id)| of_callback(table, &name.text, &model.callbacks[*id])),
    );
    said
}

fn of_link(table: &Table<'_>, methods: &Methods, name: &str, link: &Link) -> Option<Prose> {
    let operation = &table.api.model.operations[link.operation?];
    let method = methods.get(&operation.location)?;
    let value = |at: Location| {
        let node = table.api.description.node(at);
        node.text().map(value_of).or_else(|| super::super::docs::shown(node).map(Value::Constant))
    };
    let mut values: Vec<(Prose, Value)> = Vec::new();
    for (name, at) in &link.parameters {
        let Some(value) = value(*at) else { continue };
        let name = method.part(&name.text).unwrap_or(&name.text);
        values.push((Prose::default().code(name), value));
    }
    if let Some(value) = link.body.and_then(value) {
        values.push((Prose::new("the body"), value));
    }
    let mut prose = method.link(Prose::new("Next, by the link ").code(name).words(": "));
    if !values.is_empty() {
        prose = prose.words(", where ");
    }
    for (at, (name, value)) in values.iter().enumerate() {
        prose = match at {
            0 => prose,
            _ if at + 1 == values.len() => prose.words(" and "),
            _ => prose.words(", "),
        };
        prose = value.say(prose.and(name).words(" is "));
    }
    prose = prose.words(".");
    Some(match paragraphs(link.description.as_ref()).into_iter().next() {
        Some(first) => prose.words(" ").and(&first),
        None => prose,
    })
}

/// What a link passes on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A member of the body of the answer, or all of it.
    Answer(String),
    /// A header of the answer.
    Header(String),
    /// A parameter of the request.
    Request(String),
    /// A member of the body of the request, or all of it.
    Sent(String),
    /// An expression, as it is written.
    Expression(String),
    Constant(String),
}

/// Reads an expression, or a constant (OpenAPI 3.2, section 4.20.4).
fn value_of(text: &str) -> Value {
    let member = |pointer: &str| pointer.trim_start_matches('#').trim_start_matches('/').to_owned();
    if let Some(pointer) = text.strip_prefix("$response.body") {
        return Value::Answer(member(pointer));
    }
    if let Some(name) = text.strip_prefix("$response.header.") {
        return Value::Header(name.to_owned());
    }
    if let Some(pointer) = text.strip_prefix("$request.body") {
        return Value::Sent(member(pointer));
    }
    let parameters = ["$request.path.", "$request.query.", "$request.header."];
    if let Some(name) = parameters.iter().find_map(|place| text.strip_prefix(place)) {
        return Value::Request(name.to_owned());
    }
    match text.starts_with('$') || text.contains("{$") {
        true => Value::Expression(text.to_owned()),
        false => Value::Constant(text.to_owned()),
    }
}

impl Value {
    fn say(&self, prose: Prose) -> Prose {
        match self {
            Self::Answer(member) if member.is_empty() => prose.words("the answer"),
            Self::Answer(member) => prose.words("the ").code(member).words(" of the answer"),
            Self::Header(name) => prose.words("the header ").code(name).words(" of the answer"),
            Self::Request(name) => prose.words("the ").code(name).words(" of this request"),
            Self::Sent(member) if member.is_empty() => prose.words("the body of this request"),
            Self::Sent(member) => {
                prose.words("the ").code(member).words(" in the body of this request")
            }
            Self::Expression(text) | Self::Constant(text) => prose.code(text),
        }
    }
}

/// What is said about a callback: the requests that the service sends.
fn of_callback<'t>(
    table: &'t Table<'_>,
    name: &'t str,
    callback: &'t Callback,
) -> impl Iterator<Item = Prose> + 't {
    let model = &table.api.model;
    callback.requests.iter().flat_map(move |(address, item)| {
        model.items[*item].operations.iter().map(move |id| {
            let operation = &model.operations[*id];
            let request = [operation.method.name(), " ", &address.text].concat();
            let prose = Prose::new("Later the service may send ").code(&request);
            let read = table.webhooks.path(*id);
            let prose = match read.as_ref().and_then(|path| Some((path.module.first()?, path))) {
                Some((module, path)) => {
                    prose.words(", which is read as ").item_at(module, &path.name)
                }
                None => prose,
            };
            let prose = prose.words(" (the callback ").code(name).words(").");
            let described = operation.summary.as_ref().or(operation.description.as_ref());
            match paragraphs(described).into_iter().next() {
                Some(first) => prose.words(" ").and(&first),
                None => prose,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_said_in_words() {
        for (text, expected) in [
            ("$response.body#/id", "the `id` of the answer"),
            ("$response.body#/data/0/id", "the `data/0/id` of the answer"),
            ("$response.body", "the answer"),
            ("$response.header.Location", "the header `Location` of the answer"),
            ("$request.path.id", "the `id` of this request"),
            ("$request.query.page", "the `page` of this request"),
            ("$request.body#/name", "the `name` in the body of this request"),
            ("$method", "`$method`"),
            ("a{$url}", "`a{$url}`"),
            ("all", "`all`"),
        ] {
            let said = value_of(text).say(Prose::default());
            assert_eq!(said.markdown(), expected, "{text}");
        }
    }
}
