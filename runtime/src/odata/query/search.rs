//! Phrases of `$search`.
//!
//! Enters: any text. Leaves: the phrase that looks for it. Must not know: what is searched.

/// Text as one phrase of `$search`, in double quotes, so that no text of a user changes what is searched for.
///
/// A double quote and a backslash inside of it get a backslash, which is how services that accept them there
/// read them, Microsoft Graph among them.
///
/// ```
/// use schemacrate_runtime::query::phrase;
///
/// assert_eq!(phrase("red shoes"), r#""red shoes""#);
/// assert_eq!(phrase(r#"5" OR \"#), r#""5\" OR \\""#);
/// let both = format!("{} AND {}", phrase("displayName:Ada"), phrase("mail:ada"));
/// assert_eq!(both, r#""displayName:Ada" AND "mail:ada""#);
/// ```
#[must_use]
pub fn phrase(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let mut phrase = String::with_capacity(text.len() + 2);
    phrase.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            phrase.push('\\');
        }
        phrase.push(character);
    }
    phrase.push('"');
    phrase
}
