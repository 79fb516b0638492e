//! What is in an element, by the shape of the value.
//!
//! Enters: shapes, with the schemas at their places. Leaves: [`XmlValue`]s. Those of types with a name name it, so
//! types may contain themselves.

use super::super::table::Table;
use super::has_structure;
use super::marks::{self, Marks};
use crate::crate_plan::{XmlKind, XmlNode, XmlUnion, XmlValue};
use crate::openapi::model::SchemaId;
use crate::openapi::schema::{
    Derivation, Dispatch, Form, Kinds, Literal, Map, Member, Object, ShapeId, Tuple, Union, Use,
};

/// The value of a shape where it is used.
pub(super) fn of(table: &Table<'_>, shape: ShapeId, schemas: &[SchemaId]) -> XmlValue {
    match (&table.api.shapes.shape(shape).form, table.place(shape)) {
        (Form::List(list), None) => {
            let schemas = match schemas {
                [] => marks::items(table, own(table, shape)),
                schemas => marks::items(table, schemas),
            };
            XmlValue::List(Box::new(node(table, list.item, &schemas)))
        }
        (_, Some(place)) if has_structure(table, shape) => XmlValue::Named(place.name.clone()),
        _ => content(table, shape),
    }
}

/// The value of a shape with what it is made of.
pub(super) fn content(table: &Table<'_>, shape: ShapeId) -> XmlValue {
    match &table.api.shapes.shape(shape).form {
        Form::Any | Form::Never | Form::Null => XmlValue::Any,
        Form::List(list) => {
            let schemas = marks::items(table, own(table, shape));
            XmlValue::List(Box::new(node(table, list.item, &schemas)))
        }
        Form::Tuple(one) => tuple(table, shape, one),
        Form::Map(map) => XmlValue::Object(Vec::new(), others(table, map)),
        Form::Object(one) => match &one.derivation {
            Some(derivation) => family(table, one, derivation),
            None => object(table, one),
        },
        Form::Union(union) if has_structure(table, shape) => self::union(table, shape, union),
        _ => scalar(table.api.shapes.kinds(shape)),
    }
}

/// The schemas that describe a shape by itself.
fn own<'t>(table: &'t Table<'_>, shape: ShapeId) -> &'t [SchemaId] {
    table.api.shapes.shape(shape).schemas.get(..1).unwrap_or_default()
}

fn scalar(kinds: Kinds) -> XmlValue {
    match kinds {
        Kinds::BOOLEAN => XmlValue::Boolean,
        _ if !kinds.is_empty() && Kinds::NUMBER.has(kinds) => XmlValue::Number,
        _ if kinds.meets(Kinds::NUMBER) || kinds.meets(Kinds::BOOLEAN) => XmlValue::Scalar,
        _ => XmlValue::Text,
    }
}

/// A value as a part of an element, as the schemas at its place specify.
fn node(table: &Table<'_>, used: Use, schemas: &[SchemaId]) -> XmlNode {
    let schemas = if schemas.is_empty() { own(table, used.shape) } else { schemas };
    let marks = Marks::of(table, schemas);
    let (kind, name) = part(table, used.shape, &marks);
    let mut node = XmlNode::new(kind, &name, of(table, used.shape, schemas));
    node.is_nullable = used.nullable;
    marks.give_namespace(&mut node);
    node
}

/// What part of an element a value is, with its name if it does not have that of its place.
fn part(table: &Table<'_>, shape: ShapeId, marks: &Marks) -> (XmlKind, String) {
    let form = &table.api.shapes.shape(shape).form;
    let is_list = matches!(form, Form::List(_) | Form::Tuple(_));
    let is_scalar = !has_structure(table, shape) && !matches!(form, Form::Any);
    let named = || marks.name.clone().unwrap_or_default();
    let none = || (XmlKind::Within, String::new());
    match marks.kind {
        Some(XmlKind::Attribute) if is_scalar || is_list => (XmlKind::Attribute, named()),
        Some(kind @ (XmlKind::Text | XmlKind::Cdata)) if is_scalar => (kind, String::new()),
        Some(XmlKind::Within) if is_scalar => (XmlKind::Text, String::new()),
        Some(XmlKind::Within) => match (form, &marks.component) {
            // The element of the component is there.
            (Form::Object(_) | Form::Map(_), Some(component)) => {
                (XmlKind::Element, marks.name.clone().unwrap_or_else(|| component.clone()))
            }
            (Form::Any, _) => (XmlKind::Element, named()),
            _ => none(),
        },
        Some(XmlKind::Element) => (XmlKind::Element, named()),
        _ if is_list => none(),
        _ => (XmlKind::Element, named()),
    }
}

