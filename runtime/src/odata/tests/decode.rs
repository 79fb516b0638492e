//! What the decoder makes of objects, from any format.

#![allow(clippy::unwrap_used)] // A test may panic.
#![allow(dead_code, unreachable_pub)] // The macros of generated types make public methods.

use super::structure::structure;
use crate::json as codegen;
use crate::json::{
    Additional, Shape, Slot, Structured, Untyped, View, deserialize, from_json, slot, to_json, view,
};
use crate::odata::polymorphic::Hierarchy;
use crate::types::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, MapDeserializer};

structure! {
    /// What every node has.
    struct Node is "tree.node" {
        id: String = "id",
        child: AnyNode = "child",
        size: f64 = "size",
    }
}

crate::structured!(Node);

/// A node with a date.
#[derive(Default)]
struct Leaf {
    node: Node,
    day: Option<Date>,
}

impl Structured for Leaf {
    fn shape(&self) -> &'static Shape {
        const { &Shape::odata("tree.leaf", &["id", "child", "size", "day"]) }
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0..3 => self.node.slot(index),
            3 => slot(&mut self.day),
            _ => Slot::Additional(&mut self.node.additional),
        }
    }

    fn view(&self, index: usize) -> View<'_> {
        match index {
            0..3 => self.node.view(index),
            3 => view(&self.day),
            _ => View::Additional(&self.node.additional),
        }
    }
}

enum AnyNode {
    Node(Box<Node>),
    Leaf(Box<Leaf>),
}

impl Hierarchy for AnyNode {
    fn new(type_name: Option<&str>) -> Self {
        match type_name {
            Some("tree.leaf") => Self::Leaf(Box::default()),
            _ => Self::Node(Box::default()),
        }
    }

    fn is_derived(&self) -> bool {
        matches!(self, Self::Leaf(_))
    }

    fn structured(&self) -> &dyn Structured {
        match self {
            Self::Node(node) => &**node,
            Self::Leaf(leaf) => &**leaf,
        }
    }

    fn structured_mut(&mut self) -> &mut dyn Structured {
        match self {
            Self::Node(node) => &mut **node,
            Self::Leaf(leaf) => &mut **leaf,
        }
    }
}

crate::hierarchy!(AnyNode, Node);

fn written(json: &str) -> String {
    String::from_utf8(to_json(&from_json::<Vec<AnyNode>>(json.as_bytes()).unwrap())).unwrap()
}

#[test]
fn types_that_come_late_on_each_level_do_not_double_the_work() {
    const LEVELS: usize = 60;
    let (open, close) = (r#"{"child":"#.repeat(LEVELS), r##","@odata.type":"#tree.leaf"}"##);
    let json = format!("{open}{{\"id\":\"1\"}}{}", close.repeat(LEVELS));
    let node: AnyNode = from_json(json.as_bytes()).unwrap();
    let expected = r##"{"@odata.type":"#tree.leaf","child":"##.repeat(LEVELS);
    assert_eq!(
        to_json(&node),
        format!("{expected}{{\"id\":\"1\"}}{}", "}".repeat(LEVELS)).into_bytes()
    );
}

#[test]
fn objects_are_of_the_type_that_they_name_wherever_they_name_it() {
    let leaf = r##"{"@odata.type":"#tree.leaf","id":"1","day":"2026-02-28","a@b":1,"x":[]}"##;
    for json in [
        leaf,
        r##"{"id":"1","day":"2026-02-28","a@b":1,"x":[],"@odata.type":"#tree.leaf"}"##,
        r##"{ "a@b" : 1 , "day" : "2026-02-28" , "@odata.type" : "tree.leaf", "x" : [], "id":"1"}"##,
    ] {
        let expected = leaf.replace("#tree", if json.contains("#tree") { "#tree" } else { "tree" });
        assert_eq!(written(&format!("[{json},{json}]")), format!("[{expected},{expected}]"));
    }
    // Undeclared members are kept only with the others of their object.
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
    let error = |json: &[u8]| from_json::<Vec<AnyNode>>(json).unwrap_err().to_string();
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
