use super::super::{
    Description, Document, Dynamic, Location, Referring, Version, check_references, references,
};
use crate::input::config::Unresolved;
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::SourceMap;
use crate::node::{Pointer, json};
use proptest::prelude::*;

/// A description of some files, each with its name.
fn described(version: Version, files: &[(&str, &str)]) -> (Description, SourceMap) {
    let mut sources = SourceMap::new();
    let mut description = Description::new();
    for (name, text) in files {
        let source = sources.add(*name, text.as_bytes()).expect("UTF-8");
        let tree = json::read(&sources, source).expect("JSON").tree;
        description.add(Document { name: (*name).to_owned(), version, tree });
    }
    (description, sources)
}

fn one(version: Version, text: &str) -> Description {
    described(version, &[("api.json", text)]).0
}

/// The location at a pointer in a document.
fn at(description: &Description, name: &str, pointer: &str) -> Location {
    let (id, document) =
        description.documents().find(|(_, one)| one.name == name).expect("a document");
    let pointer: Pointer = pointer.parse().expect("a pointer");
    let node = document.tree.at(&pointer).unwrap_or_else(|_| panic!("{name}#{pointer}"));
    Location { document: id, node: node.id() }
}

/// What a reference in the root of the first document refers to: the document and the pointer, or the code
/// and the help of the error. After it come the codes of the rules that it breaks.
fn found(description: &Description, reference: &str) -> String {
    let (_, first) = description.documents().next().expect("a document");
    found_from(description, at(description, &first.name, ""), reference)
}

fn found_from(description: &Description, from: Location, reference: &str) -> String {
    match description.look_up(from, reference) {
        Ok(resolved) => {
            let document = description.document(resolved.location.document);
            let pointer = document.tree.pointer_to(resolved.location.node).expect("a place");
            let codes = resolved.findings.iter().map(|one| format!(" {}", one.code));
            format!("{}#{pointer}{}", document.name, codes.collect::<String>())
        }
        Err(error) => failed(&error),
    }
}

fn failed(error: &Diagnostic) -> String {
    format!("{}: {}", error.code, error.help.as_deref().unwrap_or_default())
}

fn codes(description: &Description) -> Vec<&'static str> {
    reported(description, Unresolved::Error).iter().map(|one| one.code).collect()
}

fn reported(description: &Description, unresolved: Unresolved) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    // The documents here are parts of ones, in which every reference counts.
    let all = description.documents().flat_map(|(document, one)| {
        let certain =
            references(one.tree.root(), one.version).into_iter().filter(|found| found.is_certain);
        certain.map(move |found| Referring {
            object: Location { document, node: found.object.id() },
            text: found.text.id(),
            is_dynamic: found.keyword == "$dynamicRef",
        })
    });
    let all: Vec<Referring> = all.collect();
    check_references(description, &all, unresolved, &mut diagnostics);
    diagnostics
}

const PETS: &str = r##"{"paths":{"/pets/{id}":{"get":{"responses":{"default":{"a~b":[{},{"c d":1}]}}}}},
    "components":{"schemas":{"Pet":{"properties":{"name":{"$ref":"#/components/schemas/Name"}}},
        "Name":{"type":"string","title":"t"},"100%":{},"%41":{},"Pet Owner":{}}}}"##;

#[test]
fn pointers_go_into_any_place() {
    let pets = one(Version::V30, PETS);
    for (reference, expected) in [
        ("#", "api.json#"),
        ("", "api.json#"),
        ("#/paths/~1pets~1{id}/get", "api.json#/paths/~1pets~1{id}/get"),
        ("#/paths/~1pets~1%7Bid%7D/get", "api.json#/paths/~1pets~1{id}/get"),
        (
            "#/paths/~1pets~1%7Bid%7D/get/responses/default/a~0b/1/c%20d",
            "api.json#/paths/~1pets~1{id}/get/responses/default/a~0b/1/c d",
        ),
        ("#/components/schemas/Pet%20Owner", "api.json#/components/schemas/Pet Owner"),
        ("#/components/schemas/Pet Owner", "api.json#/components/schemas/Pet Owner"),
        ("#/components/schemas/100%25", "api.json#/components/schemas/100%"),
        ("api.json#/components", "api.json#/components"),
        ("./api.json#/components", "api.json#/components"),
        ("x/../api.json", "api.json#"),
    ] {
        assert_eq!(found(&pets, reference), expected, "{reference}");
    }
}

