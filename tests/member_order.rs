//! Members come in any order, and what came is written again.

use golden_inheritance::zoo::{Animal, Bird, Cat};
use proptest::prelude::*;
use schemacrate_runtime::Page;
use schemacrate_runtime::model::{from_json, to_json};
use serde_json::{Value, json};

fn cat() -> Vec<(&'static str, Value)> {
    vec![
        ("@odata.etag", json!("W/\"1\"")),
        ("@odata.type", json!("#zoo.cat")),
        ("id", json!("1")),
        ("name", json!("\"Mia\"\n")),
        ("mother", json!({"@odata.type": "#zoo.cat", "id": "2", "lives": 3})),
        ("young", json!([{"id": "3"}, {"@odata.type": "#zoo.dodo", "wings": [1.0, null]}])),
        ("lives", json!(7)),
        ("whiskers", json!({"left": 12, "right": [true]})),
    ]
}

fn text(members: &[(&str, Value)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}

proptest! {
    #[test]
    fn any_order_is_the_same_object(members in Just(cat()).prop_shuffle()) {
        let shuffled = text(&members);
        let animal: Animal = from_json(shuffled.as_bytes()).unwrap();
        prop_assert_eq!(&animal, &from_json::<Animal>(text(&cat()).as_bytes()).unwrap());
        let cat: Cat = animal.clone().downcast().unwrap();
        prop_assert_eq!(&cat, &from_json::<Cat>(shuffled.as_bytes()).unwrap());
        prop_assert_eq!(&Animal::from_derived(cat), &animal);
        let written = to_json(&animal);
        let sent: Value = serde_json::from_slice(&written).unwrap();
        prop_assert_eq!(sent, serde_json::from_str::<Value>(&shuffled).unwrap());
        // Other formats, here a tree, and readers return texts that cannot be borrowed.
        let tree: Value = serde_json::from_str(&shuffled).unwrap();
        prop_assert_eq!(&animal, &serde_json::from_value::<Animal>(tree).unwrap());
        prop_assert_eq!(&animal, &serde_json::from_reader::<_, Animal>(shuffled.as_bytes()).unwrap());
        // The writer of requests writes the same as any serialiser.
        prop_assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(&animal).unwrap());
    }
}

#[test]
fn of_members_that_come_twice_the_last_one_counts() {
    for json in [
        r##"{"id":"1","id":"2","@odata.type":"#zoo.cat","lives":1,"lives":2}"##,
        r##"{"lives":1,"id":"1","lives":2,"id":"2","@odata.type":"#zoo.cat"}"##,
        r##"{"id":"1","lives":1,"@odata.type":"#zoo.cat","id":"2","lives":2}"##,
    ] {
        let animal: Animal = from_json(json.as_bytes()).unwrap();
        let cat: Cat = animal.downcast().unwrap();
        assert_eq!((cat.id.as_deref(), cat.lives), (Some("2"), Some(2)), "{json}");
    }
}

#[test]
fn names_may_be_escaped() {
    let json = br##"{"\u0069d":"1","na\u006de":"x","\u0040odata.type":"#zoo.c\u0061t","li\u0076es":9,"a\"b":1}"##;
    let cat: Cat = from_json::<Animal>(json).unwrap().downcast().unwrap();
    assert_eq!(
        (cat.id.as_deref(), cat.name.as_deref(), cat.lives),
        (Some("1"), Some("x"), Some(9))
    );
    assert_eq!(cat.additional.get("a\"b").unwrap().text(), "1");
}

#[test]
fn without_a_type_an_object_is_of_its_declared_one() {
    let animal: Animal = from_json(br##"{"new":[1,2],"id":"1","@odata.etag":"e"}"##).unwrap();
    assert_eq!(animal.type_name(), "zoo.animal");
    assert_eq!(to_json(&animal), br##"{"id":"1","new":[1,2],"@odata.etag":"e"}"##);
    let empty: Animal = from_json(br##"{"@odata.id":"a"}"##).unwrap();
    assert_eq!(to_json(&empty), br##"{"@odata.id":"a"}"##);
}

#[test]
fn what_cannot_be_read_is_named_and_kept_wherever_the_type_is() {
    for (json, path) in [
        (r##"{"value":[{"@odata.type":"#zoo.cat","lives":"many"}]}"##, "value[0].lives"),
        (r##"{"value":[{"lives":"many","@odata.type":"#zoo.cat"}]}"##, "value[0].lives"),
        (r##"{"value":[{"id":"1"},{"id":1,"@odata.type":"#zoo.cat"}]}"##, "value[1].id"),
        (r##"{"value":[{"mother":{"name":2}}]}"##, "value[0].mother.name"),
        (r##"{"value":[{"mother":"Mia"}]}"##, "value[0].mother"),
        (r##"{"value":[{"young":[{"id":"1"},null]}]}"##, "value[0].young"),
    ] {
        let page = from_json::<Page<Animal>>(json.as_bytes()).unwrap();
        let written: Value = serde_json::from_slice(&to_json(&page)).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(json).unwrap());
        // The members of a derived type are those of the base only as JSON.
        if path.ends_with("lives") {
            assert!(page.unread().is_empty());
            let cats = from_json::<Page<Cat>>(json.as_bytes()).unwrap();
            let lives = cats.value[0].additional.unread().count();
            let cat: Cat = page.value.into_iter().next().unwrap().downcast().unwrap();
            assert_eq!((lives, cat.additional.unread().count()), (1, 1));
            assert_eq!(cat, cats.value[0]);
            continue;
        }
        let unread = page.unread();
        assert_eq!((unread.len(), unread[0].path()), (1, path), "{json}");
    }
    let error = from_json::<Page<Animal>>(br##"{"value":[{"mother":{"name":2x}}]}"##);
    assert_eq!(error.unwrap_err().path(), "value[0].mother");
}

#[test]
fn what_was_kept_is_read_by_the_type_that_declares_it_otherwise() {
    let json = br##"{"@odata.type":"#zoo.cat","id":7,"lives":"many"}"##;
    let animal: Animal = from_json(json).unwrap();
    // The base does not declare the lives.
    assert_eq!(
        animal.additional.unread().map(|one| one.path().to_owned()).collect::<Vec<_>>(),
        ["id"]
    );
    let cat: Cat = animal.downcast().unwrap();
    assert_eq!(cat.additional.unread().count(), 2);
    assert_eq!(to_json(&cat), br##"{"@odata.type":"#zoo.cat","id":7,"lives":"many"}"##);
}

#[test]
fn text_that_is_not_utf8_is_an_error() {
    assert!(from_json::<Animal>(b"{\"id\":\"\xff\"}").is_err());
    assert!(from_json::<Bird>(b"{\"id\":\"1\"}\xff").is_err());
    assert!(from_json::<Cat>(b"{\"other\":\"\xff\"}").is_err());
}
