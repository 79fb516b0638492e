//! XML as a tree: elements with their attributes and their content, names with their namespaces.

use super::description::XmlName;

/// The namespace of `xsi:nil`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of the prefix `xml`, which is never declared.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A name. A prefix without a namespace is one that is declared elsewhere, or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) prefix: String,
    pub(super) namespace: String,
    pub(super) local: String,
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) content: Vec<Content>,
    /// Whether it is null.
    pub(super) is_nil: bool,
}

/// A part of the content of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Element(Element),
    Text(String),
    Cdata(String),
}

impl Name {
    pub(super) fn of(local: &str) -> Self {
        Self { local: local.to_owned(), ..Self::default() }
    }

    /// The name that a description has, or that of the member.
    pub(super) fn described(name: &XmlName, member: &str) -> Self {
        let local = if name.local.is_empty() { member } else { name.local };
        let (prefix, namespace) = (name.prefix.to_owned(), name.namespace.to_owned());
        Self { prefix, namespace, local: local.to_owned() }
    }

    /// Whether it is the described one. Services leave namespaces out, and documents do, so a name without one
    /// is of every namespace.
    pub(super) fn is(&self, name: &XmlName, member: &str) -> bool {
        let wanted = if name.local.is_empty() { member } else { name.local };
        let is_qualified = || {
            let local = wanted.strip_prefix(self.prefix.as_str());
            !self.prefix.is_empty()
                && local.and_then(|rest| rest.strip_prefix(':')) == Some(&self.local)
        };
        let namespaces = [name.namespace, &self.namespace];
        let is_namespace = namespaces[0] == namespaces[1] || namespaces.contains(&"");
        (self.local == wanted || is_qualified()) && is_namespace
    }
}

impl Element {
    pub(super) fn new(name: Name) -> Self {
        Self { name, ..Self::default() }
    }

    /// The elements in it, with their places in its content.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &Self)> {
        self.content.iter().enumerate().filter_map(|(at, one)| match one {
            Content::Element(element) => Some((at, element)),
            Content::Text(_) | Content::Cdata(_) => None,
        })
    }

    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// All of its text. White space around elements is not text.
    pub(super) fn text(&self) -> String {
        let is_mixed = self.has_elements();
        let texts = self.content.iter().filter_map(|one| match one {
            Content::Text(text) if is_mixed && is_blank(text) => None,
            Content::Text(text) | Content::Cdata(text) => Some(text.as_str()),
            Content::Element(_) => None,
        });
        texts.collect()
    }
}

impl Content {
    /// Whether it is white space between others.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if is_blank(text))
    }
}

/// Whether a text has nothing but the white space of XML.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Whether XML may contain a character.
pub(super) fn is_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r')
        || (character >= ' ' && !matches!(character, '\u{fffe}' | '\u{ffff}'))
}
