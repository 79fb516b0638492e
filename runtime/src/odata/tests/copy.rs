//! Copies hold everything that the objects hold.

#![allow(clippy::unwrap_used)] // A test may panic.

use super::specimen::{Day, Thing};
use crate::json::{from_json, to_json};

const JSON: &str = r##"{"flag":true,"small":-7,"large":9007199254740993,"byte":255,"double":"INF","single":0.1,"name":"Ada","anything":{"a":[1.10]},"time":"2017-01-01T00:00:17.7769392-08:00","amount":1.250,"place":{"type":"Point","coordinates":[1.5,2]},"day":"holiday","days":"monday, holiday","next":{"name":"B","next":{"flag":false}},"parts":[{"@odata.type":"#test.thing","name":"C"},{"name":"D"},{"@odata.type":"#test.unknown","x":1}],"names":["a",null,""],"@odata.etag":"W/\"1\"","other":12345678901234567890}"##;

#[test]
fn a_copy_holds_all_that_the_object_holds() {
    let thing: Thing = from_json(JSON.as_bytes()).unwrap();
    let copy = thing.clone();
    assert_eq!(String::from_utf8(to_json(&copy)).unwrap(), JSON);
    assert_eq!(copy, thing);
    let parts = copy.parts.as_deref().unwrap();
    assert_eq!(parts[0].clone(), parts[0]);
}

#[test]
fn a_copy_of_nothing_is_empty() {
    assert_eq!(to_json(&Thing::default().clone()), b"{}");
}

#[test]
fn a_change_of_a_copy_leaves_the_object_as_it_was() {
    let thing: Thing = from_json(JSON.as_bytes()).unwrap();
    let mut copy = thing.clone();
    copy.name = None;
    copy.additional.remove("other");
    assert_ne!(copy, thing);
    assert_eq!(String::from_utf8(to_json(&thing)).unwrap(), JSON);
}

#[test]
fn members_of_an_enumeration_are_the_same_by_name() {
    assert_eq!(Day::Unrecognized("monday".to_owned()), Day::Monday);
    assert_ne!(Day::Unrecognized("holiday".to_owned()), Day::Monday);
    let days = std::collections::HashSet::from([Day::Monday]);
    assert!(days.contains(&Day::Unrecognized("monday".to_owned())));
}
