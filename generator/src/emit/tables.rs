//! The table of the members of a struct, by which the runtime reads and writes it.

use super::{Imports, ident};
use crate::layout::{Text, literal};
use crate::plan::{Field, Struct, Type};

/// The table, and what the runtime makes of it.
pub(super) fn structured(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let structured = imports.runtime(&["model", "Structured"]);
    let shape = imports.runtime(&["model", "Shape"]);
    let slot = imports.runtime(&["model", "Slot"]);
    let view = imports.runtime(&["model", "View"]);
    let name = ident(&item.name);
    text.open(&["impl ", &structured, " for ", name, " {"]);
    function(text, &["fn shape(&self) -> &'static ", &shape, " {"], |text| {
        text.line(&["static SHAPE: ", &shape, " = ", &shape, "::new(", &members(item), ");"]);
        text.line(&["&SHAPE"]);
    });
    let places: Vec<String> =
        item.fields.iter().map(|field| place(imports, field, "slot")).collect();
    function(text, &["fn slot(&mut self, index: usize) -> ", &slot, "<'_> {"], |text| {
        member(text, item, &places, "(&mut self.", &[&*slot, "::Additional"].concat());
    });
    let places: Vec<String> =
        item.fields.iter().map(|field| place(imports, field, "view")).collect();
    text.line(&["#[inline]"]);
    text.open(&["fn view(&self, index: usize) -> ", &view, "<'_> {"]);
    member(text, item, &places, "(&self.", &[&*view, "::Additional"].concat());
    text.close();
    text.close();
    text.blank();
    text.line(&["odatagen_runtime::structured!(", name, ");"]);
}

/// A function, and the empty line behind it.
fn function(text: &mut Text, signature: &[&str], body: impl FnOnce(&mut Text)) {
    text.line(&["#[inline]"]);
    text.open(signature);
    body(text);
    text.close();
    text.blank();
}

/// The wire names of the struct and of its members.
fn members(item: &Struct) -> String {
    let mut members = literal(&item.wire_name);
    for (at, field) in item.fields.iter().enumerate() {
        members.push_str(if at == 0 { ", &[" } else { ", " });
        members.push_str(&literal(&field.wire_name));
    }
    members.push_str(if item.fields.is_empty() { ", &[]" } else { "]" });
    members
}

/// The function that makes the slot or the view of a field.
fn place(imports: &mut Imports, field: &Field, kind: &str) -> String {
    let boxed = if matches!(field.value, Type::Box(_)) { "boxed_" } else { "" };
    imports.runtime(&["model", &[boxed, kind].concat()]).to_string()
}

/// Gives a member by its index, and what is not declared behind the last one. `places` make the slots or
/// views of what is borrowed by `of`.
fn member(text: &mut Text, item: &Struct, places: &[String], of: &str, additional: &str) {
    let rest = [additional, of, ident(&item.additional), ")"].concat();
    if item.fields.is_empty() {
        text.line(&["let _ = index;"]);
        text.line(&[&rest]);
        return;
    }
    text.open(&["match index {"]);
    for (index, (field, place)) in item.fields.iter().zip(places).enumerate() {
        let index = index.to_string();
        text.line(&[&index, " => ", place, of, ident(&field.name), "),"]);
    }
    text.line(&["_ => ", &rest, ","]);
    text.close();
}
