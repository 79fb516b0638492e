//! What no document declares, as an error and as any JSON.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::diagnostic::{Diagnostics, Severity};
use schemacrate::internals::csdl::write;
use schemacrate::internals::edm::{ItemType, Model, document};
use schemacrate::internals::slice::{Pattern, Sliced, slice};
use schemacrate::{Generated, Session};
use std::collections::BTreeSet;
use test_support::session;

const DOCUMENT: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="l" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="book" BaseType="absent.thing">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="shelf" Type="absent.shelf"/>
        <Property Name="tags" Type="Collection(absent.tag)"/>
        <Property Name="bought" Type="Edm.DateTime"/>
        <Property Name="lists" Type="Collection(Collection(Edm.String))"/>
        <Property Name="number" Type="l.number"/>
        <NavigationProperty Name="author" Type="absent.person"/>
        <NavigationProperty Name="readers" Type="Collection(Edm.String)"/>
      </EntityType>
      <EntityType Name="shelf"><Key><PropertyRef Name="number"/></Key><Property Name="number" Type="absent.number"/></EntityType>
      <TypeDefinition Name="number" UnderlyingType="Edm.UInt32"/>
      <Action Name="lend" IsBound="true"><Parameter Name="book" Type="l.book"/><Parameter Name="to" Type="absent.person"/></Action>
      <Action Name="burn" IsBound="true"><Parameter Name="it" Type="absent.thing"/></Action>
      <Function Name="best"><Parameter Name="by" Type="absent.person"/><ReturnType Type="Collection(absent.book)"/></Function>
      <EntityContainer Name="service" Extends="absent.service">
        <EntitySet Name="books" EntityType="l.book"/>
        <EntitySet Name="shelves" EntityType="l.shelf"/>
        <EntitySet Name="things" EntityType="absent.thing"/>
        <Singleton Name="me" Type="absent.person"/>
        <FunctionImport Name="best" Function="l.best"/>
        <ActionImport Name="gone" Action="absent.gone"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>"#;

fn config(unresolved: Unresolved) -> Config {
    let mut config = Config::new("library", "out");
    config.source.unresolved = unresolved;
    config
}

fn run(
    text: &str,
    unresolved: Unresolved,
    mut session: Session,
) -> (Option<Generated>, Diagnostics, String) {
    session.add("l.csdl", text.as_bytes()).unwrap();
    let generated = session.generate(&config(unresolved)).ok();
    let shown = session.render(false);
    (generated, session.diagnostics().clone(), shown)
}

/// The codes of what is missing in the document.
const MISSING: &[&str] = &[
    "bad-type-name",
    "unknown-primitive",
    "unresolved-container",
    "unresolved-operation",
    "unresolved-type",
    "wrong-type-kind",
];

fn codes(diagnostics: &Diagnostics, severity: Severity) -> BTreeSet<&'static str> {
    diagnostics.iter().filter(|one| one.severity == severity).map(|one| one.code).collect()
}

#[test]
fn what_is_not_declared_is_an_error_that_names_the_choice() {
    let (generated, diagnostics, shown) = run(DOCUMENT, Unresolved::Error, Session::new());
    assert!(generated.is_none());
    let found: Vec<_> = codes(&diagnostics, Severity::Error).into_iter().collect();
    assert_eq!(found, MISSING, "{shown}");
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    for error in errors {
        let help = error.help.as_deref().unwrap_or_default();
        assert!(help.contains("--unresolved untyped"), "{}: {help}", error.message);
    }
}

