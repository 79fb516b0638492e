//! Texts of documents in messages.

/// The beginning of a text, without what would make a message too long or break it.
pub(super) fn shown(text: &str) -> &str {
    /// The most characters. Longer paths and names are rare.
    const LONGEST: usize = 100;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    text[..end].lines().next().unwrap_or_default()
}