#[test]
fn what_can_mean_one_thing_only_is_resolved_and_reported() {
    let pets = one(Version::V30, PETS);
    for (reference, expected) in [
        ("#/paths//pets/{id}/get", "api.json#/paths/~1pets~1{id}/get reference-syntax"),
        ("#/components/schemas/100%", "api.json#/components/schemas/100% reference-syntax"),
        ("#/components/schemas/%41", "api.json#/components/schemas/%41 reference-syntax"),
        (
            "#/components/schemas/Pet/properties/name/title",
            "api.json#/components/schemas/Name/title reference-through-reference",
        ),
    ] {
        assert_eq!(found(&pets, reference), expected, "{reference}");
    }
}

#[test]
fn what_refers_to_nothing_is_an_error_that_names_what_is_there() {
    let pets = one(Version::V30, PETS);
    for (reference, expected) in [
        ("#/components/schemas/pet", "unresolved-reference: there is `Pet`"),
        ("#/components/schemas/Pet/", "unresolved-reference: leave out the `/` at the end"),
        ("#/component/schemas/Pet", "unresolved-reference: there is `components`"),
        (
            "#/components/schemas/Missing",
            "unresolved-reference: names are case-sensitive; add it, or correct the name",
        ),
        ("#components/schemas/Pet", "unresolved-reference: write `#/components/schemas/Pet`"),
        ("#Pet", "unresolved-reference: write `#/components/schemas/Pet` for the component"),
        (
            "#none",
            "unresolved-reference: before 3.1 there are no anchors; a JSON pointer begins with `#/`",
        ),
        ("#/a/%zz", "unresolved-reference: "),
        ("Pet", "missing-document: write `#/components/schemas/Pet` for the component"),
        ("Api.json#/components", "missing-document: there is `api.json`"),
        (
            "https://example.com/a.yaml",
            "missing-document: give `https://example.com/a.yaml` too: with `--schema` or `files` under [source]; `schemacrate fetch` saves a document with all that it refers to",
        ),
    ] {
        assert_eq!(found(&pets, reference), expected, "{reference}");
    }
}

