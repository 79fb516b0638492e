//! The requests that a document describes.
//!
//! Enters: what a document describes. Leaves: for each operation a request with only what is required, and one with
//! everything for each media type of its body. Must not know: clients, Rust.

use super::body::{self, Body};
use super::styled::{encoded, pairs, scalar, single};
use super::values::Values;
use crate::random::Random;
use schemacrate::internals::openapi::Api;
use schemacrate::internals::openapi::model::{Operation, Parameter, Path, Place, ValueForm};
use serde_json::Value;

/// A request.
pub(super) struct Request {
    /// The verb and the path of the operation.
    pub(super) operation: String,
    /// `required`, or `all` and the media type of the body.
    pub(super) variant: String,
    pub(super) method: String,
    /// The path and the query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Vec<u8>>,
}

/// What cannot be requested, and why.
pub(super) struct LeftOut {
    pub(super) operation: String,
    pub(super) why: String,
}

/// The requests of a document, and what is left out.
pub(super) fn of(api: &Api, seed: u64) -> (usize, Vec<Request>, Vec<LeftOut>) {
    let (mut count, mut requests, mut left_out) = (0, Vec::new(), Vec::new());
    for path in &api.model.paths {
        for id in &api.model.items[path.item].operations {
            count += 1;
            let operation = &api.model.operations[*id];
            // Each operation has numbers of its own, so that none depends on those before it.
            let random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(count));
            let mut one = One { api, path, operation, random };
            one.requests(&mut requests, &mut left_out);
        }
    }
    (usize::try_from(count).unwrap_or_default(), requests, left_out)
}

struct One<'a> {
    api: &'a Api,
    path: &'a Path,
    operation: &'a Operation,
    random: Random,
}

