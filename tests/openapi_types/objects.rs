//! Members: whether they are there, null, declared twice or not at all.

use super::{kept, read, written};
use golden_cases::types::{self as cases, AllKind, ConstraintContact, PresentNote};
use schemacrate_runtime::model::{Additional, Maybe, Untyped, Value as Model, from_json, to_json};
use serde_json::{Value, json};

/// What is wrong with a value.
#[track_caller]
fn refused<T: Model + std::fmt::Debug>(value: Value) -> String {
    read::<T>(&value).unwrap_err().to_string()
}

/// A member that is kept as JSON.
fn json_of<'a>(additional: &'a Additional, name: &str) -> Option<&'a str> {
    additional.get(name).map(Untyped::text)
}

#[test]
fn nullable_of_version_3_0_in_a_document_of_3_1_is_honoured() {
    let old: cases::NullableOld = kept(json!({"text": null, "number": null, "plain": "a"}));
    assert_eq!((old.text, old.number), (None, Maybe::Null));
    let old: cases::NullableOld = kept(json!({"text": "a"}));
    assert_eq!(old.number, Maybe::Absent);
    // `nullable: false` is not null.
    let old: cases::NullableOld = kept(json!({"text": "a", "plain": null}));
    assert!(old.plain.is_none() && json_of(&old.additional, "plain").is_some());
}

#[test]
fn what_is_required_and_nullable_is_always_written() {
    let note = PresentNote::new(None, None, None);
    assert_eq!(written(&note), json!({"text": null, "tags": null, "author": null}));
    let note = PresentNote::new("a".to_owned(), vec![], cases::PresentAuthor::new(None));
    assert_eq!(written(&note), json!({"text": "a", "tags": [], "author": {"name": null}}));
    kept::<PresentNote>(json!({"text": null, "tags": ["a"], "author": {"name": "b"}}));
    let error = refused::<PresentNote>(json!({"text": null, "tags": null}));
    assert!(error.contains("author"), "{error}");
    let author = json!({"text": null, "tags": null, "author": {}});
    let error = refused::<cases::PresentNotes>(json!({"notes": [author]}));
    assert!(error.contains("notes[0].author.name"), "{error}");
}

#[test]
fn what_a_branch_requires_is_required_in_it_alone() {
    let sized: cases::RequiredBranch = kept(json!({"id": "a", "size": 3}));
    assert!(matches!(sized, cases::RequiredBranch::Sized(one) if one.size == 3));
    let named: cases::RequiredBranch = kept(json!({"name": "b"}));
    assert!(matches!(named, cases::RequiredBranch::Named(one) if one.id.is_none()));
    assert!(matches!(kept(json!({"id": "a"})), cases::RequiredBranch::Other(_)));
}

#[test]
fn schemas_that_only_require_make_members_required() {
    for value in [json!({"mail": "a"}), json!({"phone": "b", "name": "c"}), json!({})] {
        kept::<ConstraintContact>(value);
    }
    let error = refused::<cases::ConstraintNamed>(json!({"mail": "a"}));
    assert!(error.contains("name"), "{error}");
    assert_eq!(
        written(&cases::ConstraintNamed::new("n").mail("a")),
        json!({"name": "n", "mail": "a"})
    );
    let holder: cases::ConstraintHolder = kept(json!({"contact": {"mail": "a"}}));
    assert_eq!(holder.contact.map(|one| one.mail).as_deref(), Some("a"));
    // The contact is optional, so one without `mail` is kept.
    let holder: cases::ConstraintHolder = kept(json!({"contact": {"phone": "a"}}));
    assert!(holder.contact.is_none());
    kept::<cases::RequiredAlternatives>(json!({"b": "x"}));
    for value in [json!({"a": 1}), json!("text"), json!(null)] {
        kept::<cases::RequiredAlone>(value);
    }
}

#[test]
#[expect(deprecated)]
fn all_of_one_schema_is_that_schema() {
    let base = || json!({"id": "a", "size": 1});
    let value = json!({
        "required": base(), "defaulted": "medium", "nullable": null, "twice": base(), "list": ["small"]
    });
    let wrapped: cases::AllWrapped = kept(value);
    let base: &cases::AllBase = &wrapped.required;
    assert_eq!(Some(base), wrapped.twice.as_ref());
    assert_eq!(wrapped.nullable, Maybe::Null);
    assert_eq!(wrapped.defaulted, Some(AllKind::Unrecognized("medium".to_owned())));
    assert_eq!(wrapped.list.as_deref(), Some(&[AllKind::Small][..]));
    let made = cases::AllWrapped::new(cases::AllBase::new("a")).nullable(cases::AllBase::new("b"));
    assert_eq!(written(&made), json!({"required": {"id": "a"}, "nullable": {"id": "b"}}));
    kept::<cases::AllHolder>(json!({"base": {"id": "a"}}));
}

#[test]
fn a_member_of_several_parts_is_what_all_of_them_allow() {
    let value =
        json!({"text": "a", "state": "b", "number": 2, "size": 3, "list": [1], "clash": [1]});
    let both: cases::TwiceBoth = kept(value);
    assert_eq!(both.state, Some(cases::TwiceBothState::B));
    assert_eq!((both.number, both.size, both.list), (Some(2_i64), Some(3_i32), Some(vec![1_i64])));
    assert_eq!(both.clash.unwrap().text(), "[1]");
    // What one of the parts excludes is kept.
    let both: cases::TwiceBoth = kept(json!({"text": "a", "state": "d", "number": 0.5}));
    assert_eq!(both.state, Some(cases::TwiceBothState::Unrecognized("d".to_owned())));
    assert!(both.number.is_none() && json_of(&both.additional, "number").is_some());
    assert!(refused::<cases::TwiceBoth>(json!({"state": "b"})).contains("text"));
    let first: cases::TwiceBase = kept(json!({"number": 0.5, "size": 5_000_000_000_i64}));
    assert_eq!(first.number, Some(0.5));
    let id = "0ff5ab40-0d12-4c8a-9f9c-3f1e2ab01c11";
    let twice: cases::AllTwice = kept(json!({"id": id, "size": 1, "more": true}));
    assert_eq!(twice.id.get().unwrap().to_string(), id);
    kept::<cases::AllContradiction>(json!([null]));
}