#[test]
fn the_place_of_a_finding_is_the_text_of_the_reference() {
    let text = r##"{"components":{"schemas":{"A":{"$ref":"#/nowhere"}}}}"##;
    let description = one(Version::V30, text);
    let from = at(&description, "api.json", "/components/schemas/A");
    let error = description.resolve(from, "#/nowhere").expect_err("nothing is there");
    let span = error.place.as_ref().map(|(span, _)| *span).expect("a place");
    assert_eq!(&text[span.start as usize..span.end as usize], r##""#/nowhere""##);
}

#[test]
fn other_versions_places_are_places() {
    let old = one(Version::V20, r#"{"swagger":"2.0","components":{"schemas":{"A":{}}}}"#);
    assert_eq!(found(&old, "#/components/schemas/A"), "api.json#/components/schemas/A");
    let new = one(Version::V31, r#"{"openapi":"3.1.0","definitions":{"A":{}}}"#);
    assert_eq!(found(&new, "#/definitions/A"), "api.json#/definitions/A");
}

#[test]
fn files_are_found_by_the_names_that_they_were_given() {
    for (root, part) in [
        ("apis/v1/api.json", "apis/shared/a b.json"),
        ("../v1/api.json", "../shared/a b.json"),
        ("/apis/v1/api.json", "/apis/shared/a b.json"),
        ("C:\\apis\\v1\\api.json", "C:\\apis\\shared\\a b.json"),
        ("c:/apis/v1/api.json", "C:\\apis\\shared\\a b.json"),
        (".\\v1\\api.json", "shared/a b.json"),
        ("https://example.com/v1/api.json", "https://EXAMPLE.com/shared/a%20b.json"),
    ] {
        let files = [(root, "{}"), (part, r#"{"Pet":{}}"#)];
        let (description, _) = described(Version::V30, &files);
        for reference in ["../shared/a b.json#/Pet", "./../shared/a%20b.json#/Pet"] {
            assert_eq!(found(&description, reference), format!("{part}#/Pet"), "{root}");
        }
        let slip = found(&description, "..\\shared\\a b.json#/Pet");
        assert_eq!(slip, format!("{part}#/Pet reference-syntax"), "{root}");
    }
}

#[test]
fn a_file_refers_back_and_to_itself() {
    let files = [
        ("v1/api.json", r#"{"components":{"schemas":{"Pet":{}}}}"#),
        ("v1/parts/pet.json", r#"{"properties":{"a":{}}}"#),
    ];
    let (description, _) = described(Version::V30, &files);
    let from = at(&description, "v1/parts/pet.json", "/properties/a");
    for (reference, expected) in [
        ("../api.json#/components/schemas/Pet", "v1/api.json#/components/schemas/Pet"),
        ("#/properties", "v1/parts/pet.json#/properties"),
        ("pet.json", "v1/parts/pet.json#"),
    ] {
        assert_eq!(found_from(&description, from, reference), expected, "{reference}");
    }
}

/// `schemacrate fetch` saves what comes from elsewhere below the name of its host.
#[test]
fn a_copy_is_found_by_host_and_path() {
    let files = [
        ("copies/example.com/v1/api.json", r#"{}"#),
        ("copies/example.com/shared/pet.json", r#"{"Pet":{}}"#),
        ("copies/other.example/pet.json", r#"{"Pet":{}}"#),
        ("copies/127.0.0.1%3A80/pet.json", r#"{"Pet":{}}"#),
    ];
    let (description, _) = described(Version::V30, &files);
    for (reference, expected) in [
        ("https://example.com/shared/pet.json#/Pet", "copies/example.com/shared/pet.json#/Pet"),
        ("//other.example/pet.json#/Pet", "copies/other.example/pet.json#/Pet"),
        ("/shared/pet.json#/Pet", "copies/example.com/shared/pet.json#/Pet"),
        ("http://127.0.0.1:80/pet.json#/Pet", "copies/127.0.0.1%3A80/pet.json#/Pet"),
    ] {
        assert_eq!(found(&description, reference), expected, "{reference}");
    }
    // Two files could be meant, or none.
    for reference in ["/pet.json", "https://ample.com/v1/api.json", "example.com/v1/api.json"] {
        let found = found(&description, reference);
        assert!(found.starts_with("missing-document"), "{reference}: {found}");
    }
}

#[test]
fn a_document_has_the_address_that_it_declares() {
    let files = [
        ("copy/api.json", r#"{"openapi":"3.2.0","$self":"https://example.com/v1/openapi.json"}"#),
        ("copy/pet.json", r#"{"$self":"https://example.com/v1/parts/pet.json","Pet":{}}"#),
        ("copy/old.json", r#"{"Old":{}}"#),
    ];
    let (description, _) = described(Version::V32, &files);
    for (reference, expected) in [
        ("parts/pet.json#/Pet", "copy/pet.json#/Pet"),
        ("https://example.com/v1/parts/pet.json#/Pet", "copy/pet.json#/Pet"),
        ("#/openapi", "copy/api.json#/openapi"),
        // By the name of the file only.
        ("old.json#/Old", "copy/old.json#/Old reference-syntax"),
    ] {
        assert_eq!(found(&description, reference), expected, "{reference}");
    }
    let (older, _) = described(Version::V31, &files);
    assert!(found(&older, "parts/pet.json").starts_with("missing-document"));
}

const IDS: &str = r##"{"components":{"schemas":{
    "Root":{"$id":"https://example.com/schemas/root.json","$anchor":"top",
        "$defs":{"inner":{"$id":"parts/inner.json","properties":{"a":{"$anchor":"a","type":"string"}},
            "$defs":{"deep":{"$id":"/deep"}}}},
        "properties":{"b":{"$anchor":"b"},"$id":{"type":"string"}}},
    "Plain":{"$anchor":"plain"},
    "Data":{"example":{"$id":"https://example.com/data","$anchor":"plain"}}}}}"##;

#[test]
fn schemas_have_addresses_and_anchors() {
    let ids = one(Version::V31, IDS);
    let root = "api.json#/components/schemas/Root";
    for (reference, expected) in [
        ("https://example.com/schemas/root.json", root.to_owned()),
        ("https://example.com/schemas/root.json#top", root.to_owned()),
        ("https://example.com/schemas/root.json#/properties/b", format!("{root}/properties/b")),
        ("https://example.com/schemas/root.json#b", format!("{root}/properties/b")),
        ("https://example.com/schemas/parts/inner.json", format!("{root}/$defs/inner")),
        (
            "https://example.com/schemas/parts/inner.json#a",
            format!("{root}/$defs/inner/properties/a"),
        ),
        ("https://example.com/deep", format!("{root}/$defs/inner/$defs/deep")),
        ("#plain", "api.json#/components/schemas/Plain".to_owned()),
        ("api.json#plain", "api.json#/components/schemas/Plain".to_owned()),
    ] {
        assert_eq!(found(&ids, reference), expected, "{reference}");
    }
    assert!(found(&ids, "https://example.com/data").starts_with("missing-document"));
    assert_eq!(found(&ids, "#plane"), "unresolved-reference: there is `plain`");
    assert!(found(&ids, "#a").starts_with("unresolved-reference"), "it is of another resource");
    assert!(codes(&ids).is_empty());
}

#[test]
fn references_are_relative_to_the_schema_with_an_address_around_them() {
    let ids = one(Version::V31, IDS);
    let inner = at(&ids, "api.json", "/components/schemas/Root/$defs/inner/properties/a");
    let root = "api.json#/components/schemas/Root";
    for (reference, expected) in [
        ("#", format!("{root}/$defs/inner")),
        ("#/properties/a", format!("{root}/$defs/inner/properties/a")),
        ("#a", format!("{root}/$defs/inner/properties/a")),
        ("../root.json", root.to_owned()),
        ("../root.json#top", root.to_owned()),
        // Services count from the document all the same.
        (
            "#/components/schemas/Plain",
            "api.json#/components/schemas/Plain reference-syntax".to_owned(),
        ),
        ("api.json#plain", "api.json#/components/schemas/Plain reference-syntax".to_owned()),
    ] {
        assert_eq!(found_from(&ids, inner, reference), expected, "{reference}");
    }
    // The text of a reference is a place to begin as well.
    let text = at(&ids, "api.json", "/components/schemas/Root/$defs/inner/properties/a/type");
    assert_eq!(found_from(&ids, text, "#a"), format!("{root}/$defs/inner/properties/a"));
}

#[test]
fn before_3_1_schemas_have_neither() {
    let ids = one(Version::V30, IDS);
    assert!(found(&ids, "https://example.com/schemas/root.json").starts_with("missing-document"));
    assert!(found(&ids, "#plain").starts_with("unresolved-reference"));
}

#[test]
fn what_is_declared_twice_is_reported() {
    let text = r##"{"components":{"schemas":{
        "A":{"$id":"https://example.com/a","$anchor":"x"},"B":{"$id":"https://example.com/a"},
        "C":{"$anchor":"y"},"D":{"$dynamicAnchor":"y"},"E":{"$id":"#old"}}}}"##;
    let description = one(Version::V31, text);
    assert_eq!(codes(&description), ["duplicate-id", "duplicate-anchor", "id-fragment"]);
    assert_eq!(found(&description, "https://example.com/a"), "api.json#/components/schemas/A");
    assert_eq!(found(&description, "#y"), "api.json#/components/schemas/C");
    assert_eq!(found(&description, "#old"), "api.json#/components/schemas/E");
    let (twice, _) = described(Version::V30, &[("api.json", "{}"), ("./api.json", "[]")]);
    assert_eq!(codes(&twice), ["duplicate-id"]);
}

#[test]
fn dynamic_references_have_candidates() {
    let text = r##"{"components":{"schemas":{
        "Tree":{"$id":"https://example.com/tree","$dynamicAnchor":"node","properties":{
            "children":{"items":{"$dynamicRef":"#node"}}}},
        "Strict":{"$id":"https://example.com/strict","$dynamicAnchor":"node","$ref":"tree"},
        "Other":{"$dynamicAnchor":"other"},
        "Plain":{"$id":"https://example.com/plain","$anchor":"node","not":{"$dynamicRef":"#node"}}}}}"##;
    let description = one(Version::V31, text);
    let place = |pointer: &str| at(&description, "api.json", pointer);
    let from = place("/components/schemas/Tree/properties/children/items");
    let tree = place("/components/schemas/Tree");
    let strict = place("/components/schemas/Strict");
    let dynamic = |from, text: &str| description.dynamic(from, text).expect("a schema");
    assert_eq!(dynamic(from, "#node"), Dynamic { target: tree, others: vec![strict] });
    // An anchor that is not dynamic, or a pointer, is what it is.
    let plain = place("/components/schemas/Plain");
    let not = place("/components/schemas/Plain/not");
    assert_eq!(dynamic(not, "#node"), Dynamic { target: plain, others: Vec::new() });
    assert_eq!(
        dynamic(from, "#/properties"),
        Dynamic { target: place("/components/schemas/Tree/properties"), others: Vec::new() }
    );
    // One that is declared elsewhere only.
    assert_eq!(dynamic(from, "#other").target, place("/components/schemas/Other"));
    assert!(description.dynamic(from, "#none").is_err());
    assert!(codes(&description).is_empty());
}

/// As descriptions of 3.1 bind a generic schema: in the `$defs` of each use.
#[test]
fn a_dynamic_reference_is_to_the_schema_around_it() {
    let of = |name: &str| {
        format!(
            r##"{{"$defs":{{"i":{{"$dynamicAnchor":"item","$ref":"#/{name}"}}}},"items":{{"$dynamicRef":"#item"}}}}"##
        )
    };
    let text = format!(r#"{{"components":{{"schemas":{{"A":{},"B":{}}}}}}}"#, of("a"), of("b"));
    let description = one(Version::V31, &text);
    let place = |pointer: &str| at(&description, "api.json", pointer);
    let [a, b] = ["A", "B"].map(|name| place(&format!("/components/schemas/{name}/$defs/i")));
    let from = place("/components/schemas/B/items");
    assert_eq!(description.dynamic(from, "#item"), Ok(Dynamic { target: b, others: vec![a] }));
}

#[test]
fn circles_are_errors_with_both_places() {
    let text = r##"{"components":{"schemas":{
        "A":{"$ref":"#/components/schemas/B"},"B":{"$ref":"#/components/schemas/C"},
        "C":{"$ref":"#/components/schemas/B"},"Self":{"$ref":"#/components/schemas/Self"},
        "Through":{"$ref":"#/components/schemas/Through/properties/x"},
        "List":{"properties":{"next":{"$ref":"#/components/schemas/List"}}}}}}"##;
    let description = one(Version::V30, text);
    let found = reported(&description, Unresolved::Error);
    let codes: Vec<_> = found.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["reference-cycle"; 3]);
    assert!(found.iter().all(|one| one.place.is_some() && one.related.is_some()));
    let place = |name: &str| at(&description, "api.json", &format!("/components/schemas/{name}"));
    for name in ["A", "B", "Self", "Through"] {
        let error = description.target(place(name)).expect_err("it has no end");
        assert_eq!(error.code, "reference-cycle", "{name}");
    }
    assert_eq!(description.target(place("List")), Ok(place("List")));
    assert_eq!(description.target(place("List/properties/next")), Ok(place("List")));
}

/// Each reference goes twice through the one before it.
#[test]
fn references_through_references_take_no_time() {
    let mut schemas = vec![r##""A0":{"x":{"$ref":"#/A0"}}"##.to_owned()];
    schemas.extend((1..90).map(|at| format!(r##""A{at}":{{"$ref":"#/A{}/x/x"}}"##, at - 1)));
    let description = one(Version::V30, &format!("{{{}}}", schemas.join(",")));
    let began = std::time::Instant::now();
    let found = found(&description, "#/A89/x/x");
    assert!(found.starts_with("reference-cycle"), "{found}");
    assert!(began.elapsed().as_secs() < 2, "{:?}", began.elapsed());
}

#[test]
fn a_document_that_was_not_given_is_reported_once() {
    let text = r##"{"paths":{"/a":{"$ref":"parts/a.json"},"/b":{"$ref":"./parts/a.json#/b"}},
        "components":{"schemas":{"C":{"$ref":"c.json"}}}}"##;
    let description = one(Version::V30, text);
    let found = reported(&description, Unresolved::Error);
    let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the reference `c.json` cannot be resolved: there is no document `c.json`",
            "the reference `parts/a.json` cannot be resolved: there is no document `parts/a.json`, to which 2 references are",
        ]
    );
    let untyped = reported(&description, Unresolved::Untyped);
    assert!(!untyped.is_empty() && !untyped.has_errors());
}

#[test]
fn data_and_names_are_not_references() {
    let text = r##"{"components":{"schemas":{"A":{"properties":{"$ref":{"type":"string"},
        "default":{"default":{"$ref":"#/nowhere"}}},"example":{"$ref":"nowhere.json"},
        "x-a":{"$ref":"#/nowhere"},"enum":[{"$ref":"#/nowhere"}]}},
        "responses":{"default":{"$ref":"#/components/responses/x-none"}}}}"##;
    assert_eq!(codes(&one(Version::V31, text)), ["unresolved-reference"]);
}

