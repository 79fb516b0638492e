//! The methods of a group.
//!
//! Enters: the operations of the group with their names. Leaves: for each operation the [`Draft`]s of its methods,
//! one for each kind of body and answer, and then the methods. Must not know: other groups.

use super::super::table::Table;
use super::answers::{self, Returned};
use super::bodies::{self, Body};
use super::errors::Errors;
use super::groups::{Group, Requested};
use super::headers::Headers;
use super::options::OptionSet;
use super::pages::Proposal;
use super::parameters::{self, Value};
use super::servers::{self, Base};
use super::{docs, idempotency, long_running, names, pages, security};
use crate::crate_plan::naming::{Scope, identifier};
use crate::crate_plan::{
    BodyKind, Docs, FinalState, Foreign, Operation, Parameter, Part, Prose, Type,
};

/// A method as far as it depends on its operation alone.
#[derive(Clone, Debug)]
pub(super) struct Draft<'m> {
    /// The name, keywords not yet escaped.
    pub(super) name: String,
    pub(super) requested: Requested<'m>,
    /// What it returns, and the body that it takes.
    pub(super) returned: Returned,
    pub(super) options: OptionSet,
    /// Whether the answers are those of the plain method.
    pub(super) is_plain: bool,
    /// Where the items are in a page, if it returns one.
    pub(super) items: Option<Vec<String>>,
    /// What the configuration could specify of its pages.
    pub(super) proposal: Option<Proposal>,
    arguments: Vec<(Parameter, Part)>,
    /// What is said about the arguments.
    said: Vec<(String, Vec<Prose>)>,
    operation: Operation,
}

/// An operation with its methods, the plain one first.
#[derive(Clone, Debug)]
pub(super) struct Drafts<'m> {
    pub(super) methods: Vec<Draft<'m>>,
    pub(super) errors: Option<Errors>,
    pub(super) headers: Option<Headers>,
}

/// The methods of all operations of a group.
pub(super) fn drafts<'m>(
    table: &Table<'_>,
    base: &Base,
    group: &Group<'m>,
    has_own_id: impl Fn(&Requested<'_>) -> bool,
) -> Vec<Drafts<'m>> {
    let (mut scope, names) = names::of_group(table, group, has_own_id);
    let all = group.operations.iter().zip(names);
    all.map(|(requested, name)| of_operation(table, base, &mut scope, (*requested, name))).collect()
}

fn of_operation<'m>(
    table: &Table<'_>,
    base: &Base,
    scope: &mut Scope,
    (requested, name): (Requested<'m>, String),
) -> Drafts<'m> {
    let server = servers::own(table, base, requested);
    let (mut values, path) = parameters::of(table, requested);
    let key = idempotency::of(table, requested, &mut values);
    let bodies = bodies::of(table, requested.operation);
    let long_running = long_running::of(table, requested.operation);
    let mut returned = answers::of(table, requested.operation);
    if let Some(long_running) = long_running {
        returned = returned.into_iter().map(|one| long_running.result(table, one)).collect();
    }
    let (plain, others) = match returned.split_first() {
        Some((plain, others)) => (plain.clone(), others),
        None => return Drafts { methods: Vec::new(), errors: None, headers: None },
    };
    let ways = |body: Option<Body>, returned: Returned, name: String| {
        let final_state = long_running.map(|one| one.state);
        let called = Called { requested, path: &path, key: key.as_ref(), final_state };
        let drafted = draft(table, called, (&values, body), returned, name);
        let operation = Operation { server: server.clone(), ..drafted.operation };
        Draft { operation, ..drafted }
    };
    let first = ways(bodies.first().cloned(), plain.clone(), name.clone());
    let mut methods = vec![Draft { is_plain: true, ..first }];
    let mut named = |suffix: &str| {
        let element = [&requested.element(), " (", suffix, ")"].concat();
        let wanted = [&name, "_", suffix].concat();
        table.claim(scope, (&element, requested.operation.span), &wanted)
    };
    // Who sends XML reads XML.
    let (in_xml, others): (Vec<&Returned>, Vec<&Returned>) = others.iter().partition(|returned| {
        bodies.iter().skip(1).any(|body| is_xml(body) && body.suffix == returned.suffix)
    });
    for body in bodies.iter().skip(1) {
        let name = named(body.suffix);
        let returned = in_xml.iter().find(|_| is_xml(body)).map_or(&plain, |returned| *returned);
        methods.push(ways(Some(body.clone()), returned.clone(), name));
    }
    for returned in others {
        let name = named(returned.suffix);
        methods.push(ways(bodies.first().cloned(), returned.clone(), name));
    }
    Drafts {
        methods,
        errors: Errors::of(table, requested.operation),
        headers: Headers::of(table, requested.operation),
    }
}

