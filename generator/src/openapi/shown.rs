//! Texts of documents in messages.

use crate::input::shown::shortened;
use std::borrow::Cow;

/// The beginning of a text, without what would make a message too long or break it.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    /// The most characters. Longer paths and names are rare.
    const LONGEST: usize = 100;
    shortened(text.lines().next().unwrap_or_default(), LONGEST)
}
