//! The client of a generated crate and its free functions.

use super::requests::method;
use super::{Imports, docs, ident};
use crate::crate_plan::{CratePlan, Function, signature};
use crate::write::wrap::{Text, literal};

/// The client of the runtime.
const RUNTIME: &str = "schemacrate_runtime::ServiceClient";

/// The client: the runtime's, with a method for each resource at the service root.
pub(crate) fn client(text: &mut Text, imports: &mut Imports, plan: &CratePlan) {
    if let Some(root) = &plan.service_root {
        text.doc(&[" The service root that [`Client::new`] uses."]);
        let value = imports.value(&signature::service_root());
        text.line(&["pub const SERVICE_ROOT: ", &value, " = ", &literal(root), ";"]);
        text.blank();
    }
    lines(text, DOCUMENTATION);
    text.line(&["#[derive(Clone, Debug)]"]);
    text.line(&["pub struct Client(", RUNTIME, ");"]);
    text.blank();
    text.open(&["impl Client {"]);
    if plan.service_root.is_some() {
        lines(text, OF_NEW);
        text.open(&[&imports.function("new", &signature::new_client()), " {"]);
        text.line(&["Self::with_service_root(SERVICE_ROOT, credential)"]);
        text.close();
        text.blank();
    }
    lines(text, OF_WITH_SERVICE_ROOT);
    let name = "with_service_root";
    text.open(&[&imports.function(name, &signature::with_service_root()), " {"]);
    text.line(&[RUNTIME, "::new(service_root, credential).map(Self)"]);
    text.close();
    for one in &plan.entry {
        text.blank();
        method(text, imports, one, "resource");
    }
    text.close();
    text.blank();
    conversions(text);
}

const DOCUMENTATION: &[&str] = &[
    " A client for the service: where every typed request begins.",
    "",
    " It is cheap to clone, and clones share their connections. Timeouts, retries and the",
    " transport are set with [`schemacrate_runtime::ServiceClient::builder`], whose result turns into",
    " this type with `into()`.",
];

const OF_NEW: &[&str] = &[
    " A client for the service at [`SERVICE_ROOT`].",
    "",
    " # Errors",
    " If the client cannot be set up, for example without a transport.",
];

const OF_WITH_SERVICE_ROOT: &[&str] = &[
    " A client for the service at a root of your choice.",
    "",
    " # Errors",
    " If the root is no absolute `http` or `https` address, or the client cannot be set",
    " up.",
];

fn lines(text: &mut Text, lines: &[&str]) {
    for line in lines {
        text.doc(&[line]);
    }
}

/// From the client of the runtime, and to it.
fn conversions(text: &mut Text) {
    text.open(&["impl From<", RUNTIME, "> for Client {"]);
    text.line(&["#[inline]"]);
    text.open(&["fn from(client: ", RUNTIME, ") -> Self {"]);
    text.line(&["Self(client)"]);
    text.close();
    text.close();
    text.blank();
    text.open(&["impl std::ops::Deref for Client {"]);
    text.line(&["type Target = ", RUNTIME, ";"]);
    text.line(&["#[inline]"]);
    text.open(&["fn deref(&self) -> &Self::Target {"]);
    text.line(&["&self.0"]);
    text.close();
    text.close();
}

/// The free functions, each behind an empty line.
pub(crate) fn functions(text: &mut Text, imports: &mut Imports, functions: &[Function]) {
    for one in functions {
        text.blank();
        function(text, imports, one);
    }
}

fn function(text: &mut Text, imports: &mut Imports, function: &Function) {
    let mut call = "client".to_owned();
    for step in &function.steps {
        let passed: Vec<&str> = step.arguments.iter().map(|one| ident(one)).collect();
        call.push_str(&[".", ident(&step.method), "(", &passed.join(", "), ")"].concat());
    }
    docs(text, &function.docs);
    text.line(&["#[inline]"]);
    text.open(&[&imports.function(&function.name, &function.signature), " {"]);
    text.line(&[&call]);
    text.close();
}
