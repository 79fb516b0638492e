//! Operations, and what is around them.

use super::{model, names, operation, parameters, right, text};
use crate::openapi::Version;
use crate::openapi::model::{KeyPlace, Method, Place, SchemeKind, Status, Style, ValueForm};

const PETS: &str = r##"{
  "openapi":"3.1.0","x-root":1,
  "info":{"title":"Pets","summary":"s","version":"1","contact":{"name":"N","x-c":1},"license":{"name":"MIT","identifier":"MIT"}},
  "externalDocs":{"url":"https://example.com"},
  "servers":[{"url":"https://{region}.example.com","variables":{"region":{"default":"eu","enum":["eu","us"]}}}],
  "tags":[{"name":"pets","description":"All pets","externalDocs":{"url":"u"}}],
  "security":[{"key":[]},{"oauth":["read"],"nope":[]},{}],
  "paths":{"x-paths":true,
    "/pets/{id}":{
      "summary":"one pet","servers":[{"url":"/pets"}],
      "parameters":[{"$ref":"#/components/parameters/Id"},{"name":"fields","in":"query","schema":{"type":"array"}}],
      "get":{"operationId":"getPet","tags":["pets"],"deprecated":true,"security":[],
        "parameters":[{"name":"fields","in":"query","style":"pipeDelimited","schema":{"type":"array"}},{"name":"fields","in":"header","content":{"application/json":{"schema":true}}}],
        "responses":{"x-r":1,"200":{"$ref":"#/components/responses/Pet","description":"mine"},"4XX":{"$ref":"#/components/responses/Pet"},"default":{"description":"d"}}},
      "post":{"operationId":"setPet","requestBody":{"$ref":"#/components/requestBodies/Pet"},
        "callbacks":{"done":{"{$request.body#/url}":{"post":{"operationId":"donePet"}}}}}},
    "/cats":{"$ref":"#/components/pathItems/Cats"},
    "/dogs":{"$ref":"#/components/pathItems/Cats","parameters":[{"name":"q","in":"query","schema":{}}],"get":{"operationId":"getDogs"}}},
  "webhooks":{"born":{"post":{"operationId":"born"}}},
  "components":{
    "parameters":{"Id":{"name":"id","in":"path","required":true,"schema":{"$ref":"#/components/schemas/Id"}},
      "Unused":{"name":"u","in":"cookie","schema":{},"examples":{"a":{"$ref":"#/components/examples/A"}}}},
    "responses":{"Pet":{"description":"theirs","headers":{"X-Count":{"schema":{"type":"integer"},"required":true}},
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Id"},"example":1},"text/plain":{}},
      "links":{"next":{"operationId":"setPet","parameters":{"id":"$response.body#/id"}},"ref":{"operationRef":"#/paths/~1pets~1{id}/get"},"none":{"operationId":"nope"}}}},
    "requestBodies":{"Pet":{"required":true,"content":{"multipart/form-data":{"schema":{"properties":{"a":{}}},"encoding":{"a":{"contentType":"text/plain","style":"form","headers":{"X":{"schema":{}}}}}}}}},
    "pathItems":{"Cats":{"get":{"operationId":"getCats"},"delete":{"operationId":"deleteCats"}}},
    "securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"},"oauth":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"t","scopes":{"read":"Reads"}}}}},
    "examples":{"A":{"value":{"a":1},"summary":"s"}},
    "schemas":{"Id":{"type":"string"}}}}"##;

#[test]
fn the_api_has_what_is_said_about_it() {
    let model = right(Version::V31, PETS);
    let info = &model.info;
    assert_eq!((text(&info.title), text(&info.summary), text(&info.version)), ("Pets", "s", "1"));
    assert_eq!(info.contact.as_ref().map(|one| one.extensions.len()), Some(1));
    assert_eq!(info.license.as_ref().map(|one| text(&one.identifier)), Some("MIT"));
    assert_eq!(model.external_docs.as_ref().map(|one| text(&one.url)), Some("https://example.com"));
    let variable = &model.servers[0].variables[0];
    assert_eq!((variable.name.text.as_str(), variable.values.len()), ("region", 2));
    assert!(model.tags[0].external_docs.is_some());
    assert_eq!(names(&model.extensions), ["x-root", "x-paths"]);
    assert_eq!(model.webhooks[0].name.text, "born");
}

#[test]
fn parameters_are_those_of_the_path_and_of_the_operation() {
    let model = right(Version::V31, PETS);
    let get = operation(&model, "getPet");
    assert_eq!(
        parameters(&model, get),
        [("id", "path"), ("fields", "query"), ("fields", "header")]
    );
    assert_eq!((get.inherited, get.left_out.len()), (1, 0));
    let parameter = |at: usize| &model.parameters[get.parameters[at]];
    assert_eq!(parameter(0).component.as_deref(), Some("Id"));
    let styled = parameter(1).form.styled().expect("a style");
    assert_eq!((styled.style, styled.explode), (Style::PipeDelimited, false));
    assert!(
        matches!(&parameter(2).form, ValueForm::Content(content) if names(content) == ["application/json"])
    );
    let post = operation(&model, "setPet");
    assert_eq!(parameters(&model, post), [("id", "path"), ("fields", "query")]);
    let styled = model.parameters[post.parameters[1]].form.styled().expect("a style");
    assert_eq!((styled.style, styled.explode), (Style::Form, true));
    assert_eq!(get.parameters[0], post.parameters[0], "it is one parameter");
    assert!(get.deprecated && get.security.as_ref().is_some_and(Vec::is_empty));
    assert!(post.security.is_none());
}

