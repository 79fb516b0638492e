//! What a request returns.
//!
//! Enters: the responses of an operation. Leaves: a [`Returned`] for each kind of body that a caller can ask
//! for. Must not know: what a request takes.

use super::super::table::Table;
use super::super::types;
use super::media::{self, Kind};
use super::words;
use crate::crate_plan::{AnswerForm, AnswerStatus, Foreign, Named, Type, XmlNode};
use crate::openapi::model::{Id, MediaType, Method, Operation, Response, Status, Words};
use crate::openapi::schema::{Form, Use};

/// What a request returns if a caller asks for one kind of body.
#[derive(Clone, Debug)]
pub(super) struct Returned {
    /// The answers.
    pub(super) shapes: Vec<Shape>,
    /// The media types that are asked for.
    pub(super) accept: Option<String>,
    /// What is added to the name of the method for a kind that is not the first one.
    pub(super) suffix: &'static str,
    /// What is returned if no answer is declared.
    otherwise: Type,
}

/// An answer of one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) status: AnswerStatus,
    pub(super) response: Id<Response>,
    /// The body, unless there is none.
    pub(super) body: Option<Held>,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) media_type: String,
    pub(super) form: AnswerForm,
    pub(super) value: Type,
    /// How it is written in XML, if it comes in it.
    pub(super) xml: Option<XmlNode>,
}

/// How the answers of a request are one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    One(Type),
    /// Several, of which a generated enum has one.
    Several,
}

impl Returned {
    /// How the answer is read, if all come in XML in one way.
    pub(super) fn xml(&self) -> Option<&XmlNode> {
        let mut all = self.shapes.iter().filter_map(|one| one.body.as_ref()?.xml.as_ref());
        all.next().filter(|first| all.all(|one| one == *first))
    }

    /// The type of all answers.
    pub(super) fn whole(&self) -> Whole {
        let mut values: Vec<&Type> = Vec::new();
        for held in self.shapes.iter().filter_map(|one| one.body.as_ref()) {
            if !values.contains(&&held.value) {
                values.push(&held.value);
            }
        }
        let may_be_nothing = self.shapes.iter().any(|one| one.body.is_none());
        match (values.as_slice(), may_be_nothing) {
            ([], _) if self.shapes.is_empty() => Whole::One(self.otherwise.clone()),
            ([], _) => Whole::One(Type::Unit),
            ([one], false) => Whole::One((*one).clone()),
            ([one @ Type::Option(_)], true) => Whole::One((*one).clone()),
            ([one], true) => Whole::One((*one).clone().optional()),
            _ => Whole::Several,
        }
    }
}

/// What an operation returns, by the kinds of bodies that a caller can ask for, the plain one first.
pub(super) fn of(table: &Table<'_>, operation: &Operation) -> Vec<Returned> {
    let successes = successes(operation);
    let nothing = operation.method == Method::Head;
    if successes.is_empty() {
        return vec![undeclared(nothing)];
    }
    let bodies: Vec<(Status, Id<Response>, Vec<Held>)> = successes
        .into_iter()
        .map(|(status, id)| {
            let has_body = !nothing && !matches!(status, Status::Code(204 | 205 | 304));
            let held = if has_body { bodies(table, id) } else { Vec::new() };
            (status, id, held)
        })
        .collect();
    let mut forms: Vec<AnswerForm> = Vec::new();
    for held in bodies.iter().flat_map(|(_, _, held)| held) {
        if !forms.contains(&held.form) {
            forms.push(held.form);
        }
    }
    // The plain method is that for JSON.
    forms.sort_by_key(|form| *form != AnswerForm::Json);
    let has_choice = |form: AnswerForm| {
        let is_there = |held: &[Held]| held.len() > 1 && held.iter().any(|one| one.form == form);
        bodies.iter().any(|(_, _, held)| is_there(held))
    };
    let mut all = vec![returned(&bodies, forms.first().copied())];
    let others = forms.iter().skip(1).filter(|form| has_choice(**form));
    all.extend(others.map(|form| returned(&bodies, Some(*form))));
    all
}

/// The answers for a success: those of 2xx, else that of all statuses.
fn successes(operation: &Operation) -> Vec<(Status, Id<Response>)> {
    let all = || operation.responses.iter().map(|one| (one.status, one.response));
    let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let mut found: Vec<_> = all().filter(|(status, _)| is_success(*status)).collect();
    if found.is_empty() {
        found = all().filter(|(status, _)| *status == Status::Default).collect();
    }
    found.sort_by_key(|(status, _)| *status);
    found
}

/// What is returned by an operation without a success: the bytes that came.
fn undeclared(is_nothing: bool) -> Returned {
    let shapes = Vec::new();
    let accept = (!is_nothing).then(|| "*/*".to_owned());
    let otherwise = if is_nothing { Type::Unit } else { Type::Bytes };
    Returned { shapes, accept, suffix: "", otherwise }
}

