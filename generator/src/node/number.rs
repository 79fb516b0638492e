//! Numbers as text: what JSON calls a number, and which of them are equal.

/// Whether a text is a JSON number of any size: its digits are kept, not its value.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || whole > 1 && text[at] == b'0' {
        return false;
    }
    at += whole;
    if text.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return false;
        }
        at += 1 + fraction;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == text.len()
}

/// A number without what does not change its value.
#[derive(PartialEq, Eq)]
struct Decimal<'a> {
    is_negative: bool,
    /// The digits before and after the point, without zeros at the beginning and the end of both
    /// together.
    digits: [&'a str; 2],
    /// The power of ten of the digit before the first one.
    exponent: i64,
}

/// Whether two JSON numbers have the same value, whatever their size.
pub fn are_equal(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (Decimal::of(one), Decimal::of(other)) else {
        return false; // An exponent of more than 18 digits, as no two people write it.
    };
    let digits = |number: &Decimal<'_>| number.digits.map(str::len).iter().sum::<usize>();
    let all = |number: Decimal<'_>| number.digits.concat();
    one.is_negative == other.is_negative
        && one.exponent == other.exponent
        && digits(&one) == digits(&other)
        && all(one) == all(other)
}

/// The longest number that [`canonical`] writes without an exponent.
const LONGEST: usize = 40;

/// The one notation of a number, by which the runtime compares: without zeros that add nothing, and with an
/// exponent only if the number is long.
pub(crate) fn canonical(number: &str) -> String {
    let Some(Decimal { is_negative, digits, exponent: point }) = Decimal::of(number) else {
        return number.to_owned();
    };
    let (sign, digits) = (if is_negative { "-" } else { "" }, digits.concat());
    if digits.is_empty() {
        return "0".to_owned();
    }
    match plain(&digits, point).filter(|plain| sign.len() + plain.len() <= LONGEST) {
        Some(plain) => [sign, &plain].concat(),
        None => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{dot}{rest}e{}", point.saturating_sub(1))
        }
    }
}

/// Digits with a point in them, before or after them, unless the result would be long.
fn plain(digits: &str, point: i64) -> Option<String> {
    let (count, longest) = (digits.len(), i64::try_from(LONGEST).unwrap_or(0));
    if point.abs() > longest {
        return None;
    }
    let zeros = |count: usize| "0".repeat(count);
    Some(match usize::try_from(point) {
        Ok(0) | Err(_) => ["0.", &zeros(usize::try_from(-point).unwrap_or(0)), digits].concat(),
        Ok(point) if point >= count => [digits, &zeros(point - count)].concat(),
        Ok(point) => {
            let (whole, fraction) = digits.split_at(point);
            [whole, ".", fraction].concat()
        }
    })
}

impl<'a> Decimal<'a> {
    /// `None` if the exponent is too large to compute with.
    fn of(text: &'a str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let (whole, mut fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let mut point = i64::try_from(whole.len()).ok()?;
        if whole.is_empty() {
            let significant = fraction.trim_start_matches('0');
            point = -i64::try_from(fraction.len() - significant.len()).ok()?;
            fraction = significant;
        }
        let whole = if fraction.is_empty() { whole.trim_end_matches('0') } else { whole };
        if whole.is_empty() && fraction.is_empty() {
            return Some(Self { is_negative: false, digits: ["", ""], exponent: 0 });
        }
        let exponent: i64 = exponent.parse().ok()?;
        Some(Self {
            is_negative,
            digits: [whole, fraction],
            exponent: exponent.checked_add(point)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_json_grammar() {
        for good in ["0", "-0", "10", "1.50", "-2.5e+10", "1E400", "0.0e-0"] {
            assert!(is_json(good.as_bytes()), "{good}");
        }
        for bad in ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "--1", "1.2.3", "1e5e5", "1 "] {
            assert!(!is_json(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn numbers_are_equal_by_value() {
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("100", "1.0E+2"),
            ("-0", "0"),
            ("0e7", "0.000"),
            ("0.001", "1e-3"),
            ("120.50", "1.205e2"),
            ("12345678901234567890", "12345678901234567890.0"),
            ("1e400", "10e399"),
            ("0.0120", "12e-3"),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ] {
            assert!(are_equal(one, other) && are_equal(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("1", "10"),
            ("12345678901234567890", "12345678901234567891"),
            ("1e400", "1e401"),
            ("0.1", "0.01"),
            ("1.1", "11"),
            ("101", "11"),
            ("1e99999999999999999999", "1"),
        ] {
            assert!(!are_equal(one, other) && !are_equal(other, one), "{one} {other}");
        }
    }

    #[test]
    fn numbers_have_one_form() {
        for (digits, expected) in [
            ("1", "1"),
            ("1.0", "1"),
            ("1e0", "1"),
            ("10e-1", "1"),
            ("-0.0", "0"),
            ("1.50", "1.5"),
            ("15E2", "1500"),
            ("1.5e-3", "0.0015"),
            ("-20", "-20"),
            ("1e999999", "1e999999"),
            ("15e399", "1.5e400"),
            ("1E-50", "1e-50"),
            ("0.001", "0.001"),
            ("1200", "1200"),
            ("0", "0"),
        ] {
            assert_eq!(canonical(digits), expected, "{digits}");
        }
    }
}
