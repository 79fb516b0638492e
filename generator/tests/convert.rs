//! One model, whatever the format: documents are written as XML and as JSON and read again.

#![allow(clippy::unwrap_used)] // A test may panic.

use proptest::prelude::*;
use schemacrate::config::Config;
use schemacrate::internals::csdl::{Document, Element, write};
use schemacrate::internals::edm::{Model, document};
use std::fs;
use std::path::PathBuf;
use test_support::{generated, parsed, shared};

fn read(name: &str, bytes: &[u8]) -> Result<Model, String> {
    test_support::read(name, bytes).map_err(|error| error.to_string())
}

/// What JSON cannot distinguish without the declaration of the term: texts, enumeration members,
/// paths, dates and numbers all are strings or numbers there.
fn without_kinds_of_constants(xml: &str) -> String {
    const KINDS: &[&str] = &[
        "AnnotationPath",
        "AnyPropertyPath",
        "ModelElementPath",
        "NavigationPropertyPath",
        "PropertyPath",
        "DateTimeOffset",
        "Date",
        "Decimal",
        "Duration",
        "Float",
        "Guid",
        "TimeOfDay",
        "Binary",
        "Int",
    ];
    let mut text = String::new();
    for line in xml.lines() {
        let mut line = line.to_owned();
        // JSON cannot leave open whether the items of a collection may be null.
        if line.contains("Type=\"Collection(") {
            line = line.replace(" Nullable=\"false\"", "");
        }
        if line.contains("<Annotation ") || line.contains("<PropertyValue ") || !line.contains('=')
        {
            for kind in KINDS {
                line = line.replace(&format!(" {kind}=\""), " String=\"");
                line = line.replace(&format!("<{kind}>"), "<String>");
                line = line.replace(&format!("</{kind}>"), "</String>");
            }
            for (open, close) in [(" EnumMember=\"", '"'), ("<EnumMember>", '<')] {
                if let Some((before, rest)) = line.split_once(open) {
                    let (members, after) = rest.split_once(close).unwrap();
                    let members: Vec<&str> =
                        members.split(' ').map(|one| one.rsplit('/').next().unwrap()).collect();
                    let open = open.replace("EnumMember", "String");
                    line = format!("{before}{open}{}{close}{after}", members.join(","));
                    line = line.replace("</EnumMember>", "</String>");
                }
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A document without the terms that an element has a second time: a JSON object cannot hold them,
/// and of a term that is there twice the first one counts.
fn without_repetitions(mut document: Document) -> Document {
    fn clean(element: &mut Element) {
        let mut seen = Vec::new();
        element.children.retain(|child| {
            let term = (
                child.value("Term").map(str::to_owned),
                child.value("Qualifier").map(str::to_owned),
            );
            let new = child.name != "Annotation" || !seen.contains(&term);
            seen.push(term);
            new
        });
        element.children.iter_mut().for_each(clean);
    }
    document.schemas.iter_mut().for_each(clean);
    document
}

/// The lines, sorted: the formats have annotations at different places.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

fn assert_round_trips(name: &str, model: &Model) {
    let xml = write::xml(&document(model));
    let again = read(name, xml.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(write::xml(&document(&again)), xml, "{name} through XML");
    let json = write::json(&document(model));
    let again = read(name, json.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let expected = without_kinds_of_constants(&write::xml(&without_repetitions(document(model))));
    let found = without_kinds_of_constants(&write::xml(&document(&again)));
    let difference: Vec<_> = similar::TextDiff::from_slices(&sorted(&expected), &sorted(&found))
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .map(|change| format!("{}{}", change.tag(), change.value()))
        .collect();
    assert!(difference.is_empty(), "{name} through JSON:\n{}", difference.join("\n"));
}

/// Every construct of the language once.
const EVERYTHING: &str = include_str!("documents/everything.csdl");

#[test]
fn every_construct_survives_both_formats() {
    assert_round_trips("everything", &read("everything.csdl", EVERYTHING.as_bytes()).unwrap());
}

/// A slice of everything is everything.
#[test]
fn a_slice_without_patterns_loses_nothing() {
    let model = read("everything.csdl", EVERYTHING.as_bytes()).unwrap();
    let whole = schemacrate::internals::slice::slice(&model, &[], &[]);
    assert!(whole.slips.is_empty());
    assert_eq!(write::xml(&document(&whole.model)), write::xml(&document(&model)));
}

#[test]
fn the_formats_are_written_readably() {
    let model = read("everything.csdl", EVERYTHING.as_bytes()).unwrap();
    expect_test::expect_file!["snapshots/everything.xml"].assert_eq(&write::xml(&document(&model)));
    expect_test::expect_file!["snapshots/everything.json"]
        .assert_eq(&write::json(&document(&model)));
}

#[test]
fn json_that_is_wrong_is_explained_with_its_place() {
    let cases = [
        ("{\"$Version\":\"4.01\",", "n.json:1:20", "a member name"),
        ("{\"$Version\":\"3.0\"}", "n.json:1:13", "not supported"),
        ("{}", "n.json:1:1", "`$Version` is missing"),
        ("{\"$Version\":\"4.01\",\"n\":{\"t\":{}}}", "n.json:1:29", "$Kind"),
        (
            "{\"$Version\":\"4.01\",\"n\":{\"t\":{\"$Kind\":\"ComplexType\",\"p\":{\"$Type\":\"n.x\"}}}}",
            "n.json:1:65",
            "cannot find the type `n.x`",
        ),
    ];
    for (text, place, message) in cases {
        let shown = read("n.json", text.as_bytes()).unwrap_err();
        assert!(shown.contains(place) && shown.contains(message), "{text}\n{shown}");
    }
    let deep = format!("{{\"$Version\":\"4.01\",\"n\":{}", "[".repeat(100_000));
    assert!(read("n.json", deep.as_bytes()).unwrap_err().contains("less nesting"));
}

#[test]
fn real_documents_survive_both_formats() {
    let folders = ["csdl/valid", "csdl/json", "graph"].map(shared);
    let [Some(valid), Some(json), Some(graph)] = folders else { return };
    let mut done = 0;
    let mut paths: Vec<PathBuf> = [valid, json, graph]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(bytes) = fs::read(&path) else { continue };
        // Documents that refer to others which are not here cannot be resolved alone.
        if let Ok(model) = read(&name, &bytes) {
            assert_round_trips(&name, &model);
            done += 1;
        }
    }
    assert!(done >= 20, "only {done} documents could be read");
}

/// Documents whose two forms differ themselves, and how.
const BY_THEIR_OWN: &[(&str, &str)] = &[
    ("SalesModel-sample", "paths that XML calls `PropertyPath` where the terms have other paths"),
    ("Capabilities.V1", "line ends in an attribute, which XML reads as blanks"),
    ("JSON.V1.Schema-sample", "JSON within a text, which the other form has as JSON"),
];

/// Documents with constants whose kinds no declaration specifies, and why.
const OPEN: &[(&str, &str)] = &[
    ("Core.V1", "the bounds of a number are of any primitive type"),
    ("Temporal.V1.objectkey-sample", "the vocabulary is not given, and none of the usual ones"),
    ("Temporal.V1.timeline-sample", "the vocabulary is not given, and none of the usual ones"),
];

/// The same document in both formats returns the same model.
#[test]
fn documents_in_both_formats_are_one_model() {
    let (Some(json), Some(valid)) = (shared("csdl/json"), shared("csdl/valid")) else { return };
    let mut compared = 0;
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(json).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for json in paths {
        let stem = json.file_stem().unwrap().to_string_lossy().into_owned();
        let xml = valid.join(format!("{stem}.xml"));
        let (Ok(xml), Ok(json)) = (fs::read(xml), fs::read(&json)) else { continue };
        let (Ok(xml), Ok(json)) = (read(&stem, &xml), read(&stem, &json)) else { continue };
        // Each form refers to the other documents in its own form.
        let text = |model: &Model| {
            let text = write::xml(&without_repetitions(document(model)));
            let open = OPEN.iter().any(|(name, _)| stem.ends_with(name));
            let text = if open { without_kinds_of_constants(&text) } else { text };
            text.replace(".json\">", ".xml\">")
        };
        let (xml, json) = (text(&xml), text(&json));
        let difference: Vec<_> = similar::TextDiff::from_slices(&sorted(&xml), &sorted(&json))
            .iter_all_changes()
            .filter(|change| change.tag() != similar::ChangeTag::Equal)
            .map(|change| format!("{}{}", change.tag(), change.value()))
            .collect();
        compared += 1;
        if BY_THEIR_OWN.iter().any(|(name, _)| stem.ends_with(name)) {
            continue;
        }
        if !difference.is_empty() {
            wrong.push(format!("{stem}:\n{}", difference.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared >= 10, "only {compared} documents in both formats");
}

proptest! {
    #[test]
    fn damaged_json_never_panics(at in 0_usize..4000, with in "\\PC{0,3}", cut in 0_usize..8) {
        let model = read("everything.csdl", EVERYTHING.as_bytes()).unwrap();
        let mut text = write::json(&document(&model));
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) { at -= 1; }
        let mut end = (at + cut).min(text.len());
        while !text.is_char_boundary(end) { end += 1; }
        text.replace_range(at..end, &with);
        let _ = read("n.json", text.as_bytes());
    }
}

/// A document with one annotated type; the annotations are those of the type.
fn annotated(annotations: &str) -> String {
    format!(
        r#"{{"$Version":"4.01","n":{{"t":{{"$Kind":"ComplexType",{annotations}}},"d":{{"$Kind":"Term"}}}}}}"#
    )
}

/// The first annotation of the only type, after a way through text.
fn value_through(
    model: &Model,
    write: fn(&Document) -> String,
) -> schemacrate::internals::edm::Expression {
    let text = write(&document(model));
    let again = read("n", text.as_bytes()).unwrap_or_else(|error| panic!("{text}\n{error}"));
    again.structured_types[0].annotations.0[0].value.clone()
}

#[test]
fn texts_keep_their_blanks_and_line_ends() {
    for text in [r#"[" a ","\r\n b\t"]"#, r#"" \r\n a\t ""#, r#"["",""]"#] {
        let model = read("n", annotated(&format!(r#""@n.d":{text}"#)).as_bytes()).unwrap();
        let value = &model.structured_types[0].annotations.0[0].value;
        assert_eq!(value_through(&model, write::xml), *value, "{text} through XML");
        assert_eq!(value_through(&model, write::json), *value, "{text} through JSON");
    }
}

#[test]
fn characters_that_xml_lacks_are_replaced() {
    let text = annotated(r#""@n.d":"a\u0001b","@n.d#q":["\u0000"]"#);
    let model = read("n", text.as_bytes()).unwrap();
    let expected = schemacrate::internals::edm::Expression::String("a\u{fffd}b".to_owned());
    assert_eq!(value_through(&model, write::xml), expected);
}

#[test]
fn numbers_keep_all_digits() {
    for digits in ["12345678901234567890.125", "0.30", "1E400", "-7.0"] {
        let model = read("n", annotated(&format!(r#""@n.d":{digits}"#)).as_bytes()).unwrap();
        let written = write::json(&document(&model));
        assert!(written.contains(digits), "{digits}\n{written}");
        read("n", written.as_bytes()).unwrap();
    }
}

#[test]
fn default_values_are_json_values_of_their_type() {
    let text = r#"{"$Version":"4.01","n":{"t":{"$Kind":"ComplexType",
        "b":{"$Type":"Edm.Boolean","$DefaultValue":true},"i":{"$Type":"Edm.Int32","$DefaultValue":7},
        "s":{"$DefaultValue":"7"}}}}"#;
    let written = write::json(&document(&read("n", text.as_bytes()).unwrap()));
    for part in ["\"$DefaultValue\": true", "\"$DefaultValue\": 7", "\"$DefaultValue\": \"7\""] {
        assert!(written.contains(part), "{part}\n{written}");
    }
}

/// A constant of JSON has the kind that its term asks for: a term of the document, or one of the
/// standard vocabularies.
#[test]
fn constants_of_json_have_the_kinds_of_their_terms() {
    use schemacrate::internals::edm::{Expression as E, PathKind};
    let text = r##"{"$Version":"4.01",
        "$Reference":{"c":{"$Include":[{"$Namespace":"Org.OData.Core.V1","$Alias":"Core"}]}},
        "n":{"$Alias":"s",
        "day":{"$Kind":"Term","$Type":"Edm.Date"},
        "days":{"$Kind":"Term","$Type":"Edm.Date","$Collection":true},
        "rate":{"$Kind":"Term","$Type":"Edm.Double"},
        "mood":{"$Kind":"EnumType","good":0,"bad":1},
        "wide":{"$Kind":"ComplexType","moods":{"$Type":"s.mood"}},
        "deep":{"$Kind":"ComplexType","$BaseType":"s.wide","id":{"$Type":"Edm.Guid"}},
        "wides":{"$Kind":"Term","$Type":"s.wide"},
        "t":{"$Kind":"ComplexType","x":{},
        "@s.day":"2026-11-24","@s.day#no":"soon","@s.days":["2026-11-24"],"@s.rate":3,
        "@s.rate#most":"INF","@Core.OptimisticConcurrency":["x"],
        "@s.wides":{"@type":"#s.deep","moods":"good,bad","id":"21EC2020-3AEA-1069-A2DD-08002B30309D"},
        "@Core.Permissions":"Read","@Core.Description":"2026-11-24"}}}"##;
    let model = read("n.json", text.as_bytes()).unwrap();
    let own = |text: &str| text.to_owned();
    let path = E::Path { kind: PathKind::Property, path: own("x") };
    let values: Vec<&E> =
        model.structured_types[2].annotations.0.iter().map(|one| &one.value).collect();
    assert_eq!(*values[0], E::Date(own("2026-11-24")));
    assert_eq!(*values[1], E::String(own("soon")), "no date");
    assert_eq!(*values[2], E::Collection(vec![E::Date(own("2026-11-24"))]));
    assert_eq!(*values[3], E::Float(own("3")));
    assert_eq!(*values[4], E::Float(own("INF")));
    assert_eq!(*values[5], E::Collection(vec![path]));
    let record = values[6].as_record().unwrap();
    let moods = E::EnumMember(vec![own("n.mood/good"), own("n.mood/bad")]);
    assert_eq!(record.get("moods"), Some(&moods));
    assert_eq!(record.get("id"), Some(&E::Guid(own("21EC2020-3AEA-1069-A2DD-08002B30309D"))));
    assert_eq!(*values[7], E::EnumMember(vec![own("Org.OData.Core.V1.Permission/Read")]));
    assert_eq!(*values[8], E::String(own("2026-11-24")), "the term has texts");
}

/// CSDL JSON may write the number of a member in place of its name.
#[test]
fn members_of_enumerations_are_understood_as_numbers() {
    use schemacrate::internals::edm::Expression as E;
    let text = r##"{"$Version":"4.01","n":{
        "mood":{"$Kind":"EnumType","good":0,"bad":1},
        "side":{"$Kind":"EnumType","$IsFlags":true,"left":1,"right":2,"top":4,"none":0},
        "mooded":{"$Kind":"Term","$Type":"n.mood"},"sided":{"$Kind":"Term","$Type":"n.side"},
        "t":{"$Kind":"ComplexType","@n.mooded":"1","@n.mooded#no":"7","@n.sided":"5",
        "@n.sided#none":"0","@n.sided#no":"9","@Org.OData.Core.V1.Permissions":"1"}}}"##;
    let model = read("n.json", text.as_bytes()).unwrap();
    let annotations = &model.structured_types[0].annotations;
    let values: Vec<E> = annotations.0.iter().map(|one| one.value.clone()).collect();
    let members = |names: &[&str]| E::EnumMember(names.iter().map(|&one| one.into()).collect());
    let expected = [
        members(&["n.mood/bad"]),
        E::String("7".to_owned()),
        members(&["n.side/left", "n.side/top"]),
        members(&["n.side/none"]),
        E::String("9".to_owned()),
        members(&["Org.OData.Core.V1.Permission/Read"]),
    ];
    assert_eq!(values, expected);
}

#[test]
fn a_declaration_in_a_document_wins_over_a_standard_one() {
    let text = r#"{"$Version":"4.01","Org.OData.Core.V1":{"Description":{"$Kind":"Term",
        "$Type":"Edm.Date"}},"n":{"t":{"$Kind":"ComplexType",
        "@Org.OData.Core.V1.Description":"2026-11-24"}}}"#;
    let model = read("n.json", text.as_bytes()).unwrap();
    let value = &model.structured_types[0].annotations.0[0].value;
    assert_eq!(*value, schemacrate::internals::edm::Expression::Date("2026-11-24".to_owned()));
}

/// The elements of the records of a document.
fn records(elements: &[Element]) -> Vec<&Element> {
    let here = elements.iter().filter(|one| one.name == "Record");
    here.chain(elements.iter().flat_map(|one| records(&one.children))).collect()
}

#[test]
fn annotations_within_records_become_elements() {
    let text = annotated(r#""@n.d":{"a":1,"a@n.d#q":"of a","@n.d":"of the record"}"#);
    let parsed = parsed("n", text);
    let found = parsed.diagnostics;
    assert!(found.is_empty(), "{}", found.render(&parsed.sources, false));
    let [record] = records(&parsed.document.schemas)[..] else { panic!("one record") };
    let [value, own] = &record.children[..] else { panic!("a value and an annotation") };
    assert_eq!((value.value("Property"), value.value("Int")), (Some("a"), Some("1")));
    let [of_value] = &value.children[..] else { panic!("an annotation of the value") };
    assert_eq!((of_value.value("Qualifier"), of_value.value("String")), (Some("q"), Some("of a")));
    assert_eq!(own.value("String"), Some("of the record"));
}

#[test]
fn names_have_the_places_where_they_are_written() {
    let text = r#"{"$Version":"4.01","n":{"t":{"$Kind":"ComplexType"},
"t":{"$Kind":"EnumType","a":0}}}"#;
    let shown = read("n.json", text.as_bytes()).unwrap_err();
    assert!(shown.contains("declared twice") && shown.contains("n.json:2:1"), "{shown}");
}

#[test]
fn unknown_members_of_expressions_are_reported() {
    for value in [r#"{"$Rate":[1]}"#, r#"{"$Eq":[1,2],"$Rate":1}"#] {
        let parsed = parsed("n.json", annotated(&format!(r#""@n.d":{value}"#)));
        let shown = parsed.diagnostics.render(&parsed.sources, false);
        assert!(shown.contains("warning[unknown-element]") && shown.contains("$Rate"), "{shown}");
    }
}

/// What the plan asks of annotations has the same answer in both formats.
#[test]
fn members_of_enumerations_are_understood_as_texts() {
    let core = "Org.OData.Core.V1";
    let text = format!(
        r#"{{"$Version":"4.01","n":{{"c":{{"$Kind":"EntityContainer","ts":{{"$Collection":true,
        "$Type":"n.t"}}}},"t":{{"$Kind":"EntityType","$Key":["id"],"id":{{}},
        "@{core}.Revisions":[{{"Kind":"Deprecated","Description":"Use another."}}],
        "p":{{"@{core}.Permissions":"Read"}},"q":{{"@{core}.Permissions":"ReadWrite"}}}}}}}}"#
    );
    let made = generated(text, &Config::new("n", "out"));
    let file = made.tree.get("src/n/t_types.rs").unwrap();
    assert!(file.contains("deprecated") && file.contains("Use another."), "{file}");
    // Only what may be written has a method of the update.
    let update = file.split_once("impl TUpdate {").unwrap().1;
    assert!(update.contains("pub fn q(") && !update.contains("pub fn p("), "{file}");
}
