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
        "placed": "no setter", "note": null, "origin": {"street": null, "new": 1}, "tags": ["a"],
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

/// Every schema of the golden crates of OpenAPI reads what a typed program reads.
mod schemas {
    use golden_cases::registry::REGISTRY as CASES;
    use golden_pets::registry::REGISTRY as PETS;
    use golden_pets::runtime::model::{from_json, to_json};
    use golden_pets::types::{Pet, PetCollar};
    use schemacrate_runtime::codegen::View;
    use schemacrate_runtime::registry::{Object, SchemaEntry, SchemaKind};
    use std::collections::BTreeMap;

    fn pet(name: &str) -> &'static SchemaEntry {
        PETS.find(name).unwrap_or_else(|| panic!("{name}"))
    }

    const REX: &str = r#"{"id":7,"name":"Rex","kind":"pet","status":"lost","vet":null,"born":"2020-02-30","new":[1]}"#;

    #[test]
    fn a_value_is_decoded_by_the_name_or_the_address_of_its_schema() {
        let entry = pet("Pet");
        assert_eq!(
            (entry.kind(), entry.address()),
            (SchemaKind::Object, "#/components/schemas/Pet")
        );
        assert_eq!(PETS.at(entry.address()).map(SchemaEntry::name), Some("Pet"));
        let object = entry.decode(REX.as_bytes()).unwrap();
        let typed: Pet = from_json(REX.as_bytes()).unwrap();
        assert_eq!((object.to_json(), object.declared_type_name()), (to_json(&typed), "Pet"));
        let members = object.as_structured().unwrap();
        assert!(matches!(members.view(1), View::Str("Rex")));
        assert!(members.additional().get("new").is_some());
        let error = entry.decode(br#"{"id":7}"#).unwrap_err().to_string();
        assert_eq!(error, from_json::<Pet>(br#"{"id":7}"#).unwrap_err().to_string());
        assert!(PETS.find("Film").is_none() && PETS.at("#/components/schemas/Film").is_none());
        assert!(PETS.find("").is_none() && PETS.at("zzz").is_none());

        let collar = pet("#/components/schemas/Pet/properties/collar");
        assert_eq!(collar.name(), collar.address());
        let typed: PetCollar = from_json(br#"{"size":2}"#).unwrap();
        assert_eq!(collar.decode(br#"{"size":2}"#).unwrap().to_json(), to_json(&typed));
    }

    #[test]
    fn members_are_listed_with_what_must_be_there() {
        let members: Vec<_> = pet("Pet").members().collect();
        let required: Vec<_> = members.iter().filter(|one| one.is_required).collect();
        let names: Vec<_> = required.iter().map(|one| one.name).collect();
        assert_eq!(names, ["id", "name", "kind", "status", "vet"]);
        assert!(members.iter().any(|one| one.name == "collar" && !one.is_required));
        let place: Vec<_> = pet("Place").members().map(|one| one.name).collect();
        assert_eq!((pet("Place").kind(), place[0]), (SchemaKind::Tuple, "[0]"));
        assert_eq!(pet("Food").members().len(), 0);
    }

    #[test]
    fn every_kind_of_type_has_an_entry() {
        let written = |object: Object| String::from_utf8(object.to_json()).unwrap();
        for (name, kind, json) in [
            ("Food", SchemaKind::Union, r#"{"is":"meat","animal":"cow"}"#),
            ("Food", SchemaKind::Union, "[1,2]"),
            ("Level", SchemaKind::Enumeration, "99"),
            ("Status", SchemaKind::Enumeration, "\"unknown\""),
            ("Names", SchemaKind::Value, "[null,\"a\"]"),
            ("Labels", SchemaKind::Value, r#"{"z":"1","a":"2"}"#),
            ("Anything", SchemaKind::Value, "1.50"),
            ("Anything", SchemaKind::Value, "null"),
        ] {
            let entry = pet(name);
            assert_eq!(
                (entry.kind(), written(entry.decode(json.as_bytes()).unwrap())),
                (kind, json.to_owned())
            );
        }
        assert!(pet("Names").decode(b"null").is_err() && pet("Pet").decode(b"null").is_err());
        let alias = CASES.find("NullAlias").unwrap();
        assert_eq!(written(alias.decode(b"null").unwrap()), "null");
        // A bare number keeps the digits that its type does not hold.
        let digits = "123456789012345678901234567890";
        let numbers: Vec<_> =
            CASES.iter().filter(|one| one.decode(digits.as_bytes()).is_ok()).collect();
        assert!(numbers.len() > 2, "{numbers:?}");
        for entry in numbers {
            assert_eq!(written(entry.decode(digits.as_bytes()).unwrap()), digits, "{entry:?}");
        }
    }

    #[test]
    fn all_entries_are_found() {
        for all in [&PETS, &CASES] {
            let mut kinds = BTreeMap::<String, usize>::new();
            for entry in all.iter() {
                *kinds.entry(format!("{:?}", entry.kind())).or_default() += 1;
                assert_eq!(all.at(entry.address()).map(SchemaEntry::name), Some(entry.name()));
                assert!(all.find(entry.name()).is_some());
                assert!(entry.decode(b"").is_err(), "{entry:?}");
            }
            assert!(kinds.len() == 5 && kinds["Object"] > 10, "{kinds:?}");
            assert_eq!(format!("{all:?}"), format!("Schemas({})", all.iter().len()));
        }
    }
}
