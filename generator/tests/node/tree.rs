//! What can be asked of a tree.

use super::{all, source};
use schemacrate::internals::node::{Pointer, Tree, json};

fn tree(text: &str) -> Tree {
    let (sources, source) = source(text);
    json::read(&sources, source).unwrap().tree
}

const PATHS: &str = r#"{"paths":{"/users/{id}":{"get":[{"a~b":null}]}},"":{"0":1}}"#;

#[test]
fn a_pointer_refers_to_a_node() {
    let tree = tree(PATHS);
    for (pointer, expected) in [
        ("", PATHS),
        ("/paths/~1users~1{id}/get/0", r#"{"a~b":null}"#),
        ("/paths/~1users~1{id}/get/0/a~0b", "null"),
        ("//0", "1"),
    ] {
        let pointer: Pointer = pointer.parse().unwrap();
        assert_eq!(tree.at(&pointer).unwrap().json(), expected);
        assert_eq!(tree.pointer_to(tree.at(&pointer).unwrap().id()), Some(pointer));
    }
}

#[test]
fn a_pointer_to_nothing_is_explained() {
    let tree = tree(PATHS);
    for (pointer, step, reason) in [
        ("/path", 0, "the document has no member `path`"),
        ("/paths/x", 1, "`/paths` has no member `x`"),
        (
            "/paths/~1users~1{id}/get/1",
            3,
            "`/paths/~1users~1{id}/get` has only 1 items, and no item `1`",
        ),
        (
            "/paths/~1users~1{id}/get/00",
            3,
            "`/paths/~1users~1{id}/get` is an array, and `00` is not a position in it",
        ),
        ("//0/a", 2, "`//0` is a number, and has no member `a`"),
    ] {
        let pointer: Pointer = pointer.parse().unwrap();
        let missing = tree.at(&pointer).unwrap_err();
        assert_eq!((missing.step, missing.reason(&pointer).as_str()), (step, reason));
    }
}

#[test]
fn every_node_has_a_pointer() {
    let tree = tree(PATHS);
    let mut nodes = Vec::new();
    all(tree.root(), &mut nodes);
    assert_eq!(nodes.len() as u64, tree.expanded_size());
    for node in nodes {
        let pointer = tree.pointer_to(node.id()).unwrap();
        assert_eq!(tree.at(&pointer).unwrap().id(), node.id());
    }
}

#[test]
fn equal_values_may_be_written_differently() {
    let one = tree(r#"{"a":[1,1.50,"\u0041"],"b":{"x":null,"y":true},"c":0}"#);
    let same = tree(r#"{"c":-0.0,"b":{"y":true,"x":null},"a":[1.0,15e-1,"A"]}"#);
    assert!(one.root().equals(same.root()) && same.root().equals(one.root()));
    for other in [
        r#"{"a":[1,1.50,"A"],"b":{"x":null,"y":true},"c":1}"#,
        r#"{"a":[1.50,1,"A"],"b":{"x":null,"y":true},"c":0}"#,
        r#"{"a":[1,1.50,"A"],"b":{"x":null,"y":true}}"#,
        r#"{"a":[1,1.50,"A"],"b":{"x":null,"z":true},"c":0}"#,
        r#"{"a":[1,1.50],"b":{"x":null,"y":true},"c":0}"#,
        r#"{"a":[1,1.50,"A"],"b":[null,true],"c":0}"#,
        r#"{"a":[1,"1.50","A"],"b":{"x":null,"y":true},"c":0}"#,
    ] {
        assert!(!one.root().equals(tree(other).root()), "{other}");
    }
}

#[test]
fn members_of_wide_objects_are_found() {
    let members: Vec<_> = (0..500).map(|at| format!("\"{}\":{at}", at * 7919 % 500)).collect();
    let tree = tree(&format!("[{{{0}}},{{\"0\":0}},{{{0}}}]", members.join(",")));
    for object in [0, 2].map(|at| tree.root().item(at).unwrap()) {
        for at in 0..500 {
            let found = object.get(&(at * 7919 % 500).to_string()).unwrap();
            assert_eq!(found.number(), Some(at.to_string().as_str()));
        }
        assert!(object.get("500").is_none());
        assert!(object.get("").is_none());
    }
}
