//! A body in XML as JSON, as the runtime wrote it.
//!
//! Enters: a text of XML, and how the body is described. Leaves: JSON of the type that the method takes. What is not
//! described is kept as the runtime keeps it. Must not know: types, code.

use crate::crate_plan::{CratePlan, XmlKind, XmlNode, XmlUnion, XmlValue};
use crate::input::json::Json;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements that are nested deeper are not read.
const DEEPEST: usize = 200;

/// An element. Namespaces are not compared: a request that a service accepts has the right ones.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    elements: Vec<Element>,
    text: String,
}

/// Reads a body.
///
/// # Errors
/// If it is not XML.
pub(super) fn read<'p>(plan: &'p CratePlan, node: &'p XmlNode, body: &str) -> Result<Json, String> {
    let root = document(body).map_err(|why| format!("the body is not XML: {why}"))?;
    Ok(Reading { plan }.value(&node.value, &root, local(&node.name)))
}

fn document(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text.trim());
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let depth = open.len();
        let around = open.last_mut().ok_or("it ends twice")?;
        match event {
            Event::Start(_) if depth > DEEPEST => return Err("it is nested too deep".into()),
            Event::Start(tag) => open.push(element(&tag)?),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                open.last_mut().ok_or("it ends twice")?.elements.push(done);
            }
            Event::Text(text) => around.text.push_str(&text.xml10_content()),
            Event::CData(text) => around.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let reference = format!("&{};", &*reference);
                let text = unescape(&reference).map_err(|error| error.to_string())?;
                around.text.push_str(&text);
            }
            Event::DocType(_) => return Err("it has a DTD".into()),
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
    match (open.pop().map(|outer| outer.elements), open.is_empty()) {
        (Some(mut roots), true) if roots.len() == 1 => Ok(roots.remove(0)),
        _ => Err("it has not one element at its root".into()),
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, String> {
    let mut made = Element { name: local(tag.name().0).to_owned(), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_namespace_binding().is_none() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?;
            made.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
        }
    }
    Ok(made)
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Element {
    fn is_nil(&self) -> bool {
        self.attributes
            .iter()
            .any(|(name, value)| name == "xsi:nil" && matches!(value.as_str(), "true" | "1"))
    }

    fn attribute(&self, wanted: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| local(name) == wanted);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads elements by what is planned.
struct Reading<'p> {
    plan: &'p CratePlan,
}

impl<'p> Reading<'p> {
    /// What a value is, where it has a name.
    fn meant(&self, value: &'p XmlValue) -> &'p XmlValue {
        match value {
            XmlValue::Named(name) => self.plan.xml_form(name).map_or(value, |form| &form.value),
            value => value,
        }
    }

    fn value(&self, value: &'p XmlValue, element: &Element, name: &str) -> Json {
        if element.is_nil() {
            return Json::Null;
        }
        match self.meant(value) {
            XmlValue::List(item) => {
                Json::Array(self.items(item, &element.elements.iter().collect::<Vec<_>>(), name))
            }
            XmlValue::Tuple(items, rest) => {
                let nodes = items.iter().chain(rest.iter().map(|rest| &**rest).cycle());
                let all = element.elements.iter().zip(nodes);
                Json::Array(all.map(|(one, node)| self.value(&node.value, one, name)).collect())
            }
            XmlValue::Object(members, others) => self.object(members, others.as_deref(), element),
            XmlValue::Union(union) => match self.branch(union, element) {
                Some(branch) => self.value(&branch.value, element, name),
                None => anything(element),
            },
            XmlValue::Any | XmlValue::Named(_) => anything(element),
            _ if !element.elements.is_empty() => anything(element),
            scalar => self::scalar(scalar, &element.text),
        }
    }

    fn items(&self, item: &'p XmlNode, elements: &[&Element], name: &str) -> Vec<Json> {
        let value = |one: &&Element| match self.meant(&item.value) {
            XmlValue::Union(union) if item.kind == XmlKind::Within => {
                let named = union.branches.iter().find(|branch| local(&branch.name) == one.name);
                named.map_or_else(|| anything(one), |branch| self.value(&branch.value, one, name))
            }
            _ => self.value(&item.value, one, name),
        };
        elements.iter().map(value).collect()
    }

    fn object(
        &self,
        members: &'p [(String, XmlNode)],
        others: Option<&'p XmlNode>,
        element: &Element,
    ) -> Json {
        let mut json = Vec::new();
        let mut taken: Vec<&str> = Vec::new();
        for (name, node) in members {
            let own = if node.name.is_empty() { name } else { local(&node.name) };
            let found = || element.elements.iter().filter(move |one| one.name == own);
            let value = match (node.kind, self.meant(&node.value)) {
                (XmlKind::Attribute, value) => {
                    element.attribute(own).map(|text| of_text(value, text))
                }
                (XmlKind::Text | XmlKind::Cdata, value) => {
                    let text = element.text.as_str();
                    (node.is_required || !text.trim().is_empty()).then(|| of_text(value, text))
                }
                (XmlKind::Element, value) => {
                    taken.push(own);
                    found().next().map(|one| self.value(value, one, own))
                }
                (XmlKind::Within, XmlValue::List(item)) => {
                    let own = if item.name.is_empty() { name } else { local(&item.name) };
                    taken.push(own);
                    let mut all: Vec<&Element> = found_all(element, own);
                    if let [one] = all.as_slice()
                        && self.is_wrapper(&item.value, one)
                    {
                        all = one.elements.iter().collect();
                    }
                    let is_there = node.is_required || !all.is_empty();
                    is_there.then(|| Json::Array(self.items(item, &all, name)))
                }
                (XmlKind::Within, value) => Some(self.value(value, element, name)),
            };
            json.extend(value.map(|value| (name.clone(), value)));
        }
        let known = |name: &str| members.iter().any(|(_, node)| local(&node.name) == name);
        for (name, text) in &element.attributes {
            let is_member = members.iter().any(|(own, node)| {
                node.kind == XmlKind::Attribute && (own == local(name) || known(local(name)))
            });
            if !is_member {
                json.push((format!("@{}", local(name)), Json::Text(text.clone())));
            }
        }
        for one in element.elements.iter().filter(|one| !taken.contains(&one.name.as_str())) {
            let value = match others {
                Some(node) => self.value(&node.value, one, &one.name),
                None => anything(one),
            };
            push(&mut json, &one.name, value);
        }
        Json::Object(json)
    }

    /// Whether what could be an item is an element around all items, as the runtime reads it.
    fn is_wrapper(&self, item: &'p XmlValue, element: &Element) -> bool {
        let Some(first) = element.elements.first() else { return false };
        let are_alike = element.elements.iter().all(|one| one.name == first.name);
        match self.meant(item) {
            XmlValue::Text | XmlValue::Number | XmlValue::Boolean | XmlValue::Scalar => are_alike,
            XmlValue::Object(members, None) => {
                let is_it = |(name, node): &(String, XmlNode)| {
                    name == &first.name || local(&node.name) == first.name
                };
                are_alike && !first.elements.is_empty() && !members.iter().any(is_it)
            }
            _ => false,
        }
    }

    /// The branch that an element is of: the one that its member means, else the one with the most of its parts.
    fn branch(&self, union: &'p XmlUnion, element: &Element) -> Option<&'p XmlNode> {
        let member = |branch: &'p XmlNode, wanted: &str| match self.meant(&branch.value) {
            XmlValue::Object(members, _) => {
                let (name, node) = members.iter().find(|(name, _)| name == wanted)?;
                let own = if node.name.is_empty() { name } else { local(&node.name) };
                let inner = element.elements.iter().find(|one| one.name == own);
                element.attribute(own).or(inner.map(|one| one.text.as_str()))
            }
            _ => None,
        };
        let told = union.values.iter().find_map(|(value, at)| {
            let branch = union.branches.get(*at)?;
            (member(branch, &union.tag) == Some(value)).then_some(branch)
        });
        let rating = |branch: &&'p XmlNode| match self.meant(&branch.value) {
            XmlValue::Object(members, _) => {
                let own = members.iter().filter(|(name, _)| member(branch, name).is_some());
                2 * own.count()
            }
            XmlValue::Number if Json::read(element.text.trim()).is_some() => 3,
            _ => usize::from(element.elements.is_empty() && element.attributes.is_empty()),
        };
        // Of several, the first one.
        told.or_else(|| union.branches.iter().rev().max_by_key(rating))
    }
}

fn found_all<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    element.elements.iter().filter(|one| one.name == name).collect()
}

