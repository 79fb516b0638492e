//! What 2.0 means in terms of 3.x.

use super::{component, names, operation, parameters, right, text};
use crate::openapi::Version;
use crate::openapi::model::{FlowKind, Method, SchemeKind, Style};

const PETS: &str = r##"{
  "swagger":"2.0","host":"api.example.com","basePath":"/v1/","schemes":["https","http"],
  "consumes":["application/json","application/xml"],"produces":["application/json"],
  "paths":{"/pets":{
    "parameters":[{"$ref":"#/parameters/Limit"}],
    "get":{"operationId":"list","schemes":["wss"],"produces":["text/plain","application/json"],
      "parameters":[{"name":"ids","in":"query","type":"array","items":{"type":"array","items":{"type":"integer"},"collectionFormat":"pipes"},"collectionFormat":"multi"},
        {"name":"h","in":"header","type":"array","items":{"type":"string"},"collectionFormat":"tsv"},{"name":"plain","in":"query","type":"array","items":{"type":"string"}}],
      "responses":{"200":{"description":"d","schema":{"$ref":"#/definitions/Pet"},"examples":{"application/json":{"id":1}},"headers":{"X":{"type":"integer","format":"int64","description":"count"}}},
        "404":{"$ref":"#/responses/Missing"}}},
    "post":{"operationId":"create","parameters":[{"name":"pet","in":"body","required":true,"description":"The pet","schema":{"$ref":"#/definitions/Pet"}}],
      "responses":{"404":{"$ref":"#/responses/Missing"}}},
    "put":{"operationId":"upload","parameters":[{"name":"file","in":"formData","type":"file","required":true},{"name":"tags","in":"formData","type":"array","items":{"type":"string"},"collectionFormat":"multi"}]},
    "patch":{"operationId":"form","consumes":["application/x-www-form-urlencoded"],"parameters":[{"name":"a","in":"formData","type":"string","maxLength":3}]}}},
  "parameters":{"Limit":{"name":"limit","in":"query","type":"integer","format":"int32","default":10,"maximum":100,"x-example":5}},
  "responses":{"Missing":{"description":"not there","schema":{"type":"string"}}},
  "securityDefinitions":{"b":{"type":"basic"},"o":{"type":"oauth2","flow":"application","tokenUrl":"t","scopes":{"r":"Reads"}}},
  "definitions":{"Pet":{"type":"object"}}}"##;

