//! The reader accepts what `serde_json` accepts, with the same results; and other forms with only one possible
//! meaning, which it reports as inexact.

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

/// Compares everything that a reader can be asked for with the results of `serde_json`.
fn compare(text: &str) -> Result<(), TestCaseError> {
    let expected = serde_json::from_str::<&RawValue>(text).map(RawValue::get);
    prop_assert_eq!(raw(text), expected.ok().map(str::to_owned), "raw {:?}", text);
    let repaired = repaired(text);
    let expected = serde_json::from_str::<Option<String>>(&repaired).ok();
    let expected = expected.map(|value| (value, repaired != text));
    let found = inexact(text, |reader| Ok(reader.string("")?.map(|text| text.into_owned())));
    prop_assert_eq!(found, expected, "string {:?}", text);
    let expected = match text.trim_matches(BLANKS) {
        "\"true\"" => Some((Some(true), true)),
        "\"false\"" => Some((Some(false), true)),
        _ => serde_json::from_str::<Option<bool>>(text).ok().map(|value| (value, false)),
    };
    prop_assert_eq!(inexact(text, |reader| reader.boolean()), expected, "boolean {:?}", text);
    let found = inexact(text, |reader| reader.int32());
    compare_integer(text, found.map(|(value, odd)| (value.map(i64::from), odd)), |text| {
        serde_json::from_str::<Option<i32>>(text).ok().map(|value| value.map(i64::from))
    })?;
    let plain = text.trim_matches(BLANKS).trim_matches('"');
    compare_integer(text, inexact(text, |reader| reader.int64()), |text| {
        // A string with an integer is an integer.
        let is_string =
            text.trim_matches(BLANKS) == format!("\"{plain}\"") && plain.parse::<i64>().is_ok();
        serde_json::from_str(text).ok().or_else(|| is_string.then(|| plain.parse().ok()))
    })?;
    if !text.contains('"') {
        compare_double(text)?;
    }
    Ok(())
}

const BLANKS: [char; 4] = [' ', '\n', '\r', '\t'];

/// What a reader makes of a whole text, and whether that is written in another form.
fn inexact<T>(
    text: &str,
    wanted: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
) -> Option<(T, bool)> {
    read(text, |reader| Ok((wanted(reader)?, reader.take_inexact()))).ok()
}

/// A text with U+FFFD for each half of a surrogate pair.
fn repaired(text: &str) -> String {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let valid = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        valid.then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let (mut repaired, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(0xD800..0xE000), _) => {
                repaired.push_str("\\ufffd");
                at += 6;
                continue;
            }
            _ if next == '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => next.len_utf8(),
        };
        repaired.push_str(&text[at..at + length]);
        at += length;
    }
    repaired
}

/// Unlike for `serde_json`, an integer may have a point, an exponent or quotes.
fn compare_integer(
    text: &str,
    found: Option<(Option<i64>, bool)>,
    expected: impl Fn(&str) -> Option<Option<i64>>,
) -> Result<(), TestCaseError> {
    match (found, expected(text)) {
        (Some((Some(value), true)), None) => {
            let number = text.trim_matches(BLANKS).trim_matches('"').parse::<f64>();
            prop_assert!(number.is_ok_and(|number| number == value as f64), "integer {:?}", text);
        }
        (found, expected) => {
            prop_assert_eq!(found, expected.map(|value| (value, false)), "integer {:?}", text);
        }
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
            let is_inexact = inexact(text, |reader| reader.double()).is_some_and(|(_, odd)| odd);
            let written = serde_json::to_string(&found).unwrap();
            let is_short = text.bytes().filter(u8::is_ascii_digit).count() <= 15;
            if is_short && (found.is_normal() || found == 0.0) {
                prop_assert!(!is_inexact || found == 0.0, "double {:?}", text);
            }
            if written == text.trim_matches(BLANKS) {
                prop_assert!(!is_inexact, "double {:?}", text);
            }
            prop_assert!((found - expected).abs() <= found.abs() * 1e-14, "double {:?}", text);
            prop_assert_eq!(found.is_sign_negative(), expected.is_sign_negative());
            prop_assert_eq!(text.trim_matches(BLANKS).parse().ok(), Some(found));
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
fn what_a_value_cannot_hold_is_noticed() {
    let double = |text: &str| inexact(text, |reader| reader.double());
    for text in ["4.666666666666667", "0.1", "-0.0", "1E400e", "9007199254740991", "1e300", "1.50"]
    {
        assert!(double(text).is_none_or(|(_, odd)| !odd), "{text}");
    }
    for text in
        ["4.66666666666666666", "9007199254740993", "-9007199254740993", "1e-400", "1.23456e-320"]
    {
        assert!(double(text).is_some_and(|(_, odd)| odd), "{text}");
    }
    for text in ["1e400", "-1e400", "\"1e400\"", "\"x\"", "[]"] {
        assert!(double(text).is_none(), "{text}");
    }
    for (text, value) in [("\"-INF\"", f64::NEG_INFINITY), ("\"1.5\"", 1.5)] {
        assert_eq!(double(text), Some((Some(value), text.contains('5'))));
    }
    let small = |text: &str| inexact(text, |reader| reader.int32());
    for text in ["5.0", "5e0", "50e-1", "\"5\"", "\"5.00\""] {
        assert_eq!(small(text), Some((Some(5), true)), "{text}");
    }
    for text in ["5.5", "2147483648", "2147483648.0", "\"2147483648\"", "\"\"", "\"five\"", "true"]
    {
        assert_eq!(small(text), None, "{text}");
    }
    let large = |text: &str| inexact(text, |reader| reader.int64());
    assert_eq!(large("9007199254740993.0"), Some((Some(9_007_199_254_740_993), true)));
    assert_eq!(large("\"9007199254740993\""), Some((Some(9_007_199_254_740_993), false)));
    assert_eq!(large("9223372036854775808"), None);
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
