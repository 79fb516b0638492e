//! How values are written in XML, as plain data.
//!
//! Enters: what a planner decides. Leaves: a description for each type that a request has in XML. Must not know:
//! how it is written as code.

use super::{CratePlan, Item};
use std::collections::BTreeSet;

/// The private module of the descriptions.
pub const XML_MODULE: &str = "xml_values";

/// The description of a type, with the name of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlForm {
    /// The name.
    pub name: String,
    /// What is in an element.
    pub value: XmlValue,
}

/// How a value is a part of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlNode {
    /// What part.
    pub kind: XmlKind,
    /// The name of the element or attribute; empty if it is that of what it is in.
    pub name: String,
    /// The prefix for the namespace.
    pub prefix: String,
    /// The namespace.
    pub namespace: String,
    /// Whether the value is always there.
    pub is_required: bool,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// What is in it.
    pub value: XmlValue,
}

/// What part of an element a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element in it.
    Element,
    /// An attribute.
    Attribute,
    /// Its text.
    Text,
    /// Its text, in a section without markup.
    Cdata,
    /// All that is in it.
    Within,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlValue {
    /// A string.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A scalar of several kinds.
    Scalar,
    /// Anything.
    Any,
    /// A list.
    List(Box<XmlNode>),
    /// A list whose first items have descriptions of their own, and further ones.
    Tuple(Vec<XmlNode>, Option<Box<XmlNode>>),
    /// An object, and its members that are not declared.
    Object(Vec<(String, XmlNode)>, Option<Box<XmlNode>>),
    /// One of several values.
    Union(XmlUnion),
    /// What a type is, by its name.
    Named(String),
}

/// Values of several kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlUnion {
    /// The member that tells them apart, if one does.
    pub tag: String,
    /// Its texts with the branches that they mean.
    pub values: Vec<(String, usize)>,
    /// The branches.
    pub branches: Vec<XmlNode>,
}

impl XmlKind {
    /// The function of the runtime for such a part.
    pub fn function(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Text => "text",
            Self::Cdata => "cdata",
            Self::Within => "within",
        }
    }

    /// Whether it has a name.
    pub fn has_name(self) -> bool {
        matches!(self, Self::Element | Self::Attribute)
    }
}

impl XmlNode {
    /// A part that may be absent.
    pub fn new(kind: XmlKind, name: &str, value: XmlValue) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            prefix: String::new(),
            namespace: String::new(),
            is_required: false,
            is_nullable: false,
            value,
        }
    }
}

impl XmlValue {
    /// Adds the names of the types that it names itself.
    pub fn add_names(&self, names: &mut BTreeSet<String>) {
        match self {
            Self::Text | Self::Number | Self::Boolean | Self::Scalar | Self::Any => {}
            Self::Named(name) => drop(names.insert(name.clone())),
            Self::List(item) => item.value.add_names(names),
            Self::Tuple(items, rest) => {
                items.iter().for_each(|one| one.value.add_names(names));
                rest.iter().for_each(|one| one.value.add_names(names));
            }
            Self::Object(members, others) => {
                members.iter().for_each(|(_, one)| one.value.add_names(names));
                others.iter().for_each(|one| one.value.add_names(names));
            }
            Self::Union(one) => one.branches.iter().for_each(|one| one.value.add_names(names)),
        }
    }
}

/// The bodies and answers in XML that an item has.
pub fn xml_of_item(item: &Item) -> Vec<&XmlNode> {
    match item {
        Item::Group(group) => {
            let operations = group.methods.iter().map(|one| &one.operation);
            operations.flat_map(|one| one.xml.iter().chain(&one.xml_answer)).collect()
        }
        Item::Answers(answers) => {
            answers.variants.iter().filter_map(|one| one.xml.as_ref()).collect()
        }
        _ => Vec::new(),
    }
}

/// The same, to be changed.
pub fn xml_of_item_mut(item: &mut Item) -> Vec<&mut XmlNode> {
    match item {
        Item::Group(group) => {
            let operations = group.methods.iter_mut().map(|one| &mut one.operation);
            operations.flat_map(|one| one.xml.iter_mut().chain(&mut one.xml_answer)).collect()
        }
        Item::Answers(answers) => {
            answers.variants.iter_mut().filter_map(|one| one.xml.as_mut()).collect()
        }
        _ => Vec::new(),
    }
}

impl CratePlan {
    /// The description of a type.
    pub fn xml_form(&self, name: &str) -> Option<&XmlForm> {
        let found = self.xml.binary_search_by(|one| one.name.as_str().cmp(name));
        found.ok().and_then(|at| self.xml.get(at))
    }
}
