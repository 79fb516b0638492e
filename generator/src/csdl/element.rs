//! The elements of a document.

use crate::source::Span;

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Whether the document follows the rules of 4.01 rather than those of 4.0.
    pub is_401: bool,
    /// Whether it was written as JSON, where a constant does not say of which kind it is.
    pub is_json: bool,
    /// The `Schema` elements.
    pub schemas: Vec<Element>,
    /// The `Reference` elements.
    pub references: Vec<Element>,
}

/// An element of CSDL. Elements and attributes of other namespaces are left out.
#[derive(Clone, Debug)]
pub struct Element {
    /// The local name.
    pub name: String,
    /// Whether it is of the packaging namespace `edmx` rather than of `edm`.
    pub packaging: bool,
    /// The attributes, in order.
    pub attributes: Vec<Attribute>,
    /// The elements within, in order.
    pub children: Vec<Element>,
    /// The text within, references resolved.
    pub text: String,
    /// The start tag.
    pub span: Span,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value, references resolved.
    pub value: String,
    /// The value in the source.
    pub span: Span,
}

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    /// The place of an attribute's value, or of the start tag if it is not there.
    pub fn place(&self, name: &str) -> Span {
        self.attribute(name).map_or(self.span, |attribute| attribute.span)
    }

    /// Whether a boolean attribute says `true`.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).map(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    }

    /// The children with a name.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}
