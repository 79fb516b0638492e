//! Enums over a struct and those derived from it.

use super::{Imports, docs, ident, paragraphs};
use crate::crate_plan::{Hierarchy, HierarchyVariant, Prose};
use crate::write::wrap::{Text, literal};

/// The enum, and how a value gets into it.
pub(super) fn hierarchy(text: &mut Text, imports: &mut Imports, item: &Hierarchy) {
    let name = ident(&item.name);
    let structured = imports.runtime(&["codegen", "Structured"]);
    let hierarchy = imports.runtime(&["codegen", "Hierarchy"]);
    let boxed = imports.prelude(&["std", "boxed", "Box"]);
    let option = imports.option();
    let default = imports.prelude(&["std", "default", "Default"]);
    let from = imports.prelude(&["std", "convert", "From"]);
    let base_type = imports.item(&item.base.value);
    let derived: Vec<_> =
        item.derived.iter().map(|variant| (variant, imports.item(&variant.value))).collect();
    docs(text, &item.docs);
    text.line(&["#[non_exhaustive]"]);
    text.open(&["pub enum ", name, " {"]);
    let base = &item.base.wire_name;
    let says = Prose::new("The base type ").code(base);
    paragraphs(text, &[says.words(", or a derived type that is not known.")]);
    text.line(&[ident(&item.base.name), "(", &imports.value(&item.base.payload()), "),"]);
    for variant in &item.derived {
        let says = Prose::new("The derived type ").code(&variant.wire_name);
        paragraphs(text, &[says.words(".")]);
        text.line(&[ident(&variant.name), "(", &imports.value(&variant.payload()), "),"]);
    }
    text.close();
    text.blank();
    text.open(&["impl ", &hierarchy, " for ", name, " {"]);
    new(text, item, &option, &default);
    text.blank();
    text.line(&["#[inline]"]);
    text.open(&["fn is_derived(&self) -> bool {"]);
    text.line(&["!matches!(self, Self::", ident(&item.base.name), "(_))"]);
    text.close();
    text.blank();
    text.line(&["#[inline]"]);
    text.open(&["fn structured(&self) -> &dyn ", &structured, " {"]);
    held(text, item, "&**value,");
    text.close();
    text.blank();
    text.line(&["#[inline]"]);
    text.open(&["fn structured_mut(&mut self) -> &mut dyn ", &structured, " {"]);
    held(text, item, "&mut **value,");
    text.close();
    text.close();
    for (variant, value) in derived.iter().chain([&(&item.base, base_type.clone())]) {
        text.blank();
        text.open(&["impl ", &from, "<", value, "> for ", name, " {"]);
        text.line(&["#[inline]"]);
        text.open(&["fn from(value: ", value, ") -> Self {"]);
        text.line(&["Self::", ident(&variant.name), "(", &boxed, "::new(value))"]);
        text.close();
        text.close();
    }
    text.blank();
    let base_type = base_type.in_macro();
    text.line(&["schemacrate_runtime::hierarchy!(", name, ", ", &base_type, ");"]);
}

/// The function that makes an empty value by the wire name of its type.
fn new(text: &mut Text, item: &Hierarchy, option: &str, default: &str) {
    text.line(&["#[inline]"]);
    text.open(&["fn new(type_name: ", option, "<&str>) -> Self {"]);
    text.open(&["match type_name {"]);
    for variant in &item.derived {
        let value = ["Self::", ident(&variant.name), "(", default, "::default()),"].concat();
        text.line(&["Some(", &names(variant), ") => ", &value]);
    }
    text.line(&["_ => Self::", ident(&item.base.name), "(", default, "::default()),"]);
    text.close();
    text.close();
}

/// The pattern of the names of a variant.
fn names(variant: &HierarchyVariant) -> String {
    let mut names = literal(&variant.wire_name);
    if let Some(alias) = &variant.alias {
        names.push_str(" | ");
        names.push_str(&literal(alias));
    }
    names
}

/// Gives the struct that is held, whichever it is.
fn held(text: &mut Text, item: &Hierarchy, value: &str) {
    text.open(&["match self {"]);
    for variant in [&item.base].into_iter().chain(&item.derived) {
        text.line(&["Self::", ident(&variant.name), "(value) => ", value]);
    }
    text.close();
}
