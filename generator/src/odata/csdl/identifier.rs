//! The syntax of names (CSDL 4.01, section 15), and the treatment of names that violate it.
//!
//! A name is a wire name: it is sent and received unchanged, whatever characters it has. Its
//! spelling only decides where it can be written: in a URL, in a query option, in a qualified name.

use unicode_ident::{is_xid_continue, is_xid_start};

/// The greatest length of a simple identifier, in characters.
const LONGEST_NAME: usize = 128;
/// The greatest length of a namespace, in characters.
const LONGEST_NAMESPACE: usize = 511;
/// The greatest length of a name that is used although it is too long, in characters. Longer ones
/// are not names, and do not fit into a URL.
const LONGEST_USED: usize = 1024;
/// The words that are neither namespaces nor aliases.
const RESERVED: &[&str] = &["Edm", "odata", "System", "Transient"];

/// How a name is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As the specification requires.
    Simple,
    /// Not as the specification requires, but usable. Holds what is wrong.
    Odd(&'static str),
    /// Not usable. Holds the reason.
    Unusable(&'static str),
}

/// How the name of a member is spelled: of a property, a parameter, an enumeration member, or a
/// member of the container. It is text between quotes and in URLs, so it may contain any visible
/// character.
pub(crate) fn member_spelling(text: &str) -> Spelling {
    if is_simple_identifier(text) {
        return Spelling::Simple;
    }
    if let Some(why) = unusable(text) {
        return Spelling::Unusable(why);
    }
    if text.chars().nth(LONGEST_NAME).is_some() && text.chars().all(is_name_character) {
        Spelling::Odd("it has more than 128 characters")
    } else {
        Spelling::Odd("it is not a simple identifier")
    }
}

/// How the name of a type, an operation, a term or a container is spelled, or a part of a
/// namespace. It is a part of qualified names, of which paths, collections and signatures are made,
/// so it may not contain a separator of these.
pub(crate) fn declared_spelling(text: &str) -> Spelling {
    match member_spelling(text) {
        Spelling::Odd(_) if text.chars().any(is_separator) => Spelling::Unusable(
            "it contains a character that separates parts of qualified names or paths",
        ),
        other => other,
    }
}

/// Blanks and ASCII punctuation, much of which separates names in paths, signatures, annotations
/// and JSON. Some is allowed in names: `Line-Item`, and of .NET ``List`1`` and `Outer+Inner`.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || (c.is_ascii_punctuation() && !matches!(c, '_' | '-' | '`' | '+'))
}

/// How a namespace is spelled.
pub(crate) fn namespace_spelling(text: &str) -> Spelling {
    let mut worst = Spelling::Simple;
    for part in text.split('.') {
        match declared_spelling(part) {
            Spelling::Simple => {}
            Spelling::Odd(why) => worst = Spelling::Odd(why),
            unusable @ Spelling::Unusable(_) => return unusable,
        }
    }
    if worst == Spelling::Simple && text.chars().nth(LONGEST_NAMESPACE).is_some() {
        worst = Spelling::Odd("it has more than 511 characters");
    }
    worst
}

/// Whether a query option can name a property of this name, so that no part of it has another
/// meaning there. A hyphen has none, because subtraction is the word `sub`.
pub(crate) fn is_query_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c == '_' || is_xid_start(c))
        && characters.all(|c| is_name_character(c) || c == '-')
}

/// Whether a segment of a path can be this name. `$` begins a system segment, parentheses hold
/// keys, and proxies and servers change a slash or a segment of dots even if it is percent-encoded.
pub(crate) fn is_segment_name(text: &str) -> bool {
    !text.starts_with('$')
        && !text.contains(['/', '\\', '(', ')'])
        && !text.chars().all(|c| c == '.')
}

/// Why a text is not a name at all.
fn unusable(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.chars().nth(LONGEST_USED).is_some() {
        Some("it has more than 1024 characters")
    } else if text.chars().any(is_invisible) {
        Some("it contains an invisible character")
    } else {
        None
    }
}

/// Control characters, line ends, direction controls, and zero-width blanks: they make a name look
/// like another one.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2061}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The characters of a simple identifier after the first one.
fn is_name_character(c: char) -> bool {
    is_xid_continue(c) || is_format(c)
}

/// Whether a text is a simple identifier: a letter or `_`, then letters, digits, marks,
/// connectors and format characters.
pub(crate) fn is_simple_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c == '_' || is_xid_start(c))
        && characters.all(is_name_character)
        && text.chars().nth(LONGEST_NAME).is_none()
}

/// Whether a text is a namespace: simple identifiers with dots between them.
pub(crate) fn is_namespace(text: &str) -> bool {
    text.split('.').all(is_simple_identifier) && text.chars().nth(LONGEST_NAMESPACE).is_none()
}

/// Whether a text is a simple identifier after a namespace or an alias.
pub(crate) fn is_qualified_name(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(namespace, name)| is_namespace(namespace) && is_simple_identifier(name))
}

/// Whether a text is reserved for the protocol and so no namespace and no alias.
pub(crate) fn is_reserved(text: &str) -> bool {
    RESERVED.contains(&text)
}

/// The format characters (general category Cf) that occur in real names. Direction controls are
/// left out, because they make a name look like another one.
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

    #[test]
    fn text_that_is_not_an_identifier_can_be_a_name() {
        let long = "x".repeat(LONGEST_NAME + 1);
        for odd in ["request-id", "$x", "a b", "2fa", "a.b", "a/b", "a'b\"c", "…", "*", &long] {
            assert!(matches!(member_spelling(odd), Spelling::Odd(_)), "{odd}");
        }
        let endless = "x".repeat(LONGEST_USED + 1);
        for no in ["", "a\nb", "a\u{202e}b", "\u{200b}", "\u{7f}", &endless] {
            assert!(matches!(member_spelling(no), Spelling::Unusable(_)), "{no:?}");
            assert!(matches!(declared_spelling(no), Spelling::Unusable(_)), "{no:?}");
        }
        for odd in ["a-b", "1a", "-", "List`1", "Outer+Inner", "…", "m²", "😀", &long] {
            assert!(matches!(declared_spelling(odd), Spelling::Odd(_)), "{odd}");
            assert!(matches!(namespace_spelling(&format!("n.{odd}")), Spelling::Odd(_)), "{odd}");
        }
        for no in [
            "a.b", "a b", "a/b", "a(b)", "a,b", "a'b", "$a", "@a", "a\"b", "x{}", "a\u{a0}b", "a#b",
        ] {
            assert!(matches!(declared_spelling(no), Spelling::Unusable(_)), "{no}");
        }
        assert_eq!(namespace_spelling("a.b"), Spelling::Simple);
        assert!(matches!(namespace_spelling("a..b"), Spelling::Unusable(_)));
        assert!(matches!(namespace_spelling(&"n.".repeat(400)[..799]), Spelling::Odd(_)));
    }

    #[test]
    fn some_names_cannot_be_written_everywhere() {
        for name in ["a", "request-id", "größe"] {
            assert!(is_query_name(name) && is_segment_name(name), "{name}");
        }
        for name in ["a b", "2fa", "a.b", "a,b", "a'b", "@a", "-a", ""] {
            assert!(!is_query_name(name), "{name}");
        }
        for name in ["$x", "a/b", "a\\b", "a(b)", ".", ".."] {
            assert!(!is_query_name(name) && !is_segment_name(name), "{name}");
        }
        assert!(is_segment_name("a b") && is_segment_name("a.b") && is_segment_name("2fa"));
    }
}
