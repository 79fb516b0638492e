//! Path types and their methods.

use super::{Imports, docs, ident, operations};
use crate::crate_plan::{
    Call, Cardinality, Changes, Foreign, KeyPart, Method, Path, Request, Type,
};
use crate::write::wrap::{Text, literal};

/// A path type.
pub(super) fn path(text: &mut Text, imports: &mut Imports, item: &Path) {
    let name = ident(&item.name);
    let resource = imports.runtime(&["Resource"]);
    docs(text, &item.docs);
    text.line(&["#[derive(Clone, Debug)]"]);
    text.line(&["#[must_use]"]);
    text.line(&["pub struct ", name, "(pub(crate) ", &resource, ");"]);
    text.blank();
    if !item.methods.is_empty() {
        text.open(&["impl ", name, " {"]);
        for (at, one) in item.methods.iter().enumerate() {
            if at > 0 {
                text.blank();
            }
            method(text, imports, one, "child");
        }
        text.close();
        text.blank();
    }
    let object = imports.item(&item.object).in_macro();
    let common = match item.cardinality {
        Cardinality::Entity => "schemacrate_runtime::entity_path!(",
        Cardinality::MediaEntity => "schemacrate_runtime::media_path!(",
        Cardinality::Complex => "schemacrate_runtime::complex_path!(",
        Cardinality::Collection => "schemacrate_runtime::collection_path!(",
    };
    text.line(&[common, name, ", ", &object, ");"]);
}

/// A method of a path type or of the client. `lead` is what leads one segment on.
pub(super) fn method(text: &mut Text, imports: &mut Imports, method: &Method, lead: &str) {
    let name = ident(&method.name);
    match &method.call {
        Call::Child { segment, target } => {
            let target = imports.item(target);
            let place = [&*target, "(self.0.", lead, "(", &literal(segment), "))"].concat();
            leads(text, method, "", &target, &place);
        }
        Call::Key { segment, parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let key = key(imports, *segment, parts);
            let place = [&*target, "(self.0.", &key, ")"].concat();
            leads(text, method, &arguments, &target, &place);
        }
        Call::AlternateKey { parts, target } => {
            let target = imports.item(target);
            let arguments = arguments(imports, parts);
            let key = compound_key(imports, parts);
            let place = [&*target, "(self.0.", &key, ")"].concat();
            leads(text, method, &arguments, &target, &place);
        }
        Call::Act { .. } | Call::Compute { .. } | Call::Follow { .. } => {
            operations::method(text, imports, method, lead);
        }
        Call::Send { request, value } => {
            let (argument, result) = signature(imports, request, value);
            docs(text, &method.docs);
            text.line(&["#[inline]"]);
            text.open(&["pub fn ", name, "(&self", &behind(argument), ") -> ", &result, " {"]);
            text.line(&["self.0.", call(request)]);
            text.close();
        }
    }
}

/// A method that leads to a place.
pub(super) fn leads(text: &mut Text, method: &Method, arguments: &str, target: &str, place: &str) {
    docs(text, &method.docs);
    text.line(&["#[inline]"]);
    text.open(&["pub fn ", ident(&method.name), "(&self", arguments, ") -> ", target, " {"]);
    text.line(&[place]);
    text.close();
}

/// An argument behind others.
pub(super) fn behind(argument: String) -> String {
    if argument.is_empty() { argument } else { [", ", &argument].concat() }
}

/// The arguments of a key, texts by reference, each behind a comma.
pub(super) fn arguments(imports: &mut Imports, parts: &[KeyPart]) -> String {
    let mut arguments = String::new();
    for part in parts {
        arguments.push_str(", ");
        arguments.push_str(ident(&part.name));
        arguments.push_str(": ");
        if part.value == Type::Foreign(Foreign::String) {
            arguments.push_str("&str");
        } else {
            arguments.push_str(&imports.value(&part.value));
        }
    }
    arguments
}

fn key(imports: &mut Imports, segment: bool, parts: &[KeyPart]) -> String {
    match (segment, parts) {
        (true, [part]) => ["key_segment(", ident(&part.name), ")"].concat(),
        (false, [part]) => ["key(", ident(&part.name), ")"].concat(),
        (_, parts) => compound_key(imports, parts),
    }
}

fn compound_key(imports: &mut Imports, parts: &[KeyPart]) -> String {
    let from = imports.runtime(&["Literal"]);
    let part = |part: &KeyPart| {
        let wire_name = literal(&part.wire_name);
        ["(", &wire_name, ", ", &from, "::from(", ident(&part.name), "))"].concat()
    };
    let parts: Vec<String> = parts.iter().map(part).collect();
    ["compound_key(&[", &parts.join(", "), "])"].concat()
}

/// The argument and the result of a request.
pub(super) fn signature(
    imports: &mut Imports,
    request: &Request,
    value: &Type,
) -> (String, String) {
    let called = imports.runtime(&["Request"]);
    let entity = imports.value(value);
    match request {
        Request::List => {
            let page = imports.runtime(&["Page"]);
            (String::new(), [&*called, "<", &page, "<", &entity, ">>"].concat())
        }
        Request::Get => (String::new(), [&*called, "<", &entity, ">"].concat()),
        Request::Create => {
            (["value: &", &*entity].concat(), [&*called, "<", &entity, ">"].concat())
        }
        Request::Update(update) => {
            let update = match &update.base {
                Some(base) => {
                    let changes_to = imports.runtime(&["model", "ChangesTo"]);
                    let base = imports.item(base);
                    ["update: impl ", &*changes_to, "<", &base, ">"].concat()
                }
                None => ["update: ", &*imports.item(&update.builder)].concat(),
            };
            let option = imports.option();
            (update, [&*called, "<", &option, "<", &entity, ">>"].concat())
        }
        Request::Replace => {
            let option = imports.option();
            let result = [&*called, "<", &option, "<", &entity, ">>"].concat();
            (["value: &", &*entity].concat(), result)
        }
        Request::Delete => (String::new(), [&*called, "<()>"].concat()),
    }
}

fn call(request: &Request) -> &'static str {
    match request {
        Request::List => "list()",
        Request::Get => "get()",
        Request::Create => "create(value)",
        Request::Update(Changes { base: Some(_), .. }) => "update(&update.into_changes())",
        Request::Update(_) => "update(&update)",
        Request::Replace => "replace(value)",
        Request::Delete => "delete()",
    }
}
