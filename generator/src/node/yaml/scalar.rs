//! What a scalar is, by the core schema of YAML 1.2.

use super::is_unspecific;
use granit_parser::Tag;
use std::borrow::Cow;

/// What a scalar is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    /// A number of JSON: borrowed if it is written as JSON writes it.
    Number(Cow<'a, str>),
    Text,
    /// A number that JSON cannot write.
    NoNumber,
}

/// What a scalar is, and whether its tag is ignored.
pub(super) fn resolve<'a>(text: &'a str, is_plain: bool, tag: Option<&Tag>) -> (Scalar<'a>, bool) {
    let untagged = || if is_plain { plain(text) } else { Scalar::Text };
    let Some(tag) = tag else { return (untagged(), false) };
    if is_unspecific(tag) {
        return (Scalar::Text, false);
    }
    let Some(name) = tag.core_suffix() else {
        // The types of YAML 1.1 that JSON has not are texts: bytes, times.
        let is_of_yaml = tag.suffix_in_namespace("tag:yaml.org,2002:").is_some();
        return (if is_of_yaml { Scalar::Text } else { untagged() }, true);
    };
    match (name, plain(text)) {
        ("str", _) => (Scalar::Text, false),
        ("null", Scalar::Null) => (Scalar::Null, false),
        ("bool", value @ Scalar::Bool(_)) => (value, false),
        ("int" | "float", value @ (Scalar::Number(_) | Scalar::NoNumber)) => (value, false),
        _ => (untagged(), true),
    }
}

/// Whether a scalar without quotes is a text.
pub(super) fn is_text(text: &str) -> bool {
    plain(text) == Scalar::Text
}

/// What a scalar without quotes is.
fn plain(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Scalar::NoNumber,
        _ => {}
    }
    // Nearly every scalar is a word.
    if !text.starts_with(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.']) {
        return Scalar::Text;
    }
    if crate::node::number::is_json(text.as_bytes()) {
        return Scalar::Number(Cow::Borrowed(text));
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        let digits = text.strip_prefix(prefix).filter(|digits| !digits.is_empty());
        if let Some(digits) = digits.filter(|digits| digits.chars().all(|one| one.is_digit(radix)))
        {
            let number = u128::from_str_radix(digits, radix);
            return number
                .map_or(Scalar::NoNumber, |number| Scalar::Number(number.to_string().into()));
        }
    }
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Scalar::NoNumber;
    }
    decimal(sign, unsigned).map_or(Scalar::Text, |number| Scalar::Number(number.into()))
}

/// The number of JSON with the value of one that YAML writes with more or fewer zeros.
fn decimal(sign: &str, text: &str) -> Option<String> {
    let exponent = text.find(['e', 'E']).unwrap_or(text.len());
    let (mantissa, exponent) = text.split_at(exponent);
    let (whole, point, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, ".", fraction),
        None => (mantissa, "", ""),
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None; // A second sign.
    }
    let whole = match whole.trim_start_matches('0') {
        "" if whole.is_empty() && fraction.is_empty() => return None,
        "" => "0",
        whole => whole,
    };
    let fraction = if point.is_empty() || !fraction.is_empty() { fraction } else { "0" };
    let number = [sign, whole, point, fraction, exponent].concat();
    crate::node::number::is_json(number.as_bytes()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_those_of_the_core_schema() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(plain(text), Scalar::Null, "{text}");
        }
        for (text, value) in [("true", true), ("True", true), ("TRUE", true), ("false", false)] {
            assert_eq!(plain(text), Scalar::Bool(value), "{text}");
        }
        for text in ["0", "-0", "1.10", "1e3", "1E+3", "-12.5e-7", "12345678901234567890", "1e400"]
        {
            assert_eq!(plain(text), Scalar::Number(Cow::Borrowed(text)), "{text}");
        }
        for (text, number) in [
            ("+1", "1"),
            ("0777", "777"),
            ("00", "0"),
            ("-007.50", "-7.50"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("+.5e3", "0.5e3"),
            ("1.", "1.0"),
            ("1.e3", "1.0e3"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("0xffffffffffffffffffffffffffffffff", "340282366920938463463374607431768211455"),
        ] {
            assert_eq!(plain(text), Scalar::Number(number.to_owned().into()), "{text}");
        }
        for text in [".inf", "-.Inf", "+.INF", ".nan", "0x100000000000000000000000000000000"] {
            assert_eq!(plain(text), Scalar::NoNumber, "{text}");
        }
        for text in [
            "yes",
            "no",
            "on",
            "Off",
            "nULL",
            "tRue",
            "2024-01-01",
            "12:30:45",
            "1_000",
            "0b11",
            "0x",
            "0o8",
            "0xg",
            "-0x1",
            ".",
            "-",
            "+",
            "-.",
            "+.e3",
            "e3",
            "1e",
            "1e+",
            "1.2.3",
            "--1",
            "+-1",
            "1.5.",
            "..5",
            "+0-1",
            "00-1",
            "0x+1",
            "1 000",
            "½",
            "- 1",
        ] {
            assert_eq!(plain(text), Scalar::Text, "{text}");
        }
    }
}
