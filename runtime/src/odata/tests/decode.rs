//! What the decoder makes of objects, from any format.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use super::structure::structure;
use crate::json as codegen;
use crate::json::{Additional, Untyped, deserialize, from_json, to_json};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, MapDeserializer};

structure! {
    /// What every node has.
    struct Node is "tree.node" {
        id: String = "id",
        child: Box<Node> = "child" in Box,
        size: f64 = "size",
    }
}

crate::structured!(Node);

fn written(json: &str) -> String {
    String::from_utf8(to_json(&from_json::<Vec<Node>>(json.as_bytes()).unwrap())).unwrap()
}

#[test]
fn undeclared_members_are_kept_with_the_others_of_their_object() {
    let nested = r#"[{"x":1,"child":{"y":2,"id":"3"},"z":4}]"#;
    assert_eq!(written(nested), r#"[{"child":{"id":"3","y":2},"x":1,"z":4}]"#);
}

#[test]
fn members_may_come_in_an_order_of_their_own_in_each_object() {
    let json =
        r#"[{"size":1.5,"id":"a"},{"id":"b","size":2.0},{"size":3.5,"id":"c"},{"id":"d"},{}]"#;
    let expected =
        r#"[{"id":"a","size":1.5},{"id":"b","size":2.0},{"id":"c","size":3.5},{"id":"d"},{}]"#;
    assert_eq!(written(json), expected);
}

#[test]
fn errors_name_the_place() {
    let error = |json: &[u8]| from_json::<Vec<Node>>(json).unwrap_err().to_string();
    assert_eq!(
        error(b"[{\"child\":\n {\"id\":\"\n\"}}]"),
        "at `[0].child.id`: control character (\\u0000-\\u001F) found while parsing a string at line 2 column 8"
    );
    assert_eq!(
        error(b"[7]"),
        "at `[0]`: invalid type: integer `7`, expected an object at line 1 column 2"
    );
    assert_eq!(error(b"[{\"id\" 1}]"), "at `[0].id`: expected `:` at line 1 column 8");
    assert_eq!(
        error(b"[null]"),
        "at `[0]`: null is not an item of this collection at line 1 column 5"
    );
    assert_eq!(error(b"[] 1"), "trailing characters at line 1 column 4");
    assert_eq!(
        error(b"[{\"id\":\"\xff\"}]"),
        "at `[0].id`: invalid unicode code point at line 1 column 9"
    );
    assert_eq!(
        error(b"[{\"id\":1,\xff}]"),
        "at `[0]`: invalid unicode code point at line 1 column 10"
    );
    let deep = "[".repeat(200);
    assert!(from_json::<Vec<Node>>(deep.as_bytes()).is_err());
}

/// The position within a value differs from the position within what is around it.
#[cfg(feature = "serde")]
#[test]
fn errors_of_values_within_others_have_both_places() {
    let error = serde_json::from_str::<(Node,)>("[\n  7]").unwrap_err().to_string();
    let expected = "invalid type: integer `7`, expected an object (line 1 column 1 of this value)";
    assert_eq!(error, format!("{expected} at line 2 column 4"));
}

#[test]
fn values_are_read_from_other_formats() {
    let sizes = [("size", f64::NAN), ("z", 1.5), ("a", f64::INFINITY)];
    let format = MapDeserializer::<_, Error>::new(sizes.into_iter());
    let node: Node = deserialize(format).unwrap();
    assert!(node.size.unwrap().is_nan());
    assert_eq!(to_json(&node), br#"{"size":"NaN","z":1.5,"a":"INF"}"#);
    let names = MapDeserializer::<_, Error>::new([("id", "\"\n"), ("x", "y")].into_iter());
    let node: Node = deserialize(names).unwrap();
    assert_eq!(to_json(&node), br#"{"id":"\"\n","x":"y"}"#);
    let items: Result<Untyped, Error> =
        Untyped::deserialize(vec![1_u64, u64::MAX].into_deserializer());
    assert_eq!(items.unwrap().text(), "[1,18446744073709551615]");
    let nothing: Result<Untyped, Error> =
        Untyped::deserialize(Vec::<u8>::new().into_deserializer());
    assert_eq!(nothing.unwrap().text(), "[]");
}

#[test]
fn what_is_kept_by_a_name_can_be_taken_from_it() {
    let mut additional = Additional::default();
    assert!(additional.insert("a", "1").is_none());
    assert!(additional.insert("b", Untyped::from(true)).is_none());
    assert_eq!(additional.insert("a", 2_i64), Some("1".into()));
    let value = additional.get("a").cloned().unwrap();
    assert_eq!((value.text(), value.name()), ("2", ""));
    assert_eq!(additional.clone(), additional);
    let members: Vec<_> = additional.iter().map(|(name, value)| (name, value.text())).collect();
    assert_eq!(members, [("a", "2"), ("b", "true")]);
    assert_eq!(serde_json::to_value(additional.get("b")).unwrap(), true);
    assert_eq!(format!("{additional:?}"), r#"{"a": 2, "b": true}"#);
    assert_eq!(additional.remove("a"), Some(2_i64.into()));
    assert_eq!(additional.len(), 1);
}
