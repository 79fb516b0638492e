//! Operations: what is sent, what is answered, and what comes after.

use super::Builder;
use super::fields::Fields;
use super::info::external_docs;
use super::parts::Asked;
use crate::input::source::Span;
use crate::node::Node;
use crate::openapi::description::{Location, Version};
use crate::openapi::lenient;
use crate::openapi::model::{
    Answer, Callback, Id, Method, Operation, Parameter, PathItem, RequestBody, Status, Words,
};
use rustc_hash::FxHashSet;

/// A parameter of a list, whatever it becomes.
#[derive(Clone, Copy)]
pub(super) struct Declared<'d> {
    pub(super) asked: Asked,
    pub(super) of: Fields<'d>,
    pub(super) name: &'d str,
    /// The word of `in`.
    pub(super) place: &'d str,
}

/// What the parameters of an operation become.
#[derive(Default)]
struct Sent<'d> {
    parameters: Vec<Id<Parameter>>,
    inherited: usize,
    left_out: Vec<Id<Parameter>>,
    bodies: Vec<Declared<'d>>,
    form: Vec<Declared<'d>>,
    /// The names and places of the parameters.
    known: FxHashSet<(&'d str, &'d str)>,
    /// Whether something specifies how a caller is authorized.
    is_authorized: bool,
    /// Whether what comes next is of the path item.
    is_inherited: bool,
}

impl<'d> Builder<'d> {
    pub(super) fn operation(
        &mut self,
        of: Fields<'d>,
        item: Id<PathItem>,
        (method, span): (Method, Span),
        shared: &[Declared<'d>],
    ) -> Id<Operation> {
        let security = self.security(of);
        let sent = self.sent(of, shared, is_authorized(self, of));
        let (body, other_bodies) = self.body_of(of, &sent);
        let mut extensions = of.extensions();
        if let Some(responses) = of.object("responses") {
            extensions.extend(responses.extensions());
        }
        let operation = Operation {
            location: of.at,
            item,
            method,
            span,
            id: of.words("operationId"),
            tags: of.texts("tags"),
            summary: of.words("summary"),
            description: of.words("description"),
            external_docs: external_docs(of),
            deprecated: of.is_true("deprecated"),
            parameters: sent.parameters,
            inherited: sent.inherited,
            left_out: sent.left_out,
            body,
            other_bodies,
            responses: self.answers(of),
            callbacks: self.callbacks(of),
            security,
            servers: self.servers(of),
            extensions,
        };
        self.operations.push(operation)
    }

    /// The parameters that some objects declare, each with its name and its place. Those without are
    /// reported, and left out.
    pub(super) fn declared(&self, all: &[Fields<'d>]) -> Vec<Declared<'d>> {
        let items = all.iter().flat_map(|of| of.items("parameters"));
        let declared = |one: Fields<'d>| {
            let asked = self.asked(one.at)?;
            let of = self.fields(asked.at);
            let name = of.node.get("name").and_then(lenient::text)?;
            let place = of.node.get("in").and_then(Node::text)?;
            Some(Declared { asked, of, name, place })
        };
        items.filter_map(declared).collect()
    }

    /// The parameters of a path item, and those that are not sent.
    pub(super) fn shared_parameters(
        &mut self,
        declared: &[Declared<'d>],
    ) -> (Vec<Id<Parameter>>, Vec<Id<Parameter>>) {
        let mut sent = Sent::default();
        declared.iter().for_each(|one| self.send(*one, &mut sent));
        (sent.parameters, sent.left_out)
    }

    /// The parameters of an operation: its own, and those of the path item that it does not replace.
    fn sent(&mut self, of: Fields<'d>, shared: &[Declared<'d>], is_authorized: bool) -> Sent<'d> {
        let own = self.declared(&[of]);
        // There is one body, whatever its name is.
        let key = |one: &Declared<'d>| match one.place {
            "body" => ("", one.place),
            place => (one.name, place),
        };
        let replaced: FxHashSet<(&str, &str)> = own.iter().map(key).collect();
        let mut sent = Sent { is_authorized, is_inherited: true, ..Sent::default() };
        for one in shared.iter().take_while(|_| self.budget.spend(16)) {
            if !replaced.contains(&key(one)) {
                self.send(*one, &mut sent);
            }
        }
        sent.inherited = sent.parameters.len();
        sent.is_inherited = false;
        own.into_iter().for_each(|one| self.send(one, &mut sent));
        sent
    }

