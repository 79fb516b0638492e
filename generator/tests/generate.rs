//! The pipeline on small documents, good and bad, and on real ones.

#![allow(clippy::unwrap_used)] // A test may panic.

use proptest::prelude::*;
use schemacrate::config::Config;
use schemacrate::internals::edm::StructuredKind;
use schemacrate::{Generated, Session};
use test_support::{diagnostics, document, model, session, shared};

fn run(text: &str) -> (Option<Generated>, String) {
    let mut session = session("n.csdl", text);
    let generated = session.generate(&Config::new("n", "out")).ok();
    (generated, session.render(false))
}

#[test]
fn all_errors_of_a_stage_are_shown_with_their_places() {
    let text = document(
        "<EntityType Name=\"a\"><Property Name=\"x\" Type=\"n.B\"/></EntityType>\n\
         <ComplexType Name=\"b\"/>\n\
         <ComplexType Name=\"b\" OpenType=\"true\"/>\n\
         <ComplexType Name=\"c\"><Property Name=\"t\" Type=\"Edm.DateTime\"/></ComplexType>",
    );
    let (generated, shown) = run(&text);
    assert!(generated.is_none());
    for part in [
        "error[unresolved-type]: cannot find the type `n.B`",
        "--> n.csdl:3:47",
        "help: names are case-sensitive: `n.b` exists",
        "error[duplicate-name]: the type `n.b` is declared twice",
        "first declared here",
        "error[unknown-primitive]: `Edm.DateTime` is not a primitive type of OData 4",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn broken_documents_are_refused_with_a_place() {
    let good = document("<ComplexType Name=\"b\"/>");
    let cases = [
        (good.replace("</Schema>", ""), "error[xml]"),
        (good.replace("4.0", "3.0"), "OData version 3.0 is not supported"),
        (good.replace("edmx:Edmx", "other:Edmx"), "error[namespace]"),
        (format!("<!DOCTYPE x>{good}"), "DOCTYPE"),
        (format!("{good}<a/>"), "error[xml]"),
        ("<html><body/></html>".to_owned(), "error[root]"),
        (good.replace("\"b\"", "\"b c\""), "error[bad-name]"),
        (String::new(), "error[not-openapi]: the document is empty"),
    ];
    for (text, expected) in cases {
        let (generated, shown) = run(&text);
        assert!(generated.is_none(), "{text}");
        assert!(shown.contains(expected) && shown.contains("n.csdl:"), "{expected}\n{shown}");
    }
}

#[test]
fn cycles_of_bases_are_errors() {
    let text = document(
        "<ComplexType Name=\"a\" BaseType=\"n.b\"/><ComplexType Name=\"b\" BaseType=\"n.a\"/>",
    );
    assert!(diagnostics("n.csdl", text).contains("error[cyclic-inheritance]"));
}

#[test]
fn recursion_is_boxed_where_it_must_be_and_nowhere_else() {
    let text = document(
        "<ComplexType Name=\"node\"><Property Name=\"next\" Type=\"n.node\"/>\
         <Property Name=\"all\" Type=\"Collection(n.node)\"/><Property Name=\"leaf\" Type=\"n.leaf\"/></ComplexType>\
         <ComplexType Name=\"leaf\" OpenType=\"true\"/>",
    );
    let generated = run(&text).0.unwrap();
    let file = generated.tree.get("src/n/node_types.rs").unwrap();
    assert!(file.contains("pub next: Option<Box<Node>>"), "{file}");
    assert!(file.contains("pub all: Option<Vec<Node>>"), "{file}");
    assert!(file.contains("pub leaf: Option<super::Leaf>"), "{file}");
}

#[test]
fn names_that_collide_are_told_apart_and_reported() {
    let text = document(
        "<ComplexType Name=\"library\"><Property Name=\"location\" Type=\"Edm.String\"/>\
         <Property Name=\"Location\" Type=\"Edm.String\"/><Property Name=\"self\" Type=\"Edm.String\"/>\
         <Property Name=\"type\" Type=\"Edm.String\"/></ComplexType>",
    );
    let (generated, shown) = run(&text);
    let generated = generated.unwrap();
    let file = generated.tree.get("src/n/library_types.rs").unwrap();
    for field in ["pub location:", "pub location_:", "pub self_:", "pub r#type:"] {
        assert!(file.contains(field), "{field}\n{file}");
    }
    assert!(shown.contains("warning[renamed]"), "{shown}");
}

#[test]
fn segments_never_take_the_name_of_a_method() {
    let text = document(
        "<EntityType Name=\"hit\"><Key><PropertyRef Name=\"list\"/></Key>\
         <Property Name=\"list\" Type=\"Edm.String\" Nullable=\"false\"/>\
         <NavigationProperty Name=\"resource\" Type=\"n.hit\"/><NavigationProperty Name=\"update\" Type=\"n.hit\"/></EntityType>",
    );
    let generated = run(&text).0.unwrap();
    let file = generated.tree.get("src/n/hit_types.rs").unwrap();
    for method in
        ["pub fn resource_(", "pub fn update_(", "pub fn list_(&self, list: impl IntoKey<String>)"]
    {
        assert!(file.contains(method), "{method}\n{file}");
    }
}

#[test]
fn schema_types_may_have_the_names_of_the_prelude() {
    let text = document(
        "<ComplexType Name=\"option\"><Property Name=\"string\" Type=\"n.string\"/>\
         <Property Name=\"texts\" Type=\"Collection(Edm.String)\"/></ComplexType><ComplexType Name=\"string\" OpenType=\"true\"/>",
    );
    let generated = run(&text).0.unwrap();
    let file = generated.tree.get("src/n/option_types.rs").unwrap();
    assert!(file.contains("::std::option::Option<"), "{file}");
    assert!(file.contains("::std::option::Option<super::String>"), "{file}");
}

#[test]
fn graph_has_the_known_counts() {
    let Some(graph) = shared("graph/v1.0.csdl") else { return };
    let model = model(std::fs::read(graph).unwrap());
    let types = &model.structured_types;
    let of_kind = |kind| types.iter().filter(|one| one.kind == kind).count();
    assert_eq!(model.schemas.len(), 11);
    assert_eq!(of_kind(StructuredKind::Entity), 1182);
    assert_eq!(of_kind(StructuredKind::Complex), 1779);
    assert_eq!(model.enum_types.len(), 861);
    assert_eq!(types.iter().map(|one| one.properties.len()).sum::<usize>(), 10_525);
    assert_eq!(types.iter().map(|one| one.navigation_properties.len()).sum::<usize>(), 1432);
    assert_eq!(model.operations.len(), 857 + 326);
}

#[test]
fn a_wrong_document_is_an_error_or_becomes_a_crate() {
    let Some(invalid) = shared("csdl/invalid") else { return };
    for entry in std::fs::read_dir(invalid).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let mut session = Session::new();
        if session.add("x", &std::fs::read(&path).unwrap()).is_err() {
            continue;
        }
        let made = session.generate(&Config::new("x", "out"));
        assert!(made.is_ok() != session.diagnostics().has_errors(), "{}", path.display());
        session.render(false);
    }
}

proptest! {
    #[test]
    fn damaged_documents_never_panic(at in 0_usize..600, with in any::<Option<char>>()) {
        let mut text = document(
            "<EntityType Name=\"a\"><Key><PropertyRef Name=\"id\"/></Key>\
             <Property Name=\"id\" Type=\"Edm.String\"/></EntityType>\
             <EntityContainer Name=\"c\"><EntitySet Name=\"as\" EntityType=\"n.a\"/></EntityContainer>",
        );
        let at = at.min(text.len());
        match with {
            Some(c) => text.insert(at, c),
            None => text.truncate(at),
        }
        run(&text);
    }
}

#[test]
fn a_list_in_xml_has_a_description_with_a_name() {
    let document = "openapi: 3.0.3
info: {title: a, version: '1'}
paths:
  /pets:
    get:
      responses:
        '200':
          description: all
          content: {application/xml: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";
    let mut session = schemacrate::Session::new();
    session.add("api.yaml", document.as_bytes()).unwrap();
    let generated = session.generate(&schemacrate::config::Config::new("own", "out")).unwrap();
    let all: String = generated.tree.iter().map(|(_, text)| text).collect();
    // A constant cannot have a temporary value that refers to a static.
    assert!(all.contains("static of_Pet: "), "{all}");
    assert!(all.contains("&xml_values::of_Pet"), "{all}");
}