/// A value without an element of its own.
fn of_text(value: &XmlValue, text: &str) -> Json {
    match value {
        XmlValue::List(item) => Json::Array(
            text.split_ascii_whitespace().map(|one| of_text(&item.value, one)).collect(),
        ),
        value => scalar(value, text),
    }
}

fn scalar(value: &XmlValue, text: &str) -> Json {
    let read = Json::read(text.trim());
    match (value, read) {
        (XmlValue::Number | XmlValue::Scalar, Some(json @ Json::Number(_))) => json,
        (XmlValue::Boolean | XmlValue::Scalar, Some(json @ Json::Bool(_))) => json,
        _ => Json::Text(text.to_owned()),
    }
}

/// An element of which nothing is known.
fn anything(element: &Element) -> Json {
    if element.is_nil() {
        return Json::Null;
    }
    if element.attributes.is_empty() && element.elements.is_empty() {
        return Json::Text(element.text.clone());
    }
    let attributes = element.attributes.iter();
    let mut members: Vec<(String, Json)> = attributes
        .map(|(name, text)| (format!("@{}", local(name)), Json::Text(text.clone())))
        .collect();
    element.elements.iter().for_each(|one| push(&mut members, &one.name, anything(one)));
    if !element.text.trim().is_empty() {
        members.push(("#text".to_owned(), Json::Text(element.text.clone())));
    }
    Json::Object(members)
}

/// Adds a member; several with one name are a list.
fn push(members: &mut Vec<(String, Json)>, name: &str, value: Json) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, Json::Array(all))) => all.push(value),
        Some((_, one)) => *one = Json::Array(vec![std::mem::replace(one, Json::Null), value]),
        None => members.push((name.to_owned(), value)),
    }
}
