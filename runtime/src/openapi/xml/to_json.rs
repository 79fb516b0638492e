//! A tree of XML as JSON.
//!
//! Enters: a tree, and how the value is described. Leaves: its JSON. What is not described is not lost: an element
//! is a member by its name, an attribute one by its name after `@`, and text `#text`; where a declared member has
//! the name already, `#` is before that of the element. An element with nothing but text is a string, one that
//! occurs several times a list.

use std::borrow::Cow;

use super::description::{XmlKind, XmlNode, XmlValue};
use super::tree::{Content, Element, Name, XSI, is_blank};
use super::{lists, unions};
use crate::json::JoinedObject;
use crate::openapi::reading::quoted;

/// The value of a document. The name of the root is not compared: each service has its own.
pub(super) fn document(node: &XmlNode, root: &Element) -> String {
    match node.kind {
        XmlKind::Within => {
            within(root, node, "", &mut Taken::none(root)).unwrap_or_else(|| "null".to_owned())
        }
        _ => value(node.value, root, ""),
    }
}

/// What is in an element, by its description.
pub(super) fn value(described: &XmlValue, element: &Element, name: &str) -> String {
    if element.is_nil {
        return "null".to_owned();
    }
    match described {
        scalar if scalar.is_scalar() => match element.has_elements() {
            true => anything(element),
            false => self::scalar(scalar, &element.text()),
        },
        XmlValue::List(item) => lists::wrapped(item, element, name),
        XmlValue::Tuple(items, rest) => lists::tuple(items, *rest, element, name),
        XmlValue::Object(members, others) => {
            let mut taken = Taken::none(element);
            object(members, *others, (element, &mut taken))
        }
        XmlValue::Union(tag, values, branches) => {
            unions::read((tag, values, branches), element, name)
        }
        _ => anything(element),
    }
}

/// The parts of an element that were read.
pub(super) struct Taken {
    attributes: Vec<bool>,
    content: Vec<bool>,
}

