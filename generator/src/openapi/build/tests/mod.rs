//! What is built from small documents.

mod documents;
mod operations;
mod schemas;
mod swagger;

use super::build;
use crate::input::diagnostic::Diagnostics;
use crate::input::source::SourceMap;
use crate::node::json;
use crate::openapi::model::{Keywords, Model, Operation, Words};
use crate::openapi::{Description, Document, Version};

fn model(version: Version, text: &str) -> (Model, Vec<&'static str>) {
    let mut sources = SourceMap::new();
    let source = sources.add("api.json", text.as_bytes()).expect("UTF-8");
    let tree = json::read(&sources, source).expect("JSON").tree;
    let mut description = Description::new();
    description.add(Document { name: "api.json".to_owned(), version, tree });
    let mut diagnostics = Diagnostics::default();
    let model = build(&description, &[], &mut diagnostics);
    (model, diagnostics.iter().map(|one| one.code).collect())
}

/// The model of a document in which nothing is wrong.
fn right(version: Version, text: &str) -> Model {
    let (model, codes) = model(version, text);
    assert!(codes.is_empty(), "{codes:?}");
    model
}

fn component<'m>(model: &'m Model, name: &str) -> &'m Keywords {
    let found = model.schemas.iter().find(|schema| schema.name.as_deref() == Some(name));
    found.and_then(|schema| schema.keywords()).expect("a component of keywords")
}

/// The operation with an `operationId`.
fn operation<'m>(model: &'m Model, id: &str) -> &'m Operation {
    let is_it = |one: &&Operation| text(&one.id) == id;
    model.operations.iter().map(|(_, one)| one).find(is_it).expect("an operation")
}

fn text(words: &Option<Words>) -> &str {
    words.as_ref().map_or("", |words| words.text.as_str())
}

fn names<T>(named: &[(Words, T)]) -> Vec<&str> {
    named.iter().map(|(name, _)| name.text.as_str()).collect()
}

/// The parameters of an operation, each with its place.
fn parameters<'m>(model: &'m Model, operation: &Operation) -> Vec<(&'m str, &'m str)> {
    let all = operation.parameters.iter().map(|id| &model.parameters[*id]);
    all.map(|one| (one.name.text.as_str(), one.place.name())).collect()
}
