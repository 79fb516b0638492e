//! Values that are written as another kind than they are meant to be: numbers without quotes, which are
//! meant as text, and the other way round.
//!
//! The check of objects reports them, and whoever reads a value reads it by these functions, so that both
//! agree.

use crate::node::{Kind, Node};

/// The text of a string, also of a number or a boolean without quotes.
pub(super) fn text(node: Node<'_>) -> Option<&str> {
    node.scalar()
}

/// The value of a boolean, also in quotes.
pub(super) fn boolean(node: Node<'_>) -> Option<bool> {
    match node.kind() {
        Kind::Bool(value) => Some(value),
        Kind::String("true") => Some(true),
        Kind::String("false") => Some(false),
        _ => None,
    }
}

/// The digits of a number, also in quotes.
pub(super) fn number(node: Node<'_>) -> Option<&str> {
    node.number().or_else(|| node.text().filter(|text| is_number(text)))
}

/// The digits of a number that counts something, also in quotes.
pub(super) fn count(node: Node<'_>) -> Option<&str> {
    let is_count = |text: &&str| {
        text.parse()
            .is_ok_and(|value: f64| value >= 0.0 && value.is_finite() && value.fract() == 0.0)
    };
    number(node).filter(is_count)
}

/// Whether a text is a number of JSON.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    // What Rust reads beyond this has no digits at one side of the point, or a sign or letters first.
    begins(digits)
        && !digits.ends_with('.')
        && !(digits.len() > 1 && digits.starts_with('0') && begins(&digits[1..]))
        && !digits.contains(".e")
        && !digits.contains(".E")
        && digits.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_quotes_is_one_of_json() {
        for good in ["0", "-1", "10.5", "1e3", "1.5E-7", "123456789012345678901234567890"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "-", "+1", ".5", "1.", "01", "1.e3", "inf", "NaN", "1 ", "0x1", "1_0"] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
