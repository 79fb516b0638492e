//! Structs and enums.

use super::{
    Imports, deprecation, docs, hierarchies, ident, paragraphs, requests, tables, updates,
};
use crate::crate_plan::{Enum, Item, Prose, Struct, Type, signature};
use crate::write::wrap::{Text, literal};

/// The parts of an item, separated by an empty line.
pub(crate) fn item(text: &mut Text, imports: &mut Imports, item: &Item) {
    match item {
        Item::Struct(item) => structure(text, imports, item),
        Item::Enum(item) => enumeration(text, imports, item),
        Item::Hierarchy(item) => hierarchies::hierarchy(text, imports, item),
        Item::Update(item) => updates::update(text, imports, item),
        Item::Path(item) => requests::path(text, imports, item),
    }
}

/// The attributes that the configuration adds, which are Rust.
fn attributes(text: &mut Text, attributes: &[String]) {
    attributes.iter().for_each(|attribute| text.verbatim(attribute));
}

fn structure(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let additional = imports.value(&signature::additional());
    docs(text, &item.docs);
    attributes(text, &item.attributes);
    text.line(&["#[derive(Default)]"]);
    text.line(&["#[non_exhaustive]"]);
    text.open(&["pub struct ", ident(&item.name), " {"]);
    for field in &item.fields {
        let value = imports.value(&field.value);
        docs(text, &field.docs);
        attributes(text, &field.attributes);
        text.line(&["pub ", ident(&field.name), ": ", &value, ","]);
    }
    text.doc(&[" What the service sent beside the members above, annotations included."]);
    text.line(&["pub ", ident(&item.additional), ": ", &additional, ","]);
    text.close();
    text.blank();
    if item.fields.iter().any(|field| field.constant.is_some()) {
        constants(text, imports, item);
        text.blank();
    }
    tables::structured(text, imports, item);
    derivations(text, imports, item);
}

/// The constants that stand for the members in queries.
fn constants(text: &mut Text, imports: &mut Imports, item: &Struct) {
    text.open(&["impl ", ident(&item.name), " {"]);
    for (field, constant) in
        item.fields.iter().filter_map(|one| Some((one, one.constant.as_ref()?)))
    {
        let value = imports.value(&constant.value);
        let is_navigation = matches!(constant.value, Type::Navigation(_));
        let constructor = if is_navigation { "Navigation" } else { "Property" };
        let constructor = imports.runtime(&["query", constructor]);
        let wire_name = literal(&field.wire_name);
        paragraphs(text, &[Prose::new("").code(&field.wire_name).words(", for queries.")]);
        deprecation(text, &field.docs);
        let name = ident(&constant.name);
        let declared = ["pub const ", name, ": ", &value, " = "].concat();
        text.line(&[&declared, &constructor, "::new(", &wire_name, ");"]);
    }
    text.close();
}

/// Says from which bases the struct is derived, so that their filters can speak of its members.
fn derivations(text: &mut Text, imports: &mut Imports, item: &Struct) {
    if item.bases.is_empty() {
        return;
    }
    let wire_name = literal(&item.wire_name);
    let derived_from = imports.runtime(&["query", "DerivedFrom"]);
    for base in &item.bases {
        let base = imports.item(base);
        text.blank();
        text.open(&["impl ", &derived_from, "<", &base, "> for ", ident(&item.name), " {"]);
        text.line(&["const NAME: &'static str = ", &wire_name, ";"]);
        text.close();
    }
}

fn enumeration(text: &mut Text, imports: &mut Imports, item: &Enum) {
    let name = ident(&item.name);
    let unrecognized = ident(&item.unrecognized);
    let unknown = imports.value(&signature::unrecognized());
    let open_enum = imports.runtime(&["codegen", "OpenEnum"]);
    docs(text, &item.docs);
    attributes(text, &item.attributes);
    text.line(&["#[derive(Clone, Debug)]"]);
    text.line(&["#[non_exhaustive]"]);
    text.open(&["pub enum ", name, " {"]);
    for variant in &item.variants {
        docs(text, &variant.docs);
        attributes(text, &variant.attributes);
        text.line(&[ident(&variant.name), ","]);
    }
    text.doc(&[" A member that the schema does not know, by its wire name."]);
    text.line(&[unrecognized, "(", &unknown, "),"]);
    text.close();
    text.blank();
    text.open(&["impl ", &open_enum, " for ", name, " {"]);
    text.line(&["const NAME: &'static str = ", &literal(&item.wire_name), ";"]);
    text.blank();
    from_name(text, item);
    text.blank();
    name_of(text, item);
    text.close();
    text.blank();
    text.line(&["schemacrate_runtime::open_enum!(", name, ");"]);
}

fn from_name(text: &mut Text, item: &Enum) {
    let unrecognized = ident(&item.unrecognized);
    text.line(&["#[inline]"]);
    text.open(&["fn from_name(name: &str) -> Self {"]);
    // A `match` with a single arm would be a roundabout `let`.
    if item.variants.is_empty() {
        text.line(&["Self::", unrecognized, "(name.to_owned())"]);
    } else {
        text.open(&["match name {"]);
        for variant in &item.variants {
            let wire_name = literal(&variant.wire_name);
            text.line(&[&wire_name, " => Self::", ident(&variant.name), ","]);
        }
        text.line(&["other => Self::", unrecognized, "(other.to_owned()),"]);
        text.close();
    }
    text.close();
}

fn name_of(text: &mut Text, item: &Enum) {
    let unrecognized = ident(&item.unrecognized);
    text.line(&["#[inline]"]);
    text.open(&["fn name(&self) -> &str {"]);
    if item.variants.is_empty() {
        text.line(&["let Self::", unrecognized, "(name) = self;"]);
        text.line(&["name"]);
    } else {
        text.open(&["match self {"]);
        for variant in &item.variants {
            let wire_name = literal(&variant.wire_name);
            text.line(&["Self::", ident(&variant.name), " => ", &wire_name, ","]);
        }
        text.line(&["Self::", unrecognized, "(name) => name,"]);
        text.close();
    }
    text.close();
}
