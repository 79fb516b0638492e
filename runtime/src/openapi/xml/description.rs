//! How values are written in XML.
//!
//! Enters: constants of generated code, made from the `xml` objects of a document. Leaves: the same, for what writes
//! and reads XML. Must not know: JSON, XML as text.

/// How a value is a part of an element: as an element in it, an attribute, text, or all that is in it.
///
/// ```
/// use schemacrate_runtime::codegen::{XmlNode, XmlValue};
///
/// // A type that contains itself is a `static`.
/// static PET: XmlValue = XmlValue::Object(
///     &[
///         ("id", XmlNode::attribute("id", &XmlValue::Number)),
///         ("friends", XmlNode::within(&XmlValue::List(XmlNode::element("friend", &PET)))),
///     ],
///     None,
/// );
/// const ROOT: XmlNode = XmlNode::element("Pet", &PET).with_namespace("p", "https://example.com/pets");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct XmlNode {
    pub(super) kind: XmlKind,
    pub(super) name: XmlName,
    /// Whether the value is always there.
    pub(super) is_required: bool,
    /// Whether it may be null.
    pub(super) is_nullable: bool,
    pub(super) value: &'static XmlValue,
}

/// What part of an element a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum XmlKind {
    Element,
    Attribute,
    Text,
    Cdata,
    /// The parts of the value are parts of the element.
    Within,
}

/// The name of an element or an attribute. The name of what has none is that of its member.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct XmlName {
    pub(super) local: &'static str,
    pub(super) prefix: &'static str,
    pub(super) namespace: &'static str,
}

/// What is in an element.
#[derive(Clone, Copy, Debug)]
pub enum XmlValue {
    /// A string, or what JSON writes as one.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A scalar of several kinds.
    Scalar,
    /// Anything.
    Any,
    /// A list of such items.
    List(XmlNode),
    /// A list whose first items are these, and further ones.
    Tuple(&'static [XmlNode], Option<&'static XmlNode>),
    /// An object with these members, and all others.
    Object(&'static [(&'static str, XmlNode)], Option<&'static XmlNode>),
    /// One of several values, which a member tells apart if it has a name: its texts, and which branches they mean.
    Union(&'static str, &'static [(&'static str, usize)], &'static [XmlNode]),
}

impl XmlNode {
    const fn new(kind: XmlKind, name: &'static str, value: &'static XmlValue) -> Self {
        let name = XmlName { local: name, prefix: "", namespace: "" };
        Self { kind, name, is_required: false, is_nullable: false, value }
    }

    /// An element. If the name is empty, it is that of the member.
    #[must_use]
    pub const fn element(name: &'static str, value: &'static XmlValue) -> Self {
        Self::new(XmlKind::Element, name, value)
    }

    /// An attribute.
    #[must_use]
    pub const fn attribute(name: &'static str, value: &'static XmlValue) -> Self {
        Self::new(XmlKind::Attribute, name, value)
    }

    /// The text of the element around it.
    #[must_use]
    pub const fn text(value: &'static XmlValue) -> Self {
        Self::new(XmlKind::Text, "", value)
    }

    /// The same in a section that has no markup.
    #[must_use]
    pub const fn cdata(value: &'static XmlValue) -> Self {
        Self::new(XmlKind::Cdata, "", value)
    }

    /// What has no element of its own: its parts are in the element around it.
    #[must_use]
    pub const fn within(value: &'static XmlValue) -> Self {
        Self::new(XmlKind::Within, "", value)
    }

    /// The same with a namespace, and the prefix for it.
    #[must_use]
    pub const fn with_namespace(self, prefix: &'static str, namespace: &'static str) -> Self {
        let name = XmlName { local: self.name.local, prefix, namespace };
        Self { name, ..self }
    }

    /// The same where the value is always there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// The same where the value may be null.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { is_nullable: true, ..self }
    }
}

#[cfg(feature = "xml")]
impl XmlValue {
    /// Whether it is text alone.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Boolean | Self::Scalar)
    }

    /// The members of an object.
    pub(super) fn members(&self) -> &'static [(&'static str, XmlNode)] {
        match self {
            Self::Object(members, _) => members,
            _ => &[],
        }
    }
}
