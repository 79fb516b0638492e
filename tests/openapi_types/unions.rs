//! Alternatives: which of them a value is, and what stays as it came.

use super::{kept, read, written};
use golden_cases::types::{
    self as cases, FitList, FitObject, MappingPet, OwnAnimal, StrayDefault, StrayShape,
};
use schemacrate_runtime::model::{Maybe, Value as Model, from_json};
use serde_json::json;

/// Reads a text, whose members are in this order, and expects that the same value is written.
#[track_caller]
fn same<T: Model>(text: &str) -> T {
    let value: T = from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let expected: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(written(&value), expected);
    value
}

#[test]
fn the_kind_of_json_decides() {
    assert!(
        matches!(kept(json!(["a", "b"])), cases::KindTextOrList::List(list) if list.len() == 2)
    );
    assert!(matches!(kept(json!([1])), cases::KindTextOrList::Other(_)));
    assert!(matches!(same("1"), cases::KindIntegerOrText::Integer(1)));
    assert!(matches!(same(r#""1""#), cases::KindIntegerOrText::Text(text) if text == "1"));
    assert!(matches!(same("1.5"), cases::KindIntegerOrText::Other(_)));
    assert!(matches!(kept(json!(true)), cases::KindBooleanOrObject::Boolean(true)));
    assert!(matches!(kept(json!({"a": 1})), cases::KindBooleanOrObject::Object(_)));
    assert!(matches!(kept(json!("true")), cases::KindBooleanOrObject::Other(_)));
}

#[test]
fn the_first_branch_that_fits_exactly_is_taken() {
    assert!(matches!(same("1"), cases::KindNumbers::Integer(1)));
    assert!(matches!(same("1.50"), cases::KindNumbers::Number(_)));
    assert!(matches!(same("1"), cases::FitNumber::Integer(1)));
    assert!(matches!(kept(json!({"x": 1})), FitObject::FitPoint(_)));
    assert!(matches!(kept(json!({"y": 2, "x": 1})), FitObject::FitPlace(_)));
    // No branch has `z`, so it is the first one without a misfit.
    assert!(matches!(kept(json!({"x": 1, "z": 2})), FitObject::FitPoint(_)));
    assert!(matches!(kept(json!({"y": 1})), FitObject::Other(_)));
    assert!(matches!(kept(json!([1, 2])), FitList::Numbers(_)));
    assert!(matches!(kept(json!(["a"])), FitList::Texts(_)));
    assert!(matches!(kept(json!([])), FitList::Numbers(_)));
    assert!(matches!(kept(json!([1, "a"])), FitList::Other(_)));
}

#[test]
fn an_enumeration_or_a_string_is_an_open_enumeration() {
    assert_eq!(kept::<cases::KindTextOrEnum>(json!("gpt-5")), cases::KindTextOrEnum::Gpt5);
    let word: cases::WordReference = kept(json!("red"));
    assert_eq!(word, cases::WordKnown::Red);
    for (text, expected) in [
        ("red", cases::WordTwo::Red),
        ("green", cases::WordTwo::Green),
        ("blue", cases::WordTwo::Blue),
    ] {
        assert_eq!(kept::<cases::WordTwo>(json!(text)), expected);
    }
    let holder: cases::WordHolder = kept(json!({"word": "three", "word2": "blue"}));
    assert_eq!(holder.word, cases::WordHolderWord::Unrecognized("three".to_owned()));
    assert_eq!(
        written(&cases::WordHolder::new(cases::WordHolderWord::One)),
        json!({"word": "one"})
    );
    assert!(read::<cases::WordTwo>(&json!(1)).is_err());
}

#[test]
fn strings_with_different_constraints_are_one_string() {
    let pattern: cases::KindPatterns = kept(json!("neither"));
    let formats: cases::TextFormats = kept(json!("::1"));
    let lengths: cases::TextLengths = kept(json!("abc"));
    let texts: [String; 3] = [pattern, formats, lengths];
    assert_eq!(texts, ["neither", "::1", "abc"]);
    let holder: cases::TextHolder = kept(json!({"host": "127.0.0.1"}));
    assert_eq!(holder.host, Maybe::Value("127.0.0.1".to_owned()));
    let holder: cases::TextHolder = kept(json!({"host": null}));
    assert_eq!(holder.host, Maybe::Null);
}

#[test]
fn a_value_that_two_branches_have_is_not_a_tag() {
    assert!(matches!(kept(json!({"is": "text", "short": "s"})), cases::TagSame::Short(_)));
    assert!(matches!(kept(json!({"long": "l", "is": "text"})), cases::TagSame::Long(_)));
    assert!(matches!(kept(json!({"is": "text"})), cases::TagSame::Other(_)));
    assert_eq!(written(&cases::TagSameShort::new("s")), json!({"is": "text", "short": "s"}));
}

#[test]
fn a_value_that_may_be_absent_is_a_tag_if_it_is_there() {
    let abort: cases::TagIfPresent = kept(json!({"reason": "a", "type": "abort"}));
    assert!(matches!(abort, cases::TagIfPresent::TagAbort(_)), "{abort:?}");
    assert!(matches!(kept(json!({"type": "reject"})), cases::TagIfPresent::TagReject(_)));
    assert!(matches!(kept(json!({"reason": "a"})), cases::TagIfPresent::TagReject(_)));
    assert!(matches!(kept(json!({"type": "wait"})), cases::TagIfPresent::Other(_)));
}

#[test]
fn a_mapping_decides_by_name_by_pointer_and_by_file() {
    assert!(matches!(kept(json!({"kind": "cat", "lives": 9})), MappingPet::MappingCat(_)));
    // Both keys are one schema, and the key that came is written.
    for key in ["hound", "puppy"] {
        let pet: MappingPet = kept(json!({"tricks": ["sit"], "kind": key}));
        assert!(matches!(pet, MappingPet::MappingDog(dog) if dog.kind == key));
    }
    assert!(matches!(kept(json!({"kind": "bird", "wings": 2})), MappingPet::Bird(_)));
    // The schema of this key does not exist; a name of a schema is a key only if no other leads to it.
    for key in ["fish", "MappingFish", "dodo"] {
        assert!(matches!(kept(json!({"kind": key, "fins": 2})), MappingPet::Other(_)));
    }
    let pet = MappingPet::from(cases::MappingDog::new("hound").tricks(vec![]));
    assert_eq!(written(&pet), json!({"kind": "hound", "tricks": []}));
    assert!(matches!(kept(json!({"t": "one", "one": "1"})), cases::TagMapped::TagOne(_)));
    assert!(matches!(kept(json!({"t": "2", "two": "1"})), cases::TagMapped::TagTwo(_)));
}

#[test]
fn own_values_of_the_tag_win_over_the_name_of_the_schema() {
    for kind in ["feline", "lion"] {
        assert!(matches!(kept(json!({"kind": kind})), OwnAnimal::OwnCat(_)));
    }
    assert!(matches!(kept(json!({"kind": "canine"})), OwnAnimal::OwnDog(_)));
    assert!(matches!(kept(json!({"kind": "OwnCow"})), OwnAnimal::OwnCow(_)));
    for kind in ["OwnCat", "OwnDog", "cow"] {
        assert!(matches!(kept(json!({"kind": kind})), OwnAnimal::Other(_)));
    }
    let dog = OwnAnimal::from(cases::OwnDog::new().tricks(3));
    assert_eq!(written(&dog), json!({"kind": "canine", "tricks": 3}));
}

#[test]
fn a_value_with_a_stray_tag_is_kept_as_it_came() {
    assert!(matches!(same(r#"{"radius":1.50,"is":"circle"}"#), StrayShape::StrayCircle(_)));
    for text in [
        r#"{"radius":1.50}"#,
        r#"{"is":"oval","radius":1.50}"#,
        r#"{"is":7,"radius":1.50}"#,
        r#"{"radius":1.50,"is":null}"#,
        r#"{"is":["circle"],"side":2}"#,
        r#"{"is":"circle","side":2}"#,
        "[]",
        r#""circle""#,
    ] {
        let StrayShape::Other(value) = same(text) else { panic!("{text}") };
        assert_eq!(value.text(), text);
    }
    let shapes: cases::StrayList = same(r#"[{"is":"square","side":1.5},{"is":"oval"},{"side":2}]"#);
    assert!(matches!(
        &shapes[..],
        [StrayShape::StraySquare(_), StrayShape::Other(_), StrayShape::Other(_)]
    ));
}

#[test]
fn a_default_mapping_is_for_tags_that_are_absent_or_unknown() {
    assert!(matches!(same(r#"{"is":"circle","radius":1.5}"#), StrayDefault::StrayCircle(_)));
    for text in [r#"{"side":2.5}"#, r#"{"side":2.5,"is":"oval"}"#, r#"{"is":"square","side":2.5}"#]
    {
        assert!(matches!(same(text), StrayDefault::StraySquare(_)), "{text}");
    }
    assert!(matches!(same(r#"{"is":"oval","radius":2}"#), StrayDefault::Other(_)));
}

#[test]
fn a_branch_that_allows_anything_has_what_no_other_one_has() {
    assert!(matches!(kept(json!("a")), cases::AnythingFirst::Text(_)));
    assert!(matches!(kept(json!({"a": "b"})), cases::AnythingFirst::Object(_)));
    for value in [json!({"a": 1}), json!({}), json!([1]), json!(1.5)] {
        assert!(matches!(kept(value), cases::AnythingFirst::Other(_)));
    }
    assert!(matches!(kept(json!(1)), cases::AnythingTrue::Integer(1)));
    assert!(matches!(kept(json!("1")), cases::AnythingTrue::Other(_)));
    let holder: cases::AnythingHolder = kept(json!({"one": [], "two": false}));
    assert!(matches!(holder.two, Some(cases::AnythingHolderTwo::Other(_))));
}
