#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use super::{ActionEntry, ObjectPage, Parameter, Registry, Table, TypeEntry, TypeKind};
use crate::json as codegen;
use crate::json;
use crate::json::Flags;
use crate::json::registry::{Object, place};
use crate::json::{Additional, OpenEnum, Untyped, View};
use crate::odata::page::Page;
use crate::odata::tests::structure::structure;
use crate::types::Date;

structure! {
    /// A loan, with what every generated struct has.
    struct Loan is "library.loan" {
        id: String = "id",
        due: Date = "due",
        dates: Vec<Date> = "dates",
        next: Box<Loan> = "next" in Box,
        parts: Vec<Loan> = "parts",
    }
}

crate::structured!(Loan);

#[derive(Clone, Debug, PartialEq)]
struct Day(String);

impl OpenEnum for Day {
    const NAME: &'static str = "library.day";

    fn from_name(name: &str) -> Self {
        Self(name.to_owned())
    }

    fn name(&self) -> &str {
        &self.0
    }
}

const SETTERS: &[&str] = &["due", "dates", "next", "parts"];
const TYPES: &[TypeEntry] = &[
    TypeEntry::entity("library.loan", place::<Loan>).changes(SETTERS, &["due"]),
    TypeEntry::entity("library.wide", place::<Loan>).changes(SETTERS, &[]),
    TypeEntry::enumeration("library.days", place::<Flags<Day>>),
    TypeEntry::complex("library.json", place::<Untyped>).changes(&[], &[]),
];
const ACTIONS: &[ActionEntry] = &[
    ActionEntry::new("library.renew", &[Parameter::nullable("until", place::<Vec<Option<Date>>>)])
        .bound_to_collection("library.loan"),
    ActionEntry::new("library.renew", &[Parameter::never_null("Loan", place::<Loan>)])
        .bound_to("library.loan"),
    ActionEntry::new("library.close", &[]),
];
static REGISTRY: Registry = Registry::new(&[("l", "library")], &[Table::new(TYPES, ACTIONS)]);

fn find(name: &str) -> &'static TypeEntry {
    REGISTRY.find(name).unwrap_or_else(|| panic!("{name}"))
}

fn changed(name: &str, json: &str) -> Result<String, String> {
    let update = find(name).decode_changes(json.as_bytes()).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&update.to_json()).into_owned())
}

#[test]
fn types_are_found_by_every_spelling_of_their_names() {
    for name in ["library.loan", "#library.loan", "l.loan", "#l.loan"] {
        assert_eq!(find(name).name(), "library.loan", "{name}");
    }
    for name in ["Edm.String", "#Edm.String", "String", "#String"] {
        assert_eq!(find(name).name(), "Edm.String", "{name}");
    }
    for name in ["", "#", "loan", "library.", "m.loan", "library.film", "Edm.Text"] {
        assert!(REGISTRY.find(name).is_none(), "{name}");
    }
    let names: Vec<_> = REGISTRY.types().map(TypeEntry::name).collect();
    assert_eq!(names, ["library.days", "library.json", "library.loan", "library.wide"]);
    assert_eq!(format!("{REGISTRY:?}"), "Registry(4 types, 3 actions)");
}