impl Taken {
    pub(super) fn none(element: &Element) -> Self {
        Self {
            attributes: vec![false; element.attributes.len()],
            content: vec![false; element.content.len()],
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.content.get(at).copied().unwrap_or(true)
    }

    /// How much of the content was read.
    fn count(&self) -> usize {
        self.content.iter().filter(|is_taken| **is_taken).count()
    }

    pub(super) fn take(&mut self, at: usize) {
        if let Some(one) = self.content.get_mut(at) {
            *one = true;
        }
    }
}

/// An object with its members in an element.
fn object(
    members: &[(&str, XmlNode)],
    others: Option<&XmlNode>,
    (element, taken): (&Element, &mut Taken),
) -> String {
    let mut json = JoinedObject::default();
    declared(members, (element, taken), &mut json);
    further(members, others, (element, taken), &mut json);
    json.end()
}

/// The members that are described.
fn declared(
    members: &[(&str, XmlNode)],
    (element, taken): (&Element, &mut Taken),
    json: &mut JoinedObject,
) {
    for (name, node) in members {
        let value = match node.kind {
            XmlKind::Attribute => attribute(element, node, name, taken),
            XmlKind::Element => child(element, node, name, taken),
            XmlKind::Text | XmlKind::Cdata => content(element, node, members, taken),
            XmlKind::Within => within(element, node, name, taken),
        };
        if let Some(value) = value {
            json.push(name, &value);
        }
    }
}

/// What else is in an element.
fn further(
    members: &[(&str, XmlNode)],
    others: Option<&XmlNode>,
    (element, taken): (&Element, &mut Taken),
    json: &mut JoinedObject,
) {
    let is_member = |name: &str| members.iter().any(|(own, _)| *own == name);
    let attributes = element.attributes.iter().zip(&taken.attributes);
    for ((name, value), _) in attributes.filter(|(_, is_taken)| !**is_taken) {
        json.push(&["@", &name.local].concat(), &quoted(value));
    }
    let mut names: Vec<&Name> = Vec::new();
    for (at, inner) in element.elements() {
        if !taken.has(at) && !names.iter().any(|name| name.local == inner.name.local) {
            names.push(&inner.name);
        }
    }
    for name in names {
        let all = element.elements();
        let all = all.filter(|(at, one)| !taken.has(*at) && one.name.local == name.local);
        let all: Vec<&Element> = all.map(|(_, one)| one).collect();
        let value = match others {
            Some(node) => lists::named(node, &all, &name.local),
            None => several(&all, anything),
        };
        match is_member(&name.local) {
            true => json.push(&["#", &name.local].concat(), &value),
            false => json.push(&name.local, &value),
        }
    }
    let text = rest_of_text(element, taken);
    if !is_blank(&text) {
        json.push("#text", &quoted(&text));
    }
}

fn rest_of_text(element: &Element, taken: &Taken) -> String {
    let texts = element.content.iter().enumerate().filter(|(at, _)| !taken.has(*at));
    let texts = texts.filter_map(|(_, one)| match one {
        Content::Text(text) | Content::Cdata(text) => Some(text.as_str()),
        Content::Element(_) => None,
    });
    texts.collect()
}

/// One element as its value, several as a list.
pub(super) fn several(all: &[&Element], value: impl Fn(&Element) -> String) -> String {
    match all {
        [one] => value(one),
        all => listed(all.iter().map(|one| value(one))),
    }
}

fn attribute(element: &Element, node: &XmlNode, name: &str, taken: &mut Taken) -> Option<String> {
    let found = element.attributes.iter().position(|(own, _)| own.is(&node.name, name));
    match found {
        Some(at) => {
            taken.attributes[at] = true;
            Some(text_value(node.value, &element.attributes[at].1))
        }
        // An attribute has no other way to be null.
        None => (node.is_required && node.is_nullable).then(|| "null".to_owned()),
    }
}

/// A value without an element of its own: items that are separated by white space are a list.
fn text_value(described: &XmlValue, text: &str) -> String {
    match described {
        XmlValue::List(item) => {
            listed(text.split_ascii_whitespace().map(|one| text_value(item.value, one)))
        }
        XmlValue::Union(_, _, branches) => {
            let scalars = branches.iter().map(|one| one.value).filter(|one| one.is_scalar());
            match scalars.count() {
                0 => quoted(text),
                _ => scalar(&XmlValue::Scalar, text),
            }
        }
        other => scalar(other, text),
    }
}

/// A member that is an element.
fn child(element: &Element, node: &XmlNode, name: &str, taken: &mut Taken) -> Option<String> {
    let found =
        element.elements().filter(|(at, one)| !taken.has(*at) && one.name.is(&node.name, name));
    let found: Vec<(usize, &Element)> = found.collect();
    found.iter().for_each(|(at, _)| taken.take(*at));
    let found: Vec<&Element> = found.into_iter().map(|(_, one)| one).collect();
    match (found.as_slice(), node.value) {
        // A list without items is often left out.
        ([], XmlValue::List(_)) => node.is_required.then(|| "[]".to_owned()),
        ([], _) => None,
        ([_, _, ..], XmlValue::List(item)) => {
            Some(listed(found.iter().map(|one| value(item.value, one, name))))
        }
        (all, described) => Some(several(all, |one| value(described, one, name))),
    }
}

/// A member that is the text of its element.
fn content(
    element: &Element,
    node: &XmlNode,
    members: &[(&str, XmlNode)],
    taken: &mut Taken,
) -> Option<String> {
    let has = |kind| members.iter().any(|(_, one)| one.kind == kind);
    let has_both = has(XmlKind::Text) && has(XmlKind::Cdata);
    let is_blank = |text: &str| element.has_elements() && is_blank(text);
    let mut all = String::new();
    for (at, one) in element.content.iter().enumerate() {
        let text = match (one, node.kind) {
            (Content::Text(_), XmlKind::Cdata) | (Content::Cdata(_), XmlKind::Text) if has_both => {
                continue;
            }
            (Content::Text(text), _) if is_blank(text) => continue,
            (Content::Text(text) | Content::Cdata(text), _) => text,
            (Content::Element(_), _) => continue,
        };
        all.push_str(text);
        taken.take(at);
    }
    let is_there = node.is_required || !all.is_empty();
    is_there.then(|| text_value(node.value, &all))
}

/// A value whose parts are parts of an element that has others, too.
pub(super) fn within(
    element: &Element,
    node: &XmlNode,
    name: &str,
    taken: &mut Taken,
) -> Option<String> {
    match node.value {
        XmlValue::List(item) => {
            let before = taken.count();
            let items = lists::unwrapped(item, element, name, taken);
            (node.is_required || taken.count() > before).then(|| listed(items.into_iter()))
        }
        XmlValue::Object(members, _) => {
            let mut json = JoinedObject::default();
            declared(members, (element, taken), &mut json);
            (node.is_required || !json.is_empty()).then(|| json.end())
        }
        XmlValue::Union(_, _, branches) => {
            let (at, branch) = unions::named(branches, element, taken)?;
            taken.take(at);
            let Content::Element(found) = element.content.get(at)? else { return None };
            Some(value(branch.value, found, name))
        }
        described if described.is_scalar() => content(element, node, &[], taken),
        described => Some(value(described, element, name)),
    }
}

/// The value of a text. One that is not of the kind stays a text, which is then not a value of the type.
pub(super) fn scalar(described: &XmlValue, text: &str) -> String {
    let trimmed = text.trim();
    let number = || number(trimmed).map(Cow::into_owned);
    let boolean = || match trimmed {
        "true" | "1" => Some("true".to_owned()),
        "false" | "0" => Some("false".to_owned()),
        _ => None,
    };
    let found = match described {
        // Nothing is not a number.
        XmlValue::Number | XmlValue::Boolean if trimmed.is_empty() => Some("null".to_owned()),
        XmlValue::Number => number(),
        XmlValue::Boolean => boolean(),
        XmlValue::Scalar => number().or_else(|| match trimmed {
            "true" | "false" => Some(trimmed.to_owned()),
            _ => None,
        }),
        _ => None,
    };
    found.unwrap_or_else(|| quoted(text))
}

/// A number as JSON writes it: XML Schema allows `+1`, `01` and `.5`, too.
pub(super) fn number(text: &str) -> Option<Cow<'_, str>> {
    let is_json = |text: &str| serde_json::from_str::<serde_json::Number>(text).is_ok();
    if is_json(text) {
        return Some(text.into());
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = match digits.trim_start_matches('0') {
        rest if rest.starts_with(|first: char| first.is_ascii_digit()) => rest.to_owned(),
        rest => ["0", rest].concat(),
    };
    let digits = digits.strip_suffix('.').unwrap_or(&digits);
    let number = [sign, digits].concat();
    let is_number = text.contains(|one: char| one.is_ascii_digit()) && is_json(&number);
    is_number.then_some(number.into())
}

/// An element of which nothing is known.
pub(super) fn anything(element: &Element) -> String {
    let attributes = element.attributes.iter().filter(|(name, _)| name.namespace != XSI);
    if element.is_nil {
        return "null".to_owned();
    }
    if attributes.count() == 0 && !element.has_elements() {
        return quoted(&element.text());
    }
    object(&[], None, (element, &mut Taken::none(element)))
}

pub(super) fn listed(items: impl Iterator<Item = String>) -> String {
    ["[", &items.collect::<Vec<_>>().join(","), "]"].concat()
}