fn is_xml(body: &Body) -> bool {
    body.kind == BodyKind::Xml
}

/// What all methods of an operation call.
struct Called<'m, 'o> {
    requested: Requested<'m>,
    path: &'o str,
    /// The header for the key by which the service recognises the tries of a call.
    key: Option<&'o String>,
    /// Where the result is, if the operation may continue after its answer.
    final_state: Option<FinalState>,
}

fn draft<'m>(
    table: &Table<'_>,
    Called { requested, path, key, final_state }: Called<'m, '_>,
    (values, body): (&[Value], Option<Body>),
    returned: Returned,
    name: String,
) -> Draft<'m> {
    let model = &table.api.model;
    let mut scope = Scope::default();
    let (mut arguments, mut said) = (Vec::new(), Vec::new());
    let of_parts = body.as_ref().map(|body| body.headers.clone()).unwrap_or_default();
    let all: Vec<Value> = values.iter().cloned().chain(of_parts).collect();
    for value in all.iter().filter(|value| value.is_required) {
        let wanted = super::super::words::of_member(&value.label());
        let wanted = match scope.is_free(&wanted) {
            true => wanted,
            false => [&wanted, "_", value.carried.place.function()].concat(),
        };
        let name = identifier(&scope.claim(&wanted, &value.carried.name).name);
        said.push((name.clone(), value.said.clone()));
        arguments.push((Parameter::new(&name, value.takes.clone()), value.part()));
    }
    if body.as_ref().is_some_and(|body| body.has_choice) {
        let name = identifier(&scope.claim("content_type", "the media type").name);
        let takes = Type::Foreign(Foreign::String).into_this();
        arguments.push((Parameter::new(&name, takes), Part::MediaType));
    }
    if let Some(body) = body.as_ref().filter(|body| body.is_required) {
        let name = identifier(&scope.claim("body", "the body").name);
        said.push((name.clone(), body.said.clone()));
        arguments.push((
            Parameter::new(&name, body.takes.clone()),
            Part::Body(body.kind, body.fields.clone()),
        ));
    }
    let (pages, proposal) = pages::of(table, requested, (values, &returned));
    let needed = security::needed(model, requested.operation);
    let operation = Operation {
        verb: requested.operation.method.name().to_owned(),
        path: path.to_owned(),
        parameters: values.iter().map(|value| value.carried.clone()).collect(),
        accept: returned.accept.clone(),
        content_type: body.as_ref().and_then(|body| body.content_type.clone()),
        xml: body.as_ref().and_then(|body| body.xml.clone()),
        xml_answer: returned.xml().filter(|_| returned.whole() != answers::Whole::Several).cloned(),
        security: needed.map(|needed| security::alternatives(model, needed)),
        server: None,
        idempotency: key.cloned(),
        final_state,
        paging: pages.as_ref().map(|pages| pages.paging.clone()),
        arguments: arguments.iter().map(|(one, part)| (one.name.clone(), part.clone())).collect(),
    };
    let items = pages.map(|pages| pages.items);
    let options = OptionSet::new(&all, body.as_ref());
    let is_plain = false;
    Draft {
        name,
        requested,
        returned,
        options,
        is_plain,
        items,
        proposal,
        arguments,
        said,
        operation,
    }
}

impl Draft<'_> {
    /// The names of its arguments and setters, by what they are for.
    pub(super) fn parts(&self) -> Vec<(Part, String)> {
        let arguments = self.arguments.iter().map(|(one, part)| (part.clone(), one.name.clone()));
        let setters = self.options.setters.iter();
        arguments.chain(setters.map(|one| (one.part.clone(), one.name.clone()))).collect()
    }

    /// The documentation, with what comes after the request and the names of the types of its errors and headers.
    pub(super) fn docs(
        &self,
        table: &Table<'_>,
        (errors, headers): (Option<&str>, Option<&str>),
        afterwards: Vec<Prose>,
    ) -> Docs {
        let names = (&*self.name, errors, headers);
        let mut docs = docs::of_operation(table, self.requested, names, (&self.said, afterwards));
        if self.operation.final_state.is_some() {
            let words = Prose::new("The service may continue after its answer: ");
            let words = words.code("start").words(" of the request returns an operation, which ");
            docs.paragraphs.push(words.code("finish").words(" waits for."));
        }
        docs
    }

    /// The arguments, and the request.
    pub(super) fn into_parts(self) -> (Vec<Parameter>, Operation) {
        (self.arguments.into_iter().map(|(one, _)| one).collect(), self.operation)
    }

    /// The type of the answers, by the generated enum if there are several.
    pub(super) fn result(&self, answers: Option<Type>) -> Type {
        match self.returned.whole() {
            answers::Whole::One(value) => value,
            answers::Whole::Several => answers.unwrap_or(Type::Bytes),
        }
    }
}
