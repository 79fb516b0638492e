//! The elements of a document.

use crate::input::source::Span;

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Whether the document follows the rules of 4.01 rather than those of 4.0.
    pub is_401: bool,
    /// Whether it was written as JSON, where a constant does not specify its kind.
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
    /// The text content, with references resolved.
    pub text: String,
    /// The start tag.
    pub span: Span,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value, with references resolved.
    pub value: String,
    /// The place of the value in the source.
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

    /// The place of an attribute's value, or of the start tag if there is no such attribute.
    pub fn place(&self, name: &str) -> Span {
        self.attribute(name).map_or(self.span, |attribute| attribute.span)
    }

    /// The value of a boolean attribute; `None` if it is absent or not a boolean.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)?.trim() {
            "1" => Some(true),
            "0" => Some(false),
            value if value.eq_ignore_ascii_case("true") => Some(true),
            value if value.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Whether another element declares the same, apart from annotations.
    pub(crate) fn declares_the_same(&self, other: &Self) -> bool {
        let attributes = |one: &Self| {
            let mut found: Vec<_> =
                one.attributes.iter().map(|one| (one.name.clone(), one.value.clone())).collect();
            found.sort();
            found
        };
        self.name == other.name
            && attributes(self) == attributes(other)
            && self.declaring().count() == other.declaring().count()
            && self
                .declaring()
                .zip(other.declaring())
                .all(|(one, other)| one.declares_the_same(other))
    }

    fn declaring(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(|child| child.name != "Annotation")
    }

    /// The children with a name.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}
