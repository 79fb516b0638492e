//! Whether the documents with every field have every field of the tables.

use super::field::Value;
use super::{Object, walk};
use crate::input::diagnostic::Diagnostics;
use crate::input::source::SourceMap;
use crate::node::{self, Node};
use crate::openapi::description::{Description, Document, Version};
use std::collections::BTreeSet;

const DOCUMENTS: [(Version, &str); 4] = [
    (Version::V20, include_str!("../../../tests/openapi/fields/2.0.yaml")),
    (Version::V30, include_str!("../../../tests/openapi/fields/3.0.yaml")),
    (Version::V31, include_str!("../../../tests/openapi/fields/3.1.yaml")),
    (Version::V32, include_str!("../../../tests/openapi/fields/3.2.yaml")),
];

fn document(version: Version, text: &str) -> (SourceMap, Document) {
    let mut sources = SourceMap::new();
    let source = sources.add(version.to_string(), text.as_bytes()).unwrap();
    let tree = node::read(&sources, source).unwrap().tree;
    (sources, Document { name: version.to_string(), version, tree })
}

/// The fields that a document has, by the tables and without leniency.
fn fields(node: Node<'_>, value: Value, version: Version, found: &mut BTreeSet<(Object, String)>) {
    let object = match value {
        Value::Schema | Value::SchemaOrBool => Object::Schema,
        Value::Is(object) | Value::Referable(object) => object,
        Value::List(of) => {
            return node.items().for_each(|item| fields(item, *of, version, found));
        }
        Value::Map(of) | Value::Components(of) => {
            return node.members().for_each(|one| fields(one.value, *of, version, found));
        }
        _ => return,
    };
    let is_reference = matches!(value, Value::Referable(_)) && node.get("$ref").is_some();
    let object = if is_reference { Object::Reference } else { object };
    for member in node.members() {
        let forms = object.find(member.name).forms;
        let of_version = forms.iter().find(|field| field.versions.has(version));
        let pattern = object.definition().pattern.filter(|_| !member.name.starts_with("x-"));
        match (of_version, pattern) {
            (Some(field), _) => {
                found.insert((object, field.name.to_owned()));
                fields(member.value, field.value, version, found);
            }
            (None, Some(pattern)) => fields(member.value, pattern.value, version, found),
            (None, None) => {}
        }
    }
}

#[test]
fn documents_with_every_field_have_no_finding() {
    for (version, text) in DOCUMENTS {
        let (sources, document) = document(version, text);
        let mut description = Description::new();
        description.add(document);
        let mut diagnostics = Diagnostics::default();
        walk::check(&description, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{}", diagnostics.render(&sources, false));
    }
}

#[test]
fn the_documents_have_every_field_of_the_tables() {
    for (version, text) in DOCUMENTS {
        let (_, document) = document(version, text);
        let mut found = BTreeSet::new();
        fields(document.tree.root(), Value::Is(Object::Document), version, &mut found);
        let expected: BTreeSet<_> = reached(version)
            .into_iter()
            .flat_map(|object| {
                let fields = object.definition().fields.iter();
                fields
                    .filter(|field| field.versions.has(version))
                    .map(move |field| (object, field.name.to_owned()))
            })
            .collect();
        // A license has one of two fields, and a document has one license.
        let excluded = (Object::License, "url".to_owned());
        let absent: Vec<_> = expected.difference(&found).filter(|one| **one != excluded).collect();
        assert!(absent.is_empty(), "{version}: {absent:?}");
        assert!(found.is_subset(&expected));
    }
}

/// The objects that a document of a version can have.
fn reached(version: Version) -> BTreeSet<Object> {
    let mut found = BTreeSet::from([Object::Document]);
    let mut open = vec![Object::Document];
    while let Some(object) = open.pop() {
        let definition = object.definition();
        let of_version = definition.fields.iter().filter(|field| field.versions.has(version));
        let values = of_version.map(|field| field.value);
        for value in values.chain(definition.pattern.map(|pattern| pattern.value)) {
            let is_referable = format!("{value:?}").contains("Referable");
            let reference = is_referable.then_some(Object::Reference);
            for next in value.object().into_iter().chain(reference) {
                if found.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    found
}
