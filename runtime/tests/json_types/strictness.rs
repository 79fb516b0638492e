//! What is read strictly, and numbers that have more digits than their types.

use super::types::{Color, Level, Owner, Pet};
use super::{error, same, written};
use schemacrate_runtime::codegen::{OpenLiteral, received};
use schemacrate_runtime::model::{Untyped, from_json, unread};
use schemacrate_runtime::{IndexMap, model};
use std::collections::HashSet;

/// A pet with further members.
fn with(members: &str) -> String {
    let required = r#"{"id":1,"name":"Rex","kind":"pet","born":"2020-01-31","note":null,"toys":[],"anything":null,"#;
    [required, members, "}"].concat()
}

#[test]
fn a_string_is_not_a_number() {
    for member in [
        r#""small":"1""#,
        r#""large":"1""#,
        r#""legs":"1""#,
        r#""weight":"1.5""#,
        r#""weight":"INF""#,
        r#""price":"1.5""#,
        r#""small":1.5"#,
        r#""large":1.5"#,
        r#""legs":true"#,
        r#""x-a":"1""#,
    ] {
        let pet: Pet = same(&with(member));
        assert_eq!(unread(&pet).len(), 1, "{member}");
    }
    assert!(error::<Pet>(&with("\"id\":\"1\"")).starts_with("at `id`: invalid type: string"));
    assert!(error::<Pet>(&with("\"id\":1.5")).starts_with("at `id`: invalid type: floating point"));
    // What is not within such an object is read as ever.
    assert_eq!(from_json::<Vec<i64>>(b"[\"1\"]").unwrap(), [1]);
}