/// The search for what was meant took longer than everything else.
#[test]
fn only_the_first_of_many_findings_have_a_suggestion() {
    let schema = |at: usize| format!(r##""Schema{at}":{{"$ref":"#/definitions/Schena{at}"}}"##);
    let schemas: Vec<String> = (0..20_000).map(schema).collect();
    let description = one(
        Version::V20,
        &format!(r#"{{"swagger":"2.0","definitions":{{{}}}}}"#, schemas.join(",")),
    );
    let found = reported(&description, Unresolved::Error);
    assert_eq!(found.iter().count(), 20_000);
    let suggests =
        |one: &&Diagnostic| one.help.as_ref().is_some_and(|help| help.contains("`Schema"));
    assert!(found.iter().take(100).all(|one| suggests(&one)));
    assert!(found.iter().filter(suggests).count() < 1_000);
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let name = "[a/~%$#é ]{0,3}|[$]ref|[$]id|[$]anchor|properties";
    let reference = "(#|a|b|\\.\\./|/|~0|~1|%2|%41|\\\\|é|[$]ref|properties|0|:|\\?){0,6}";
    let leaf = prop_oneof![
        reference.prop_map(serde_json::Value::from),
        any::<bool>().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::btree_map(name, inner, 0..5)
                .prop_map(serde_json::Value::from_iter),
        ]
    })
}