fn tuple(table: &Table<'_>, shape: ShapeId, tuple: &Tuple) -> XmlValue {
    let item =
        |(at, used): (usize, &Use)| node(table, *used, &marks::item(table, own(table, shape), at));
    let items = tuple.items.iter().enumerate().map(item).collect();
    let rest = (!tuple.closed && !is_any(table, tuple.rest))
        .then(|| Box::new(node(table, tuple.rest, &marks::items(table, own(table, shape)))));
    XmlValue::Tuple(items, rest)
}

fn is_any(table: &Table<'_>, used: Use) -> bool {
    matches!(table.api.shapes.shape(used.shape).form, Form::Any)
}

fn object(table: &Table<'_>, object: &Object) -> XmlValue {
    let member = |member: &Member| {
        let mut node = node(table, member.value, &member.schemas);
        node.is_required = member.required;
        (member.name.clone(), node)
    };
    XmlValue::Object(object.members.iter().map(member).collect(), others(table, &object.rest))
}

/// The members that are not declared, which have their own names; `None` if nothing is known of them.
fn others(table: &Table<'_>, map: &Map) -> Option<Box<XmlNode>> {
    let rest = Some(map.rest).filter(|rest| !map.closed && !is_any(table, *rest));
    let of_pattern = match map.patterns.as_slice() {
        [one] => Some(one.value),
        _ => None,
    };
    let used = rest.or(of_pattern)?;
    let mut node = node(table, used, &[]);
    if node.kind != XmlKind::Within {
        node = XmlNode { kind: XmlKind::Element, name: String::new(), ..node };
    }
    Some(Box::new(node))
}

/// A base with what is derived from it.
fn family(table: &Table<'_>, base: &Object, derivation: &Derivation) -> XmlValue {
    let mut branches = vec![XmlNode::new(XmlKind::Within, "", object(table, base))];
    let mut values: Vec<_> = derivation.own.iter().map(|value| (value.clone(), 0)).collect();
    for (at, derived) in derivation.derived.iter().enumerate() {
        let value = of(table, derived.shape, &[]);
        branches.push(XmlNode::new(XmlKind::Within, "", value));
        values.extend(derived.values.iter().map(|value| (value.clone(), at + 1)));
    }
    XmlValue::Union(XmlUnion { tag: derivation.tag.clone(), values, branches })
}

fn union(table: &Table<'_>, shape: ShapeId, union: &Union) -> XmlValue {
    let marks = Marks::of(table, own(table, shape));
    let has_own_elements = marks.kind == Some(XmlKind::Within);
    let branch = |branch: &crate::openapi::schema::Branch| {
        let schemas = branch.schemas.get(..1).unwrap_or_default();
        let marks = Marks::of(table, schemas);
        let value = of(table, branch.shape, schemas);
        let name = marks.name.clone().or_else(|| marks.component.clone());
        let mut node = match name.filter(|_| has_own_elements) {
            Some(name) => XmlNode::new(XmlKind::Element, &name, value),
            None => XmlNode::new(XmlKind::Within, "", value),
        };
        marks.give_namespace(&mut node);
        node
    };
    let (tag, values) = match &union.dispatch {
        Dispatch::Tag(tag) => {
            let values = tag.values.iter().filter_map(|(value, branch)| match value {
                Literal::Text(text) | Literal::Number(text) => Some((text.clone(), *branch)),
                Literal::Boolean(_) => None,
            });
            (tag.member.clone(), values.collect())
        }
        _ => (String::new(), Vec::new()),
    };
    let branches = union.branches.iter().map(branch).collect();
    XmlValue::Union(XmlUnion { tag, values, branches })
}
