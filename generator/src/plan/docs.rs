//! Documentation text: the schema's words made safe Markdown.
//!
//! Enters: descriptions as the schema has them, hostile ones too.
//! Leaves: paragraphs that rustdoc shows as they were meant, and that can be nothing else: no
//! doc-test, no link, no HTML, no heading.

use std::borrow::Cow;

/// The paragraphs of a description: the first sentence, and the rest if there is one.
pub(crate) fn paragraphs(description: &str) -> Vec<String> {
    let text = plain(description);
    if text.is_empty() {
        return Vec::new();
    }
    let (first, rest) = split_sentence(&text);
    let mut paragraphs = vec![escape(&ended(first))];
    if !rest.is_empty() {
        paragraphs.push(escape(&ended(rest)));
    }
    paragraphs
}

/// A wire name or another literal as inline code. Backticks in it need more of them around it.
pub(crate) fn code(text: &str) -> String {
    let text = plain(text);
    if !text.contains('`') {
        return ["`", &text, "`"].concat();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// A link to a generated struct. Some names are derive macros as well.
pub(crate) fn link(name: &str) -> String {
    const MACROS: &[&str] =
        &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
    if MACROS.contains(&name) {
        format!("[`{name}`](struct@{name})")
    } else {
        format!("[`{name}`]")
    }
}

/// One line, without invisible characters and with single blanks.
fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let visible: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    Cow::Owned(visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a text is seen at once to be one line of visible characters and single blanks.
fn is_plain(text: &str) -> bool {
    // The text begins as if behind a blank.
    let mut before = b' ';
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Splits behind the first sentence. A full stop ends one before a blank and a capital, unless
/// what stands before it is an abbreviation.
fn split_sentence(text: &str) -> (&str, &str) {
    for (at, _) in text.match_indices(". ") {
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        let abbreviated =
            before.contains('.') || matches!(before, "e.g" | "i.e" | "etc" | "vs" | "No");
        let capital = text[at + 2..].chars().next().is_some_and(|c| c.is_uppercase());
        if capital && !abbreviated {
            return (&text[..=at], &text[at + 2..]);
        }
    }
    (text, "")
}

fn ended(sentence: &str) -> String {
    match sentence.chars().last() {
        Some('.' | '!' | '?' | ':' | ')') => sentence.to_owned(),
        _ => format!("{sentence}."),
    }
}

/// Escapes what Markdown would take for markup, and makes URLs the links that rustdoc asks for.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            escaped.push(' ');
        }
        push_word(&mut escaped, word);
    }
    escaped
}

fn push_word(escaped: &mut String, word: &str) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        escaped.push_str(word);
        return;
    }
    let scheme = ["https://", "http://"].into_iter().find_map(|scheme| word.find(scheme));
    if let Some(start) = scheme {
        let link = word[start..].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c);
        if link.len() > "https://".len() && link.chars().all(safe) {
            push_markup(escaped, &word[..start]);
            escaped.push('<');
            escaped.push_str(link);
            escaped.push('>');
            push_markup(escaped, &word[start + link.len()..]);
            return;
        }
    }
    push_markup(escaped, word);
}

fn push_markup(escaped: &mut String, word: &str) {
    for (at, c) in word.char_indices() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at > 0 && word[..at].chars().all(|c| c.is_ascii_digit()),
            ':' => word[at..].starts_with("://"),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_stands_alone() {
        assert_eq!(paragraphs("The key. Read-only."), ["The key.", "Read-only."]);
        assert_eq!(paragraphs("Sizes, e.g. Small ones"), ["Sizes, e.g. Small ones."]);
        assert_eq!(paragraphs("  \n "), Vec::<String>::new());
    }

    #[test]
    fn descriptions_cannot_become_markup_or_code() {
        assert_eq!(paragraphs("```\nfn main() {}\n```"), ["\\`\\`\\` fn main() {} \\`\\`\\`."]);
        assert_eq!(paragraphs("    code"), ["code."]);
        assert_eq!(paragraphs("see [x](y) <b>"), ["see \\[x\\](y) \\<b\\>."]);
        assert_eq!(paragraphs("# heading"), ["\\# heading."]);
        assert_eq!(paragraphs("1. one"), ["1\\. one."]);
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a_b"), "`a_b`");
        assert_eq!(code("a`` b"), "``` a`` b ```");
        assert_eq!(code("`\n<b>"), "`` ` <b> ``");
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(paragraphs("See https://example.com/a_b."), ["See <https://example.com/a_b>."]);
    }
}
