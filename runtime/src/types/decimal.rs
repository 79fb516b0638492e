//! Decimal numbers.

use super::ParseLiteralError;
use crate::json::Untyped;
use std::fmt;
use std::str::FromStr;

/// A decimal number with all its digits (`Edm.Decimal`).
///
/// It keeps the number's text; the caller chooses a type to compute with. In JSON it may be a number
/// or, from services that consider JavaScript clients, a string; it is written as a number.
///
/// ```
/// use schemacrate_runtime::edm::Decimal;
///
/// let price: Decimal = "79228162514264337593543950335.10".parse()?;
/// assert_eq!(price.as_str(), "79228162514264337593543950335.10");
/// assert!("12,5".parse::<Decimal>().is_err());
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Decimal(Untyped);

impl Decimal {
    /// The digits, with sign and point.
    pub fn as_str(&self) -> &str {
        self.0.text().trim_matches('"')
    }

    /// The JSON value.
    pub(crate) fn json(&self) -> &Untyped {
        &self.0
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match self.as_str() {
            "INF" => f64::INFINITY,
            "-INF" => f64::NEG_INFINITY,
            text => text.parse().unwrap_or(f64::NAN),
        }
    }
}

/// Zero.
impl Default for Decimal {
    fn default() -> Self {
        Self::from(0)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Decimal {
    type Err = ParseLiteralError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseLiteralError::new("a decimal number", text);
        if matches!(text, "INF" | "-INF" | "NaN") {
            return Ok(Self(text.into()));
        }
        let number = text.strip_prefix('+').unwrap_or(text);
        let valid = number.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        // The JSON grammar of numbers is that of decimals, except for leading zeros.
        let number = without_leading_zeros(number);
        let json = valid.then(|| Untyped::from_text(number)).ok_or_else(error)?;
        json.map(Self).map_err(|_| error())
    }
}

/// The same number as JSON writes it: `-007.5` becomes `-7.5`.
fn without_leading_zeros(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    // The last digit before the point, the exponent or the end stays.
    let stays = !digits[zeros..].starts_with(|c: char| c.is_ascii_digit());
    let kept = zeros - usize::from(stays && zeros > 0);
    format!("{sign}{}", &digits[kept..])
}
