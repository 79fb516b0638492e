//! Numbers compared by their digits.

/// The value of a number in the notation of JSON or Rust, with all of its digits. Two of them are equal if
/// the numbers are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// The digits, without zeros around them. Zero has none.
    digits: String,
    /// How many zeros follow them, or if negative, how many of them are after the point.
    zeros: i64,
}

impl Decimal {
    /// Reads `[+-]digits[.digits][e[+-]digits]`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => {
                is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)).then_some(())?;
                (number, exponent)
            }
            None => (text, "0"),
        };
        let is_negative = number.starts_with('-');
        let number = number.strip_prefix(['+', '-']).unwrap_or(number);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let valid = ![whole, fraction, exponent].contains(&"");
        (valid && is_digits(whole) && is_digits(fraction)).then_some(())?;
        let all = [whole, fraction].concat();
        let significant = all.trim_end_matches('0');
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            // Zero is zero with any exponent, but keeps its sign.
            return Some(Self { is_negative, digits, zeros: 0 });
        }
        let trailing = i64::try_from(all.len() - significant.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        let zeros = exponent.parse::<i64>().ok()?.checked_add(trailing)?.checked_sub(places)?;
        Some(Self { is_negative, digits, zeros })
    }

    /// The integer that the number is, if it is one of 64 bits.
    pub(crate) fn integer(&self) -> Option<i64> {
        match self.whole()? {
            Whole::Value(value) => value.try_into().ok(),
            Whole::Beyond { .. } => None,
        }
    }

    /// The number without a fraction; `None` if it has one.
    pub(crate) fn whole(&self) -> Option<Whole> {
        /// Any number of so many digits is an integer of 128 bits.
        const DIGITS: usize = 38;
        let is_negative = self.is_negative;
        if self.zeros < 0 {
            return None;
        }
        let zeros = usize::try_from(self.zeros).unwrap_or(usize::MAX);
        if self.digits.len().saturating_add(zeros) > DIGITS {
            return Some(Whole::Beyond { is_negative });
        }
        let sign = if is_negative { "-" } else { "" };
        match self.digits.as_str() {
            "" => Some(Whole::Value(0)),
            digits => {
                let number = format!("{sign}{digits}{}", "0".repeat(zeros));
                number.parse().ok().map(Whole::Value)
            }
        }
    }

    /// The number in one notation: without an exponent, if it is not long.
    pub(crate) fn canonical(&self) -> String {
        /// Up to so many digits, a number is written without an exponent.
        const LONGEST: usize = 40;
        let (sign, digits) = (if self.is_negative { "-" } else { "" }, self.digits.as_str());
        let Some((first, further)) = digits.split_at_checked(1) else { return "0".to_owned() };
        let distance = usize::try_from(self.zeros.unsigned_abs()).unwrap_or(usize::MAX);
        let point = digits.len().saturating_sub(distance);
        if self.zeros >= 0 && digits.len().saturating_add(distance) <= LONGEST {
            return format!("{sign}{digits}{}", "0".repeat(distance));
        }
        if self.zeros < 0 && distance.max(digits.len()) < LONGEST {
            let (whole, fraction) = digits.split_at(point);
            let whole = if whole.is_empty() { "0" } else { whole };
            let zeros = "0".repeat(distance.saturating_sub(digits.len()));
            return format!("{sign}{whole}.{zeros}{fraction}");
        }
        let exponent = self.zeros.saturating_add(i64::try_from(further.len()).unwrap_or(i64::MAX));
        let point = if further.is_empty() { "" } else { "." };
        format!("{sign}{first}{point}{further}e{exponent}")
    }
}

/// A number without a fraction.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// The number.
    Value(i128),
    /// A number with more digits than are counted here.
    Beyond {
        /// Whether it is below zero.
        is_negative: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_are_equal_by_value() {
        let number = |text: &str| Decimal::read(text).unwrap();
        for (one, other) in [
            ("1", "1.000"),
            ("1", "10e-1"),
            ("-120", "-1.2E+2"),
            ("0.00010", "1e-4"),
            ("0", "0.0e7"),
            ("007", "+7"),
            ("-0", "-0.0"),
        ] {
            assert_eq!(number(one), number(other));
        }
        for (one, other) in [("1", "-1"), ("12", "1.2"), ("0", "-0"), ("1e18", "1e19")] {
            assert_ne!(number(one), number(other));
        }
        for text in
            ["", "-", "1.", ".5", "1e", "1e+", "1e5.0", "INF", "1 ", "0x1", "1e9999999999999999999"]
        {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn integers_are_those_without_a_fraction() {
        let integer = |text: &str| Decimal::read(text).unwrap().integer();
        assert_eq!(integer("5.0"), Some(5));
        assert_eq!(integer("-5e1"), Some(-50));
        assert_eq!(integer("-0"), Some(0));
        assert_eq!(integer("9223372036854775807.00"), Some(i64::MAX));
        assert_eq!(integer("-9223372036854775808"), Some(i64::MIN));
        for text in ["5.5", "9223372036854775808", "1e19", "1e1000000000", "1e-1"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