    fn send(&mut self, one: Declared<'d>, sent: &mut Sent<'d>) {
        match one.place {
            "body" => sent.bodies.push(one),
            "formData" => sent.form.push(one),
            "path" | "query" | "querystring" | "header" | "cookie" => {
                let id = self.parameters.ask(one.asked);
                if is_set_by_client(one, sent.is_authorized) {
                    sent.left_out.push(id);
                } else if sent.known.insert((one.name, one.place)) {
                    sent.parameters.push(id);
                } else if !sent.is_inherited {
                    // Those that the path item has twice are known from there.
                    sent.left_out.push(id);
                }
            }
            // An unknown place is reported.
            _ => {}
        }
    }

    /// The body, and the parameters that would be another one.
    fn body_of(
        &mut self,
        of: Fields<'d>,
        sent: &Sent<'d>,
    ) -> (Option<Id<RequestBody>>, Vec<Location>) {
        let written = match of.version {
            Version::V20 => None,
            _ => of.location("requestBody").and_then(|at| self.asked(at)),
        };
        let mut bodies = sent.bodies.iter();
        let body = match written {
            Some(asked) => Some(self.bodies.ask(asked)),
            None => bodies.next().map(|one| self.body_parameter(of, *one)),
        };
        let mut others: Vec<Location> = bodies.map(|one| one.asked.at).collect();
        let form = match body {
            Some(_) => None,
            None => self.form(of, &sent.form),
        };
        if form.is_none() {
            others.extend(sent.form.iter().map(|one| one.asked.at));
        }
        (body.or(form), others)
    }

    fn answers(&mut self, of: Fields<'d>) -> Vec<Answer> {
        let produces = match of.version {
            Version::V20 => self.list_of(of, "produces"),
            _ => None,
        };
        let members: Vec<(Words, Fields<'d>)> = of.members("responses").collect();
        let answer = |(name, of): (Words, Fields<'d>)| {
            let status = Status::of_name(&name.text)?;
            let asked = self.asked(of.at)?;
            Some(Answer { status, name, response: self.ask_response(asked, produces) })
        };
        members.into_iter().filter_map(answer).collect()
    }

    fn callbacks(&mut self, of: Fields<'d>) -> Vec<(Words, Id<Callback>)> {
        if of.version == Version::V20 {
            return Vec::new();
        }
        let all = self.all_asked(of, "callbacks").into_iter();
        all.map(|(name, asked)| (name, self.callbacks.ask(asked))).collect()
    }

    /// The list of media types of an operation of 2.0, or else of its document.
    pub(super) fn list_of(&self, of: Fields<'d>, name: &str) -> Option<Location> {
        let is_list = |at: &Location| self.description.node(*at).is_array();
        let own = of.location(name).filter(is_list);
        own.or_else(|| self.root(of.at.document).location(name).filter(is_list))
    }
}

/// Whether a client sets a header by what else is specified, so that since 3.0 a parameter for it is
/// ignored. A parameter for a token is all that there is if nothing specifies how a caller is authorized.
fn is_set_by_client(one: Declared<'_>, is_authorized: bool) -> bool {
    let is = |name: &str| one.name.eq_ignore_ascii_case(name);
    one.place == "header"
        && one.of.version != Version::V20
        && (is("Accept") || is("Content-Type") || is("Authorization") && is_authorized)
}

/// Whether something specifies how a caller of an operation is authorized.
fn is_authorized<'d>(builder: &Builder<'d>, of: Fields<'d>) -> bool {
    let first = builder.used.first().map(|id| builder.root(*id));
    let list = of.node.get("security").filter(|one| one.is_array());
    let list = list.or_else(|| first?.node.get("security"));
    list.is_some_and(|list| list.items().any(|one| one.members().next().is_some()))
}
