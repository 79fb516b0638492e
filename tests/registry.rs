//! What the registries of the golden crates do at run time.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_inheritance::registry::REGISTRY as ZOO;
use golden_names::registry::REGISTRY as NAMES;
use golden_service::registry::REGISTRY as SHOP;
use golden_values::registry::REGISTRY as VALUES;
use schemacrate_runtime::codegen::View;
use schemacrate_runtime::registry::{Registry, TypeEntry, TypeKind};
use serde_json::{Value, json};

fn find(registry: &Registry, name: &str) -> &'static TypeEntry {
    registry.find(name).unwrap_or_else(|| panic!("{name}"))
}

/// The changes of a type as they are written again, or why they are refused.
fn changes(registry: &Registry, name: &str, json: &Value) -> Result<Value, String> {
    let update = find(registry, name).decode_changes(json.to_string().as_bytes());
    update.map(|one| serde_json::to_value(&one).unwrap()).map_err(|error| error.to_string())
}

#[test]
fn a_value_is_decoded_by_the_name_of_its_type() {
    let json = br#"{"number":7,"address":{"street":"Main"},"new":true}"#;
    let order = find(&SHOP, "#shop.order").decode(json).unwrap();
    assert_eq!((order.type_name().as_str(), order.to_json()), ("shop.order", json.to_vec()));
    let object = order.as_structured().unwrap();
    assert!(matches!(object.view(0), View::Int(7)));
    assert!(object.additional().get("new").is_some());
    let order = find(&SHOP, "shop.order").decode(br#"{"address":{"street":7}}"#).unwrap();
    assert_eq!(order.unread()[0].path(), "address.street");
    assert_eq!(order.to_json(), br#"{"address":{"street":7}}"#);
    assert!(SHOP.find("shop.film").is_none());
    assert!(SHOP.find("Edm.Int32").unwrap().decode(b"1.5").is_err());
}

#[test]
fn a_derived_type_is_kept() {
    let animal = find(&ZOO, "zoo.animal");
    assert_eq!((animal.kind(), animal.name()), (TypeKind::Entity, "zoo.animal"));
    let cat = animal.decode(br##"{"id":"1","@odata.type":"#zoo.cat","lives":9}"##).unwrap();
    assert_eq!((cat.type_name().as_str(), cat.declared_type_name()), ("zoo.cat", "zoo.animal"));
    assert_eq!(cat.as_structured().unwrap().shape().name, "zoo.animal");
    let cat = animal.decode(br##"{"@odata.type":"#z.cat","lives":"nine"}"##).unwrap();
    // The entry of its own type reads the members that the type adds.
    let cat = find(&ZOO, &cat.type_name()).decode(&cat.to_json()).unwrap();
    assert_eq!(cat.as_structured().unwrap().shape().name, "zoo.cat");
    assert_eq!(cat.unread()[0].path(), "lives");
    assert_eq!(find(&ZOO, "#z.cat").name(), "zoo.cat");
}

#[test]
fn enumerations_definitions_and_what_may_be_anything() {
    let written = |name: &str, json: &str| {
        let text = find(&VALUES, name).decode(json.as_bytes()).map(|one| one.to_json());
        text.map(|text| String::from_utf8_lossy(&text).into_owned()).ok()
    };
    assert_eq!(written("values.colour", r#""mauve""#).as_deref(), Some(r#""mauve""#));
    assert_eq!(written("values.colour", "1"), None);
    assert_eq!(
        written("values.days", r#""monday, holiday""#).as_deref(),
        Some(r#""monday, holiday""#)
    );
    assert_eq!(written("values.weight", r#""1.50""#).as_deref(), Some("1.50"));
    assert_eq!(written("values.empty", "[1]").as_deref(), Some("[1]"));
    let kinds: Vec<_> = VALUES.types().map(TypeEntry::kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == TypeKind::Enumeration).count(), 3);
    assert_eq!(find(&VALUES, "values.weight").kind(), TypeKind::Primitive);
}

#[test]
fn pages_and_answers_are_those_of_a_typed_call() {
    let page = find(&ZOO, "zoo.animal")
        .decode_page(br##"{"@odata.count":3,"value":[{"@odata.type":"#zoo.cat"},{"id":"2"}]}"##)
        .unwrap();
    let types: Vec<_> = page.value.iter().map(|one| one.type_name()).collect();
    assert_eq!((types, page.count), (vec!["zoo.cat".to_owned(), "zoo.animal".to_owned()], Some(3)));
    let colour = find(&VALUES, "values.colour");
    let answer = colour.decode_answer(br#"{"@odata.context":"c","value":"red"}"#).unwrap();
    assert_eq!(answer.unwrap().to_json(), br#""red""#);
    assert!(colour.decode_answer(br#"{"value":null}"#).unwrap().is_none());
}

#[test]
fn changes_are_what_the_setters_accept() {
    let some = json!({
        "number": "no setter", "note": null, "origin": {"street": null, "new": 1}, "tags": ["a"],
        "customer@odata.bind": "customers(1)",
    });
    assert_eq!(changes(&SHOP, "shop.order", &some), Ok(some));
    for (member, value) in [
        ("note", json!(1)),
        ("address", json!("Main")),
        ("address", json!({"street": 1})),
        ("origin", json!(null)),
        ("tags", json!(null)),
        ("tags", json!([1])),
    ] {
        let error = changes(&SHOP, "shop.order", &json!({member: value})).unwrap_err();
        assert!(error.starts_with(&format!("at `{member}")), "{error}");
    }
    // Each member of every type of value, as it is written and as it is not.
    let fine = json!({
        "binary": "T0RhdGE", "double": "-INF", "int64": 7, "duration": "PT1S", "inner": {"byte": null},
        "holes": [1, null], "days": "monday", "all": [{"colour": null}], "dictionary": {"a": 1},
    });
    assert_eq!(changes(&VALUES, "values.everything", &fine), Ok(fine.clone()));
    for name in fine.as_object().unwrap().keys() {
        assert!(changes(&VALUES, "values.everything", &json!({name: true})).is_err(), "{name}");
    }
    // An update of the base has no setters for the members of derived types.
    let cat = json!({"@odata.type": "#zoo.cat", "lives": "nine"});
    assert_eq!(changes(&ZOO, "zoo.animal", &cat), Ok(cat.clone()));
    assert!(changes(&ZOO, "zoo.cat", &cat).is_err());
    assert!(changes(&ZOO, "Edm.String", &json!({})).is_err());
}

#[test]
fn actions_have_typed_parameters() {
    let ship = SHOP.action("shop.ship", Some("shop.order"), false).unwrap();
    let json = br#"{"to":{"street":"Main"},"Comment":null,"parcels":[1,2],"more":1}"#;
    assert_eq!(ship.decode_parameters(json).unwrap().to_json(), json);
    for wrong in
        [r#"{"to":null}"#, r#"{"parcels":["one"]}"#, r#"{"parcels":null}"#, r#"{"Comment":1}"#]
    {
        assert!(ship.decode_parameters(wrong.as_bytes()).is_err(), "{wrong}");
    }
    let archive = SHOP.action("#shop.archive", Some("shop.order"), true).unwrap();
    assert!(archive.decode_parameters(br#"{"before":"2026-01-01"}"#).is_ok());
    assert!(SHOP.action("shop.archive", Some("shop.order"), false).is_none());
    assert!(SHOP.action("shop.reset", None, false).is_some());
    assert_eq!(SHOP.actions().len(), 5);
}

#[test]
fn a_schema_may_have_a_namespace_of_that_name() {
    let entry = find(&NAMES, "registry.TypeEntry");
    assert_eq!(find(&NAMES, "client.TypeEntry").name(), entry.name());
    let value = entry.decode(br#"{"REGISTRY":{"other":{}}}"#).unwrap();
    assert_eq!(value.type_name(), "registry.TypeEntry");
    let own: golden_names::registry_::TypeEntry = serde_json::from_slice(&value.to_json()).unwrap();
    assert!(own.registry.is_some());
}
