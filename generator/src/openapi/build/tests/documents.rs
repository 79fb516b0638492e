//! Descriptions of several documents, and documents whose parts are repeated.

use super::{names, operation, parameters};
use crate::input::diagnostic::Diagnostics;
use crate::input::source::SourceMap;
use crate::node;
use crate::openapi::build;
use crate::openapi::model::Model;
use crate::openapi::{Description, Document, Version};
use std::fmt::Write;

fn built(version: Version, files: &[(&str, &str)]) -> (Model, Vec<&'static str>) {
    let mut sources = SourceMap::new();
    let mut description = Description::new();
    for (name, text) in files {
        let source = sources.add(*name, text.as_bytes()).expect("UTF-8");
        let tree = node::read(&sources, source).expect("YAML").tree;
        description.add(Document { name: (*name).to_owned(), version, tree });
    }
    let mut diagnostics = Diagnostics::default();
    let model = build(&description, &[], &mut diagnostics);
    (model, diagnostics.iter().map(|one| one.code).collect())
}

#[test]
fn the_first_document_is_the_api_and_the_others_have_parts() {
    let api = "openapi: 3.0.0\nsecurity: [{k: []}]\npaths:\n  /a: {$ref: 'paths.yaml#/a'}\n";
    let paths = "a:\n  get:\n    operationId: get\n    parameters: [{$ref: 'common.yaml#/components/parameters/Q'}]\n";
    let common = "openapi: 3.0.0\npaths: {/never: {get: {operationId: never}}}\ncomponents:\n  parameters: {Q: {name: q, in: query}}\n  securitySchemes: {k: {type: http, scheme: basic}}\n  schemas: {S: {}}\n";
    let unused = "openapi: 3.0.0\ncomponents: {schemas: {U: {$ref: '#/nothing'}}}\n";
    let files =
        [("api.yaml", api), ("paths.yaml", paths), ("common.yaml", common), ("u.yaml", unused)];
    let (model, codes) = built(Version::V30, &files);
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(model.paths.len(), 1);
    let get = operation(&model, "get");
    assert_eq!(parameters(&model, get), [("q", "query")]);
    assert_eq!(model.parameters[get.parameters[0]].component.as_deref(), Some("Q"));
    assert!(model.security[0].schemes[0].scheme.is_some());
    let schemas: Vec<_> = model.schemas.iter().filter_map(|one| one.name.as_deref()).collect();
    assert_eq!(schemas, ["S"]);
}

#[test]
fn aliases_make_parts_once_and_cannot_exhaust_memory() {
    // Each level has ten aliases of the one before it, which is ten billion encodings.
    let mut text = String::from(
        "openapi: 3.2.0\npaths:\n  /a:\n    post:\n      operationId: o\n      requestBody:\n        content:\n",
    );
    text.push_str("          a/0: {encoding: {e: &e0 {contentType: a/b}}}\n");
    for level in 1..=10 {
        let inner: Vec<String> = (0..10).map(|at| format!("n{at}: *e{}", level - 1)).collect();
        let _ = writeln!(
            text,
            "          a/{level}: {{encoding: {{e: &e{level} {{encoding: {{{}}}}}}}}}",
            inner.join(", ")
        );
    }
    let (model, codes) = built(Version::V32, &[("api.yaml", &text)]);
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(model.encodings.len(), 11);
    let body = &model.bodies[operation(&model, "o").body.expect("a body")];
    assert_eq!(names(&body.content).len(), 11);
}

#[test]
fn a_list_that_thousands_of_operations_have_is_limited() {
    let mut text = String::from("openapi: 3.0.0\nx-tags: &tags [");
    (0..10_000).for_each(|at| _ = write!(text, "tag-number-{at}, "));
    text.push_str("z]\npaths:\n");
    (0..10_000).for_each(|at| _ = writeln!(text, "  /a{at}: {{get: {{tags: *tags}}}}"));
    let (model, codes) = built(Version::V30, &[("api.yaml", &text)]);
    assert_eq!(codes, ["too-many-parts"]);
    let tags: usize = model.operations.iter().map(|(_, one)| one.tags.len()).sum();
    assert!(tags < 2_000_000, "{tags}");
}
