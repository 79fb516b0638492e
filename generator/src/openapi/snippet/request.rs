//! A request as a program.
//!
//! Enters: the operations whose path it has, and its address, headers and body. Leaves: a [`Program`].
//! Must not know: how JSON becomes code.

use super::address::{Address, decoded};
use super::index::{Found, Index, Known};
use super::runtime::{HEADER, QUERY, REQUEST};
use super::styled::Styled;
use super::values::Values;
use crate::crate_plan::program::{Code, Program, Statement};
use crate::crate_plan::{BodyKind, Carried, Operation, OptionSetter, Part, Place, Type};
use crate::input::json::Json;
use crate::input::request::HttpRequest;

/// Headers that the client, the transport or the type of the body write.
const OWN: &[&str] = &[
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// A request and its operation.
pub(super) struct Asking<'a, 'i, 'p> {
    index: &'i Index<'p>,
    known: Known<'p>,
    body: Option<&'a str>,
    content_type: Option<&'a str>,
    captured: Vec<(&'p str, &'a str)>,
    /// What no parameter has taken so far: pairs of the query, percent-encoded, headers, and cookies.
    query: Vec<(String, Option<String>)>,
    whole_query: &'a str,
    headers: Vec<(String, String)>,
    cookies: Vec<(String, Option<String>)>,
    values: Values<'i, 'p>,
    statements: Vec<Statement>,
    comments: Vec<String>,
}

impl<'a, 'i, 'p> Asking<'a, 'i, 'p> {
    /// `None` if there is no operation.
    pub(super) fn new(
        index: &'i Index<'p>,
        request: &HttpRequest<'a>,
        address: &Address<'a>,
        found: Vec<Found<'p, 'a>>,
    ) -> Option<Self> {
        let header = |wanted: &str| {
            let named = |(name, _): &&(String, String)| name.trim().eq_ignore_ascii_case(wanted);
            request.headers.iter().find(named).map(|(_, value)| value.trim())
        };
        let content_type = header("content-type");
        let wanted = Wanted { content_type, accept: header("accept"), body: request.body };
        let Found { known, captured } =
            found.into_iter().min_by_key(|one| wanted.distance(index, &one.known))?;
        let owned = |(name, value): (&str, Option<&str>)| (decoded(name), value.map(str::to_owned));
        let cookies = header("cookie").unwrap_or_default().split(';').filter_map(|one| {
            let (name, value) = one.trim().split_once('=')?;
            Some((name.to_owned(), Some(value.to_owned())))
        });
        Some(Self {
            index,
            known,
            body: request.body,
            content_type,
            captured,
            query: address.pairs().into_iter().map(owned).collect(),
            whole_query: address.query(),
            headers: request.headers.to_vec(),
            cookies: cookies.collect(),
            values: Values::new(index),
            statements: Vec::new(),
            comments: Vec::new(),
        })
    }

    /// The program.
    pub(super) fn ask(mut self) -> Program {
        let Known { group, method } = self.known;
        let operation = &method.operation;
        let arguments = method.signature.arguments.iter().zip(&operation.arguments);
        let arguments: Vec<Code> = arguments
            .map(|(argument, (_, part))| self.argument(operation, part, &argument.value))
            .collect();
        let client = Code::Variable("client".to_owned());
        let mut code = client.method(&group.to_owned(), Vec::new()).method(&method.name, arguments);
        let outcome = match &method.signature.result {
            Type::Request(outcome) | Type::Applied(_, outcome) => (**outcome).clone(),
            other => other.clone(),
        };
        let options = self.index.options(method);
        for setter in options.iter().flat_map(|options| &options.setters) {
            if let Some(value) = self.option(operation, setter) {
                code = code.method(&setter.name, vec![value]);
            }
        }
        let mut is_request = options.is_none();
        let mut request = |code: Code| match std::mem::replace(&mut is_request, true) {
            true => code,
            false => code.method(REQUEST, Vec::new()),
        };
        for (name, value) in std::mem::take(&mut self.query) {
            if self.index.is_key(Place::Query, &name) {
                continue;
            }
            self.comments.push(format!("The operation has no `{name}` in its query."));
            let value = Code::Text(decoded(&value.unwrap_or_default()));
            code = request(code).method(QUERY, vec![Code::Text(name), value]);
        }
        for (name, value) in std::mem::take(&mut self.headers) {
            let name = name.trim().to_ascii_lowercase();
            if !OWN.contains(&name.as_str()) && !self.index.is_key(Place::Header, &name) {
                self.comments.push(format!("The operation has no header `{name}`."));
                let arguments = vec![Code::Text(name), Code::Text(value.trim().to_owned())];
                code = request(code).method(HEADER, arguments);
            }
        }
        self.comments.extend(std::mem::take(&mut self.values.comments));
        Program {
            statements: self.statements,
            comments: self.comments,
            request: code,
            outcome,
            answer: "answer".to_owned(),
        }
    }

    /// An argument of the method. One that the request does not have is empty.
    fn argument(&mut self, operation: &Operation, part: &Part, takes: &Type) -> Code {
        match part {
            Part::Parameter(place, name) => {
                let json = self.parameter(operation, *place, name, takes);
                let json = json.unwrap_or_else(|| {
                    self.comments.push(format!(
                        "The operation needs `{name}`, which the request does not have."
                    ));
                    Json::Text(String::new())
                });
                self.values.given(&json, takes)
            }
            Part::MediaType => Code::Text(self.content_type.unwrap_or("*/*").to_owned()),
            Part::Body(kind, fields) => {
                let body = self.body.unwrap_or_default();
                self.sent_body(*kind, fields, body, takes)
            }
        }
    }

