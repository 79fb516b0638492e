//! Every value of a document is in the model, at its place.

use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::node::{self, Node};
use schemacrate::internals::openapi::{Description, Document, Version, build};
use schemacrate::source::SourceMap;
use std::collections::BTreeSet;

/// Documents with every field.
const DOCUMENTS: [(Version, &str); 4] = [
    (Version::V20, include_str!("fields/2.0.yaml")),
    (Version::V30, include_str!("fields/3.0.yaml")),
    (Version::V31, include_str!("fields/3.1.yaml")),
    (Version::V32, include_str!("fields/3.2.yaml")),
];

/// The places in the text of a model, which has everything: of texts the first byte.
fn places(text: &str) -> BTreeSet<u32> {
    let starts = text.split("start: ").skip(1);
    starts
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .collect()
}

/// The strings that are at none of some places, and in nothing that is at one, with their names.
fn absent(
    node: Node<'_>,
    name: &str,
    places: &BTreeSet<u32>,
    known: &str,
    found: &mut Vec<String>,
) {
    // A value that stays in the document is there by its number.
    let id = format!("node: {:?}", node.id());
    if known.contains(&format!("{id},")) || known.contains(&format!("{id} }}")) {
        if node.is_object() {
            node.members().for_each(|one| absent(one.value, one.name, places, known, found));
        }
        return;
    }
    if node.text().is_some() && !places.contains(&node.span().start) {
        found.push(format!("{name}: {}", node.text().unwrap()));
    }
    node.items().for_each(|one| absent(one, name, places, known, found));
    node.members().for_each(|one| absent(one.value, one.name, places, known, found));
}

/// Strings that the model does not have as strings, by the names of their fields, with the reason.
const ELSEWHERE: &[(&str, &[&str])] = &[
    ("a word of a list is an enumeration", &["in", "type", "style", "collectionFormat", "flow"]),
    ("a reference is what it refers to", &["$ref"]),
    ("a summary beside a reference to what has none means nothing", &["summary"]),
    ("they are for the stages before", &["openapi", "swagger", "$self", "$id", "$anchor"]),
    ("they are for the stages before", &["$schema", "jsonSchemaDialect", "$comment"]),
    ("2.0 has the address in parts", &["host", "basePath"]),
    ("what all operations replace has no use", &["consumes", "produces"]),
    ("the whole object is a location", &["name", "namespace", "prefix", "nodeType", "url"]),
    ("the whole value is a location", &["any", "kind"]),
];

#[test]
fn nothing_is_dropped() {
    let mut found = Vec::new();
    let mut count = 0;
    for (version, text) in DOCUMENTS {
        let mut sources = SourceMap::new();
        let source = sources.add("d.yaml", text.as_bytes()).unwrap();
        let tree = node::read(&sources, source).unwrap().tree;
        let mut description = Description::new();
        let id = description.add(Document { name: "d.yaml".to_owned(), version, tree });
        let model = build(&description, &[], &mut Diagnostics::default());
        let shown = format!("{model:?}");
        let places = places(&shown);
        count += places.len();
        absent(description.document(id).tree.root(), "", &places, &shown, &mut found);
    }
    let is_known = |one: &String| {
        let name = one.split(':').next().unwrap_or_default();
        ELSEWHERE.iter().any(|(_, names)| names.contains(&name))
    };
    found.retain(|one| !is_known(one));
    assert!(found.is_empty() && count > 500, "{count} {found:#?}");
}
