//! The documentation of groups, requests and what they take.
//!
//! Enters: what a document says about them. Leaves: [`Docs`]. Must not know: how documentation is written as code.

use super::super::docs::{deprecated, facts_of, shown};
use super::super::table::Table;
use super::groups::{Group, Requested};
use super::parameters::place_of;
use super::security;
use crate::crate_plan::{AnswerStatus, Docs, ItemPath, Part, Place, Prose};
use crate::openapi::model::{
    ExternalDocs, Flow, Header, KeyPlace, Operation, Parameter, RequestBody, Requirement, Response,
    SchemeKind, SecurityScheme, ValueForm, Words,
};
use crate::openapi::schema::Use;

pub(super) fn paragraphs(words: Option<&Words>) -> Vec<Prose> {
    words.map(|one| Prose::paragraphs(&one.text)).unwrap_or_default()
}

/// A summary and a description, of which one may repeat the other.
fn described(summary: Option<&Words>, description: Option<&Words>) -> Vec<Prose> {
    let summary = summary.filter(|summary| {
        let begin = summary.text.trim_end_matches('.');
        !description.is_some_and(|one| one.text.starts_with(begin))
    });
    [paragraphs(summary), paragraphs(description)].concat()
}

fn elsewhere(docs: &mut Docs, external: Option<&ExternalDocs>) {
    let url = external.and_then(|one| one.url.as_ref());
    if let Some(url) = url {
        docs.paragraphs.push(Prose::new("Documentation: ").address(&url.text).words("."));
    }
}

/// The documentation of a group.
pub(super) fn of_group(group: &Group<'_>) -> Docs {
    let tag = group.tag;
    let mut docs = Docs::new(described(
        tag.and_then(|tag| tag.summary.as_ref()),
        tag.and_then(|tag| tag.description.as_ref()),
    ));
    if docs.paragraphs.is_empty() {
        docs.paragraphs.push(Prose::new("The requests of ").code(&group.title).words("."));
    }
    elsewhere(&mut docs, tag.and_then(|tag| tag.external_docs.as_ref()));
    docs
}

/// The documentation of a method, by what is said about its arguments. `errors` and `headers` are the names of
/// types in the same module.
pub(super) fn of_operation(
    table: &Table<'_>,
    requested: Requested<'_>,
    (name, errors, headers): (&str, Option<&str>, Option<&str>),
    (arguments, afterwards): (&[(String, Vec<Prose>)], Vec<Prose>),
) -> Docs {
    let operation = requested.operation;
    let mut docs = Docs::new(described(operation.summary.as_ref(), operation.description.as_ref()));
    docs.locate(&requested.element());
    for (name, said) in arguments {
        if let Some((first, rest)) = said.split_first() {
            let name = name.trim_start_matches("r#");
            let paragraph = Prose::default().code(name).words(": ").and(first);
            let all = rest.iter().fold(paragraph, |all, one| all.words(" ").and(one));
            docs.paragraphs.push(all);
        }
    }
    if let Some(needed) = security::needed(&table.api.model, operation) {
        docs.paragraphs.extend(of_security(needed));
    }
    if let Some(errors) = errors {
        docs.paragraphs.push(Prose::new("Errors: ").item(errors).words("."));
    }
    if let Some(headers) = headers {
        docs.paragraphs.push(Prose::new("Headers of the answer: ").item(headers).words("."));
    }
    docs.paragraphs.extend(afterwards);
    elsewhere(&mut docs, operation.external_docs.as_ref());
    docs.deprecated = deprecated(operation.deprecated);
    if let Some(id) = &operation.id {
        docs.alias(name, &id.text);
    }
    docs
}

/// What is said of a request that the service sends.
pub(super) fn of_sent(operation: &Operation) -> Docs {
    let mut docs = Docs::new(described(operation.summary.as_ref(), operation.description.as_ref()));
    elsewhere(&mut docs, operation.external_docs.as_ref());
    docs
}

/// An answer that the service expects.
pub(super) fn of_expected(status: &str, response: &Response) -> Prose {
    let text = response.description.as_ref().or(response.summary.as_ref());
    let said = text.map(|one| Prose::paragraphs(&one.text)).unwrap_or_default();
    let answer = Prose::new("To be answered with ").code(status);
    match said.first() {
        Some(said) => answer.words(": ").and(said),
        None => answer.words("."),
    }
}

/// What a caller needs.
fn of_security(needed: &[Requirement]) -> Option<Prose> {
    let mut sentence = Prose::new("Needs ");
    if needed.iter().all(|one| one.schemes.is_empty()) {
        return None;
    }
    for (at, one) in needed.iter().enumerate() {
        if at > 0 {
            sentence = sentence.words(", or ");
        }
        if one.schemes.is_empty() {
            sentence = sentence.words("nothing");
        }
        for (at, scheme) in one.schemes.iter().enumerate() {
            if at > 0 {
                sentence = sentence.words(" and ");
            }
            sentence = sentence.code(&scheme.name.text);
            if !scheme.scopes.is_empty() {
                let scopes = scheme.scopes.iter().map(|scope| scope.text.as_str());
                sentence = sentence.words(" (").codes(scopes).words(")");
            }
        }
    }
    Some(sentence.words("."))
}