/// The answers if a caller asks for one form of bodies. Answers that do not have it have their own first one.
fn returned(bodies: &[(Status, Id<Response>, Vec<Held>)], form: Option<AnswerForm>) -> Returned {
    let mut accepted: Vec<&str> = Vec::new();
    let mut shapes = Vec::new();
    for (status, response, held) in bodies {
        let is_json = |one: &&Held| one.form == AnswerForm::Json;
        let body = held
            .iter()
            .find(|one| Some(one.form) == form)
            .or_else(|| held.iter().find(is_json))
            .or(held.first());
        if let Some(body) = body {
            // All media types by which the same comes.
            let same = held.iter().filter(|one| one.form == body.form && one.value == body.value);
            for one in same {
                if !accepted.contains(&one.media_type.as_str())
                    && media::is_of_header(&one.media_type)
                {
                    accepted.push(&one.media_type);
                }
            }
        }
        let status = status_of(*status);
        shapes.push(Shape { status, response: *response, body: body.cloned() });
    }
    unstream(&mut shapes);
    let accept = (!accepted.is_empty()).then(|| accepted.join(", "));
    let suffix = form.map_or("", suffix);
    Returned { shapes, accept, suffix, otherwise: Type::Unit }
}

/// Only what is always a stream is one: else an answer is read as a whole.
fn unstream(shapes: &mut Vec<Shape>) {
    let is_stream = |held: &Held| matches!(held.form, AnswerForm::Events | AnswerForm::Lines);
    let Some(stream) = shapes.iter().filter_map(|one| one.body.as_ref()).find(|one| is_stream(one))
    else {
        return;
    };
    let stream = stream.value.clone();
    let is_same = |one: &Shape| one.body.as_ref().is_none_or(|held| held.value == stream);
    if shapes.iter().all(is_same) {
        return shapes.retain(|one| one.body.is_some());
    }
    for held in shapes.iter_mut().filter_map(|one| one.body.as_mut()).filter(|one| is_stream(one)) {
        (held.form, held.value) = (AnswerForm::Bytes, Type::Bytes);
    }
}

pub(super) fn status_of(status: Status) -> AnswerStatus {
    match status {
        Status::Code(code) => AnswerStatus::Code(code),
        Status::Range(first) => AnswerStatus::Range(first),
        Status::Default => AnswerStatus::Default,
    }
}

fn suffix(form: AnswerForm) -> &'static str {
    match form {
        AnswerForm::Json => "json",
        AnswerForm::Text => "text",
        AnswerForm::Bytes => "bytes",
        AnswerForm::Xml => "xml",
        AnswerForm::Events => "events",
        AnswerForm::Lines => "lines",
    }
}

/// A stream of server-sent events: of their data, or of objects that describe the whole events.
fn events(table: &Table<'_>, media: &MediaType, used: Option<Use>) -> Type {
    let item = media.item_schema.and_then(|id| table.api.shapes.of(id));
    let is_whole = item.is_some_and(|item| match &table.api.shapes.shape(item.shape).form {
        Form::Object(object) => object.member("data").is_some(),
        _ => false,
    });
    let value = item.or(used).map_or(Type::Foreign(Foreign::String), |used| {
        // What is not described as JSON is text.
        match words::is_binary(table, Some(used)) {
            true => Type::Foreign(Foreign::String),
            false => types::value(table, used.shape),
        }
    });
    let events = Named::runtime(&["model", "Events"]).of(value);
    match is_whole {
        true => events.of(Named::runtime(&["model", "WholeEvent"]).into()).into(),
        false => events.into(),
    }
}

/// A stream of values, each on a line. A list as the schema of the whole is that of the lines.
fn lines(table: &Table<'_>, media: &MediaType, used: Option<Use>) -> Type {
    // The text of all lines does not describe one.
    let is_text = |used: &Use| matches!(table.api.shapes.shape(used.shape).form, Form::Text(_));
    let value = words::of_lines(table, media, used).or_else(|| used.filter(|used| !is_text(used)));
    let value = value.map_or(Type::any_json(), |used| types::value(table, used.shape));
    Named::runtime(&["model", "Lines"]).of(value).into()
}

/// What the body of a response may be, by media type.
pub(super) fn bodies(table: &Table<'_>, id: Id<Response>) -> Vec<Held> {
    let content = &table.api.model.responses[id].content;
    content.iter().map(|(name, id)| held(table, name, *id)).collect()
}

fn held(table: &Table<'_>, name: &Words, id: Id<MediaType>) -> Held {
    let media = &table.api.model.media_types[id];
    let used = media.schema.and_then(|id| table.api.shapes.of(id));
    let json = || used.map_or(Type::any_json(), |used| types::of(table, used));
    let xml = words::xml(table, &name.text, media);
    let (form, value) = match Kind::of(&name.text) {
        // A string of bytes cannot be JSON: they are the body itself.
        Kind::Json if used.is_some() && words::is_binary(table, used) => {
            (AnswerForm::Bytes, Type::Bytes)
        }
        Kind::Json => (AnswerForm::Json, json()),
        // Services that do not declare what they answer mostly answer with JSON.
        Kind::Any if used.is_some() && !words::is_any_bytes(table, media, used) => {
            (AnswerForm::Json, json())
        }
        Kind::Xml if xml.is_some() => (AnswerForm::Xml, json()),
        Kind::Events => (AnswerForm::Events, events(table, media, used)),
        Kind::Lines => (AnswerForm::Lines, lines(table, media, used)),
        Kind::Text | Kind::Form => (AnswerForm::Text, Type::Foreign(Foreign::String)),
        Kind::Any | Kind::Xml | Kind::Multipart | Kind::Bytes => (AnswerForm::Bytes, Type::Bytes),
    };
    Held { media_type: name.text.trim().to_owned(), form, value, xml }
}
