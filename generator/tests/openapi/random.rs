//! Documents with every field, in which values are replaced by others.

use super::checked;
use proptest::prelude::*;
use proptest::sample::Index;
use schemacrate::diagnostic::{Diagnostics, Severity};
use schemacrate::internals::node::{self, Tree};
use schemacrate::internals::openapi::{Description, Document, Version, check_objects};
use schemacrate::source::SourceMap;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DOCUMENTS: [&str; 4] = [
    include_str!("fields/2.0.yaml"),
    include_str!("fields/3.0.yaml"),
    include_str!("fields/3.1.yaml"),
    include_str!("fields/3.2.yaml"),
];

const VERSIONS: [Version; 4] = [Version::V20, Version::V30, Version::V31, Version::V32];

fn tree(text: &str) -> (SourceMap, Tree) {
    let mut sources = SourceMap::new();
    let source = sources.add("d", text.as_bytes()).unwrap();
    let tree = node::read(&sources, source).unwrap().tree;
    (sources, tree)
}

fn value(text: &str) -> Value {
    serde_json::from_str(&tree(text).1.root().json()).unwrap()
}

/// The pointers of all values.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Something that is valid in few places.
fn odd(choice: u8) -> Value {
    match choice % 14 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!("true"),
        3 => json!("text"),
        4 => json!(5),
        5 => json!("-5"),
        6 => json!(-1.5),
        7 => json!([]),
        8 => json!({}),
        9 => json!([null, [], {}, "a"]),
        10 => json!({"$ref": "#/components/schemas/Book"}),
        11 => json!({"$ref": "#/paths/~1books"}),
        12 => json!({"$ref": "#"}),
        _ => json!({"unknown": {"$ref": 5}, "x-known": 1, "4xx": [], "$ref": {"$ref": "#/info"}}),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any value at any place is read or reported: with its place, what to do, and once.
    #[test]
    fn any_value_is_read_or_reported(
        document in 0..4_usize,
        changes in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<u8>()), 1..6)
    ) {
        let mut changed = value(DOCUMENTS[document]);
        for (at, from, choice) in changes {
            let mut all = Vec::new();
            pointers(&changed, "", &mut all);
            let at = at.get::<String>(&all);
            let new = match choice % 3 {
                // Some other part of the document.
                0 => changed.pointer(from.get::<String>(&all)).cloned().unwrap_or_default(),
                _ => odd(choice / 3),
            };
            // The root and the version stay, so that it is a document.
            if at.contains("openapi") || at.contains("swagger") || at.is_empty() {
                continue;
            }
            if let Some(place) = changed.pointer_mut(at) {
                *place = new;
            }
        }
        let (sources, tree) = tree(&changed.to_string());
        let mut description = Description::new();
        let version = VERSIONS[document];
        description.add(Document { name: "d.json".to_owned(), version, tree });
        let mut diagnostics = Diagnostics::default();
        check_objects(&description, &mut diagnostics);
        let mut seen = BTreeSet::new();
        for one in diagnostics.iter() {
            prop_assert_eq!(one.severity, Severity::Warning, "{:?}", one);
            prop_assert!(one.place.is_some() && one.help.is_some(), "{one:?}");
            prop_assert!(seen.insert(format!("{:?} {}", one.place, one.message)), "{one:?}");
        }
        // The rules between objects are about what is left.
        let session = checked([("d.json", changed.to_string())]);
        let mut seen = BTreeSet::new();
        for one in session.diagnostics().iter() {
            prop_assert!(one.place.is_some() && one.help.is_some(), "{one:?}");
            prop_assert!(seen.insert(format!("{:?} {}", one.place, one.message)), "{one:?}");
        }
        // It is only text, so it can be shown.
        prop_assert!(diagnostics.is_empty() || !diagnostics.render(&sources, false).is_empty());
    }
}