/// The documentation of the setter for a parameter, and what is said of an argument for it.
pub(super) fn of_parameter(
    table: &Table<'_>,
    parameter: &Parameter,
    used: Option<Use>,
) -> (Docs, Vec<Prose>) {
    let mut docs = Docs::new(paragraphs(parameter.description.as_ref()));
    let part = Part::Parameter(place_of(parameter), parameter.name.text.clone());
    let facts = facts(table, parameter, used);
    let with_facts = |first: Prose| {
        let all: Vec<Prose> = std::iter::once(first).chain(facts.iter().cloned()).collect();
        Prose::sentence(&all)
    };
    let mut said = docs.paragraphs.clone();
    match where_it_is(&part) {
        Some(place) => said.push(with_facts(place)),
        None if facts.is_empty() => {}
        None => said.push(Prose::sentence(&facts).capitalized()),
    }
    docs.paragraphs.push(with_facts(what(&part, docs.paragraphs.is_empty())));
    docs.deprecated = deprecated(parameter.deprecated);
    (docs, said)
}

/// Bounds, default and example of a parameter.
fn facts(table: &Table<'_>, parameter: &Parameter, used: Option<Use>) -> Vec<Prose> {
    let mut facts = Vec::new();
    if let Some(used) = used.filter(|used| table.place(used.shape).is_none()) {
        facts.extend(facts_of(table, used.shape));
    }
    if let ValueForm::Styled(styled) = &parameter.form
        && let Some(schema) = styled.schema
        && let Some(default) = table.api.model.schema(schema).keywords().and_then(|one| one.default)
        && let Some(default) = shown(table.api.description.node(default))
    {
        facts.push(Prose::new("default ").code(&default));
    }
    let examples = parameter.examples.iter().map(|(_, id)| &table.api.model.examples[*id]);
    let example = examples.filter_map(|one| one.value).next();
    if let Some(example) = example.and_then(|at| shown(table.api.description.node(at))) {
        facts.push(Prose::new("for example ").code(&example));
    }
    facts
}

/// The same for a header of a part of the body.
pub(super) fn of_part_header(
    table: &Table<'_>,
    part: &str,
    (name, header): (&str, &Header),
    used: Option<Use>,
) -> (Docs, Vec<Prose>) {
    let mut docs = Docs::new(paragraphs(header.description.as_ref()));
    let is_all = docs.paragraphs.is_empty();
    let place = Part::PartHeader(part.to_owned(), name.to_owned());
    let mut said = docs.paragraphs.clone();
    let mut facts = Vec::new();
    if let Some(used) = used.filter(|used| table.place(used.shape).is_none()) {
        facts.extend(facts_of(table, used.shape));
    }
    let with_facts = |first: Prose| {
        let all: Vec<Prose> = std::iter::once(first).chain(facts.iter().cloned()).collect();
        Prose::sentence(&all)
    };
    said.extend(where_it_is(&place).map(with_facts));
    docs.paragraphs.push(with_facts(what(&place, is_all)));
    docs.deprecated = deprecated(header.deprecated);
    (docs, said)
}

/// Where an argument is sent, unless the request shows it, as for one in the path.
fn where_it_is(part: &Part) -> Option<Prose> {
    Some(match part {
        Part::Parameter(Place::Query, name) => Prose::default().code(name).words(" in the query"),
        Part::Parameter(Place::QueryString, _) => Prose::new("The whole query"),
        Part::Parameter(Place::Header, name) => Prose::new("The header ").code(name),
        Part::Parameter(Place::Cookie, name) => Prose::new("The cookie ").code(name),
        Part::PartHeader(part, name) => {
            Prose::new("The header ").code(name).words(" of the part ").code(part)
        }
        Part::Parameter(Place::Path, _) | Part::MediaType | Part::Body(..) => return None,
    })
}

/// What a setter sets, without the end of the sentence. `is_all` is whether nothing else is said about it.
pub(super) fn what(part: &Part, is_all: bool) -> Prose {
    match (part, is_all) {
        (_, false) if let Some(place) = where_it_is(part) => place,
        (Part::Parameter(Place::Query, name), _) => {
            Prose::new("Sets ").code(name).words(" in the query")
        }
        (Part::Parameter(Place::QueryString, _), _) => Prose::new("Sets the query"),
        (Part::Parameter(Place::Header, name), _) => Prose::new("Sets the header ").code(name),
        (Part::Parameter(Place::Cookie, name), _) => Prose::new("Sets the cookie ").code(name),
        (Part::Parameter(Place::Path, name), _) => {
            Prose::new("Sets ").code(name).words(" in the path")
        }
        (Part::PartHeader(part, name), _) => {
            Prose::new("Sets the header ").code(name).words(" of the part ").code(part)
        }
        (Part::MediaType, _) => Prose::new("Sets the media type of the body"),
        (Part::Body(..), false) => Prose::new("The body"),
        (Part::Body(..), true) => Prose::new("Sets the body"),
    }
}