#[test]
fn undeclared_members_of_one_part_are_those_of_the_whole() {
    let entries: cases::AllEntries = kept(json!({"a": "x", "n": 1}));
    assert_eq!(entries.others.get("n"), Some(&1));
    let named: cases::EntryNamed = kept(json!({"name": 1, "a": 2, "b": 3, "c": "text"}));
    assert_eq!((named.name.text(), named.others.len()), ("1", 2));
    assert!(json_of(&named.additional, "c").is_some());
    let both: cases::EntryBoth = kept(json!({"a": 1}));
    assert_eq!(both["a"], 1_i64);
    let closed: cases::EntryClosed = kept(json!({"a": "x", "b": "y", "c": 1}));
    assert_eq!((closed.a.as_deref(), closed.b.as_deref()), (Some("x"), Some("y")));
}

#[test]
fn members_beside_a_choice_are_in_each_branch() {
    let cases::BesideChoice::WithA(with_a) = kept(json!({"id": "i", "a": "x", "b": 1})) else {
        panic!("it has `a`");
    };
    assert_eq!((with_a.id.as_str(), with_a.a.as_str()), ("i", "x"));
    // What a branch declares is not kept a second time, and what another one declares is.
    assert!(
        json_of(&with_a.additional, "a").is_none() && json_of(&with_a.additional, "b").is_some()
    );
    assert!(matches!(kept(json!({"a": "x"})), cases::BesideChoice::Other(_)));
}

#[test]
fn what_a_schema_forbids_is_kept_at_every_depth() {
    let value = json!({"closed": {"a": "x", "new": {"b": [1]}}, "more": null});
    let inner: cases::UndeclaredInner = kept(value);
    assert_eq!(json_of(&inner.additional, "more"), Some("null"));
    assert_eq!(json_of(&inner.closed.additional, "new"), Some(r#"{"b":[1]}"#));
    assert_eq!(inner.closed.a.as_deref(), Some("x"));
}

#[test]
fn undeclared_members_of_any_kind_are_kept_as_json() {
    let value = json!({"a": "x", "b": [1], "c": null});
    let open: cases::OtherTrue = kept(value.clone());
    let empty: cases::OtherEmpty = kept(value.clone());
    let absent: cases::OtherAbsent = kept(value.clone());
    for (a, additional) in [
        (&open.a, &open.additional),
        (&empty.a, &empty.additional),
        (&absent.a, &absent.additional),
    ] {
        assert_eq!(a.as_deref(), Some("x"));
        // What is declared is not among them.
        assert_eq!((additional.len(), json_of(additional, "a")), (2, None));
        assert_eq!(json_of(additional, "c"), Some("null"));
    }
    let any: cases::OtherAny = kept(value);
    assert_eq!(any.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    let text = br#"{"z":1,"a":"x","b":"y","odd":"2","y":3}"#;
    let typed: cases::OtherTyped = from_json(text).unwrap();
    assert_eq!(written(&typed), serde_json::from_slice::<Value>(text).unwrap());
    assert_eq!(typed.others.keys().collect::<Vec<_>>(), ["z", "y"]);
    assert_eq!(json_of(&typed.additional, "odd"), Some(r#""2""#));
    let lists: cases::UndeclaredMap = kept(json!({"a": [[1], []]}));
    assert_eq!(lists["a"], [vec![1], vec![]]);
}

#[test]
fn a_member_goes_to_the_first_pattern_that_its_name_matches() {
    let all: cases::UndeclaredPatterns =
        kept(json!({"id": "a", "x-Id": "b", "x-mid": 1, "midId": 2, "amid": true, "rest": 0.5}));
    assert_eq!(all.id.as_deref(), Some("a"));
    assert_eq!(all.x_members.get("x-Id").map(String::as_str), Some("b"));
    assert_eq!(all.id_members.get("midId"), Some(&2));
    assert_eq!(all.mid_members.get("amid"), Some(&true));
    // It matches a pattern, but is not of its type.
    assert_eq!(json_of(&all.additional, "x-mid"), Some("1"));
    let codes: cases::UndeclaredPatternAlone = kept(json!({"200": "ok", "other": 7, "404": 1}));
    assert_eq!((codes.entries.len(), codes.additional.len()), (1, 2));
}

#[test]
fn a_default_that_is_not_a_value_of_its_schema_changes_nothing() {
    let value =
        json!({"number": 2, "text": 3, "list": [4], "object": {"a": "b"}, "reference": "b"});
    let member: cases::DefaultMember = kept(value);
    assert_eq!(member.reference, Some(cases::DefaultKind::B));
    assert_eq!(member.text, Some(3));
    // No default is put in.
    let member: cases::DefaultMember = kept(json!({}));
    assert!(member.number.is_none() && member.reference.is_none() && member.large.is_none());
    kept::<cases::EnumDefault>(json!({"good": "a", "bad": "c"}));
}

#[test]
fn the_same_member_twice_is_the_last_one() {
    let text = br#"{"a":"1","b":[],"a":"2"}"#;
    let open: cases::OtherTrue = from_json(text).unwrap();
    assert_eq!(open.a.as_deref(), Some("2"));
    assert_eq!(to_json(&open), br#"{"a":"2","b":[]}"#);
}
