//! The JSON Schema Test Suite and the examples in real documents: each valid instance is one of its shape.

use super::fit::{Fit, fit};
use super::load::{Loaded, load, tree};
use schemacrate::internals::node::{Node, Pointer};
use std::collections::BTreeMap;
use std::path::Path;
use test_support::shared;

/// How many valid instances there are, and what became of those without a type.
#[derive(Default)]
struct Count {
    valid: usize,
    typed: usize,
    other: Vec<String>,
    refused: Vec<String>,
}

impl Count {
    fn add(&mut self, loaded: &Loaded, name: &str, component: &str, instance: Node<'_>) {
        self.valid += 1;
        let found = fit(&loaded.shapes, loaded.component(component), instance);
        let all = match found {
            Fit::Typed => {
                self.typed += 1;
                return;
            }
            Fit::Other => &mut self.other,
            Fit::Not => &mut self.refused,
        };
        let shown = loaded.shown(component);
        let instance: String = instance.json().chars().take(600).collect();
        let shown: String = shown.chars().take(1500).collect();
        all.push(format!("{name}\n{instance}\n{shown}"));
    }

    fn print(&self, what: &str) {
        let Self { valid, typed, other, refused } = self;
        println!(
            "{what}: {valid} valid, {typed} typed, {} other, {} refused",
            other.len(),
            refused.len()
        );
        for (what, all) in [("other", other), ("refused", refused)] {
            all.iter().for_each(|one| println!("== {what}: {one}\n"));
        }
    }
}

fn suite(name: &str) -> Option<Count> {
    let text = std::fs::read_to_string(shared(name)?).unwrap();
    let mut count = Count::default();
    for line in text.lines() {
        let (_, tree) = tree("suite.json", line);
        let case = tree.root();
        let loaded = load(&case.get("openapi").unwrap().json());
        for instance in case.get("cases").unwrap().items() {
            if instance.get("valid").unwrap().bool() == Some(true) {
                let name = case.get("id").unwrap().text().unwrap();
                count.add(&loaded, name, "Root", instance.get("instance").unwrap());
            }
        }
    }
    count.print(name);
    Some(count)
}

#[test]
fn no_valid_instance_of_the_suite_is_refused() {
    for name in ["openapi/oracles/jsonschema-3.1.jsonl", "openapi/oracles/jsonschema-3.0.jsonl"] {
        if let Some(count) = suite(name) {
            assert!(count.valid > 50);
            assert!(count.refused.is_empty());
        }
    }
}

/// The document with a component for each pointer, since only components are asked for.
fn with_components(root: Node<'_>, pointers: &[String]) -> String {
    let mut document: serde_json::Value = serde_json::from_str(&root.json()).unwrap();
    let path: &[&str] = match root.get("swagger") {
        Some(_) => &["definitions"],
        None => &["components", "schemas"],
    };
    let mut at = &mut document;
    for step in path {
        at = at.as_object_mut().unwrap().entry(*step).or_insert_with(|| serde_json::json!({}));
    }
    for (number, pointer) in pointers.iter().enumerate() {
        let pointer: Pointer = pointer.parse().unwrap();
        let reference = serde_json::json!({ "$ref": format!("#{}", pointer.fragment()) });
        at.as_object_mut().unwrap().insert(format!("Example{number}"), reference);
    }
    document.to_string()
}

fn examples(text: &str, documents: &Path) -> Count {
    let mut by_document: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for line in text.lines() {
        let (_, tree) = tree("example.json", line);
        let document = tree.root().get("document").unwrap().text().unwrap().to_owned();
        by_document.entry(document).or_default().push(line);
    }
    let mut count = Count::default();
    for (document, lines) in by_document {
        let text = std::fs::read_to_string(documents.join(&document)).unwrap();
        let (_, whole) = tree(&document, &text);
        let trees: Vec<_> = lines.iter().map(|line| tree("example.json", line).1).collect();
        let pointer = |one: Node<'_>| one.get("pointer").unwrap().text().unwrap().to_owned();
        let pointers: Vec<String> = trees.iter().map(|tree| pointer(tree.root())).collect();
        let loaded = load(&with_components(whole.root(), &pointers));
        for (at, tree) in trees.iter().enumerate() {
            if tree.root().get("valid").unwrap().bool() == Some(true) {
                let name = format!("{document} {}", pointers[at]);
                let example = tree.root().get("example").unwrap();
                count.add(&loaded, &name, &format!("Example{at}"), example);
            }
        }
    }
    count
}

#[test]
fn no_valid_example_of_real_documents_is_refused() {
    let (Some(examples_of), Some(documents)) =
        (shared("openapi/oracles/examples.jsonl"), shared("openapi/documents"))
    else {
        return;
    };
    let count = examples(&std::fs::read_to_string(examples_of).unwrap(), &documents);
    count.print("examples");
    assert!(count.valid > 1_000);
    assert!(count.refused.is_empty());
}
