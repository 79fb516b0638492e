//! The states of a member.

use super::types::{Numbers, Owner, Pet, Wide};
use super::{error, same, written};
use schemacrate_runtime::IndexMap;
use schemacrate_runtime::model::{Formatted, Maybe, from_json, unread};
use schemacrate_runtime::types::Date;

const FULL: &str = r#"{"id":1,"name":"Rex","kind":"pet","born":"2020-02-30","tag":"a","note":null,"owner":null,"parent":{"id":2,"name":"Old","kind":"pet","born":"2010-01-01","note":"x","toys":[],"anything":null},"toys":["ball",null],"price":1.10,"anything":{"a":[1.10]},"something":null,"weight":0.1,"legs":4,"small":-7,"large":18446744073709551615,"level":1,"grid":[[1,2],[]],"scores":{"b":1,"a":null},"x-b":2,"x-a":1,"friend":{"name":"Ada","shoe":38}}"#;

/// A pet with further members.
fn with(members: &str) -> String {
    let required = r#"{"id":1,"name":"Rex","kind":"pet","born":"2020-01-31","note":null,"toys":[],"anything":null"#;
    [required, if members.is_empty() { "" } else { "," }, members, "}"].concat()
}

/// The path of each member that is kept, and what it is.
fn kept(pet: &Pet) -> Vec<(String, String)> {
    let unread = unread(pet);
    unread.iter().map(|one| (one.path().to_owned(), one.value().text().to_owned())).collect()
}

#[test]
fn what_is_read_is_written_again() {
    let pet: Pet = same(FULL);
    assert_eq!((pet.id, pet.name.as_str()), (1, "Rex"));
    assert_eq!(pet.owner, Maybe::Null);
    assert_eq!(pet.something.as_ref().map(|value| value.text()), Some("null"));
    assert_eq!(pet.others["friend"].additional.get("shoe").unwrap().text(), "38");
    assert_eq!(pet.parent.as_ref().unwrap().note.as_deref(), Some("x"));
    assert!(unread(&pet).is_empty());
}

