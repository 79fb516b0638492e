//! The documentation of an item or a member.
//!
//! Enters: what a planner writes about an element. Leaves: [`Docs`]. Must not know: how it is written as
//! code.

use super::Prose;

/// Documentation and deprecation of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Paragraphs, the first one a sentence.
    pub paragraphs: Vec<Prose>,
    /// Other names by which a search finds the item.
    pub aliases: Vec<String>,
    /// The note of the deprecation, where the element is deprecated.
    pub deprecated: Option<Prose>,
}

impl Docs {
    /// Documentation without a deprecation.
    pub(crate) fn new(paragraphs: Vec<Prose>) -> Self {
        Self { paragraphs, ..Self::default() }
    }

    /// Adds the request or the URL that a method is about: to the first paragraph if its sentence is open,
    /// else after it.
    pub(crate) fn locate(&mut self, at: &str) {
        match self.paragraphs.first_mut() {
            Some(first) if first.is_open() => {
                *first = std::mem::take(first).words(": ").code(at).words(".");
            }
            first => {
                let after = usize::from(first.is_some());
                self.paragraphs.insert(after, Prose::default().code(at).words("."));
            }
        }
    }

    /// Adds a name by which a search finds the item, unless it finds it by its own name anyway: it compares
    /// names without underscores and letter case. rustdoc rejects some characters.
    pub(crate) fn alias(&mut self, name: &str, alias: &str) {
        let is_new = || self.aliases.iter().all(|one| one != alias);
        if !is_found_by(name, alias) && is_accepted(alias) && is_new() {
            self.aliases.push(alias.to_owned());
        }
    }
}

/// Whether a search for an alias finds the name. Nearly all names are ASCII, and there are many.
fn is_found_by(name: &str, alias: &str) -> bool {
    let name = name.trim_start_matches("r#");
    if name.is_ascii() && alias.is_ascii() {
        ascii_letters(name).eq(ascii_letters(alias))
    } else {
        letters(name).eq(letters(alias))
    }
}

fn ascii_letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|found| *found != b'_').map(|found| found.to_ascii_lowercase())
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|found| *found != '_').flat_map(char::to_lowercase)
}

/// Whether rustdoc accepts a text as an alias.
fn is_accepted(alias: &str) -> bool {
    let is_rejected = |found: char| {
        matches!(found, '"' | '\'') || found.is_control() || (found.is_whitespace() && found != ' ')
    };
    !alias.is_empty() && alias.trim() == alias && !alias.contains(is_rejected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_an_open_sentence_or_follows_a_closed_one() {
        let mut docs = Docs::new(vec![Prose::new("Reads it"), Prose::new("Then.")]);
        docs.locate("GET /a");
        let shown: Vec<&str> = docs.paragraphs.iter().map(Prose::markdown).collect();
        assert_eq!(shown, ["Reads it: `GET /a`.", "Then."]);
        let mut docs = Docs::new(vec![Prose::new("Reads it."), Prose::new("Then.")]);
        docs.locate("GET /a");
        let shown: Vec<&str> = docs.paragraphs.iter().map(Prose::markdown).collect();
        assert_eq!(shown, ["Reads it.", "`GET /a`.", "Then."]);
    }

    #[test]
    fn an_alias_is_another_name_that_rustdoc_accepts() {
        let mut docs = Docs::default();
        for alias in
            ["displayName", "DISPLAY_NAME", "", " a", "a ", "a\"b", "it's", "a\tb", "a\u{a0}b"]
        {
            docs.alias("display_name", alias);
        }
        assert_eq!(docs.aliases, [] as [&str; 0]);
        docs.alias("r#type", "type");
        docs.alias("straße_Ä", "Straße_ä");
        assert_eq!(docs.aliases, [] as [&str; 0]);
        for alias in ["n.user", "list users", "n.user"] {
            docs.alias("User", alias);
        }
        assert_eq!(docs.aliases, ["n.user", "list users"]);
    }
}