#[test]
fn the_address_is_put_together() {
    let model = right(Version::V20, PETS);
    let urls = |servers: &[crate::openapi::model::Server]| {
        servers.iter().map(|one| one.url.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(urls(&model.servers), ["https://api.example.com/v1", "http://api.example.com/v1"]);
    assert_eq!(urls(&operation(&model, "list").servers), ["wss://api.example.com/v1"]);
    for (text, expected) in [
        (r#"{"swagger":"2.0"}"#, vec![]),
        (r#"{"swagger":"2.0","basePath":"v2"}"#, vec!["/v2"]),
        (r#"{"swagger":"2.0","basePath":"/"}"#, vec!["/"]),
        (r#"{"swagger":"2.0","host":"h"}"#, vec!["//h"]),
    ] {
        assert_eq!(urls(&right(Version::V20, text).servers), expected, "{text}");
    }
}

#[test]
fn parameters_have_the_schema_that_they_are() {
    let model = right(Version::V20, PETS);
    let list = operation(&model, "list");
    assert_eq!(
        parameters(&model, list),
        [("limit", "query"), ("ids", "query"), ("h", "header"), ("plain", "query")]
    );
    let styled = |at: usize| model.parameters[list.parameters[at]].form.styled().expect("a style");
    let limit = model.schema(styled(0).schema.expect("a schema")).keywords().expect("keywords");
    assert!(limit.types.is_some_and(|types| types.has("integer")) && limit.default.is_some());
    assert!(limit.limits.maximum.is_some() && limit.extensions.is_empty(), "{limit:?}");
    assert_eq!(model.parameters[list.parameters[0]].examples.len(), 1);
    let ids = styled(1);
    assert_eq!(
        (ids.style, ids.explode, &ids.inner[..]),
        (Style::Form, true, &[Style::PipeDelimited][..])
    );
    assert_eq!((styled(2).style, styled(2).explode), (Style::TabDelimited, false));
    assert_eq!((styled(3).style, styled(3).explode), (Style::Form, false), "csv");
    assert!(list.parameters.iter().all(|id| {
        let schema = model.parameters[*id].form.styled().and_then(|one| one.schema);
        schema.is_some_and(|one| model.types.contains(&one))
    }));
}

#[test]
fn extensions_about_values_are_of_the_schemas_of_parameters() {
    let text = r#"{"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"post": {
        "operationId": "a", "responses": {"204": {"description": "D"}}, "parameters": [
            {"name": "n", "in": "formData", "type": "string", "x-nullable": true, "x-other": 1},
            {"name": "q", "in": "query", "type": "string", "enum": ["1", "2"], "x-ms-enum": {"name": "E",
             "values": [{"value": "1", "name": "One"}]}, "x-enum-varnames": ["A", "B"]}]}}}}"#;
    let model = right(Version::V20, text);
    let operation = operation(&model, "a");
    let query = model.parameters[operation.parameters[0]].form.styled().expect("a style");
    let query = model.schema(query.schema.expect("a schema")).keywords().expect("keywords");
    let names: Vec<&str> = query.extensions.iter().map(|(name, _)| name.text.as_str()).collect();
    assert_eq!(names, ["x-ms-enum", "x-enum-varnames"]);
    let body = &model.bodies[operation.body.expect("a body")];
    let form = model.media_types[body.content[0].1].schema.expect("a schema");
    let note = model.schema(form).keywords().expect("keywords").properties[0].schema;
    let note = model.schema(note).keywords().expect("keywords");
    assert!(note.nullable.is_some() && note.extensions.is_empty(), "{note:?}");
}

#[test]
fn bodies_have_the_media_types_that_are_consumed() {
    let model = right(Version::V20, PETS);
    let body = |id| &model.bodies[operation(&model, id).body.expect("a body")];
    let create = body("create");
    assert_eq!(names(&create.content), ["application/json", "application/xml"]);
    assert_eq!(
        (text(&create.name), text(&create.description), create.required),
        ("pet", "The pet", true)
    );
    assert!(operation(&model, "create").parameters.len() == 1, "the body is not one of them");
    let upload = body("upload");
    assert_eq!(names(&upload.content), ["multipart/form-data"]);
    let form = &model.media_types[upload.content[0].1];
    let keywords = model.schema(form.schema.expect("a schema")).keywords().expect("keywords");
    let properties: Vec<&str> =
        keywords.properties.iter().map(|one| one.name.text.as_str()).collect();
    assert_eq!(properties, ["file", "tags"]);
    assert_eq!(keywords.required.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["file"]);
    let file = model.schema(keywords.properties[0].schema).keywords().expect("keywords");
    assert!(file.types.is_some_and(|types| types.has("file")));
    let encoding = &model.encodings[form.encoding[0].1];
    assert_eq!((encoding.style, encoding.explode), (Some(Style::Form), Some(true)));
    assert_eq!(names(&body("form").content), ["application/x-www-form-urlencoded"]);
}

#[test]
fn responses_have_the_media_types_that_are_produced() {
    let model = right(Version::V20, PETS);
    let list = operation(&model, "list");
    let response =
        |id: &str, at: usize| &model.responses[operation(&model, id).responses[at].response];
    let found = response("list", 0);
    assert_eq!(names(&found.content), ["text/plain", "application/json"]);
    let examples = |at: usize| model.media_types[found.content[at].1].examples.len();
    assert_eq!((examples(0), examples(1)), (0, 1));
    let header = model.headers[found.headers[0].1].form.styled().and_then(|one| one.schema);
    let header = model.schema(header.expect("a schema")).keywords().expect("keywords");
    assert_eq!(text(&header.format), "int64");
    // A response that is a component has what each of its operations produces.
    assert_eq!(names(&response("list", 1).content), ["text/plain", "application/json"]);
    assert_eq!(names(&response("create", 0).content), ["application/json"]);
    assert_eq!(response("create", 0).component.as_deref(), Some("Missing"));
    assert_eq!((list.method.clone(), list.responses.len()), (Method::Get, 2));
}

#[test]
fn schemes_are_those_of_3_0() {
    let model = right(Version::V20, PETS);
    let kinds: Vec<&SchemeKind> = model.schemes.iter().map(|(_, one)| &one.kind).collect();
    assert!(matches!(kinds[0], SchemeKind::Http { scheme, .. } if scheme.text == "basic"));
    let SchemeKind::OAuth2 { flows, .. } = kinds[1] else { panic!("{kinds:?}") };
    assert_eq!((flows[0].kind, flows[0].scopes.len()), (FlowKind::ClientCredentials, 1));
    assert!(component(&model, "Pet").types.is_some());
}

#[test]
fn a_parameter_of_2_0_in_3_0_is_what_it_was() {
    let model = right(
        Version::V30,
        r##"{"openapi":"3.0.0","paths":{"/a":{"post":{"operationId":"o","parameters":[{"name":"b","in":"body","schema":{"type":"object"}},
            {"name":"q","in":"query","type":"array","items":{"type":"string"},"collectionFormat":"pipes"}]}}}}"##,
    );
    let operation = operation(&model, "o");
    let body = &model.bodies[operation.body.expect("a body")];
    assert_eq!(names(&body.content), ["application/json"]);
    let styled = model.parameters[operation.parameters[0]].form.styled().expect("a style");
    assert_eq!((styled.style, styled.explode), (Style::PipeDelimited, false));
    assert!(styled.schema.is_some());
}
