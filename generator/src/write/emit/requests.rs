//! Path types and their methods.

use super::{Imports, docs, ident, operations};
use crate::crate_plan::{Call, Changes, KeyPart, Method, Path, Request};
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
    let common = item.cardinality.kind().macro_name();
    text.line(&["schemacrate_runtime::", common, "!(", name, ", ", &object, ");"]);
}

/// A method of a path type or of the client. `lead` is the method that goes one segment on.
pub(super) fn method(text: &mut Text, imports: &mut Imports, method: &Method, lead: &str) {
    let declaration = imports.function(&method.name, &method.signature);
    let body = match &method.call {
        Call::Child { segment } => {
            let call = [lead, "(", &literal(segment), ")"].concat();
            place(imports, method, &call)
        }
        Call::Key { segment, parts } => {
            let key = key(imports, *segment, parts);
            place(imports, method, &key)
        }
        Call::AlternateKey { parts } => {
            let key = compound_key(imports, parts);
            place(imports, method, &key)
        }
        Call::Act { .. } | Call::Compute { .. } | Call::Follow { .. } => {
            operations::body(imports, method, lead)
        }
        Call::Send(request) => ["self.0.", call(request)].concat(),
    };
    docs(text, &method.docs);
    text.line(&["#[inline]"]);
    text.open(&[&declaration, " {"]);
    text.line(&[&body]);
    text.close();
}

/// The path that a method returns, from what is called on the resource.
pub(super) fn place(imports: &mut Imports, method: &Method, call: &str) -> String {
    let target = imports.value(&method.signature.result);
    [&*target, "(self.0.", call, ")"].concat()
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
