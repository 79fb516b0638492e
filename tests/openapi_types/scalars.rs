//! Enumerations, numbers and formats: nothing is lost that was written.

use super::{kept, read, written};
use golden_cases::types::{self as cases, TitleNullable, TitleText, ValueInteger};
use schemacrate_runtime::model::{Formatted, Maybe, from_json, to_json};
use serde_json::json;

#[test]
fn values_of_numeric_enumerations_are_equal_as_numbers() {
    for (text, expected) in [
        ("1", ValueInteger::Value1),
        ("2", ValueInteger::Value2),
        ("2.0", ValueInteger::Value2),
        ("20e-1", ValueInteger::Value2),
    ] {
        assert_eq!(from_json::<ValueInteger>(text.as_bytes()).unwrap(), expected);
    }
    let flag: cases::ValueBoolean = kept(json!(false));
    assert!(!flag);
    let text = "123456789012345678901234567890";
    let large: cases::ValueLarge = from_json(text.as_bytes()).unwrap();
    assert_eq!(large, cases::ValueLarge::Value123456789012345678901234567890);
    assert_eq!(to_json(&large), text.as_bytes());
    let near: cases::ValueLarge = from_json(b"9007199254740992").unwrap();
    assert!(matches!(near, cases::ValueLarge::Unrecognized(_)));
    let text = br#"{"level":1.50,"levels":[2,1,9]}"#;
    let holder: cases::ValueHolder = from_json(text).unwrap();
    assert_eq!(holder.level, cases::ValueHolderLevel::Value1_5);
    assert_eq!(to_json(&holder), text);
    kept::<cases::EnumObjects>(json!({"a": 1}));
    assert_eq!(kept::<cases::EnumMixed>(json!("auto")), cases::EnumMixed::Auto);
    assert_eq!(written(&cases::EnumMixed::Value1), json!(1));
}

#[test]
fn constants_with_titles_have_their_names() {
    assert_eq!(kept::<cases::EnumTitled>(json!(1)), cases::EnumTitled::Small);
    assert_eq!(kept::<TitleText>(json!("s")), TitleText::Small);
    assert_eq!(kept::<TitleText>(json!("xl")), TitleText::Unrecognized("xl".to_owned()));
    for (count, expected) in
        [(json!(null), Maybe::Null), (json!(2), Maybe::Value(TitleNullable::Two))]
    {
        let holder: cases::TitleHolder = kept(json!({"size": "s", "count": count}));
        assert_eq!(holder.count, expected);
    }
    let made = cases::TitleHolder::new(TitleText::Small).count(TitleNullable::One);
    assert_eq!(written(&made), json!({"size": "s", "count": 1}));
}

#[test]
fn names_of_values_that_are_alike_are_apart() {
    use cases::EnumOdd::{Asc, Asc_, CreatedAt, Empty, Minus1, MinusCreatedAt, Plus1, Value1};
    for (text, expected) in [
        ("", Empty),
        ("asc", Asc),
        ("ASC", Asc_),
        ("+1", Plus1),
        ("-1", Minus1),
        ("1", Value1),
        ("created_at", CreatedAt),
        ("-created_at", MinusCreatedAt),
    ] {
        assert_eq!(kept::<cases::EnumOdd>(json!(text)), expected);
    }
}

#[test]
fn integers_have_room_for_what_their_schema_allows() {
    let text = br#"{"wide":4294967295,"bounded":0,"huge":1000000000000000000000,"short":-2147483648,"below":-1,"least":-128}"#;
    let integers: cases::NumberIntegers = from_json(text).unwrap();
    assert_eq!(to_json(&integers), text);
    assert_eq!((integers.wide, integers.bounded), (Some(4_294_967_295_i64), Some(0)));
    assert_eq!((integers.below, integers.short), (Some(-1_i64), Some(i32::MIN)));
    assert_eq!(integers.huge.unwrap().to_string(), "1000000000000000000000");
}

#[test]
fn numbers_keep_their_digits() {
    let digits = "[0.03,1e400,12345678901234567890,1.0,1E5,-0,0.10]";
    let text = format!(r#"{{"numbers":{digits},"map":{{"a":1.0,"b":99999999999999999999}}}}"#);
    let list: cases::DigitList = from_json(text.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(to_json(&list)).unwrap(), text);
    assert_eq!((list.numbers[0], list.numbers.len()), (0.03, 7));
    let text = br#"{"price":12345678901234567.10,"count":1e2,"share":0.03}"#;
    let exact: cases::DigitExact = from_json(text).unwrap();
    assert_eq!(to_json(&exact), text);
    assert_eq!(
        (exact.price.to_string().as_str(), exact.count),
        ("12345678901234567.10", Some(100))
    );
    // A changed value is written in its own form.
    let mut exact = exact;
    exact.count = Some(5);
    assert_eq!(to_json(&exact), br#"{"price":12345678901234567.10,"count":5,"share":0.03}"#);
}

#[test]
fn texts_of_formats_are_read_when_they_are_asked_for() {
    let value = json!({
        "created": 1700000000, "snowflake": "9", "changed": "Fri, 21 Nov 1997 09:55:06 -0600",
        "ratio": 0.5, "flag": true
    });
    let unknown: cases::FormatUnknown = kept(value);
    assert_eq!(
        (unknown.created, unknown.ratio, unknown.flag),
        (Some(1_700_000_000), Some(0.5), Some(true))
    );
    let moment: cases::FormatMoment =
        kept(json!({"at": "21.11.1997", "days": ["2024-02-29", "no"]}));
    let error = moment.at.get().unwrap_err().to_string();
    assert!(error.contains("21.11.1997"), "{error}");
    let days = moment.days.unwrap();
    assert!(days[0].get().is_ok() && days[1].get().is_err());
    assert_eq!(days[1].as_str(), "no");
    assert!(read::<cases::FormatMoment>(&json!({"at": 7})).is_err());
    let made = cases::FormatMoment::new(Formatted::from_text("yesterday"));
    assert_eq!(written(&made), json!({"at": "yesterday"}));
}