#[test]
fn a_constructor_writes_what_every_value_has() {
    let date: Date = "2020-01-31".parse().unwrap();
    let mut pet = Pet::new(1, "Rex", date);
    let expected = with("");
    assert_eq!(written(&pet), expected);
    assert_eq!(pet.born, Formatted::from(date));
    assert_eq!(from_json::<Pet>(expected.as_bytes()).unwrap(), pet);
    pet.others.insert("friend".to_owned(), from_json(br#"{"name":"Ada"}"#).unwrap());
    assert_eq!(written(&pet), with(r#""friend":{"name":"Ada"}"#));
}

#[test]
fn a_member_that_must_be_there_is_an_error_if_it_is_not() {
    let absent =
        r#"{"id":1,"name":"Rex","kind":"pet","born":"2020-01-31","toys":[],"anything":null}"#;
    assert!(error::<Pet>(absent).starts_with("at `note`: the member is required, but absent"));
    let null = with("").replace("\"Rex\"", "null");
    assert!(error::<Pet>(&null).starts_with("at `name`: null is not a value here"));
    let of_another_type = with("").replace("\"Rex\"", "7");
    assert!(error::<Pet>(&of_another_type).starts_with("at `name`: invalid type: integer `7`"));
    let nullable = with("").replace("\"note\":null", "\"note\":[]");
    assert!(error::<Pet>(&nullable).starts_with("at `note`: invalid type: sequence"));
    let item = with("").replace("\"toys\":[]", "\"toys\":[\"a\",2]");
    assert!(error::<Pet>(&item).starts_with("at `toys[1]`: invalid type: integer `2`"));
    assert!(error::<Pet>("null").starts_with("null is not a value here"));
    assert!(error::<Pet>("[]").starts_with("invalid type: sequence, expected an object"));
    assert!(error::<Vec<Pet>>("[{}]").starts_with("at `[0].id`: the member is required"));
}

#[test]
fn a_member_that_need_not_be_there_is_kept_if_it_is_not_of_its_type() {
    let json = with(
        r#""tag":5,"owner":{"age":3},"parent":{"id":2},"legs":"4","scores":{"a":"b"},"grid":[[1],[null]]"#,
    );
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    assert_eq!(written(&pet), json);
    let copy = pet.clone();
    assert_eq!(copy, pet);
    assert_eq!(written(&copy), json);
    assert_eq!((&pet.tag, &pet.owner, &pet.parent), (&None, &Maybe::Absent, &None));
    let paths: Vec<_> = kept(&pet).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["tag", "owner", "parent", "legs", "scores", "grid"]);
    let reasons = unread(&pet);
    assert_eq!(reasons[1].reason(), "at `name`: the member is required, but absent");
    assert_eq!(reasons[5].reason(), "at `[1][0]`: null is not an item of this collection");
}

#[test]
fn null_where_it_is_not_a_value_is_kept() {
    let json = with(r#""tag":null,"parent":null,"grid":null,"scores":null,"level":null"#);
    let pet: Pet = same(&json);
    assert_eq!(kept(&pet).len(), 5);
    assert_eq!(unread(&pet)[0].reason(), "null is not a value here");
    let mut pet = pet;
    pet.tag = Some("new".to_owned());
    assert!(written(&pet).contains(r#""tag":"new""#) && !written(&pet).contains(r#""tag":null"#));
}

#[test]
fn the_last_one_of_two_counts() {
    let read = |members: &str| from_json::<Pet>(with(members).as_bytes()).unwrap();
    let same = |twice: &str, once: &str| {
        let (twice, once) = (read(twice), read(once));
        assert_eq!(twice, once);
        assert_eq!(written(&twice), written(&once));
        assert_eq!(kept(&twice), kept(&once));
        assert_eq!(twice.clone(), once);
    };
    same(r#""tag":"a","tag":5"#, r#""tag":5"#);
    same(r#""tag":5,"tag":"a""#, r#""tag":"a""#);
    same(r#""tag":5,"tag":6"#, r#""tag":6"#);
    same(r#""small":1.0,"small":1"#, r#""small":1"#);
    same(r#""tag":"a","tag":null"#, r#""tag":null"#);
    same(r#""owner":{"name":"A"},"owner":null"#, r#""owner":null"#);
    same(r#""owner":null,"owner":5"#, r#""owner":5"#);
    same(r#""grid":[[1]],"grid":[[2]]"#, r#""grid":[[2]]"#);
    same(r#""grid":[[1]],"grid":[["a"]]"#, r#""grid":[["a"]]"#);
    same(r#""scores":{"a":1},"scores":{"b":2}"#, r#""scores":{"b":2}"#);
    same(r#""x-a":1,"x-a":"b""#, r#""x-a":"b""#);
    same(r#""x-a":"b","x-a":1"#, r#""x-a":1"#);
    same(r#""x-a":1.0,"x-a":1"#, r#""x-a":1"#);
    same(r#""friend":{"name":"A"},"friend":1"#, r#""friend":1"#);
    assert!(unread(&read(r#""tag":5,"tag":"a""#)).is_empty());
    let name = with("\"name\":\"Max\"");
    assert_eq!(from_json::<Pet>(name.as_bytes()).unwrap().name, "Max");
    assert!(error::<Pet>(&with("\"name\":null")).starts_with("at `name`: null"));
}

#[test]
fn members_without_a_declared_name_have_types() {
    let json = with(r#""x-a":1,"b":{"name":"Ada"},"x-c":"2","d":null,"x-e":3.0"#);
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    assert_eq!(pet.x_members, IndexMap::from([("x-a".to_owned(), 1), ("x-e".to_owned(), 3)]));
    assert_eq!(pet.others.len(), 1);
    let expected = with(r#""x-a":1,"x-e":3.0,"b":{"name":"Ada"},"x-c":"2","d":null"#);
    assert_eq!(written(&pet), expected);
    let expected = [("x-c", "\"2\""), ("d", "null")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(kept(&pet), expected);
    assert_eq!(pet.additional.received("x-e").unwrap().text(), "3.0");
    let mut changed = pet.clone();
    changed.x_members.insert("x-c".to_owned(), 4);
    changed.x_members.insert("x-e".to_owned(), 5);
    let expected = with(r#""x-a":1,"x-e":5,"x-c":4,"b":{"name":"Ada"},"d":null"#);
    assert_eq!(written(&changed), expected);
    assert_ne!(changed, pet);
}

#[test]
fn what_is_kept_can_be_replaced() {
    let json = with(r#""tag":5,"x-a":"b""#);
    let mut pet: Pet = from_json(json.as_bytes()).unwrap();
    pet.additional.remove("tag");
    pet.additional.insert("x-a", 7_i64);
    assert!(unread(&pet).is_empty());
    assert_eq!(written(&pet), with(r#""x-a":7"#));
}

#[test]
fn values_at_any_depth_have_their_paths() {
    let json = with(
        r#""friend":{"name":"Ada","age":"old"},"parent":{"id":2,"name":"O","kind":"k","born":"b","note":null,"toys":[],"anything":0,"x-y":"z"}"#,
    );
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    let paths: Vec<_> = kept(&pet).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["parent.x-y", "friend.age"]);
    assert!(error::<IndexMap<String, Owner>>(r#"{"a":{"name":1}}"#).starts_with("at `a.name`:"));
}

#[test]
fn more_members_than_bits_of_a_word_are_counted() {
    same::<Wide>(r#"{"m64":2,"last":1}"#);
    same::<Wide>(r#"{"m63":1,"m64":2,"m129":3,"last":1}"#);
    assert!(
        error::<Wide>(r#"{"m63":1,"m129":3,"last":1}"#).starts_with("at `m64`: the member is req")
    );
    assert!(
        error::<Wide>(r#"{"m64":1,"m129":3}"#).starts_with("at `last`: the member is required")
    );
    assert!(error::<Wide>("{}").starts_with("at `last`: the member is required"));
    let twice: Wide = from_json(br#"{"m64":1,"m129":"a","m129":3,"last":1}"#).unwrap();
    assert_eq!(written(&twice), r#"{"m64":1,"m129":3,"last":1}"#);
    assert!(unread(&twice).is_empty());
}

#[test]
fn numbers_of_each_type_must_be_there() {
    let json = r#"{"a":255,"b":65535,"c":4294967295,"d":18446744073709551615,"e":1.5,"f":0.1,"g":true,"h":{"a":-128}}"#;
    let numbers: Numbers = same(json);
    assert_eq!(
        (numbers.a, numbers.b, numbers.c, numbers.d),
        (u8::MAX, u16::MAX, u32::MAX, u64::MAX)
    );
    let beyond = r#"{"a":256,"b":-1,"c":1e10,"d":18446744073709551616,"e":1e39,"f":-1e309,"g":false,"h":{"a":-129}}"#;
    let numbers: Numbers = same(beyond);
    assert_eq!((numbers.a, numbers.b, numbers.c, numbers.d), (u8::MAX, 0, u32::MAX, u64::MAX));
    assert_eq!((numbers.e, numbers.f, numbers.h["a"]), (f32::MAX, f64::MIN, i8::MIN));
    for (member, other) in [
        ("\"a\":255", "\"a\":\"255\""),
        ("\"b\":65535", "\"b\":1.5"),
        ("\"d\":18446744073709551615", "\"d\":\"1\""),
        ("\"e\":1.5", "\"e\":\"NaN\""),
        ("\"f\":0.1", "\"f\":\"INF\""),
        ("\"g\":true", "\"g\":\"true\""),
        ("\"h\":{\"a\":-128}", "\"h\":{\"a\":null}"),
        ("\"h\":{\"a\":-128}", "\"h\":null"),
    ] {
        let json = json.replace(member, other);
        let name = &member[1..2];
        assert!(error::<Numbers>(&json).starts_with(&format!("at `{name}")), "{json}");
    }
}

/// Values in boxes may be nested as deeply as JSON may be, also in a program that is not optimised.
#[test]
fn values_may_be_nested_deeply() {
    let mut json = with("");
    for _ in 0..120 {
        json = with(&format!("\"parent\":{json}"));
    }
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    assert_eq!(pet.clone(), pet);
    assert!(unread(&pet).is_empty());
    // What is deeper is kept.
    for _ in 0..20 {
        json = with(&format!("\"parent\":{json}"));
    }
    let pet: Pet = from_json(json.as_bytes()).unwrap();
    assert_eq!(unread(&pet).len(), 1);
    assert_eq!(written(&pet).len(), json.len());
}
