//! The reader accepts what `serde_json` accepts, and gives what it gives.

#![allow(clippy::unwrap_used)] // A test may panic.

use super::{Fault, Reader};
use proptest::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;

/// What a reader makes of a whole text.
fn read<T>(text: &str, read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let mut reader = Reader::new(text);
    let value = read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

fn raw(text: &str) -> Option<String> {
    read(text, |reader| reader.raw().map(str::to_owned)).ok()
}

/// Holds everything that a reader can be asked for to what `serde_json` makes of a text.
fn compare(text: &str) -> Result<(), TestCaseError> {
    let expected = serde_json::from_str::<&RawValue>(text).map(RawValue::get);
    prop_assert_eq!(raw(text), expected.ok().map(str::to_owned), "raw {:?}", text);
    let expected = serde_json::from_str::<Option<String>>(text).ok();
    let found = read(text, |reader| Ok(reader.string("")?.map(|text| text.into_owned()))).ok();
    prop_assert_eq!(found, expected, "string {:?}", text);
    let expected = serde_json::from_str::<Option<bool>>(text).ok();
    prop_assert_eq!(read(text, |reader| reader.boolean()).ok(), expected, "boolean {:?}", text);
    let expected = serde_json::from_str::<Option<i32>>(text).ok();
    prop_assert_eq!(read(text, |reader| reader.int32()).ok(), expected, "int32 {:?}", text);
    if !text.contains('"') {
        let expected = serde_json::from_str::<Option<i64>>(text).ok();
        prop_assert_eq!(read(text, |reader| reader.int64()).ok(), expected, "int64 {:?}", text);
        compare_double(text)?;
    }
    Ok(())
}

/// `serde_json` rounds twice, so that it is off by some units in the last place, and then takes what is
/// about the largest double for larger or smaller than it is.
fn compare_double(text: &str) -> Result<(), TestCaseError> {
    const NEARLY: f64 = 1.0 - 1e-14;
    let found = read(text, |reader| reader.double()).ok();
    match (found, serde_json::from_str::<Option<f64>>(text).ok()) {
        (Some(Some(found)), Some(Some(expected))) => {
            prop_assert!((found - expected).abs() <= found.abs() * 1e-14, "double {:?}", text);
            prop_assert_eq!(found.is_sign_negative(), expected.is_sign_negative());
            prop_assert_eq!(text.trim_matches([' ', '\n', '\r', '\t']).parse().ok(), Some(found));
        }
        (Some(Some(large)), None) | (None, Some(Some(large))) => {
            prop_assert!(large.abs() >= f64::MAX * NEARLY, "double {:?}", text);
        }
        (found, expected) => prop_assert_eq!(found, expected, "double {:?}", text),
    }
    Ok(())
}

/// Any JSON value.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}|[\\x00-\\x7f]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-c\"\\\\é]{0,12}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Text that is nearly a number.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?([0-9]{0,4}|[0-9]{12}))?",
        "-?[019]{1,3}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,4})?",
        "[-+.eE0-9]{0,8}",
        "-?(922337203685477580[5-9]|1844674407370955161[4-7]|214748364[6-9])",
        "-?(0|1|0\\.0)[eE]-?[0-9]{1,11}",
        "-?1\\.7976931348623[0-9]{1,6}e30[78]",
    ]
}

/// Text that is nearly a string.
fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zæ€😀]{0,9}",
        1 => "\\\\[\"\\\\/bfnrtu x]",
        1 => "\\\\u[0-9a-fA-F]{4}",
        1 => "\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
        1 => "\\\\u[dD]8[0-9a-f]{2}\\\\u[dD][cC][0-9a-f]{2}",
        1 => "[\\x00-\\x22\\x5b-\\x5d\\x7f]",
        1 => "\\\\u[0-9a-g]{0,5}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// A byte that means something in JSON, or any other.
fn byte() -> impl Strategy<Value = u8> {
    let special = prop::sample::select(b"{}[]:,\"\\ \n-+.0123456789eEtrufalsn\0\x1f\xc3".to_vec());
    prop_oneof![4 => special, 1 => any::<u8>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn values_are_what_they_are(value in json(), is_pretty: bool) {
        let text = if is_pretty { format!("{value:#}\r\n\t ") } else { value.to_string() };
        compare(&text)?;
    }

    #[test]
    fn what_is_changed_or_cut_off_is_judged_alike(
        value in json(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), byte(), 0..3), 0..3),
        end in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        let mut bytes = value.to_string().into_bytes();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len() + 1);
            match how {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => drop(bytes.remove(at)),
                _ => {}
            }
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len() + 1));
        }
        compare(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn numbers_are_judged_alike(number in number(), before in "[ \n]?", after in "[ \n,]?") {
        compare(&format!("{before}{number}{after}"))?;
        compare(&format!("[{number}]"))?;
    }

    #[test]
    fn strings_are_judged_alike(string in string(), cut in any::<prop::sample::Index>()) {
        compare(&string)?;
        compare(&format!("{{{string}:{string}}}"))?;
        let cut = cut.index(string.len());
        if let Some(start) = string.get(..cut) {
            compare(start)?;
        }
    }
}

#[test]
fn each_byte_is_judged_alike_at_each_place_of_a_string() {
    for length in 0..20 {
        for at in 0..length {
            for special in
                ["\"", "\\", "\\n", "\u{0}", "\u{1f}", " ", "!", "#", "[", "]", "\u{7f}", "é", "😀"]
            {
                let text = format!("\"{}{special}{}\"", "a".repeat(at), "b".repeat(length - at));
                compare(&text).unwrap();
                compare(&format!("{{{text}:1}}")).unwrap();
            }
        }
    }
}

#[test]
fn what_is_passed_over_may_be_as_deep_as_it_wants() {
    for levels in [1, 63, 64, 65, 127, 128, 129, 1000, 100_000] {
        let (open, close) = ("[{\"a\":".repeat(levels), "}]".repeat(levels));
        let text = format!("{open}1{close}");
        assert_eq!(raw(&text).as_deref(), Some(&*text));
        assert!(raw(&format!("{open}1{}", close.replacen('}', "]", 1))).is_none());
        assert!(raw(&format!("{open}1{}", &close[1..])).is_none());
        assert!(raw(&format!("{open}1{close}]")).is_none());
    }
}
