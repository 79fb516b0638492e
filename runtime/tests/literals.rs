//! The literals of the OData ABNF test cases, as values of the Edm types.
//!
//! The cases are not part of the repository; they are found through `SCHEMACRATE_SHARED` or in
//! `../shared`. Those about URL syntax only, such as percent-encoding, do not apply to these types.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate_runtime::Literal;
use schemacrate_runtime::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use schemacrate_runtime::model::{Value, from_json, to_json};
use serde_json::Value as Json;
use std::fmt::Display;
use std::str::FromStr;
use test_support::shared;

fn cases() -> Option<Vec<Json>> {
    let text = std::fs::read_to_string(shared("csdl/literals.jsonl")?).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Whether a text is read, and then written as the same value.
fn text<T: FromStr + Display + PartialEq>(input: &str) -> bool {
    let Ok(value) = input.parse::<T>() else { return false };
    let written = value.to_string();
    assert!(written.parse::<T>().is_ok_and(|again| again == value), "{input} became {written}");
    true
}

/// Whether a JSON value is read and written as the same value, whatever form JSON returns it.
fn number<T: Value + PartialEq>(input: &str) -> bool {
    let json = if matches!(input, "INF" | "-INF" | "NaN") {
        format!("\"{input}\"")
    } else {
        // JSON has no plus sign; a reader of strings takes it.
        input.trim_start_matches('+').to_owned()
    };
    let Ok(value) = from_json::<T>(json.as_bytes()) else { return false };
    let again = from_json::<T>(&to_json(&value)).unwrap();
    again == value || input == "NaN"
}

/// The verdict of the type for a rule on an input; `None` if the rule is only about URLs.
fn accepts(rule: &str, input: &str) -> Option<bool> {
    Some(match rule {
        "dateTimeOffsetValue" => text::<DateTimeOffset>(input),
        "date" | "dateValue" => text::<Date>(input),
        "durationValue" => text::<Duration>(input),
        "timeOfDayValue" => text::<TimeOfDay>(input),
        "guid" => text::<Guid>(input),
        "decimalValue" => text::<Decimal>(input),
        "doubleValue" => number::<f64>(input),
        "singleValue" => number::<f32>(input),
        "byteValue" => number::<u8>(input),
        "sbyteValue" => number::<i8>(input),
        "int16Value" => number::<i16>(input),
        "int32Value" => number::<i32>(input),
        "int64Value" => number::<i64>(input),
        "booleanValue" => number::<bool>(input),
        "binaryLiteral" => {
            let inner = input.strip_prefix("binary'").and_then(|rest| rest.strip_suffix('\''));
            inner.is_some_and(text::<Binary>)
        }
        _ => return None,
    })
}

#[test]
fn literals_are_accepted_and_refused_as_the_specification_requires() {
    let Some(cases) = cases() else { return };
    let mut done = 0;
    let mut wrong = Vec::new();
    for case in &cases {
        let (rule, input) = (case["rule"].as_str().unwrap(), case["input"].as_str().unwrap());
        let Some(accepted) = accepts(rule, input) else { continue };
        done += 1;
        if Some(accepted) != case["valid"].as_bool() {
            wrong.push(format!("{rule} {input}: {accepted}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {done}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(done >= 60, "only {done} cases");
}

#[test]
fn what_the_grammar_allows_beyond_the_cases_is_read() {
    for (read, written) in [("007.50", "7.50"), ("-00", "-0"), ("0.5", "0.5"), ("+01e5", "1e5")] {
        assert_eq!(read.parse::<Decimal>().unwrap().to_string(), written);
    }
    for wrong in ["", "-", "0x1", "00.", "--1", "1e", " 1"] {
        assert!(wrong.parse::<Decimal>().is_err(), "{wrong}");
    }
    let precise: Duration = "PT0.1234567890123456S".parse().unwrap();
    assert_eq!(precise.to_string(), "PT0.1234567890123456S");
    assert!("PT0.123456789012345xS".parse::<Duration>().is_err());
}

#[test]
fn what_is_written_is_a_literal() {
    for (literal, written) in [
        (Literal::from("O'Neil"), "'O''Neil'"),
        (Literal::from(f64::INFINITY), "INF"),
        (Literal::from(f32::NAN), "NaN"),
        (Literal::from(i64::MIN), "-9223372036854775808"),
        (
            Literal::from("-P6DT23H59M59.9999S".parse::<Duration>().unwrap()),
            "duration'-P6DT23H59M59.9999S'",
        ),
        (Literal::from("Zm8".parse::<Binary>().unwrap()), "binary'Zm8'"),
        (Literal::from("-10000-04-01".parse::<Date>().unwrap()), "-10000-04-01"),
        (Literal::from("11:22".parse::<TimeOfDay>().unwrap()), "11:22"),
        (Literal::from(None::<bool>), "null"),
    ] {
        assert_eq!(literal.as_str(), written);
    }
}

#[test]
fn a_moment_keeps_the_case_of_its_letters() {
    for text in ["2017-01-01t00:00:17z", "2017-01-01T00:00:17z", "2017-01-01t00:00:17-08:00"] {
        let moment: DateTimeOffset = text.parse().unwrap();
        assert_eq!(moment.to_string(), text);
        assert_eq!(moment, text.to_uppercase().parse().unwrap());
    }
    // It would lose its sign.
    assert!("-0000-01-01".parse::<Date>().is_err());
}