#[test]
fn bodies_and_responses_have_their_parts() {
    let model = right(Version::V31, PETS);
    let get = operation(&model, "getPet");
    let statuses: Vec<Status> = get.responses.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Status::Code(200), Status::Range(4), Status::Default]);
    let response = |at: usize| &model.responses[get.responses[at].response];
    // What is beside a reference describes the use, and not the component.
    assert_eq!(
        (text(&response(0).description), text(&response(1).description)),
        ("mine", "theirs")
    );
    assert_eq!(response(0).component.as_deref(), Some("Pet"));
    assert_eq!(names(&response(1).headers), ["X-Count"]);
    assert!(model.headers[response(1).headers[0].1].required);
    assert_eq!(names(&response(1).content), ["application/json", "text/plain"]);
    let json = &model.media_types[response(1).content[0].1];
    assert!(json.examples.len() == 1 && json.schema.is_some_and(|one| model.types.contains(&one)));
    assert_eq!(names(&get.extensions), ["x-r"]);
    let body = &model.bodies[operation(&model, "setPet").body.expect("a body")];
    assert!(body.required && body.component.as_deref() == Some("Pet"));
    let form = &model.media_types[body.content[0].1];
    let encoding = &model.encodings[form.encoding[0].1];
    assert_eq!((text(&encoding.content_type), encoding.style), ("text/plain", Some(Style::Form)));
    assert_eq!(names(&encoding.headers), ["X"]);
}

#[test]
fn path_items_are_those_to_which_they_refer() {
    let model = right(Version::V31, PETS);
    let item = |at: usize| &model.items[model.paths[at].item];
    assert_eq!(item(1).component.as_deref(), Some("Cats"));
    let ids = |at: usize| {
        let all = item(at).operations.iter().map(|id| text(&model.operations[*id].id));
        all.collect::<Vec<_>>()
    };
    assert_eq!(ids(1), ["getCats", "deleteCats"]);
    // A field beside the reference takes the place of what is referred to.
    assert_eq!(ids(2), ["getDogs", "deleteCats"]);
    assert!(item(2).component.is_none());
    let delete = &model.operations[item(2).operations[1]];
    assert_eq!(parameters(&model, delete), [("q", "query")]);
    assert_eq!(item(0).servers[0].url.text, "/pets");
    assert_eq!(model.paths[0].variables().collect::<Vec<_>>(), ["id"]);
}

#[test]
fn links_callbacks_and_security_are_resolved() {
    let model = right(Version::V31, PETS);
    let post = operation(&model, "setPet");
    let callback = &model.callbacks[post.callbacks[0].1];
    assert_eq!(names(&callback.requests), ["{$request.body#/url}"]);
    assert_eq!(
        model.operations[model.items[callback.requests[0].1].operations[0]].method,
        Method::Post
    );
    let (_, response) = model.responses.iter().find(|(_, one)| !one.links.is_empty()).expect("one");
    let targets: Vec<&str> = response
        .links
        .iter()
        .map(|(_, id)| model.links[*id].operation.map_or("", |id| text(&model.operations[id].id)))
        .collect();
    assert_eq!(targets, ["setPet", "getPet", ""]);
    let [key, both, none] = &model.security[..] else { panic!("{:?}", model.security) };
    let scheme = &model.schemes[key.schemes[0].scheme.expect("a scheme")];
    assert!(
        matches!(&scheme.kind, SchemeKind::ApiKey { place: KeyPlace::Header, name } if name.text == "X-Key")
    );
    assert_eq!(both.schemes[0].scopes[0].text, "read");
    assert!(both.schemes[1].scheme.is_none() && none.schemes.is_empty());
}

#[test]
fn components_are_there_without_use() {
    let model = right(Version::V31, PETS);
    let unused = model.parameters.iter().map(|(_, one)| one);
    let unused = unused.into_iter().find(|one| one.place == Place::Cookie).expect("a parameter");
    assert_eq!(unused.component.as_deref(), Some("Unused"));
    let (name, example) = &unused.examples[0];
    assert_eq!(name.as_ref().map(|one| one.text.as_str()), Some("a"));
    assert_eq!(model.examples[*example].component.as_deref(), Some("A"));
    assert!(model.examples[*example].value.is_some());
}