impl One<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.operation.method.name(), self.path.template.text)
    }

    fn requests(&mut self, requests: &mut Vec<Request>, left_out: &mut Vec<LeftOut>) {
        if self.path.template.text.contains('#') {
            let why = "the path has a fragment, which is never sent".to_owned();
            left_out.push(LeftOut { operation: self.name(), why });
            return;
        }
        let body = self.operation.body.map(|id| &self.api.model.bodies[id]);
        let parameters = self.operation.parameters.iter().map(|id| &self.api.model.parameters[*id]);
        let has_optional = parameters.clone().any(|one| !one.required && one.place != Place::Path);
        let content = body.map_or(&[][..], |body| &body.content);
        let is_required = body.is_some_and(|body| body.required);
        let mut variants: Vec<(bool, Option<usize>)> = Vec::new();
        if !content.is_empty() || has_optional {
            variants.push((false, is_required.then_some(0).filter(|_| !content.is_empty())));
        }
        variants.extend((0..content.len()).map(|at| (true, Some(at))));
        if content.is_empty() {
            variants.push((true, None));
        }
        for (is_full, at) in variants {
            let media = at.map(|at| &content[at]);
            let random = Random::new(self.random.below(usize::MAX / 2) as u64);
            let mut values = Values { api: self.api, random, is_full, is_plain: false };
            let sent = media.map(|(name, id)| {
                let made = body::of(&mut values, &name.text, &self.api.model.media_types[*id]);
                made.ok_or(name.text.as_str())
            });
            let variant = match (is_full, media) {
                (false, _) => "required".to_owned(),
                (true, Some((name, _))) => format!("all, {}", name.text),
                (true, None) => "all".to_owned(),
            };
            match sent.transpose() {
                Ok(body) => requests.push(self.request(&mut values, variant, body)),
                Err(name) => left_out.push(LeftOut {
                    operation: self.name(),
                    why: format!("{variant}: no body of {name} is made"),
                }),
            }
        }
    }

    fn request(&self, values: &mut Values<'_>, variant: String, body: Option<Body>) -> Request {
        let operation = self.operation;
        let mut target = self.path.template.text.clone();
        let (mut query, mut headers, mut cookies) = (Vec::new(), Vec::new(), Vec::new());
        for variable in self.path.variables() {
            let parameter = self.api.model.variable(operation, variable);
            let text = match parameter.map(|id| &self.api.model.parameters[id]) {
                Some(parameter) => {
                    let value = nonempty(values, parameter);
                    text(parameter, &value)
                }
                None => "variable".to_owned(),
            };
            target = target.replacen(&format!("{{{variable}}}"), &text, 1);
        }
        for id in &operation.parameters {
            let parameter = &self.api.model.parameters[*id];
            if parameter.place == Place::Path || !parameter.required && !values.is_full {
                continue;
            }
            let value = value(values, parameter);
            let name = &parameter.name.text;
            match (parameter.place, &parameter.form) {
                (Place::Path, _) => {}
                (Place::Query, ValueForm::Styled(styled)) => {
                    query.extend(pairs(name, styled, &value))
                }
                (Place::Query, ValueForm::Content(_)) => {
                    query.push((encoded(name), encoded(&value.to_string())));
                }
                (Place::QueryString, _) => {
                    let members = value.as_object().cloned().unwrap_or_default();
                    let pair =
                        |(name, value): (String, Value)| (encoded(&name), encoded(&scalar(&value)));
                    query.extend(members.into_iter().map(pair));
                }
                (Place::Header, _) => headers.push((name.clone(), text(parameter, &value))),
                (Place::Cookie, ValueForm::Styled(styled)) => {
                    cookies.extend(pairs(name, styled, &value))
                }
                (Place::Cookie, ValueForm::Content(_)) => {
                    cookies.push((name.clone(), encoded(&value.to_string())));
                }
            }
        }
        let joined = |pairs: &[(String, String)], separator: &str| {
            let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<String>>().join(separator)
        };
        if !query.is_empty() {
            let first = if target.contains('?') { '&' } else { '?' };
            target = format!("{target}{first}{}", joined(&query, "&"));
        }
        if !cookies.is_empty() {
            headers.push(("Cookie".to_owned(), joined(&cookies, "; ")));
        }
        if let Some(body) = &body {
            headers.push(("Content-Type".to_owned(), body.content_type.clone()));
        }
        Request {
            operation: self.name(),
            variant,
            method: operation.method.name().to_owned(),
            target,
            headers,
            body: body.map(|body| body.content),
        }
    }
}

/// The value of a parameter. Only a scalar of a query may need encoding.
fn value(values: &mut Values<'_>, parameter: &Parameter) -> Value {
    let (schema, is_plain) = match &parameter.form {
        ValueForm::Styled(styled) => (styled.schema, parameter.place != Place::Query),
        ValueForm::Content(content) => {
            let media = content.first().map(|(_, id)| &values.api.model.media_types[*id]);
            (media.and_then(|media| media.schema), true)
        }
    };
    let is_list = schema.is_some_and(|schema| {
        values.parts(&[schema]).keywords.iter().any(|one| {
            one.items.is_some()
                || !one.properties.is_empty()
                || one.types.is_some_and(|types| types.has("object") || types.has("array"))
        })
    });
    values.is_plain = is_plain || is_list;
    let value = values.of(schema);
    values.is_plain = false;
    value
}

/// A value that a path can carry.
fn nonempty(values: &mut Values<'_>, parameter: &Parameter) -> Value {
    let mut value = self::value(values, parameter);
    let is_empty = |value: &Value| match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        other => matches!(scalar(other).as_str(), "" | "." | ".."),
    };
    for _ in 0..8 {
        if !is_empty(&value) {
            break;
        }
        value = self::value(values, parameter);
    }
    value
}