    /// The value of a setter, if the request has one.
    fn option(&mut self, operation: &Operation, setter: &OptionSetter) -> Option<Code> {
        match &setter.part {
            Part::Parameter(place, name) => {
                let json = self.parameter(operation, *place, name, &setter.takes)?;
                Some(self.values.given(&json, &setter.takes))
            }
            Part::MediaType => {
                self.body?;
                self.content_type.map(|one| Code::Text(one.to_owned()))
            }
            Part::Body(kind, fields) => {
                let body = self.body?;
                Some(self.sent_body(*kind, fields, body, &setter.takes))
            }
        }
    }

    /// The value of a parameter, which is removed from what is left.
    fn parameter(
        &mut self,
        operation: &Operation,
        place: Place,
        name: &str,
        takes: &Type,
    ) -> Option<Json> {
        let usual = Carried::new(place, name);
        let is_it = |one: &&Carried| one.place == place && one.name == name;
        let carried = operation.parameters.iter().find(is_it).unwrap_or(&usual);
        let styled = Styled { index: self.index };
        let value = takes.taken();
        match place {
            Place::Path => {
                let (_, text) = self.captured.iter().find(|(variable, _)| *variable == name)?;
                styled.single(carried, value, text)
            }
            Place::Query => styled.pairs(carried, value, &mut self.query),
            Place::QueryString => {
                self.query.clear();
                Some(Json::Text(decoded(self.whole_query)))
            }
            Place::Cookie => styled.pairs(carried, value, &mut self.cookies),
            Place::Header => {
                let at = self
                    .headers
                    .iter()
                    .position(|(own, _)| own.trim().eq_ignore_ascii_case(name))?;
                let (_, text) = self.headers.remove(at);
                styled.single(carried, value, text.trim())
            }
        }
    }

    fn sent_body(&mut self, kind: BodyKind, fields: &[Carried], body: &str, takes: &Type) -> Code {
        let json = match kind {
            BodyKind::Json => Json::read(body),
            BodyKind::Form => Some(self.form(fields, body, takes)),
            BodyKind::Text | BodyKind::Bytes => None,
            BodyKind::Multipart | BodyKind::Xml => None,
        };
        let value = match json {
            Some(json) => self.values.given(&json, takes),
            None => Code::Text(body.to_owned()),
        };
        if matches!(value, Code::Text(_) | Code::Number(_) | Code::Bool(_)) {
            return value;
        }
        let comments = std::mem::take(&mut self.values.comments);
        self.statements.push(Statement { comments, name: "body".to_owned(), value });
        Code::Variable("body".to_owned())
    }

    /// The fields of a form.
    fn form(&self, fields: &[Carried], body: &str, takes: &Type) -> Json {
        let pairs = body.split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<(String, Option<String>)> = pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decoded(&name.replace('+', " ")), Some(value.replace('+', "%20")))
            })
            .collect();
        let styled = Styled { index: self.index };
        let mut members = Vec::new();
        for field in fields {
            let value = styled.member(takes.taken(), &field.name);
            let json = styled.pairs(field, value, &mut pairs);
            members.extend(json.map(|json| (field.name.clone(), json)));
        }
        while let Some((name, _)) = pairs.first() {
            let field = Carried::new(Place::Query, &name.clone());
            let value = styled.member(takes.taken(), &field.name);
            let json = styled.pairs(&field, value, &mut pairs);
            pairs.retain(|(name, _)| *name != field.name);
            members.extend(json.map(|json| (field.name, json)));
        }
        Json::Object(members)
    }
}

/// What a request has by which the ways to call an operation differ.
struct Wanted<'a> {
    content_type: Option<&'a str>,
    accept: Option<&'a str>,
    body: Option<&'a str>,
}

impl Wanted<'_> {
    /// How badly a way to call an operation fits; the first one that fits best is taken.
    fn distance(&self, index: &Index<'_>, known: &Known<'_>) -> usize {
        let operation = &known.method.operation;
        let options = index.options(known.method);
        let setters = options.iter().flat_map(|options| &options.setters).map(|one| &one.part);
        let arguments = operation.arguments.iter().map(|(_, part)| part);
        let body = arguments.chain(setters).find_map(|part| match part {
            Part::Body(kind, _) => Some(*kind),
            Part::Parameter(..) | Part::MediaType => None,
        });
        let sent = self.content_type.map(essence).or(self.body.map(|_| "application/json"));
        let body = match (sent, body) {
            (None, None) => 0,
            (Some(sent), Some(kind)) => {
                let declared = operation.content_type.as_deref().map_or(usual(kind), essence);
                let is_json = |one: &str| one == "application/json" || one.ends_with("+json");
                match sent.eq_ignore_ascii_case(declared) {
                    true => 0,
                    false if is_json(sent) && is_json(declared) => 1,
                    false => 3,
                }
            }
            (Some(_), None) => 3,
            (None, Some(_)) => 2,
        };
        let answers = operation.accept.as_deref().unwrap_or_default();
        let accept = match self.accept {
            None => 0,
            Some(wanted) => {
                let fits = answers
                    .split(',')
                    .any(|one| essence(one).eq_ignore_ascii_case(essence(wanted)));
                if fits || wanted.contains("*/*") { 0 } else { 1 }
            }
        };
        2 * body + accept
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// The media type of a kind of bodies.
fn usual(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "application/json",
        BodyKind::Form => "application/x-www-form-urlencoded",
        BodyKind::Text => "text/plain",
        BodyKind::Bytes => "application/octet-stream",
        BodyKind::Multipart => "multipart/form-data",
        BodyKind::Xml => "application/xml",
    }
}