#[test]
fn an_integer_may_have_a_point() {
    let json = with(r#""weight":1.0,"legs":4.0,"small":1e2,"large":2.50e1,"grid":[[1.0]]"#);
    let json = json.replace("\"id\":1,", "\"id\":1.0,");
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    assert_eq!((pet.id, pet.legs, pet.small, pet.large), (1, Some(4), Some(100), Some(25)));
    assert_eq!(pet.weight, Some(1.0));
    assert!(unread(&pet).is_empty());
    assert_eq!(written(&pet), json);
    let mut changed = pet.clone();
    assert_eq!(written(&changed), json);
    changed.small = Some(101);
    assert_eq!(written(&changed), json.replace("1e2", "101"));
}

#[test]
fn a_number_out_of_range_is_the_nearest_one_and_keeps_its_text() {
    let json = with(
        r#""weight":-1e400,"legs":256,"small":-3000000000,"large":-1,"grid":[[99999999999999999999]],"scores":{"a":1e30}"#,
    );
    let json = json.replace("\"id\":1,", "\"id\":12345678901234567890,");
    let pet: Pet = same(&json);
    assert_eq!(
        (pet.id, pet.legs, pet.small, pet.large),
        (i64::MAX, Some(255), Some(i32::MIN), Some(0))
    );
    assert_eq!(pet.weight, Some(f64::MIN));
    assert_eq!(pet.grid.as_ref().unwrap()[0][0], i32::MAX);
    assert_eq!(pet.scores.as_ref().unwrap()["a"], Some(i64::MAX));
    assert_eq!(pet.additional.received("id").unwrap().text(), "12345678901234567890");
    assert!(unread(&pet).is_empty());
    let mut changed = pet;
    changed.id = 7;
    changed.grid = Some(vec![vec![1]]);
    let expected = json.replace("12345678901234567890", "7").replace("99999999999999999999", "1");
    assert_eq!(written(&changed), expected);
}

#[test]
fn digits_beyond_a_double_are_kept() {
    let pet: Pet = same(&with(
        r#""something":1.10000000000000000000000001,"weight":0.12345678901234567890123"#,
    ));
    assert_eq!(pet.weight, Some(0.123_456_789_012_345_68));
}

#[test]
fn literals_are_compared_by_value() {
    let level = |json: &str| from_json::<Level>(json.as_bytes()).unwrap();
    assert!(matches!(level("1"), Level::One) && matches!(level("10e-1"), Level::One));
    assert!(matches!(level("0.50"), Level::Half) && matches!(level("true"), Level::Yes));
    assert!(
        matches!(level(r#""hi\u00e9""#), Level::High)
            && matches!(level("\"hi\u{e9}\""), Level::High)
    );
    assert!(matches!(level("\"1\""), Level::Unrecognized(_)));
    assert_eq!(level("2.50").json(), "2.5");
    assert_eq!(level("1e400").json(), "1e400");
    assert_eq!(level("1e3").json(), "1000");
    assert_eq!(level("-0.0").json(), "0");
    let unknown = Level::Unrecognized("1.0".parse::<Untyped>().unwrap());
    assert_eq!(unknown, Level::One);
    assert!(HashSet::from([Level::One]).contains(&unknown));
    assert_ne!(level("2"), level("\"2\""));
    assert_eq!(Level::Half.to_string(), "0.5");
    assert!(error::<Level>("[1]").starts_with("expected a scalar"));
    let pet: Pet = same(&with(r#""level":1.0"#));
    assert_eq!(pet.level, Some(Level::One));
    let unknown: Pet = same(&with(r#""level":20e-1"#));
    assert_eq!(unknown.level.unwrap().json(), "2");
    let object: Pet = same(&with(r#""level":{"a":1}"#));
    assert_eq!(unread(&object).len(), 1);
}

#[test]
fn maps_keep_their_order_and_their_nulls() {
    let map: IndexMap<String, Option<i32>> = same_map(r#"{"b":1,"a":null,"":2}"#);
    assert_eq!(map.get_index(1), Some((&"a".to_owned(), &None)));
    let nested: IndexMap<String, IndexMap<String, Vec<Owner>>> =
        same_map(r#"{"a":{"b":[{"name":"A"}]},"c":{}}"#);
    assert_eq!(nested["a"]["b"][0].name, "A");
    assert_eq!(
        error::<IndexMap<String, i32>>(r#"{"a":null}"#),
        "at `a`: null is not a value here at line 1 column 9"
    );
    assert!(error::<IndexMap<String, i32>>(r#"{"a":{}}"#).starts_with("at `a`: invalid type"));
    assert!(error::<IndexMap<String, i32>>("[]").starts_with("invalid type: sequence"));
    let any: IndexMap<String, Untyped> = same_map(r#"{"a":null,"b":[null]}"#);
    assert_eq!(any["a"].text(), "null");
    assert_eq!(same::<Untyped>("null").text(), "null");
    // Only JSON Schema has maps.
    assert!(from_json::<IndexMap<String, i32>>(br#"{"a":"1"}"#).is_err());
    let colors: IndexMap<String, Color> = same_map(r#"{"a":"red","b":"blue"}"#);
    assert_eq!(colors["a"], Color::Red);
}

fn same_map<T: model::Value + Clone + PartialEq + std::fmt::Debug>(json: &str) -> T {
    same(json)
}

#[test]
fn what_is_received_alone_keeps_its_text() {
    let number = received::<i64>(b" 12345678901234567890 ").unwrap();
    assert_eq!((*number.value(), number.to_json()), (i64::MAX, b"12345678901234567890".to_vec()));
    let mut changed = number.clone();
    *changed.value_mut() = 5;
    assert_eq!(changed.to_json(), b"5");
    assert_ne!(changed, number);
    assert_eq!(received::<i64>(b"7").unwrap().json(), None);
    assert!(received::<i64>(b"\"7\"").is_err() && received::<bool>(b"\"true\"").is_err());
    assert!(received::<i64>(b"7 8").is_err() && received::<i64>(b"\xff").is_err());
    assert!(received::<i64>(b"null").is_err());
    assert_eq!(received::<Untyped>(b"null").unwrap().value().text(), "null");
    let many = received::<Vec<f64>>(b"[0.1, 1e400, 1.0]").unwrap();
    assert_eq!(many.to_json(), b"[0.1, 1e400, 1.0]");
    assert_eq!(received::<u32>(b"4294967296").unwrap().into_value(), u32::MAX);
    assert_eq!(received::<u16>(b"-1").unwrap().into_value(), 0);
    assert_eq!(received::<f32>(b"1e39").unwrap().to_json(), b"1e39");
}