#[test]
fn what_3_2_has_is_there() {
    let model = right(
        Version::V32,
        r##"{"openapi":"3.2.0","paths":{"/s":{
            "query":{"operationId":"q","parameters":[{"name":"s","in":"querystring","content":{"application/x-www-form-urlencoded":{"schema":{}}}}],
              "responses":{"200":{"summary":"s","content":{"text/event-stream":{"$ref":"#/components/mediaTypes/Events"}}}}},
            "additionalOperations":{"COPY":{"operationId":"c"},"Get":{"operationId":"g"}}}},
          "tags":[{"name":"a","parent":"b","kind":"nav","summary":"s"}],
          "components":{"mediaTypes":{"Events":{"itemSchema":{"type":"object"},"prefixEncoding":[{"contentType":"a/b"}],"itemEncoding":{"contentType":"c/d","encoding":{"x":{}}}}}}}"##,
    );
    let item = &model.items[model.paths[0].item];
    let methods: Vec<&str> =
        item.operations.iter().map(|id| model.operations[*id].method.name()).collect();
    assert_eq!(methods, ["QUERY", "COPY", "Get"]);
    let query = operation(&model, "q");
    assert_eq!(parameters(&model, query), [("s", "querystring")]);
    let response = &model.responses[query.responses[0].response];
    let events = &model.media_types[response.content[0].1];
    assert_eq!(events.component.as_deref(), Some("Events"));
    assert!(events.item_schema.is_some() && events.prefix_encoding.len() == 1);
    let item = &model.encodings[events.item_encoding.expect("an encoding")];
    assert_eq!(names(&item.encoding), ["x"]);
    assert_eq!((text(&model.tags[0].parent), text(&model.tags[0].kind)), ("b", "nav"));
}

#[test]
fn what_cannot_be_sent_twice_is_left_out() {
    let model = right(
        Version::V30,
        r##"{"openapi":"3.0.0","components":{"securitySchemes":{"k":{"type":"http","scheme":"basic"}}},"paths":{"/s":{
            "get":{"operationId":"a","security":[{"k":[]}],"parameters":[{"name":"q","in":"query"},{"name":"q","in":"query"},
                {"name":"accept","in":"header"},{"name":"Authorization","in":"header"},{"in":"query"},{"name":"x","in":"nowhere"}]},
            "put":{"operationId":"b","parameters":[{"name":"Authorization","in":"header"}]}}}}"##,
    );
    let get = operation(&model, "a");
    assert_eq!(parameters(&model, get), [("q", "query")]);
    assert_eq!(get.left_out.len(), 3);
    // Nothing else says how a caller is authorized.
    assert_eq!(parameters(&model, operation(&model, "b")), [("Authorization", "header")]);
}

#[test]
fn a_reference_in_an_odd_place_is_followed() {
    let model = right(
        Version::V30,
        r##"{"openapi":"3.0.0","servers":[{"$ref":"#/x-server"}],"x-server":{"url":"https://a"},"x-op":{"operationId":"o"},
          "x-content":{"a/b":{"$ref":"#/x-type"}},"x-type":{"example":1},
          "paths":{"/s":{"get":{"$ref":"#/x-op"},"put":{"operationId":"p","requestBody":{"content":{"$ref":"#/x-content"}}}}}}"##,
    );
    assert_eq!(model.servers[0].url.text, "https://a");
    assert_eq!(operation(&model, "o").method, Method::Get);
    let body = &model.bodies[operation(&model, "p").body.expect("a body")];
    assert_eq!(model.media_types[body.content[0].1].examples.len(), 1);
}

#[test]
fn circles_end() {
    let text = r##"{"openapi":"3.1.0","paths":{"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a","get":{"operationId":"x"}},
        "/c":{"$ref":"#/paths/~1c"},"/d":{"get":{"callbacks":{"c":{"e":{"$ref":"#/paths/~1d"}}},"parameters":[{"$ref":"#/components/parameters/A"}]}}},
        "components":{"parameters":{"A":{"$ref":"#/components/parameters/B"},"B":{"$ref":"#/components/parameters/A"}},
          "headers":{"H":{"content":{"a/b":{"encoding":{"e":{"headers":{"h":{"$ref":"#/components/headers/H"}}}}}}}}}}"##;
    let (model, _) = model(Version::V31, text);
    assert_eq!((model.paths.len(), model.parameters.len(), model.headers.len()), (4, 0, 1));
}

#[test]
fn a_long_chain_of_parts_is_not_deep() {
    let count = 20_000;
    let header = |at: usize| {
        format!(
            r##""H{at}":{{"content":{{"a/b":{{"encoding":{{"e":{{"headers":{{"h":{{"$ref":"#/components/headers/H{}"}}}}}}}}}}}}}}"##,
            (at + 1) % count
        )
    };
    let headers: Vec<String> = (0..count).map(header).collect();
    let text =
        format!(r#"{{"openapi":"3.1.0","components":{{"headers":{{{}}}}}}}"#, headers.join(","));
    assert_eq!(right(Version::V31, &text).headers.len(), count);
}

#[test]
fn webhooks_before_version_3_1_are_an_extension() {
    let api = r##"{"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"paths":{},
  "x-webhooks":{"x-note":true,"born":{"post":{"operationId":"born","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}},"responses":{"200":{"description":"d"}}}}},
  "components":{"schemas":{"Pet":{"type":"object"}}}}"##;
    let model = right(Version::V30, api);
    assert_eq!(model.webhooks[0].name.text, "born");
    assert_eq!(operation(&model, "born").parameters.len(), 0);
}