#[test]
fn the_primitive_types_are_in_the_order_of_the_search() {
    assert!(super::primitives::all().is_sorted_by_key(TypeEntry::name));
    for (name, json) in [
        ("Edm.Boolean", "true"),
        ("Edm.Int64", "9007199254740993"),
        ("Edm.Decimal", "1.50"),
        ("Edm.GeographyPoint", r#"{"type":"Point","coordinates":[1,2]}"#),
        ("Edm.Untyped", "[1,null]"),
    ] {
        assert_eq!(find(name).kind(), TypeKind::Primitive);
        assert_eq!(find(name).decode(json.as_bytes()).unwrap().to_json(), json.as_bytes());
    }
    assert_eq!(find("Edm.EntityType").kind(), TypeKind::Entity);
    assert!(find("Edm.Byte").decode(b"256").is_err());
}

#[test]
fn a_value_keeps_its_derived_type() {
    let json = r##"{"@odata.type":"#library.over","id":"1"}"##;
    let loan = find("library.loan").decode(json.as_bytes()).unwrap();
    assert_eq!(loan.type_name(), "library.over");
    assert_eq!(loan.declared_type_name(), "library.loan");
    assert_eq!(loan.to_json(), json.as_bytes());
    assert_eq!(serde_json::to_string(&loan).unwrap(), json);
    assert!(matches!(loan.as_structured().unwrap().view(0), View::Str("1")));
    assert_eq!(loan, find("library.loan").decode(json.as_bytes()).unwrap());
    assert_ne!(loan, find("library.wide").decode(json.as_bytes()).unwrap());
    assert!(format!("{loan:?}").contains(r#"id: "1""#));
    let days = find("library.days").decode(br#""monday,holiday""#).unwrap();
    assert_eq!(
        (days.type_name().as_str(), days.to_json()),
        ("library.days", br#""monday,holiday""#.to_vec())
    );
}

#[test]
fn objects_can_be_sent_to_other_threads() {
    fn is_sent<T: Send + Sync>() {}
    is_sent::<Object>();
    is_sent::<ObjectPage>();
    is_sent::<Registry>();
}

#[test]
fn errors_name_the_place() {
    let error = |json: &str| find("library.loan").decode(json.as_bytes()).unwrap_err();
    assert_eq!(error(r#"{"parts":[{"due":soon}]}"#).path(), "parts[0].due");
    assert_eq!(error("null").to_string(), "null is not a value here");
    assert_eq!(error("{} {}").path(), "");
}

#[test]
fn what_could_not_be_read_is_known() {
    let json = r#"{"id":7,"parts":[{"id":"1"},{"due":"soon"}],"dates":["2026-02-28",null]}"#;
    let loan = find("library.loan").decode(json.as_bytes()).unwrap();
    let unread = loan.unread();
    let paths: Vec<_> = unread.iter().map(|one| (one.path(), one.value().text())).collect();
    assert_eq!(
        paths,
        [("id", "7"), ("dates", r#"["2026-02-28",null]"#), ("parts[1].due", "\"soon\"")]
    );
    let page = format!(r#"{{"value":[{json}]}}"#);
    let page = find("library.loan").decode_page(page.as_bytes()).unwrap();
    assert_eq!(page.unread()[2].path(), "value[0].parts[1].due");
    assert!(find("library.loan").decode(b"{}").unwrap().unread().is_empty());
}

#[test]
fn an_answer_comes_out_of_its_envelope() {
    let answer = |name: &str, json: &str| find(name).decode_answer(json.as_bytes());
    let loan = answer("library.loan", r#"{"@odata.context":"c","value":{"id":"1"}}"#);
    assert_eq!(loan.unwrap().unwrap().to_json(), br#"{"id":"1"}"#);
    let loan = answer("library.loan", r#"{"@odata.context":"c","id":"1"}"#).unwrap().unwrap();
    assert_eq!(loan.as_structured().unwrap().additional().len(), 1);
    assert_eq!(answer("library.days", r#"{"value":null}"#).unwrap(), None);
    assert_eq!(answer("library.days", " null ").unwrap(), None);
    let json = answer("library.json", r#"{"value":[1]}"#).unwrap().unwrap();
    assert_eq!(json.to_json(), b"[1]");
    assert!(answer("Edm.Int32", r#"{"value":"red"}"#).is_err());
}

#[test]
fn a_page_is_what_a_typed_call_returns() {
    let json =
        br##"{"@odata.context":"c","@odata.count":2,"@odata.nextLink":"n","value":[{"id":"1"},
        {"@odata.type":"#library.over"}],"@odata.deltaLink":"d","more":true}"##;
    let page = find("library.loan").decode_page(json).unwrap();
    let typed: Page<Loan> = json::from_json(json).unwrap();
    assert_eq!(page.to_json(), json::to_json(&typed));
    assert_eq!(serde_json::to_vec(&page).unwrap(), page.to_json());
    assert_eq!(format!("{page:?}"), format!("{typed:?}"));
    assert_eq!((page.value.len(), page.count), (2, Some(2)));
    assert_eq!((page.context.as_deref(), page.next_link.as_deref()), (Some("c"), Some("n")));
    assert_eq!((page.delta_link.as_deref(), page.additional.len()), (Some("d"), 1));
    assert_eq!(page, find("library.loan").decode_page(json).unwrap());
    for wrong in [
        r#"{"value":[{"due":soon}]}"#,
        r#"{"value":[null]}"#,
        r#"{"value":[7]}"#,
        r#"{"value":null}"#,
        r#"{"value":{}}"#,
        "{}",
        "[]",
    ] {
        let error = find("library.loan").decode_page(wrong.as_bytes()).unwrap_err();
        let typed = json::from_json::<Page<Loan>>(wrong.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), typed.to_string());
    }
}

#[test]
fn changes_are_written_from_the_values_that_were_read() {
    let json =
        r#"{"id":7,"next":null,"due":"2026-02-28","dates":[],"@odata.type":"x","new":[1e2]}"#;
    assert_eq!(changed("library.loan", json).unwrap(), json);
    // The nulls and the unknown members of nested objects are there again.
    let json = r#"{"next":{"due":null,"x":{"y":null},"next":{"id":"1"}},"parts":[{"id":null}]}"#;
    assert_eq!(changed("library.loan", json).unwrap(), json);
    let json = r#"{"next":{"due" : null},"dates":[ "2026-02-28" ]}"#;
    let written = r#"{"next":{"due":null},"dates":["2026-02-28"]}"#;
    assert_eq!(changed("library.loan", json).unwrap(), written);
    assert_eq!(changed("library.json", r#"{"any":1}"#).unwrap(), r#"{"any":1}"#);
}

#[test]
fn changes_of_a_wrong_type_are_refused() {
    let refused = |name, json| changed(name, json).unwrap_err();
    assert!(refused("library.loan", r#"{"due":"soon"}"#).starts_with("at `due`: "));
    assert!(refused("library.loan", r#"{"next":{"due":1}}"#).starts_with("at `next.due`: "));
    assert!(refused("library.loan", r#"{"parts":[{"id":1}]}"#).starts_with("at `parts[0].id`: "));
    assert_eq!(refused("library.loan", r#"{"due":null}"#), "at `due`: null is not a value here");
    assert_eq!(
        refused("library.loan", r#"{"dates":null}"#),
        "at `dates`: null is not a value here"
    );
    assert_eq!(changed("library.wide", r#"{"due":null}"#).unwrap(), r#"{"due":null}"#);
    assert_eq!(refused("library.days", "{}"), "library.days is not a type with changes");
    assert!(changed("library.loan", "[]").is_err());
}

#[test]
fn actions_are_told_apart_by_what_they_are_bound_to() {
    let action = |name, binding, many| REGISTRY.action(name, binding, many);
    let one = action("library.renew", Some("l.loan"), false).unwrap();
    let many = action("#l.renew", Some("#library.loan"), true).unwrap();
    let none = action("library.close", None, false).unwrap();
    assert_eq!(
        (one.name(), one.binding(), one.of_collection()),
        ("library.renew", Some("library.loan"), false)
    );
    assert!(many.of_collection() && none.binding().is_none());
    assert!(action("library.renew", None, false).is_none());
    assert!(action("library.renew", Some("library.wide"), false).is_none());
    assert_eq!(REGISTRY.actions().len(), 3);
    let written = |entry: &ActionEntry, json: &str| {
        let update = entry.decode_parameters(json.as_bytes()).map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&update.to_json()).into_owned())
    };
    let json = r#"{"Loan":{"id":null},"loan":1}"#.to_owned();
    assert_eq!(written(one, &json), Ok(json));
    assert_eq!(
        written(many, r#"{"until":["2026-02-28",null]}"#).unwrap(),
        r#"{"until":["2026-02-28",null]}"#
    );
    let refused: Result<String, String> = written(one, r#"{"Loan":null}"#);
    assert_eq!(refused.unwrap_err(), "at `Loan`: null is not a value here");
    assert!(written(one, r#"{"Loan":{"id":1}}"#).unwrap_err().starts_with("at `Loan.id`: "));
    assert!(written(none, "[]").is_err());
}

#[test]
fn an_object_is_refined_to_the_type_that_it_names() {
    let json = br##"{"@odata.type":"#library.loan","id":"1"}"##;
    let held = find("library.wide").decode(json).unwrap();
    assert_eq!(held.declared_type_name(), "library.wide");
    // The struct of the test names its type a loan, so a wide object has another type here.
    let same = REGISTRY.refine(held).unwrap();
    assert_eq!(same.declared_type_name(), "library.wide");
    let json = br##"{"@odata.type":"#l.wide","due":"2026-02-28"}"##;
    let other = find("library.loan").decode(json).unwrap();
    assert_eq!(REGISTRY.refine(other).unwrap().declared_type_name(), "library.wide");
    for unknown in
        [&br##"{"@odata.type":"#library.film"}"##[..], br##"{"@odata.type":"#String"}"##, b"{}"]
    {
        let object = find("library.loan").decode(unknown).unwrap();
        assert_eq!(REGISTRY.refine(object).unwrap().declared_type_name(), "library.loan");
    }
}
