//! JSON as a tree of XML.
//!
//! Enters: JSON, and how the value is described. Leaves: a tree. What is not described is written as
//! [`to_json`](super::to_json) reads it.

use super::description::{XmlKind, XmlNode, XmlValue};
use super::tree::{Content, Element, Name, XSI};
use super::unions;
use crate::json::Fault;
use crate::openapi::style::Value;

/// The root of a document.
///
/// # Errors
///
/// A value that XML cannot have in its place.
pub(super) fn document(node: &XmlNode, json: &Value<'_>) -> Result<Element, Fault> {
    let mut around = Element::default();
    part(node, "", json, &mut around)?;
    let mut roots = around.content.into_iter().filter_map(|one| match one {
        Content::Element(element) => Some(element),
        Content::Text(_) | Content::Cdata(_) => None,
    });
    match (roots.next(), roots.next()) {
        (Some(root), None) => Ok(root),
        (None, _) => Err(Fault::new("a document of XML needs an element")),
        (Some(_), Some(_)) => Err(Fault::new("a document of XML has one element at its root")),
    }
}

/// Adds a value to the element around it.
fn part(node: &XmlNode, name: &str, json: &Value<'_>, around: &mut Element) -> Result<(), Fault> {
    match node.kind {
        // What has no element has no form for null, and is left out.
        XmlKind::Attribute | XmlKind::Within if json.is_null() => {}
        XmlKind::Attribute => {
            around.attributes.push((Name::described(&node.name, name), text(json)));
        }
        XmlKind::Text => add_text(around, text(json)),
        XmlKind::Cdata => around.content.push(Content::Cdata(text(json))),
        XmlKind::Within => return fill(node.value, name, json, around),
        XmlKind::Element => {
            let mut element = Element::new(Name::described(&node.name, name));
            let name = element.name.local.clone();
            fill(node.value, &name, json, &mut element)?;
            around.content.push(Content::Element(element));
        }
    }
    Ok(())
}

/// A value in one text: the items of a list are separated by blanks.
fn text(json: &Value<'_>) -> String {
    match json {
        Value::List(_, items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.text().into_owned(),
    }
}

fn add_text(around: &mut Element, text: String) {
    if !text.is_empty() {
        around.content.push(Content::Text(text));
    }
}

/// Adds what is in an element.
fn fill(
    described: &XmlValue,
    name: &str,
    json: &Value<'_>,
    element: &mut Element,
) -> Result<(), Fault> {
    match (described, json) {
        (_, Value::Null) => nil(element),
        (XmlValue::List(item), Value::List(_, items)) => {
            return items.iter().try_for_each(|one| part(item, name, one, element));
        }
        (XmlValue::Tuple(nodes, rest), Value::List(_, items)) => {
            return items.iter().enumerate().try_for_each(|(at, one)| {
                match (nodes.get(at), rest) {
                    (Some(node), _) => part(node, name, one, element),
                    (None, Some(node)) => part(node, name, one, element),
                    (None, None) => anything(name, one, element),
                }
            });
        }
        (XmlValue::Object(nodes, others), Value::Object(_, members)) => {
            for (name, value) in members {
                let known = nodes.iter().find(|(own, _)| own == name);
                match (known.map(|(_, node)| node), others) {
                    (Some(node), _) => part(node, name, value, element)?,
                    (None, Some(node)) if !name.starts_with(['@', '#']) => {
                        part(node, name, value, element)?;
                    }
                    (None, _) => anything(name, value, element)?,
                }
            }
        }
        (XmlValue::Union(tag, values, branches), json) => {
            return match unions::of_json((tag, values, branches), json) {
                Some(branch) => part(branch, name, json, element),
                None => fill_anything(json, element),
            };
        }
        (_, json) => return fill_anything(json, element),
    }
    Ok(())
}

fn nil(element: &mut Element) {
    let name =
        Name { prefix: "xsi".to_owned(), namespace: XSI.to_owned(), local: "nil".to_owned() };
    element.attributes.push((name, "true".to_owned()));
}

/// Adds a member of which nothing is known.
fn anything(name: &str, json: &Value<'_>, around: &mut Element) -> Result<(), Fault> {
    if let Some(attribute) = name.strip_prefix('@') {
        around.attributes.push((Name::of(attribute), text(json)));
        return Ok(());
    }
    if name == "#text" {
        add_text(around, text(json));
        return Ok(());
    }
    let local = name.strip_prefix('#').unwrap_or(name);
    let items = match json {
        Value::List(_, items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items {
        let mut element = Element::new(Name::of(local));
        fill_anything(item, &mut element)?;
        around.content.push(Content::Element(element));
    }
    Ok(())
}

fn fill_anything(json: &Value<'_>, element: &mut Element) -> Result<(), Fault> {
    match json {
        Value::Null => nil(element),
        Value::Scalar(..) => add_text(element, text(json)),
        // A list in a list has no names.
        Value::List(_, items) => items.iter().try_for_each(|one| anything("item", one, element))?,
        Value::Object(_, members) => {
            members.iter().try_for_each(|(name, value)| anything(name, value, element))?;
        }
    }
    Ok(())
}
