//! Arrays whose items have types of their own, values of other kinds, and members by patterns.

use super::types::{All, Gaps, Line, Open, Patterns, Point};
use super::{error, same, written};
use schemacrate_runtime::model::{Maybe, from_json, unread};

#[test]
fn items_have_places_of_their_own() {
    let point: Point = same(r#"[1.5,"a",3]"#);
    assert_eq!((point.item_0, point.item_1.as_deref()), (Some(1.5), Some("a")));
    assert_eq!(point.item_2, Maybe::Value(3));
    for json in
        ["[]", "[1.5]", r#"[1.5,"a"]"#, r#"[1.5,"a",null]"#, r#"[0.12345678901234567890,"a",3.0]"#]
    {
        same::<Point>(json);
    }
    let received = same::<Point>(r#"[1.5,"a",3.0]"#);
    assert_eq!(received.additional.received("[2]").unwrap().text(), "3.0");
    let mut point: Point = from_json(b"[]").unwrap();
    point.item_1 = Some("b".to_owned());
    assert_eq!(written(&point), r#"[null,"b"]"#);
    assert!(error::<Point>("{}").starts_with("invalid type: map, expected an array"));
    assert!(error::<Point>("null").starts_with("null is not a value"));
}

#[test]
fn further_items_are_kept_or_have_a_type() {
    let point: Point = same(r#"[1.5,"a",3,{"x":1},null]"#);
    assert_eq!(point.additional.get("[4]").unwrap().text(), "null");
    assert_eq!(point.item_0, Some(1.5));
    let line: Line = same(r#"["a",1,2.0,99999999999]"#);
    assert_eq!(line.rest, [1, 2, i32::MAX]);
    let mut changed = line.clone();
    changed.rest[2] = 4;
    assert_eq!(written(&changed), r#"["a",1,2.0,4]"#);
    assert_ne!(changed, line);
    changed.rest.clear();
    assert_eq!(written(&changed), r#"["a"]"#);
}

#[test]
fn further_items_may_be_null() {
    let gaps: Gaps = same("[true,1,null,3]");
    assert_eq!(gaps.rest, [Some(1), None, Some(3)]);
    assert_eq!(gaps.clone(), gaps);
    assert_eq!(same::<Gaps>("[true]").rest, []);
}

#[test]
fn an_array_that_does_not_fit_is_kept_as_a_whole() {
    for json in [r#"["x"]"#, "[1.5,2]", "[null]", r#"[1.5,null,"x"]"#] {
        let point: Point = same(json);
        assert_eq!(point.additional.whole().unwrap().text(), json);
        assert_eq!(point.item_0, None);
        assert_eq!((unread(&point)[0].path(), unread(&point)[0].value().text()), ("", json));
        let mut point = point;
        point.item_0 = Some(2.5);
        assert_eq!(written(&point), "[2.5]");
    }
    let all: All = same(r#"{"point":["x"],"line":{}}"#);
    let paths: Vec<_> = unread(&all).iter().map(|one| one.path().to_owned()).collect();
    assert_eq!(paths, ["line", "point"]);
    assert!(all.line.is_none());
}

/// As with members of objects, there is no value without what must be there.
#[test]
fn an_array_without_an_item_that_must_be_there_is_an_error() {
    for (json, message) in [
        ("[]", "at `[0]`: the item is required, but absent"),
        ("[null]", "at `[0]`: null is not a value here"),
        ("[1]", "at `[0]`: invalid type: integer `1`, expected a string"),
        (r#"["a",1,"b"]"#, "at `[2]`: "),
    ] {
        assert!(error::<Line>(json).contains(message), "{}", error::<Line>(json));
    }
    // Where it need not be there, it is kept.
    let all: All = same(r#"{"line":[]}"#);
    assert!(all.line.is_none());
    assert_eq!(unread(&all)[0].reason(), "at `[0]`: the item is required, but absent");
}

#[test]
fn items_of_items_have_paths() {
    let all: All = same(r#"{"pets":[],"point":[1.5,"a",3,4]}"#);
    assert!(unread(&all).is_empty());
}

#[test]
fn values_of_other_kinds_are_kept() {
    for json in ["5", "\"x\"", "[1, 2]", "true", "1.50", "null"] {
        let open: Open = same(json);
        assert_eq!(open.additional.whole().unwrap().text(), json);
        assert!(unread(&open).is_empty());
    }
    let mut open: Open = from_json(b"5").unwrap();
    assert_eq!(format!("{open:?}"), "Open(5)");
    open.id = "a".to_owned();
    assert_eq!(written(&open), r#"{"id":"a"}"#);
    assert!(error::<Open>("{}").starts_with("at `id`: the member is required"));
    let all: All = same(r#"{"open":null}"#);
    assert_eq!(written(&all.open.unwrap()), "null");
}

#[test]
fn the_first_pattern_that_matches_counts() {
    let json =
        r#"{"id":1,"self":true,"born_at":"2020-01-31","a-x-b_at":"now","a-x-b":null,"other":2}"#;
    let patterns: Patterns = same(json);
    assert!(patterns.own["self"]);
    assert_eq!(patterns.times.len(), 2);
    assert_eq!(patterns.inner["a-x-b"], None);
    assert_eq!(patterns.additional.get("other").unwrap().text(), "2");
    let misfits: Patterns = same(r#"{"self":1,"born_at":null,"a-x-b":2}"#);
    assert_eq!(unread(&misfits).len(), 3);
    assert!(misfits.own.is_empty() && misfits.times.is_empty() && misfits.inner.is_empty());
}
