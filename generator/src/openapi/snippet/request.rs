//! A request as a program.
//!
//! Enters: the operations whose path it has, and its address, headers and body. Leaves: a [`Program`].
//! Must not know: how JSON becomes code.

use super::address::{Address, decoded};
use super::index::{Found, Index, Known};
use super::multipart::{self, SentPart};
use super::runtime::{HEADER, QUERY, REQUEST};
use super::styled::Styled;
use super::values::Values;
use super::xml;
use crate::crate_plan::program::{Code, Program, Statement};
use crate::crate_plan::{BodyKind, Carried, Operation, OptionSetter, Part, Place, Type};
use crate::input::json::Json;
use crate::input::request::{HttpRequest, is_own_header};

/// A request and its operation.
pub(super) struct Asking<'a, 'i, 'p> {
    index: &'i Index<'p>,
    known: Known<'p>,
    body: Option<&'a [u8]>,
    content_type: Option<&'a str>,
    accept: Option<&'a str>,
    captured: Vec<(&'p str, &'a str)>,
    /// What no parameter has taken so far: pairs of the query, percent-encoded, headers, and cookies.
    query: Vec<(String, Option<String>)>,
    headers: Vec<(String, String)>,
    cookies: Vec<(String, Option<String>)>,
    values: Values<'i, 'p>,
    statements: Vec<Statement>,
    comments: Vec<String>,
}