#[test]
fn what_is_not_declared_can_be_any_json_with_a_warning_for_each() {
    let (generated, diagnostics, shown) = run(DOCUMENT, Unresolved::Untyped, Session::new());
    let Generated { schema, tree, .. } = generated.unwrap_or_else(|| panic!("{shown}"));
    let schema = schema.odata().unwrap();
    let warned = codes(&diagnostics, Severity::Warning);
    assert!(MISSING.iter().all(|code| warned.contains(code)), "{shown}");
    let books = tree.get("src/l/book_types.rs").unwrap();
    for field in [
        "pub shelf: Option<model::Untyped>",
        "pub tags: Option<Vec<model::Untyped>>",
        "pub bought: Option<model::Untyped>",
        "pub lists: Option<model::Untyped>",
        "pub number: Option<model::Untyped>",
        "pub author: Option<model::Untyped>",
        "pub readers: Option<Vec<model::Untyped>>",
    ] {
        assert!(books.contains(field), "{field}\n{books}");
    }
    let parameters = tree.get("src/l/parameters_l.rs").unwrap();
    let setter = "pub fn to(self, value: impl IntoNullable<model::Untyped>) -> Self";
    assert!(parameters.contains(setter), "{parameters}");
    let client = tree.get("src/client.rs").unwrap();
    let best = client.split("pub fn best(").nth(1).unwrap();
    let best = best.split('{').next().unwrap();
    for part in ["by: impl IntoNullable<model::Untyped>", "-> Request<Page<model::Untyped>>"] {
        assert!(best.contains(part), "{part}\n{client}");
    }
    for left_out in ["fn things", "fn me(", "fn gone"] {
        assert!(!client.contains(left_out), "{left_out}");
    }
    // What has no key that a URL can hold is listed and not addressed.
    let shelves = tree.get("src/l/shelf_types.rs").unwrap();
    assert!(
        shelves.contains("pub fn list(&self)") && !shelves.contains("fn number(&self"),
        "{shelves}"
    );
    assert_eq!(schema.model.operations.len(), 3);
    let api = tree.get("api.txt").unwrap();
    assert!(api.contains("pub l::Book::shelf: Option<runtime::model::Untyped>"), "{api}");
}

#[test]
fn a_strict_run_does_not_refuse_what_was_asked_for() {
    let text = DOCUMENT
        .replace(" BaseType=\"absent.thing\"", "")
        .replace(" Extends=\"absent.service\"", "");
    let text = text.replace("<Key><PropertyRef Name=\"number\"/></Key>", "<Key><PropertyRef Name=\"id\"/></Key><Property Name=\"id\" Type=\"Edm.Int32\" Nullable=\"false\"/>");
    let (generated, _, shown) = run(&text, Unresolved::Untyped, Session::strict());
    assert!(generated.is_some(), "{shown}");
    assert!(run(&text, Unresolved::Error, Session::strict()).0.is_none());
}

#[test]
fn a_slice_contains_what_is_known_and_needs_the_choice_no_more() {
    let whole: Model = session("l.csdl", DOCUMENT).read(Unresolved::Untyped).unwrap();
    let pattern = Pattern::parse("/books/**").unwrap();
    let Sliced { model: part, slips, .. } = slice(&whole, &[pattern], &[]);
    assert!(slips.is_empty());
    for text in [write::xml(&document(&part)), write::json(&document(&part))] {
        let (generated, _, shown) = run(&text, Unresolved::Error, Session::new());
        let generated = generated.unwrap_or_else(|| panic!("{shown}\n{text}"));
        let schema = generated.schema.odata().unwrap();
        let book =
            schema.model.structured_types.iter().find(|one| one.name.name == "book").unwrap();
        let shelf = book.properties.iter().find(|one| one.name == "shelf").unwrap();
        assert_eq!(shelf.value.item, ItemType::Untyped);
        assert!(book.navigation_properties.iter().any(|one| one.name == "author"), "{text}");
    }
}

#[test]
fn the_configuration_can_choose() {
    let text = "[source]\nfiles = []\nunresolved = \"untyped\"\n[crate]\nname = \"a\"\ndirectory = \"b\"\n";
    let config = Session::new().configure("schemacrate.toml", text.as_bytes()).unwrap();
    assert_eq!(config.source.unresolved, Unresolved::Untyped);
    let wrong = text.replace("untyped", "any");
    assert!(Session::new().configure("schemacrate.toml", wrong.as_bytes()).is_err());
}
