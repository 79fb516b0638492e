//! Values of several kinds in XML: which one an element, or JSON, is.

use super::description::{XmlKind, XmlNode, XmlValue};
use super::to_json::{self, Taken, value};
use super::tree::Element;
use crate::openapi::style::Value;

/// The member that tells, its texts with their branches, and the branches.
pub(super) type Branches<'u> = (&'u str, &'u [(&'u str, usize)], &'u [XmlNode]);

/// What is in an element.
pub(super) fn read((tag, values, branches): Branches<'_>, element: &Element, name: &str) -> String {
    let told = told(tag, values, |branch| {
        let member = branches.get(branch)?.value.members().iter().find(|(own, _)| *own == tag)?;
        text_of(member, element)
    });
    let told = told.and_then(|branch| branches.get(branch));
    let found = told.or_else(|| {
        let rated = branches.iter().filter_map(|one| Some((rating(one, element)?, one)));
        rated.min_by_key(|(rating, _)| *rating).map(|(_, one)| one)
    });
    match found {
        // A branch with an element of its own is in the one of the union.
        Some(branch) if branch.kind == XmlKind::Element => {
            let mut inner = element.elements().filter(|(_, one)| one.name.is(&branch.name, name));
            match inner.next() {
                Some((_, inner)) => value(branch.value, inner, name),
                None => value(branch.value, element, name),
            }
        }
        Some(branch) => value(branch.value, element, name),
        None => to_json::anything(element),
    }
}

/// The branch that the text of a member means.
fn told(
    tag: &str,
    values: &[(&str, usize)],
    text: impl Fn(usize) -> Option<String>,
) -> Option<usize> {
    let is_it = |(value, branch): &&(&str, usize)| text(*branch).as_deref() == Some(*value);
    (!tag.is_empty()).then(|| values.iter().find(is_it)).flatten().map(|(_, branch)| *branch)
}

fn text_of((name, node): &(&str, XmlNode), element: &Element) -> Option<String> {
    match node.kind {
        XmlKind::Attribute => {
            let mut all = element.attributes.iter();
            all.find(|(own, _)| own.is(&node.name, name)).map(|(_, text)| text.clone())
        }
        XmlKind::Text | XmlKind::Cdata => Some(element.text()),
        XmlKind::Element | XmlKind::Within => {
            let mut all = element.elements();
            all.find(|(_, one)| one.name.is(&node.name, name)).map(|(_, one)| one.text())
        }
    }
}

/// How badly an element fits; `None` if it cannot be one.
fn rating(branch: &XmlNode, element: &Element) -> Option<usize> {
    let text = element.text();
    if branch.kind == XmlKind::Element {
        let is_there = element.elements().any(|(_, one)| one.name.is(&branch.name, ""));
        return Some(if is_there { 0 } else { 20 });
    }
    let has_structure = element.has_elements() || !element.attributes.is_empty();
    match branch.value {
        XmlValue::Text | XmlValue::Number | XmlValue::Boolean | XmlValue::Scalar
            if element.has_elements() =>
        {
            None
        }
        XmlValue::Number => to_json::number(text.trim()).map(|_| 0),
        XmlValue::Boolean => matches!(text.trim(), "true" | "false").then_some(0),
        XmlValue::Text | XmlValue::Scalar => Some(if has_structure { 30 } else { 1 }),
        XmlValue::List(item) if item.kind == XmlKind::Element => {
            let others = element.elements().filter(|(_, one)| !one.name.is(&item.name, ""));
            Some(2 + others.count())
        }
        XmlValue::Object(members, others) => {
            let is_member = |name: &super::tree::Name| {
                members.iter().any(|(own, node)| name.is(&node.name, own))
            };
            let unknown = element.elements().filter(|(_, one)| !is_member(&one.name)).count()
                + element.attributes.iter().filter(|(name, _)| !is_member(name)).count();
            let absent = members.iter().filter(|(own, node)| {
                let named = (*own, *node);
                node.is_required
                    && node.kind != XmlKind::Within
                    && text_of(&named, element).is_none()
            });
            let unknown = if others.is_some() { usize::from(unknown > 0) } else { unknown };
            Some(2 + unknown + 2 * absent.count())
        }
        _ => Some(25),
    }
}

/// The first element that has the name of a branch, with its place.
pub(super) fn named<'b>(
    branches: &'b [XmlNode],
    element: &Element,
    taken: &Taken,
) -> Option<(usize, &'b XmlNode)> {
    element.elements().filter(|(at, _)| !taken.has(*at)).find_map(|(at, one)| {
        let branch = branches.iter().find(|branch| one.name.is(&branch.name, ""))?;
        Some((at, branch))
    })
}

/// The branch that JSON is of.
pub(super) fn of_json<'b>(
    (tag, values, branches): Branches<'b>,
    json: &Value<'_>,
) -> Option<&'b XmlNode> {
    let tagged = match json {
        Value::Object(_, members) => members.iter().find(|(name, _)| *name == tag),
        _ => None,
    };
    let told = tagged.and_then(|(_, text)| told(tag, values, |_| Some(text.text().into_owned())));
    told.and_then(|branch| branches.get(branch)).or_else(|| {
        let rated = branches.iter().filter_map(|one| Some((json_rating(one.value, json)?, one)));
        rated.min_by_key(|(rating, _)| *rating).map(|(_, one)| one)
    })
}

/// How badly JSON fits; `None` if it is of another kind.
fn json_rating(described: &XmlValue, json: &Value<'_>) -> Option<usize> {
    match (described, json) {
        (XmlValue::Object(members, others), Value::Object(_, own)) => {
            let is_member = |name: &str| members.iter().any(|(known, _)| *known == name);
            let unknown = own.iter().filter(|(name, _)| !is_member(name)).count();
            let absent = members.iter().filter(|(name, node)| {
                node.is_required && !own.iter().any(|(known, _)| known == name)
            });
            let unknown = if others.is_some() { usize::from(unknown > 0) } else { unknown };
            Some(unknown + 2 * absent.count())
        }
        (XmlValue::List(_) | XmlValue::Tuple(..), Value::List(..)) => Some(0),
        (XmlValue::Any, _) => Some(50),
        (XmlValue::Union(..), _) => Some(25),
        (scalar, Value::Scalar(..) | Value::Null) if scalar.is_scalar() => Some(0),
        _ => None,
    }
}