impl<'a, 'i, 'p> Asking<'a, 'i, 'p> {
    /// `None` if no operation was found.
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
        let mut query: Vec<_> = address.pairs().into_iter().map(owned).collect();
        // What the path of the operation has in its own query is sent anyway.
        let fixed = known.method.operation.path.split_once('?').map_or("", |(_, query)| query);
        for pair in fixed.split('&') {
            let (name, value) = pair.split_once('=').map_or((pair, None), |(a, b)| (a, Some(b)));
            let pair = owned((name, value));
            if let Some(at) = query.iter().position(|one| *one == pair) {
                query.remove(at);
            }
        }
        let cookies = header("cookie").unwrap_or_default().split(';').filter_map(|one| {
            let (name, value) = one.trim().split_once('=')?;
            Some((name.to_owned(), Some(value.to_owned())))
        });
        Some(Self {
            index,
            known,
            body: request.body,
            content_type,
            accept: header("accept"),
            captured,
            query,
            headers: request.headers.to_vec(),
            cookies: cookies.collect(),
            values: Values::new(index),
            statements: Vec::new(),
            comments: Vec::new(),
        })
    }

    /// The program.
    ///
    /// # Errors
    /// If the body is not what its media type says.
    pub(super) fn ask(mut self) -> Result<Program, String> {
        let Known { group, method } = self.known;
        let operation = &method.operation;
        let arguments = method.signature.arguments.iter().zip(&operation.arguments);
        let arguments: Vec<Code> = arguments
            .map(|(argument, (_, part))| self.argument(operation, part, &argument.value))
            .collect::<Result<_, _>>()?;
        let client = Code::Variable("client".to_owned());
        let mut code = client.method(&group.to_owned(), Vec::new()).method(&method.name, arguments);
        let outcome = match &method.signature.result {
            Type::Request(outcome) | Type::Applied(_, outcome) => (**outcome).clone(),
            other => other.clone(),
        };
        let options = self.index.options(method);
        for setter in options.iter().flat_map(|options| &options.setters) {
            if let Some(value) = self.option(operation, setter)? {
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
            if !is_own_header(&name) && !self.index.is_key(Place::Header, &name) {
                self.comments.push(format!("The operation has no header `{name}`."));
                let arguments = vec![Code::Text(name), Code::Text(value.trim().to_owned())];
                code = request(code).method(HEADER, arguments);
            }
        }
        if let Some(accept) = self.other_accept(operation) {
            let arguments = vec![Code::Text("accept".to_owned()), Code::Text(accept)];
            code = request(code).method(HEADER, arguments);
        }
        self.comments.extend(std::mem::take(&mut self.values.comments));
        Ok(Program {
            keys: self.index.keys(operation),
            statements: self.statements,
            comments: self.comments,
            request: code,
            outcome,
            answer: "answer".to_owned(),
        })
    }

    /// Whether a body of bytes has a media type that only the file can name.
    fn names_media_type(&self, operation: &Operation) -> bool {
        let is_usual = |one: &str| essence(one).eq_ignore_ascii_case(BodyKind::Bytes.media_type());
        let has_choice = operation.arguments.iter().any(|(_, part)| *part == Part::MediaType)
            || self.index.options(self.known.method).is_some_and(|options| {
                options.setters.iter().any(|setter| setter.part == Part::MediaType)
            });
        let is_declared = operation.content_type.is_some() || has_choice;
        !is_declared && self.content_type.is_some_and(|one| !is_usual(one))
    }

    /// The media types that are asked for, if those are fewer than the operation has.
    fn other_accept(&self, operation: &Operation) -> Option<String> {
        let own = operation.accept.as_deref()?;
        let is_known = |wanted: &str| {
            own.split(',').all(|one| essence(one).eq_ignore_ascii_case(essence(wanted)))
        };
        let is_fewer = |wanted: &&str| {
            *wanted != own && !wanted.contains("*/*") && !wanted.split(',').any(is_known)
        };
        self.accept.filter(is_fewer).map(str::to_owned)
    }

    /// An argument of the method. One that the request does not have is empty.
    fn argument(
        &mut self,
        operation: &'p Operation,
        part: &Part,
        takes: &Type,
    ) -> Result<Code, String> {
        Ok(match part {
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
            Part::PartHeader(part, name) => {
                let json = self.part_header(operation, (part, name), takes).unwrap_or_else(|| {
                    self.comments.push(format!(
                        "The part `{part}` needs the header `{name}`, which the request does not have."
                    ));
                    Json::Text(String::new())
                });
                self.values.given(&json, takes)
            }
            Part::MediaType => Code::Text(self.content_type.unwrap_or("*/*").to_owned()),
            Part::Body(kind, fields) => {
                let body = self.body.unwrap_or_else(|| {
                    let comment = "The operation needs a body, which the request does not have.";
                    self.comments.push(comment.to_owned());
                    match kind {
                        BodyKind::Json => b"{}",
                        BodyKind::Xml => b"<body/>",
                        _ => &b""[..],
                    }
                });
                self.sent_body(operation, *kind, fields, body, takes)?
            }
        })
    }

    /// The value of a setter, if the request has one.
    fn option(
        &mut self,
        operation: &'p Operation,
        setter: &OptionSetter,
    ) -> Result<Option<Code>, String> {
        match (&setter.part, self.body) {
            (Part::Parameter(place, name), _) => {
                let json = self.parameter(operation, *place, name, &setter.takes);
                Ok(json.map(|json| self.values.given(&json, &setter.takes)))
            }
            (Part::MediaType, Some(_)) => {
                Ok(self.content_type.map(|one| Code::Text(one.to_owned())))
            }
            (Part::Body(kind, fields), Some(body)) => {
                self.sent_body(operation, *kind, fields, body, &setter.takes).map(Some)
            }
            (Part::PartHeader(part, name), Some(_)) => {
                let json = self.part_header(operation, (part, name), &setter.takes);
                Ok(json.map(|json| self.values.given(&json, &setter.takes)))
            }
            (Part::PartHeader(..) | Part::MediaType | Part::Body(..), None) => Ok(None),
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
                let pairs = std::mem::take(&mut self.query);
                match (carried.is_json, pairs.as_slice()) {
                    (_, []) => None,
                    (true, [(text, _), ..]) => Json::read(text),
                    (false, _) => Some(self.form(&carried.fields, pairs, value)),
                }
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

    /// The value of a header of the first part with a name.
    fn part_header(
        &self,
        operation: &Operation,
        (part, name): (&str, &str),
        takes: &Type,
    ) -> Option<Json> {
        let parts = multipart::read(self.content_type?, self.body?).ok()?;
        let sent = parts.iter().find(|one| one.name == part)?;
        let (_, text) = sent.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        let fields = operation.arguments.iter().find_map(|(_, one)| match one {
            Part::Body(BodyKind::Multipart, fields) => Some(fields),
            _ => None,
        });
        let declared = fields.into_iter().flatten().filter(|field| field.name == part);
        let mut given = declared.flat_map(|field| &field.given);
        let usual = Carried::new(Place::Header, name);
        let carried = given.find(|one| one.name == name).unwrap_or(&usual);
        Styled { index: self.index }.single(carried, takes.taken(), text)
    }

    fn sent_body(
        &mut self,
        operation: &'p Operation,
        kind: BodyKind,
        fields: &[Carried],
        body: &[u8],
        takes: &Type,
    ) -> Result<Code, String> {
        let text = std::str::from_utf8(body);
        let not_text = |error| format!("the body is not text: {error}");
        let json = match kind {
            BodyKind::Json => {
                let json = Json::read(text.map_err(not_text)?);
                Some(json.ok_or("the body is not JSON")?)
            }
            BodyKind::Form => {
                let pairs = form_pairs(text.map_err(not_text)?);
                Some(self.form(fields, pairs, takes.taken()))
            }
            BodyKind::Multipart => {
                let content_type = self.content_type.unwrap_or_default();
                let mut parts = multipart::read(content_type, body)?;
                // Declared headers are sent by the request, and not with a file.
                for part in &mut parts {
                    let declared = fields.iter().filter(|field| field.name == part.name);
                    let names = declared.flat_map(|field| {
                        let given = field.given.iter().map(|one| one.name.as_str());
                        given.chain(field.headers.iter().map(|(name, _)| name.as_str()))
                    });
                    let names: Vec<&str> = names.collect();
                    part.headers.retain(|(own, _)| {
                        !names.iter().any(|name| own.eq_ignore_ascii_case(name))
                    });
                }
                Some(self.parts(parts, takes))
            }
            BodyKind::Xml => match &operation.xml {
                Some(node) => Some(xml::read(self.index.plan, node, text.map_err(not_text)?)?),
                None => None,
            },
            BodyKind::Lines => Some(lines(text.map_err(not_text)?)?),
            BodyKind::Text | BodyKind::Bytes => None,
        };
        let value = match (json, text) {
            // What may be anything is sent as it is written.
            (Some(Json::Object(_) | Json::Array(_)), Ok(text))
                if kind == BodyKind::Json && *takes.taken() == Type::any_json() =>
            {
                Code::Parse(Box::new(Code::Raw(text.trim().to_owned())), Some(Type::any_json()))
            }
            (None, _) if kind == BodyKind::Bytes && self.names_media_type(operation) => {
                let content_type = self.content_type.map(str::to_owned);
                let content = body.to_owned();
                let part = SentPart { content_type, content, ..SentPart::default() };
                let file = self.values.file(part);
                self.values.given(&file, takes)
            }
            (Some(json), _) => self.values.given(&json, takes),
            (None, Ok(text)) => Code::Text(text.to_owned()),
            (None, Err(_)) if kind == BodyKind::Bytes => Code::Bytes(body.to_owned()),
            (None, Err(error)) => return Err(not_text(error)),
        };
        if matches!(value, Code::Text(_) | Code::Number(_) | Code::Bool(_)) {
            return Ok(value);
        }
        let comments = std::mem::take(&mut self.values.comments);
        self.statements.push(Statement { comments, name: "body".to_owned(), value });
        Ok(Code::Variable("body".to_owned()))
    }

    /// The parts of a body as members. Those with one name are a list, and files are left to the values.
    fn parts(&mut self, parts: Vec<SentPart>, takes: &Type) -> Json {
        let body = takes.of_borrow().unwrap_or_else(|| takes.taken());
        let mut members: Vec<(String, Json)> = Vec::new();
        for part in parts {
            let name = part.name.clone();
            let declared = Styled { index: self.index }.member(body, &name).clone();
            let (item, is_list) = match self.index.plain(&declared) {
                Type::Vec(item) => (self.index.plain(item).clone(), true),
                one => (one.clone(), false),
            };
            let text = std::str::from_utf8(&part.content).ok();
            let is_json = part.content_type.as_deref().is_some_and(is_json);
            let json = match text {
                _ if is_file(&item) => self.values.file(part),
                Some(text) if is_json => Json::read(text).unwrap_or(Json::Null),
                Some(text) => Styled { index: self.index }.scalar(&item, text),
                None => self.values.file(part),
            };
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some((_, Json::Array(items))) => items.push(json),
                Some((_, one)) => {
                    *one = Json::Array(vec![std::mem::replace(one, Json::Null), json]);
                }
                None if is_list && !matches!(json, Json::Array(_)) => {
                    members.push((name, Json::Array(vec![json])));
                }
                None => members.push((name, json)),
            }
        }
        Json::Object(members)
    }

    /// The fields of a form, or of a query that is one.
    fn form(
        &self,
        fields: &[Carried],
        mut pairs: Vec<(String, Option<String>)>,
        value: &Type,
    ) -> Json {
        let styled = Styled { index: self.index };
        let mut members = Vec::new();
        for field in fields {
            let declared = styled.member(value, &field.name);
            let json = styled.pairs(field, declared, &mut pairs);
            members.extend(json.map(|json| (field.name.clone(), json)));
        }
        while let Some((name, _)) = pairs.first() {
            let name = name.clone();
            let json = styled.field(&name, styled.member(value, &name), &mut pairs);
            members.extend(json.map(|json| (name, json)));
        }
        Json::Object(members)
    }
}

/// What a request has by which the ways to call an operation differ.
struct Wanted<'a> {
    content_type: Option<&'a str>,
    accept: Option<&'a str>,
    body: Option<&'a [u8]>,
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
            Part::Parameter(..) | Part::PartHeader(..) | Part::MediaType => None,
        });
        let sent = self.content_type.map(essence).or(self.body.map(|_| "application/json"));
        let body = match (sent, body) {
            (None, None) => 0,
            (Some(sent), Some(kind)) => {
                let declared = operation.content_type.as_deref().map_or(kind.media_type(), essence);
                match sent.eq_ignore_ascii_case(declared) {
                    true => 0,
                    false if is_json(sent) && is_json(declared) => 1,
                    false if is_xml(sent) && kind == BodyKind::Xml => 1,
                    false if is_multipart(sent) && is_multipart(declared) => 1,
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

/// The values of lines, or of a sequence (RFC 7464), as a list.
fn lines(body: &str) -> Result<Json, String> {
    let separator = if body.contains('\u{1e}') { '\u{1e}' } else { '\n' };
    let texts = body.split(separator).filter(|text| !text.trim().is_empty());
    let value = |text: &str| Json::read(text).ok_or("a line of the body is not JSON");
    Ok(Json::Array(texts.map(value).collect::<Result<_, _>>()?))
}

fn is_multipart(media_type: &str) -> bool {
    essence(media_type).to_ascii_lowercase().starts_with("multipart/")
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// The pairs of a form, with their names decoded.
fn form_pairs(body: &str) -> Vec<(String, Option<String>)> {
    let pairs = body.trim().split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(&name.replace('+', " ")), Some(value.replace('+', "%20")))
    };
    pairs.map(pair).collect()
}

/// Whether values of a type are files.
fn is_file(value: &Type) -> bool {
    matches!(value, Type::Named(named) if named.path == ["model", "File"])
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}
