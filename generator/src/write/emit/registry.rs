//! The types and actions by name.

use super::{Imports, ident};
use crate::crate_plan::{
    ActionEntry, ParameterEntry, Registry, RegistryTable, Type, TypeEntry, TypeKind,
};
use crate::write::wrap::{Text, push_literal};

/// The registry, over the tables of the modules below its own.
pub(crate) fn registry(text: &mut Text, imports: &mut Imports, registry: &Registry) {
    let registry_type = imports.runtime(&["registry", "Registry"]);
    let table_type = imports.runtime(&["registry", "Table"]);
    let mut aliases = String::new();
    list(&mut aliases, &registry.aliases, |line, (alias, namespace)| {
        line.push('(');
        push_literal(line, alias);
        line.push_str(", ");
        push_literal(line, namespace);
        line.push(')');
    });
    let mut tables = String::new();
    list(&mut tables, &registry.tables, |line, table| {
        let name = ident(&table.name);
        for part in [&table_type, "::new(", name, "::TYPES, ", name, "::ACTIONS)"] {
            line.push_str(part);
        }
    });
    text.doc(&[" Every type and every action of the schema, by its qualified name."]);
    text.doc(&[]);
    text.doc(&[" [`schemacrate_runtime::registry`] says what can be done with it."]);
    text.line(&[
        "pub static REGISTRY: ",
        &registry_type,
        " = ",
        &registry_type,
        "::new(",
        &aliases,
        ", ",
        &tables,
        ");",
    ]);
}

/// The two constants of a table.
pub(crate) fn table(text: &mut Text, imports: &mut Imports, table: &RegistryTable) {
    let type_entry = imports.runtime(&["registry", "TypeEntry"]);
    let action_entry = imports.runtime(&["registry", "ActionEntry"]);
    let mut entries = String::new();
    list(&mut entries, &table.types, |line, entry| {
        line.push_str(&type_entry);
        push_type(line, imports, entry);
    });
    text.line(&["pub(super) const TYPES: &[", &type_entry, "] = ", &entries, ";"]);
    text.blank();
    entries.clear();
    list(&mut entries, &table.actions, |line, entry| {
        line.push_str(&action_entry);
        push_action(line, imports, entry);
    });
    text.line(&["pub(super) const ACTIONS: &[", &action_entry, "] = ", &entries, ";"]);
}

/// A reference to an array.
fn list<T>(line: &mut String, items: &[T], mut one: impl FnMut(&mut String, &T)) {
    line.push_str("&[");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            line.push_str(", ");
        }
        one(line, item);
    }
    line.push(']');
}

fn names(line: &mut String, names: &[String]) {
    list(line, names, |line, name| push_literal(line, name));
}

fn push_type(line: &mut String, imports: &mut Imports, entry: &TypeEntry) {
    line.push_str(match entry.kind {
        TypeKind::Entity => "::entity(",
        TypeKind::Complex => "::complex(",
        TypeKind::Enumeration => "::enumeration(",
        TypeKind::Primitive => "::primitive(",
    });
    push_literal(line, &entry.wire_name);
    push_place(line, imports, &entry.value);
    line.push(')');
    if let Some(changes) = &entry.changes {
        line.push_str(".changes(");
        names(line, &changes.members);
        line.push_str(", ");
        names(line, &changes.never_null);
        line.push(')');
    }
}

fn push_action(line: &mut String, imports: &mut Imports, entry: &ActionEntry) {
    line.push_str("::new(");
    push_literal(line, &entry.wire_name);
    line.push_str(", ");
    list(line, &entry.parameters, |line, parameter| push_parameter(line, imports, parameter));
    line.push(')');
    if let Some(binding) = &entry.binding {
        let bound = if binding.collection { ".bound_to_collection(" } else { ".bound_to(" };
        line.push_str(bound);
        push_literal(line, &binding.wire_name);
        line.push(')');
    }
}

fn push_parameter(line: &mut String, imports: &mut Imports, parameter: &ParameterEntry) {
    line.push_str(&imports.runtime(&["registry", "Parameter"]));
    line.push_str(if parameter.nullable { "::nullable(" } else { "::never_null(" });
    push_literal(line, &parameter.wire_name);
    push_place(line, imports, &parameter.value);
    line.push(')');
}

/// The function that makes a place for values of a type, behind another argument.
fn push_place(line: &mut String, imports: &mut Imports, value: &Type) {
    let place = imports.runtime(&["registry", "place"]);
    let value = imports.value(value);
    for part in [", ", &place, "::<", &value, ">"] {
        line.push_str(part);
    }
}
