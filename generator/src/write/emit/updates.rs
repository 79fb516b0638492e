//! Builders of changes, and of the parameters of actions.

use super::{Imports, docs, ident};
use crate::crate_plan::{Setter, Type, Update, signature};
use crate::write::wrap::{Text, literal};

/// A builder.
pub(super) fn update(text: &mut Text, imports: &mut Imports, item: &Update) {
    let name = ident(&item.name);
    let update = imports.runtime(&["model", "Update"]);
    let new = imports.function("new", &signature::no_changes());
    let additional = imports.function("additional", &signature::set_additional());
    docs(text, &item.docs);
    text.line(&["#[derive(Clone, Debug, Default)]"]);
    text.line(&["#[must_use]"]);
    text.line(&["pub struct ", name, "(", &update, ");"]);
    text.blank();
    text.open(&["impl ", name, " {"]);
    text.doc(&[" No changes yet."]);
    text.line(&["#[inline]"]);
    text.open(&[&new, " {"]);
    text.line(&["Self(", &update, "::default())"]);
    text.close();
    text.blank();
    for one in &item.setters {
        setter(text, imports, one);
    }
    text.doc(&[" Sets a member that the schema does not declare, or an annotation."]);
    text.open(&[&additional, " {"]);
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

/// A setter, and the empty line after it.
fn setter(text: &mut Text, imports: &mut Imports, setter: &Setter) {
    let wire_name = literal(&setter.wire_name);
    let (with, passed, is_generic) = match &setter.takes {
        Type::IntoNullable(_) => ("with_nullable(", ", value))", true),
        Type::Into(_) => ("with_text(", ", value))", true),
        Type::IntoAssigned(_) => ("with_assigned(", ", value))", true),
        _ => ("with(", ", &value))", false),
    };
    docs(text, &setter.docs);
    // What is generic is compiled where it is called, in any case.
    if !is_generic {
        text.line(&["#[inline]"]);
    }
    text.open(&[&imports.setter(&setter.name, &setter.takes), " {"]);
    text.line(&["Self(self.0.", with, &wire_name, passed]);
    text.close();
    text.blank();
}
