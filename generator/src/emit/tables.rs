//! The table of the members of a struct, by which the runtime reads and writes it.

use super::{Imports, ident};
use crate::layout::{Text, literal};
use crate::plan::Struct;

/// The table, and what the runtime makes of it.
pub(super) fn structured(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let structured = imports.runtime(&["model", "Structured"]);
    let shape = imports.runtime(&["model", "Shape"]);
    let slot = imports.runtime(&["model", "Slot"]);
    let view = imports.runtime(&["model", "View"]);
    let additional = imports.runtime(&["model", "Additional"]);
    let name = ident(&item.name);
    text.open(&["impl ", &structured, " for ", name, " {"]);
    function(text, &["fn shape(&self) -> &'static ", &shape, " {"], |text| {
        text.line(&["static SHAPE: ", &shape, " = ", &shape, "::new(", &members(item), ");"]);
        text.line(&["&SHAPE"]);
    });
    let [to_slot, to_view] = if item.fields.is_empty() {
        [[&*slot, "::Ignore"].concat(), [&*view, "::Absent"].concat()]
    } else {
        let to_slot = imports.runtime(&["model", "slot"]);
        let to_view = imports.runtime(&["model", "view"]);
        [[&*to_slot, "(&mut self."].concat(), [&*to_view, "(&self."].concat()]
    };
    function(text, &["fn slot(&mut self, index: usize) -> ", &slot, "<'_> {"], |text| {
        member(text, item, &to_slot);
    });
    function(text, &["fn view(&self, index: usize) -> ", &view, "<'_> {"], |text| {
        member(text, item, &to_view);
    });
    let field = ident(&item.additional);
    function(text, &["fn additional(&self) -> &", &additional, " {"], |text| {
        text.line(&["&self.", field]);
    });
    text.line(&["#[inline]"]);
    text.open(&["fn additional_mut(&mut self) -> &mut ", &additional, " {"]);
    text.line(&["&mut self.", field]);
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

/// Gives a member by its index. `place` is what stands before the name of its field.
fn member(text: &mut Text, item: &Struct, place: &str) {
    match item.fields.as_slice() {
        [] => {
            text.open(&["{"]);
            text.line(&["let _ = index;"]);
            text.line(&[place]);
            text.close();
        }
        [only] => {
            text.open(&["{"]);
            text.line(&["let _ = index;"]);
            text.line(&[place, ident(&only.name), ")"]);
            text.close();
        }
        [fields @ .., last] => {
            text.open(&["match index {"]);
            for (index, field) in fields.iter().enumerate() {
                let index = index.to_string();
                text.line(&[&index, " => ", place, ident(&field.name), "),"]);
            }
            text.line(&["_ => ", place, ident(&last.name), "),"]);
            text.close();
        }
    }
}
