//! Values that are written as another kind than they are meant to be: numbers without quotes, which are
//! meant as text, and the other way round.
//!
//! The check of objects reports them, and whoever reads a value reads it by these functions, so that both
//! agree.

use crate::node::{Kind, Node, is_number};

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
    node.number().or_else(|| node.text().filter(|text| is_number(text.as_bytes())))
}

/// The digits of a number that counts something, also in quotes.
pub(super) fn count(node: Node<'_>) -> Option<&str> {
    let is_count = |text: &&str| {
        text.parse()
            .is_ok_and(|value: f64| value >= 0.0 && value.is_finite() && value.fract() == 0.0)
    };
    number(node).filter(is_count)
}
