//! What each stage makes of one small document.
//!
//! `UPDATE_EXPECT=1 cargo test -p schemacrate --test stages` writes the snapshots anew.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::{expect, expect_file};
use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::internals::csdl::Element;
use schemacrate::internals::edm::{ItemType, Model, TypeId, TypeRef};
use schemacrate::internals::slice::{At, Pattern, Sliced, slice};
use schemacrate::source::SourceMap;
use std::fmt::Write as _;
use test_support::{Parsed, parsed, planned, read, session};

const DOCUMENT: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="library" Alias="l" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="item" Abstract="true">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
      </EntityType>
      <EntityType Name="book" BaseType="l.item">
        <Property Name="state" Type="library.state"/>
        <NavigationProperty Name="loans" Type="Collection(l.loan)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="loan" BaseType="l.item">
        <Property Name="due" Type="Edm.Date"/>
      </EntityType>
      <EnumType Name="state"><Member Name="in" Value="0"/><Member Name="out" Value="5"/><Member Name="lost" Value="6"/></EnumType>
      <Action Name="renew" IsBound="true">
        <Parameter Name="loan" Type="l.loan"/><Parameter Name="until" Type="Edm.Date"/>
        <ReturnType Type="l.loan"/>
      </Action>
      <EntityContainer Name="service"><EntitySet Name="books" EntityType="l.book"/></EntityContainer>
      <Annotations Target="l.book/state">
        <Annotation Term="Org.OData.Core.V1.Description" String="Where the book is."/>
      </Annotations>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#;

fn resolved() -> Model {
    let mut session = session("library.csdl", DOCUMENT);
    let model = session.read(Unresolved::Error).unwrap();
    assert!(session.diagnostics().is_empty());
    model
}

/// The elements with their attributes, and where the start tags are.
fn elements(element: &Element, sources: &SourceMap, depth: usize, text: &mut String) {
    let (line, column) = sources.line_column(element.span);
    let _ = write!(text, "{}{line}:{column} {}", "  ".repeat(depth), element.name);
    for attribute in &element.attributes {
        let _ = write!(text, " {}={:?}", attribute.name, attribute.value);
    }
    text.push('\n');
    for child in &element.children {
        elements(child, sources, depth + 1, text);
    }
}

fn type_name(model: &Model, value: &TypeRef) -> String {
    let item = match value.item {
        ItemType::Structured(id) => model.structured(id).name.to_string(),
        ItemType::Enum(id) => model.enum_type(id).name.to_string(),
        other => format!("{other:?}"),
    };
    if value.collection { format!("Collection({item})") } else { item }
}

/// The names of a model, and what is known of them.
fn outline(model: &Model) -> String {
    let mut text = String::new();
    for (name, id) in &model.types_by_name {
        match id {
            TypeId::Structured(id) => {
                let declared = model.structured(*id);
                let base = declared.base.map(|base| model.structured(base).name.to_string());
                let _ = writeln!(text, "{name}: {:?}, base {base:?}", declared.kind);
                for property in &declared.properties {
                    let described = property.annotations.text("Org.OData.Core.V1.Description");
                    let value = type_name(model, &property.value);
                    let _ = writeln!(text, "  {}: {value} {described:?}", property.name);
                }
                for navigation in &declared.navigation_properties {
                    let target = navigation.target.map(|id| model.structured(id).name.to_string());
                    let _ = writeln!(text, "  {} -> {target:?}", navigation.name);
                }
            }
            TypeId::Enum(id) => {
                let members = &model.enum_type(*id).members;
                let members: Vec<_> = members
                    .iter()
                    .map(|member| format!("{}={}", member.name, member.value))
                    .collect();
                let _ = writeln!(text, "{name}: {}", members.join(" "));
            }
            TypeId::Definition(_) => {
                let _ = writeln!(text, "{name}");
            }
        }
    }
    for operation in &model.operations {
        let _ = writeln!(text, "{:?} {}", operation.kind, operation.name);
    }
    let sets = model.container.iter().flat_map(|container| &container.entity_sets);
    for set in sets {
        let _ = writeln!(text, "/{}", set.name);
    }
    text
}

#[test]
fn parse_returns_the_elements_with_their_places() {
    let Parsed { sources, document, diagnostics } = parsed("library.csdl", DOCUMENT);
    assert!(diagnostics.is_empty());
    let mut text = String::new();
    for schema in &document.schemas {
        elements(schema, &sources, 0, &mut text);
    }
    expect_file!["snapshots/parse.txt"].assert_eq(&text);
}

#[test]
fn resolve_returns_a_model_without_aliases() {
    expect_file!["snapshots/resolve.txt"].assert_eq(&outline(&resolved()));
}

#[test]
fn slice_keeps_what_the_paths_need() {
    let by = |include: &[&str], exclude: &[&str]| {
        let patterns = |texts: &[&str]| -> Vec<Pattern> {
            texts.iter().map(|text| Pattern::parse(text).unwrap()).collect()
        };
        let Sliced { model, slips, .. } =
            slice(&resolved(), &patterns(include), &patterns(exclude));
        let unmatched: Vec<At> = slips.iter().map(|slip| slip.pattern).collect();
        format!("unmatched {unmatched:?}\n{}", outline(&model))
    };
    expect![[r#"
        unmatched []
        library.book: Entity, base Some("library.item")
          state: library.state Some("Where the book is.")
        library.item: Entity, base None
          id: Primitive(String) None
        library.state: in=0 out=5 lost=6
        /books
    "#]]
    .assert_eq(&by(&["/books/{id}"], &[]));
    expect![[r#"
        unmatched []
        library.book: Entity, base Some("library.item")
          state: library.state Some("Where the book is.")
          loans -> Some("library.loan")
        library.item: Entity, base None
          id: Primitive(String) None
        library.loan: Entity, base Some("library.item")
          due: Primitive(Date) None
        library.state: in=0 out=5 lost=6
        Action library.renew
        /books
    "#]]
    .assert_eq(&by(&["/books/{id}/loans/{id}/renew"], &[]));
    expect![[r#"
        unmatched []
        library.book: Entity, base Some("library.item")
          loans -> Some("library.loan")
        library.item: Entity, base None
          id: Primitive(String) None
        library.loan: Entity, base Some("library.item")
          due: Primitive(Date) None
        /books
    "#]]
    .assert_eq(&by(&["/books/**"], &["library.renew", "library.state"]));
    expect![[r#"
        unmatched []
        library.book: Entity, base Some("library.item")
          state: library.state Some("Where the book is.")
        library.item: Entity, base None
          id: Primitive(String) None
        library.state: in=0 out=5 lost=6
        /books
    "#]]
    .assert_eq(&by(&["/books/**"], &["/books/{id}/loans"]));
    expect![[r#"
        unmatched [Include(1)]
        library.state: in=0 out=5 lost=6
    "#]]
    .assert_eq(&by(&["library.state", "/films"], &[]));
}

#[test]
fn plan_decides_everything() {
    let config = Config::new("library", "out");
    let plan = planned(DOCUMENT, &config).plan;
    expect_file!["snapshots/plan.txt"].assert_eq(&format!("{plan:#?}\n"));
}

#[test]
fn diagnostics_show_code_place_and_help() {
    let wrong = DOCUMENT
        .replace("library.state\"", "library.State\"")
        .replace("\"loan\" Base", "\"book\" Base");
    let error = read("library.csdl", wrong).unwrap_err();
    expect_file!["snapshots/diagnostics.txt"].assert_eq(&error.render(false));
}