proptest! {
    #[test]
    fn the_pointer_of_each_node_refers_to_it(value in json_value()) {
        let description = one(Version::V30, &value.to_string());
        let (id, document) = description.documents().next().expect("a document");
        let mut open = vec![(document.tree.root(), Pointer::default())];
        while let Some((node, pointer)) = open.pop() {
            let from = Location { document: id, node: document.tree.root().id() };
            let reference = format!("#{}", pointer.fragment());
            let resolved = description.look_up(from, &reference).expect("it is there");
            prop_assert_eq!(resolved.location.node, node.id(), "{}", reference);
            prop_assert!(resolved.findings.is_empty());
            open.extend(node.items().enumerate().map(|(at, item)| (item, pointer.with(at))));
            open.extend(node.members().map(|one| (one.value, pointer.with(one.name))));
        }
    }

    #[test]
    fn no_reference_and_no_document_panics(
        value in json_value(),
        reference in "(#|a|b|api|\\.json|\\.\\.|/|~|~0|%|%2|%41|\\\\|é|[$]ref|properties|0|:|\\?){0,9}",
    ) {
        for version in [Version::V20, Version::V32] {
            let description = one(version, &value.to_string());
            let (id, document) = description.documents().next().expect("a document");
            let from = Location { document: id, node: document.tree.root().id() };
            _ = description.look_up(from, &reference);
            _ = description.dynamic(from, &reference);
            _ = description.missing(from, &reference);
            _ = reported(&description, Unresolved::Error);
        }
    }
}
