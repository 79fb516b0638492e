//! The syntax of names (CSDL 4.01, section 15).

use unicode_ident::{is_xid_continue, is_xid_start};

/// The greatest length of a simple identifier, in characters.
const LONGEST_NAME: usize = 128;
/// The greatest length of a namespace, in characters.
const LONGEST_NAMESPACE: usize = 511;
/// The words that are neither namespaces nor aliases.
const RESERVED: &[&str] = &["Edm", "odata", "System", "Transient"];

/// Whether a text is a simple identifier: a letter or `_`, then letters, digits, marks,
/// connectors and format characters.
pub(crate) fn is_simple_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c == '_' || is_xid_start(c))
        && characters.all(|c| is_xid_continue(c) || is_format(c))
        && text.chars().nth(LONGEST_NAME).is_none()
}

/// Whether a text is a namespace: simple identifiers with dots between them.
pub(crate) fn is_namespace(text: &str) -> bool {
    text.split('.').all(is_simple_identifier) && text.chars().nth(LONGEST_NAMESPACE).is_none()
}

/// Whether a text is a simple identifier behind a namespace or an alias.
pub(crate) fn is_qualified_name(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(namespace, name)| is_namespace(namespace) && is_simple_identifier(name))
}

/// Whether a text is reserved for the protocol and so no namespace and no alias.
pub(crate) fn is_reserved(text: &str) -> bool {
    RESERVED.contains(&text)
}

/// The format characters (general category Cf) that occur in real names. Controls of direction
/// are left out, because they make a name look like another one.
fn is_format(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_grammar() {
        let longest = "x".repeat(LONGEST_NAME);
        for good in ["a", "_", "__", "Größe", "名前", "a\u{203f}b", "a\u{0301}", "Ⅷ", &longest]
        {
            assert!(is_simple_identifier(good), "{good}");
        }
        let too_long = "x".repeat(LONGEST_NAME + 1);
        for bad in ["", "1a", "a-b", "a.b", "a b", "a²", "\u{0301}a", "a\u{202e}b", &too_long] {
            assert!(!is_simple_identifier(bad), "{bad}");
        }
        let fits = ["n".repeat(127), "n".repeat(127), "n".repeat(127), "n".repeat(127)].join(".");
        assert!(is_namespace("a.b1._c") && is_namespace(&fits));
        assert!(!is_namespace("a..b") && !is_namespace("") && !is_namespace(&format!("{fits}.n")));
        assert!(is_qualified_name("a.b") && !is_qualified_name("b"));
    }
}