/// The documentation of the setter for a body, and what is said of an argument for it.
pub(super) fn of_body(body: &RequestBody, media_type: &str, is_usual: bool) -> (Docs, Vec<Prose>) {
    let mut docs = Docs::new(paragraphs(body.description.as_ref()));
    let mut said = docs.paragraphs.clone();
    if !is_usual {
        said.push(Prose::new("Sent as ").code(media_type).words("."));
    }
    let first = match docs.paragraphs.is_empty() {
        true => Prose::new("Sets the body, "),
        false => Prose::new("The body, "),
    };
    docs.paragraphs.push(first.code(media_type).words("."));
    (docs, said)
}

/// What builds a body.
pub(super) fn of_builder(builder: &ItemPath) -> Prose {
    let path = [builder.module.join("::"), builder.name.clone()].join("::");
    Prose::new("Its builder is ").code(&path).words(".")
}

/// The documentation of the variant for an answer.
pub(super) fn of_answer(status: AnswerStatus, response: &Response) -> Docs {
    let status = match status {
        AnswerStatus::Code(code) => code.to_string(),
        AnswerStatus::Range(first) => format!("{first}XX"),
        AnswerStatus::Default => "default".to_owned(),
    };
    let text = response.description.as_ref().or(response.summary.as_ref());
    let text = text.map(|one| Prose::paragraphs(&one.text)).unwrap_or_default();
    let mut text = text.into_iter();
    let first = match text.next() {
        Some(first) => Prose::default().code(&status).words(": ").and(&first),
        None => Prose::default().code(&status).words("."),
    };
    Docs::new([first].into_iter().chain(text).collect())
}

/// The documentation of the method of the client for a scheme.
pub(super) fn of_scheme(scheme: &SecurityScheme, name: &str) -> Docs {
    let what = Prose::new("A client that is authorized by ").code(&scheme.name.text);
    let what = match sent(&scheme.kind) {
        Some(sent) => what.words(": ").and(&sent),
        None => what,
    };
    let mut docs = Docs::new(vec![what.words(".")]);
    docs.paragraphs.extend(paragraphs(scheme.description.as_ref()));
    if let SchemeKind::OAuth2 { flows, .. } = &scheme.kind {
        docs.paragraphs.extend(flows.iter().filter_map(of_flow));
    }
    if let SchemeKind::OpenIdConnect { url } = &scheme.kind {
        docs.paragraphs.push(Prose::new("Its metadata: ").address(&url.text).words("."));
    }
    docs.deprecated = deprecated(scheme.deprecated);
    docs.alias(name, &scheme.name.text);
    docs
}

/// What the front page says about a scheme, with the method of the client for it.
pub(super) fn of_scheme_in_list(scheme: &SecurityScheme, method: Option<&str>) -> Option<Prose> {
    let first = match method {
        Some(method) => {
            Prose::new("- ").member("Client", method).words(" for ").code(&scheme.name.text)
        }
        None => Prose::new("- ").code(&scheme.name.text),
    };
    Some(first.words(": ").and(&sent(&scheme.kind)?).words("."))
}

/// What a scheme sends, as words within a sentence.
fn sent(kind: &SchemeKind) -> Option<Prose> {
    Some(match kind {
        SchemeKind::ApiKey { place, name } => {
            let words = match place {
                KeyPlace::Query => "a key, sent as the parameter ",
                KeyPlace::Header => "a key, sent as the header ",
                KeyPlace::Cookie => "a key, sent as the cookie ",
            };
            Prose::new(words).code(&name.text)
        }
        SchemeKind::Http { scheme, .. } if scheme.text.eq_ignore_ascii_case("basic") => {
            Prose::new("a name and a password")
        }
        SchemeKind::Http { scheme, bearer_format } => match bearer_format {
            Some(format) => Prose::new("a token, ").code(&format.text),
            None if scheme.text.eq_ignore_ascii_case("bearer") => Prose::new("a token"),
            None => Prose::new("what the scheme ").code(&scheme.text).words(" of HTTP sends"),
        },
        SchemeKind::OAuth2 { .. } => Prose::new("a token of OAuth 2"),
        SchemeKind::OpenIdConnect { .. } => Prose::new("a token of OpenID Connect"),
        SchemeKind::MutualTls => Prose::new(
            "a certificate of the client (mutual TLS), which is a matter of its transport: \
             `ReqwestTransport::from_builder` takes a builder of `reqwest` with an identity",
        ),
        SchemeKind::Unknown { .. } => return None,
    })
}

fn of_flow(flow: &Flow) -> Option<Prose> {
    let token = flow.token_url.as_ref().map(|url| ("Tokens are issued at ", url));
    let person =
        flow.authorization_url.as_ref().map(|url| ("People authorize the client at ", url));
    let (words, url) = token.or(person)?;
    let mut prose = Prose::new(words).address(&url.text);
    if !flow.scopes.is_empty() {
        let scopes = flow.scopes.iter().map(|(scope, _)| scope.text.as_str());
        prose = prose.words(", for the scopes ").codes(scopes);
    }
    Some(prose.words("."))
}