/// The text of a parameter in a path or a header.
fn text(parameter: &Parameter, value: &Value) -> String {
    let is_header = parameter.place == Place::Header;
    match &parameter.form {
        ValueForm::Styled(styled) => single(&parameter.name.text, styled, value, is_header),
        ValueForm::Content(_) if is_header => value.to_string(),
        ValueForm::Content(_) => encoded(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::percent_decode_str;
    use schemacrate::Session;
    use schemacrate::config::Unresolved;

    const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: a, version: '1'}
paths:
  /a/{id}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, pattern: '^[A-C]{4}$'}}
        - {name: list, in: query, schema: {type: array, minItems: 2, uniqueItems: true, items: {type: integer, minimum: 3, maximum: 5}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object, required: [x], properties: {x: {const: y}}}}
        - {name: X-Kind, in: header, required: true, schema: {enum: [one, two]}}
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {d: {type: string, format: date}}}}
          application/xml: {schema: {type: object}}
  /a#b: {get: {responses: {'204': {description: a}}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {type: 'null'}]
      discriminator: {propertyName: kind, mapping: {kitten: '#/components/schemas/Cat'}}
    Base:
      type: object
      required: [id, kind, size]
      properties:
        id: {type: integer, readOnly: true}
        kind: {type: string}
        size: {type: number, exclusiveMinimum: 7, multipleOf: 2}
        parent: {$ref: '#/components/schemas/Pet'}
    Cat:
      allOf: [{$ref: '#/components/schemas/Base'}, {properties: {name: {type: string, maxLength: 2}}}]
";

    fn all(seed: u64) -> (usize, Vec<Request>, Vec<LeftOut>) {
        let mut session = Session::new();
        session.add("api.yaml", DOCUMENT.as_bytes()).unwrap();
        let api = session.api(Unresolved::Error).unwrap().unwrap();
        of(&api, seed)
    }

    #[test]
    fn each_operation_has_a_request_with_what_is_required_and_one_for_each_body() {
        let (operations, requests, left_out) = all(1);
        assert_eq!(operations, 2);
        let variants: Vec<&str> = requests.iter().map(|one| one.variant.as_str()).collect();
        let form = "all, application/x-www-form-urlencoded";
        assert_eq!(variants, ["required", "all, application/json", form]);
        assert_eq!(left_out.len(), 2);
        assert!(left_out.iter().any(|one| one.operation == "GET /a#b"));
        assert!(left_out.iter().any(|one| one.why.contains("application/xml")));
        let again = all(1).1;
        assert!(requests.iter().zip(&again).all(|(one, other)| one.target == other.target));
    }

    #[test]
    fn values_are_those_of_their_schemas() {
        for seed in 0..20 {
            let requests = all(seed).1;
            let (required, json) = (&requests[0], &requests[1]);
            let id = required.target.strip_prefix("/a/").unwrap();
            assert!(id.len() == 4 && id.chars().all(|one| "ABC".contains(one)), "{id}");
            assert!(required.body.is_none() && required.headers.len() == 1);
            assert!(["one", "two"].contains(&required.headers[0].1.as_str()));
            let (_, query) = json.target.split_once('?').unwrap();
            let query = percent_decode_str(query).decode_utf8().unwrap();
            let mut pairs: Vec<&str> = query.split('&').collect();
            assert_eq!(pairs.pop(), Some("deep[x]=y"));
            pairs.dedup();
            assert!(
                pairs.len() == 2 && pairs.iter().all(|one| one.starts_with("list=")),
                "{query}"
            );
            let body: Value = serde_json::from_slice(json.body.as_deref().unwrap()).unwrap();
            assert_eq!(body["kind"], "kitten", "{body}");
            assert!(body.get("id").is_none(), "{body}");
            let size = body["size"].as_f64().unwrap();
            assert!(size > 7.0 && size % 2.0 == 0.0, "{body}");
            assert!(body["name"].as_str().unwrap().chars().count() <= 2, "{body}");
            let form = String::from_utf8(requests[2].body.clone().unwrap()).unwrap();
            assert!(form.starts_with("d=2024-05-"), "{form}");
        }
    }
}
