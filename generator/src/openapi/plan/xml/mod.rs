//! How values are written in XML.
//!
//! Enters: shapes, and the `xml` objects of their schemas. Leaves: descriptions: of a body or an answer, and of each
//! type in it. Must not know: requests, media types.
//!
//! An element has the name of its member, and an item of a list that of the list, unless a schema names it. A
//! component to which a member refers names it only with a name of its own, in every version: so do services, though
//! 3.2 would have the name of the component there, which `nodeType: none` demands explicitly.

mod marks;
mod values;

use super::table::Table;
use crate::crate_plan::{
    Module, XmlForm, XmlKind, XmlNode, XmlValue, xml_of_item, xml_of_item_mut,
};
use crate::openapi::model::SchemaId;
use crate::openapi::schema::{Form, ShapeId, Use};
use marks::Marks;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The root of a document that nothing names.
const ROOT: &str = "root";

/// A document of XML; `None` if its schema describes no structure, so that it is text or bytes.
pub(super) fn document(table: &Table<'_>, schema: SchemaId, used: Use) -> Option<XmlNode> {
    let marks = Marks::of(table, &[schema]);
    if !has_structure(table, used.shape) && marks.name.is_none() {
        return None;
    }
    let mut value = values::of(table, used.shape, &[schema]);
    // The items of a list at the root are called like their component.
    let item = match (&mut value, &table.api.shapes.shape(used.shape).form) {
        (XmlValue::List(item), Form::List(list)) if item.kind == XmlKind::Element => {
            if item.name.is_empty() {
                let schemas = marks::items(table, &[schema]);
                item.name = Marks::of(table, &schemas).component.unwrap_or_default();
            }
            if item.name.is_empty() {
                item.name =
                    table.place(list.item.shape).map(|one| one.name.clone()).unwrap_or_default();
            }
            Some(item.name.clone()).filter(|name| !name.is_empty())
        }
        _ => None,
    };
    let name = marks.name.clone().or_else(|| marks.component.clone()).or(item);
    let name = name.unwrap_or_else(|| ROOT.to_owned());
    let mut node = XmlNode::new(XmlKind::Element, &name, value);
    node.is_nullable = used.nullable;
    marks.give_namespace(&mut node);
    Some(node)
}

/// The descriptions of all types that the documents of some modules have.
pub(super) fn forms(table: &Table<'_>, modules: &mut BTreeMap<String, Module>) -> Vec<XmlForm> {
    let mut nameless = Nameless::default();
    let items = modules.values_mut().flat_map(|one| one.files.values_mut());
    let items = items.flat_map(|file| &mut file.items);
    items.flat_map(xml_of_item_mut).for_each(|one| nameless.name(&mut one.value));
    let items = modules.values().flat_map(|one| one.files.values()).flat_map(|file| &file.items);
    let mut open = BTreeSet::new();
    items.flat_map(xml_of_item).for_each(|one| one.value.add_names(&mut open));
    if open.is_empty() {
        return Vec::new();
    }
    let shapes: FxHashMap<&str, ShapeId> =
        table.items().map(|(shape, place)| (place.name.as_str(), shape)).collect();
    let mut forms: BTreeMap<String, XmlForm> = BTreeMap::new();
    while let Some(name) = open.pop_first() {
        let value = match (nameless.0.get(&name), shapes.get(name.as_str())) {
            (Some(value), _) => value.clone(),
            (None, Some(shape)) => values::content(table, *shape),
            (None, None) => continue,
        };
        let mut named = BTreeSet::new();
        value.add_names(&mut named);
        forms.insert(name.clone(), XmlForm { name, value });
        open.extend(named.into_iter().filter(|one| !forms.contains_key(one)));
    }
    forms.into_values().collect()
}

/// What documents have that has no name, but names others: a list of what has one. A constant cannot refer to a
/// description of its own that refers to that of a type, so these get names that no type has.
#[derive(Default)]
struct Nameless(BTreeMap<String, XmlValue>);

impl Nameless {
    fn name(&mut self, value: &mut XmlValue) {
        let mut named = BTreeSet::new();
        value.add_names(&mut named);
        let Some(first) = named.first().filter(|_| !matches!(value, XmlValue::Named(_))) else {
            return;
        };
        let mut name = format!("of_{first}");
        let mut number = 1;
        while self.0.get(&name).is_some_and(|known| known != value) {
            number += 1;
            name = format!("of_{first}_{number}");
        }
        self.0.insert(name.clone(), std::mem::replace(value, XmlValue::Named(name)));
    }
}

/// Whether values have parts, which XML has as elements.
fn has_structure(table: &Table<'_>, shape: ShapeId) -> bool {
    match &table.api.shapes.shape(shape).form {
        Form::Object(_) | Form::Map(_) | Form::List(_) | Form::Tuple(_) => true,
        Form::Union(union) => union.branches.iter().any(|one| has_structure(table, one.shape)),
        _ => false,
    }
}
