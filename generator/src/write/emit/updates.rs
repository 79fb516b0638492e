//! Builders of changes, and of the parameters of actions.

use super::{Imports, docs, ident};
use crate::crate_plan::{Foreign, Setter, Type, Update};
use crate::write::wrap::{Text, literal};

/// A builder.
pub(super) fn update(text: &mut Text, imports: &mut Imports, item: &Update) {
    let name = ident(&item.name);
    let update = imports.runtime(&["model", "Update"]);
    let untyped = imports.runtime(&["model", "Untyped"]);
    let into = imports.prelude("Into", &["std", "convert", "Into"]);
    docs(text, &item.docs);
    text.line(&["#[derive(Clone, Debug, Default)]"]);
    text.line(&["#[must_use]"]);
    text.line(&["pub struct ", name, "(", &update, ");"]);
    text.blank();
    text.open(&["impl ", name, " {"]);
    text.doc(&[" No changes yet."]);
    text.line(&["#[inline]"]);
    text.open(&["pub fn new() -> Self {"]);
    text.line(&["Self(", &update, "::default())"]);
    text.close();
    text.blank();
    for one in &item.setters {
        setter(text, imports, one);
    }
    text.doc(&[" Sets a member that the schema does not declare, or an annotation."]);
    let argument = ["impl ", &*into, "<", &untyped, ">"].concat();
    text.open(&["pub fn additional(self, name: &str, value: ", &argument, ") -> Self {"]);
    text.line(&["Self(self.0.with_raw(name, value))"]);
    text.close();
    text.close();
    text.blank();
    let object = item.object.as_ref().map(|object| imports.item(object));
    let part = item.part.as_ref().map(|part| imports.value(part));
    let mut arguments = name.to_owned();
    for value in object.into_iter().chain(part) {
        arguments.push_str(", ");
        arguments.push_str(&value.in_macro());
    }
    text.line(&["schemacrate_runtime::update!(", &arguments, ");"]);
}

/// A setter, and the empty line behind it.
fn setter(text: &mut Text, imports: &mut Imports, setter: &Setter) {
    let name = ident(&setter.name);
    let wire_name = literal(&setter.wire_name);
    let value = imports.value(&setter.value);
    let (argument, with, passed) = if setter.nullable {
        let into = imports.runtime(&["model", "IntoNullable"]);
        (["impl ", &*into, "<", &value, ">"].concat(), "with_nullable(", ", value))")
    } else if setter.value == Type::Foreign(Foreign::String) {
        let into = imports.prelude("Into", &["std", "convert", "Into"]);
        (["impl ", &*into, "<", &value, ">"].concat(), "with_text(", ", value))")
    } else if is_structured(&setter.value) {
        let into = imports.runtime(&["model", "IntoAssigned"]);
        (["impl ", &*into, "<", &value, ">"].concat(), "with_assigned(", ", value))")
    } else {
        (value.to_string(), "with(", ", &value))")
    };
    docs(text, &setter.docs);
    // What is generic is compiled where it is called, in any case.
    if !argument.starts_with("impl ") {
        text.line(&["#[inline]"]);
    }
    text.open(&["pub fn ", name, "(self, value: ", &argument, ") -> Self {"]);
    text.line(&["Self(self.0.", with, &wire_name, passed]);
    text.close();
    text.blank();
}

/// Whether values are objects, of which an update can change a part.
fn is_structured(value: &Type) -> bool {
    matches!(value, Type::Generated(path) if !path.is_enum)
}
