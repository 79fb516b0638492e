//! Lists in XML, as JSON.
//!
//! A list is a series of elements in the element around it, or has an element of its own. Services use one form
//! where documents declare the other, or other names for items, so both are read where only one can be meant.

use super::description::{XmlKind, XmlNode, XmlValue};
use super::to_json::{Taken, anything, listed, several, value, within};
use super::tree::{Content, Element};
use super::unions;

/// A list in an element of its own. Items of other names are items if there are none of the declared one.
pub(super) fn wrapped(item: &XmlNode, element: &Element, name: &str) -> String {
    let mut taken = Taken::none(element);
    let items = unwrapped(item, element, name, &mut taken);
    if items.is_empty() && item.kind == XmlKind::Element {
        return listed(element.elements().map(|(_, one)| value(item.value, one, name)));
    }
    listed(items.into_iter())
}

/// The items of a list that are in an element among others.
pub(super) fn unwrapped(
    item: &XmlNode,
    element: &Element,
    name: &str,
    taken: &mut Taken,
) -> Vec<String> {
    match (item.kind, item.value) {
        (XmlKind::Within, XmlValue::Union(_, _, branches)) => {
            let mut items = Vec::new();
            while let Some((at, branch)) = unions::named(branches, element, taken) {
                taken.take(at);
                if let Some(Content::Element(one)) = element.content.get(at) {
                    items.push(value(branch.value, one, name));
                }
            }
            items
        }
        (XmlKind::Within, XmlValue::List(inner)) => {
            let items = unwrapped(inner, element, name, taken);
            if items.is_empty() { items } else { vec![listed(items.into_iter())] }
        }
        (XmlKind::Text | XmlKind::Cdata | XmlKind::Within, _) => {
            within(element, &XmlNode { kind: XmlKind::Within, ..*item }, name, taken)
                .into_iter()
                .collect()
        }
        (XmlKind::Element | XmlKind::Attribute, _) => {
            let all = element.elements();
            let own = all.filter(|(at, one)| !taken.has(*at) && one.name.is(&item.name, name));
            let own: Vec<(usize, &Element)> = own.collect();
            own.iter().for_each(|(at, _)| taken.take(*at));
            match own.as_slice() {
                [(_, one)] if is_wrapper(item.value, one) => {
                    one.elements().map(|(_, inner)| value(item.value, inner, name)).collect()
                }
                own => own.iter().map(|(_, one)| value(item.value, one, name)).collect(),
            }
        }
    }
}

/// Whether what could be an item is an element around all items: it has elements where an item has text, several
/// of one name that an item does not have, or nothing where an item has something.
fn is_wrapper(item: &XmlValue, element: &Element) -> bool {
    let mut inner = element.elements().map(|(_, one)| one);
    let Some(first) = inner.next() else {
        let is_empty = element.attributes.is_empty() && element.content.is_empty();
        return is_empty && item.members().iter().any(|(_, node)| node.is_required);
    };
    let are_alike = inner.all(|one| one.name == first.name);
    let is_of_item = |(name, node): &(&str, XmlNode)| {
        node.kind == XmlKind::Within || first.name.is(&node.name, name)
    };
    match item {
        scalar if scalar.is_scalar() => are_alike,
        XmlValue::Object(members, None) => {
            are_alike && first.has_elements() && !members.iter().any(is_of_item)
        }
        _ => false,
    }
}

/// The value of elements with one name that no member has.
pub(super) fn named(node: &XmlNode, all: &[&Element], name: &str) -> String {
    match (node.kind, node.value) {
        (XmlKind::Within, XmlValue::List(item)) => {
            listed(all.iter().map(|one| value(item.value, one, name)))
        }
        (_, described) => several(all, |one| value(described, one, name)),
    }
}

/// A list whose first items have descriptions of their own: each takes what comes next.
pub(super) fn tuple(
    items: &[XmlNode],
    rest: Option<&XmlNode>,
    element: &Element,
    name: &str,
) -> String {
    let mut parts = element.content.iter().filter(|one| !one.is_blank()).peekable();
    let mut values = Vec::new();
    for item in items {
        let is_text = matches!(item.kind, XmlKind::Text | XmlKind::Cdata | XmlKind::Within);
        let part = match (parts.peek(), is_text) {
            (Some(Content::Element(_)), true) => None,
            (Some(Content::Text(_) | Content::Cdata(_)), false) => {
                parts.next();
                parts.next()
            }
            _ => parts.next(),
        };
        values.push(part.map_or_else(
            || if is_text { "\"\"".to_owned() } else { "null".to_owned() },
            |part| of_part(item, part, name),
        ));
    }
    let further = parts.filter(|one| matches!(one, Content::Element(_)));
    values.extend(further.map(|part| match (rest, part) {
        (Some(rest), part) => of_part(rest, part, name),
        (None, Content::Element(one)) => anything(one),
        (None, _) => "null".to_owned(),
    }));
    listed(values.into_iter())
}

fn of_part(item: &XmlNode, part: &Content, name: &str) -> String {
    match part {
        Content::Element(one) => value(item.value, one, name),
        Content::Text(text) | Content::Cdata(text) => super::to_json::scalar(item.value, text),
    }
}
