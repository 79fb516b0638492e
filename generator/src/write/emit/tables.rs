//! The table of the members of a struct, by which the runtime reads and writes it.

use super::imports::Name;
use super::{Imports, ident};
use crate::crate_plan::{Field, Struct, Type};
use crate::write::wrap::{Text, literal};

/// The table, and what the runtime makes of it.
pub(super) fn structured(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let structured = imports.runtime(&["codegen", "Structured"]);
    let shape = imports.runtime(&["codegen", "Shape"]);
    let slot = imports.runtime(&["codegen", "Slot"]);
    let view = imports.runtime(&["codegen", "View"]);
    let name = ident(&item.name);
    text.open(&["impl ", &structured, " for ", name, " {"]);
    function(text, &["fn shape(&self) -> &'static ", &shape, " {"], |text| {
        let names = [&literal(&item.wire_name), ", ", &members(item)].concat();
        text.line(&["const SHAPE: &", &shape, " = &", &shape, "::odata(", &names, ");"]);
        text.line(&["SHAPE"]);
    });
    let makers = makers(imports, item, "slot");
    function(text, &["fn slot(&mut self, index: usize) -> ", &slot, "<'_> {"], |text| {
        member(text, item, &makers, "(&mut self.", &[&*slot, "::Additional"].concat());
    });
    let makers = self::makers(imports, item, "view");
    text.line(&["#[inline]"]);
    text.open(&["fn view(&self, index: usize) -> ", &view, "<'_> {"]);
    member(text, item, &makers, "(&self.", &[&*view, "::Additional"].concat());
    text.close();
    text.close();
    text.blank();
    text.line(&["schemacrate_runtime::structured!(", name, ");"]);
}

/// A function, and the empty line behind it.
fn function(text: &mut Text, signature: &[&str], body: impl FnOnce(&mut Text)) {
    text.line(&["#[inline]"]);
    text.open(signature);
    body(text);
    text.close();
    text.blank();
}

/// The wire names of the members.
fn members(item: &Struct) -> String {
    let mut members = String::from("&[");
    for (at, field) in item.fields.iter().enumerate() {
        members.push_str(if at == 0 { "" } else { ", " });
        members.push_str(&literal(&field.wire_name));
    }
    members.push(']');
    members
}

/// The functions that make the slots or the views of fields: of plain ones, and of those in a box. What no
/// field needs is not imported.
fn makers(imports: &mut Imports, item: &Struct, kind: &str) -> [Option<Name>; 2] {
    [("", false), ("boxed_", true)].map(|(prefix, boxed)| {
        let is_needed = item.fields.iter().any(|field| is_boxed(field) == boxed);
        is_needed.then(|| imports.runtime(&["codegen", &[prefix, kind].concat()]))
    })
}

fn is_boxed(field: &Field) -> bool {
    matches!(field.inner(), Type::Box(_))
}

/// Gives a member by its index, and what is not declared behind the last one. `makers` make the slots or
/// views of what is borrowed by `of`.
fn member(text: &mut Text, item: &Struct, makers: &[Option<Name>; 2], of: &str, additional: &str) {
    let rest = [additional, of, ident(&item.additional), ")"].concat();
    if item.fields.is_empty() {
        text.line(&["let _ = index;"]);
        text.line(&[&rest]);
        return;
    }
    text.open(&["match index {"]);
    for (index, field) in item.fields.iter().enumerate() {
        let index = index.to_string();
        let maker = makers[usize::from(is_boxed(field))].as_deref().unwrap_or_default();
        text.line(&[&index, " => ", maker, of, ident(&field.name), "),"]);
    }
    text.line(&["_ => ", &rest, ","]);
    text.close();
}
