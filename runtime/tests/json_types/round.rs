//! Nothing is lost, whatever comes.

use super::types::{All, Animal, Level, Line, Mixed, Open, Patterns, Pet, Point, Tree};
use proptest::prelude::*;
use schemacrate_runtime::codegen::{OpenLiteral, received};
use schemacrate_runtime::model::{Value, from_json, to_json};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A tree of JSON with all digits of its numbers.
#[derive(Debug, PartialEq)]
enum Json {
    Scalar(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

fn tree(json: &str) -> Json {
    match json.as_bytes()[0] {
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap();
            Json::List(items.into_iter().map(|item| tree(item.get())).collect())
        }
        b'{' => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap();
            Json::Object(members.into_iter().map(|(name, one)| (name, tree(one.get()))).collect())
        }
        b'"' => Json::Scalar(
            serde_json::from_str::<String>(json).map(|text| format!("{text:?}")).unwrap(),
        ),
        // Numbers are equal by value, whatever their notation.
        _ => Json::Scalar(
            from_json::<Level>(json.as_bytes())
                .map_or(json.to_owned(), |one| one.json().to_owned()),
        ),
    }
}

/// Any JSON, with the names and values that the types know.
fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        (-5..300).prop_map(|value: i32| value.to_string()),
        "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?",
        prop_oneof!["cat", "dog", "red", "1", "2020-01-31", "pet", "[a-z\\\\\"\u{e9}]{0,4}"]
            .prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let name = prop::sample::select(vec![
        "id",
        "name",
        "kind",
        "born",
        "tag",
        "note",
        "owner",
        "parent",
        "toys",
        "price",
        "anything",
        "something",
        "weight",
        "legs",
        "small",
        "large",
        "level",
        "grid",
        "scores",
        "x-a",
        "x-b",
        "b",
        "age",
        "type",
        "meow",
        "bark",
        "value",
        "size",
        "left",
        "right",
        "self",
        "b_at",
        "a-x-b",
        "pets",
        "mixed",
        "animal",
        "tree",
        "point",
        "line",
        "open",
        "colors",
        "map",
        "maybe",
        "color",
        "\u{e9}",
    ]);
    scalar.prop_recursive(5, 60, 8, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5);
        let object = prop::collection::btree_map(name.clone(), inner, 0..8);
        prop_oneof![
            list.prop_map(|items| format!("[{}]", items.join(", "))),
            object.prop_map(|members| {
                let members = members.into_iter();
                let members = members.map(|(name, value)| {
                    format!("{}: {value}", serde_json::to_string(name).unwrap())
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }),
        ]
    })
}

/// A pet, most of the time.
fn pet() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "tag",
        "owner",
        "parent",
        "price",
        "something",
        "weight",
        "legs",
        "small",
        "large",
        "level",
        "grid",
        "scores",
        "x-a",
        "friend",
        "other",
    ]);
    (any::<i64>(), json(), json(), prop::collection::btree_map(name, json(), 0..6)).prop_map(
        |(id, note, anything, members)| {
            let note = if note.starts_with('"') { note } else { "null".to_owned() };
            let mut json = format!(
                r#"{{"id":{id},"name":"a","kind":"k","born":"b","note":{note},"toys":["a",null],"anything":{anything}"#
            );
            for (name, value) in members {
                json.push_str(&format!(",{name:?}:{value}"));
            }
            json + "}"
        },
    )
}

fn check<T: Value + Clone + PartialEq + std::fmt::Debug>(
    json: &str,
    must_be_read: bool,
) -> Result<(), TestCaseError> {
    let Ok(value) = received::<T>(json.as_bytes()) else {
        prop_assert!(!must_be_read, "{json}");
        return Ok(());
    };
    let written = String::from_utf8(value.to_json()).unwrap();
    prop_assert_eq!(tree(&written), tree(json));
    // The text is not needed for values that keep it.
    let value = value.into_value();
    let copy = value.clone();
    prop_assert_eq!(&copy, &value);
    prop_assert_eq!(to_json(&copy), to_json(&value));
    prop_assert_eq!(format!("{copy:?}"), format!("{value:?}"));
    // Reading what was written is the same.
    let again = received::<T>(written.as_bytes()).unwrap().into_value();
    prop_assert_eq!(&again, &value);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_written_as_it_came(json in json()) {
        let is_null = json == "null";
        check::<Mixed>(&json, !is_null)?;
        check::<Tree>(&json, !is_null)?;
        check::<Animal>(&json, !is_null)?;
        check::<Point>(&json, json.starts_with('['))?;
        check::<Line>(&json, false)?;
        check::<Open>(&json, !json.starts_with('{'))?;
        check::<Patterns>(&json, json.starts_with('{'))?;
        check::<All>(&json, json.starts_with('{'))?;
        check::<Pet>(&json, false)?;
        check::<Vec<Tree>>(&json, false)?;
    }

    #[test]
    fn any_pet_is_written_as_it_came(json in pet()) {
        check::<Pet>(&json, true)?;
        check::<All>(&format!(r#"{{"pets":[{json}]}}"#), true)?;
        check::<Mixed>(&json, true)?;
    }
}
