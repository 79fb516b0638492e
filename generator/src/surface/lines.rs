//! The lines of each kind of item.

use super::Line;
use super::signature::{answer, arguments, assigned, key, path, request, value};
use crate::plan::{
    Call, Cardinality, CratePlan, Docs, Enum, Function, Hierarchy, Item, Method, Path, Struct,
    Update,
};

/// What the lines of one item have in common.
struct Owner<'a> {
    /// The Rust path of the item.
    path: String,
    /// Its qualified wire name.
    wire_name: &'a str,
}

impl Owner<'_> {
    fn line(&self, name: &str, signature: String, member: Option<&str>, docs: &Docs) -> Line {
        let path =
            if name.is_empty() { self.path.clone() } else { format!("{}::{name}", self.path) };
        Line {
            path,
            signature,
            owner: self.wire_name.to_owned(),
            member: member.map(str::to_owned),
            is_deprecated: docs.deprecated.is_some(),
        }
    }
}

/// The lines of an item that a module exports.
pub fn lines(module: &[String], item: &Item) -> Vec<Line> {
    let path = format!("{}::{}", module.join("::"), item.name());
    let owner = Owner { path, wire_name: item.wire_name() };
    match item {
        Item::Struct(item) => structure(&owner, item),
        Item::Enum(item) => enumeration(&owner, item),
        Item::Hierarchy(item) => hierarchy(&owner, item),
        Item::Update(item) => update(&owner, item),
        Item::Path(item) => requests(&owner, item),
    }
}

/// The lines of the client and the free functions.
pub(super) fn root(plan: &CratePlan) -> Vec<Line> {
    let client = Owner { path: "Client".to_owned(), wire_name: "" };
    let none = Docs::default();
    let mut lines = vec![
        client.line("", "pub struct Client".to_owned(), None, &none),
        client.line(
            "with_service_root()",
            "pub fn Client::with_service_root(service_root: &str, credential: impl runtime::Credential) -> Result<Client, runtime::Error>".to_owned(),
            None,
            &none,
        ),
    ];
    if plan.service_root.is_some() {
        let new = "pub fn Client::new(credential: impl runtime::Credential) -> Result<Client, runtime::Error>";
        lines.push(client.line("new()", new.to_owned(), None, &none));
        let crate_root = Owner { path: "SERVICE_ROOT".to_owned(), wire_name: "" };
        let constant = "pub const SERVICE_ROOT: &str".to_owned();
        lines.push(crate_root.line("", constant, None, &none));
    }
    let registry = Owner { path: "registry::REGISTRY".to_owned(), wire_name: "" };
    let item = "pub static registry::REGISTRY: runtime::registry::Registry";
    lines.push(registry.line("", item.to_owned(), None, &none));
    lines.extend(plan.entry.iter().map(|one| method(&client, one)));
    lines.extend(plan.functions.iter().map(function));
    lines
}

fn function(function: &Function) -> Line {
    let keys: String = function.steps.iter().map(|step| key(&step.arguments)).collect();
    let (body, result) = request(&function.request, &function.value);
    let name = &function.name;
    let owner = Owner { path: format!("{name}()"), wire_name: "" };
    let signature =
        format!("pub fn {name}(client: &Client{keys}{body}) -> runtime::Request<{result}>");
    owner.line("", signature, Some(&function.method), &function.docs)
}

fn structure(owner: &Owner<'_>, item: &Struct) -> Vec<Line> {
    let path_of_struct = &owner.path;
    let mut lines = vec![owner.line("", format!("pub struct {path_of_struct}"), None, &item.docs)];
    for field in &item.fields {
        let (name, wire) = (&field.name, Some(field.wire_name.as_str()));
        let signature = format!("pub {path_of_struct}::{name}: Option<{}>", value(&field.value));
        lines.push(owner.line(name, signature, wire, &field.docs));
        let constant = &field.constant;
        let kind = if constant.is_navigation { "Navigation" } else { "Property" };
        let signature = format!(
            "pub const {path_of_struct}::{}: runtime::query::{kind}<Self, {}>",
            constant.name,
            value(&constant.value)
        );
        lines.push(owner.line(&constant.name, signature, wire, &field.docs));
    }
    let none = Docs::default();
    let additional = &item.additional;
    let signature = format!("pub {path_of_struct}::{additional}: runtime::model::Additional");
    lines.push(owner.line(additional, signature, None, &none));
    for base in &item.bases {
        let base = path(base);
        let signature = format!("impl runtime::query::DerivedFrom<{base}> for {path_of_struct}");
        lines.push(owner.line(&format!("DerivedFrom<{base}>"), signature, None, &none));
    }
    lines
}

fn enumeration(owner: &Owner<'_>, item: &Enum) -> Vec<Line> {
    let path = &owner.path;
    let mut lines = vec![owner.line("", format!("pub enum {path}"), None, &item.docs)];
    for variant in &item.variants {
        let signature = format!("pub {path}::{}", variant.name);
        let wire = Some(variant.wire_name.as_str());
        lines.push(owner.line(&variant.name, signature, wire, &variant.docs));
    }
    let unrecognized = &item.unrecognized;
    let signature = format!("pub {path}::{unrecognized}(String)");
    lines.push(owner.line(unrecognized, signature, None, &Docs::default()));
    lines
}

fn hierarchy(owner: &Owner<'_>, item: &Hierarchy) -> Vec<Line> {
    let path_of_enum = &owner.path;
    let none = Docs::default();
    let mut lines = vec![owner.line("", format!("pub enum {path_of_enum}"), None, &item.docs)];
    for variant in item.derived.iter().chain([&item.base]) {
        let (name, held) = (&variant.name, path(&variant.value));
        let wire = Some(variant.wire_name.as_str());
        let signature = format!("pub {path_of_enum}::{name}(Box<{held}>)");
        lines.push(owner.line(name, signature, wire, &none));
        let signature = format!("impl From<{held}> for {path_of_enum}");
        lines.push(owner.line(&format!("From<{held}>"), signature, wire, &none));
    }
    lines
}

fn update(owner: &Owner<'_>, item: &Update) -> Vec<Line> {
    let path = &owner.path;
    let mut lines = vec![owner.line("", format!("pub struct {path}"), None, &item.docs)];
    for setter in &item.setters {
        let name = &setter.name;
        let signature = format!("pub fn {path}::{name}(self, value: {}) -> Self", assigned(setter));
        let wire = Some(setter.wire_name.as_str());
        lines.push(owner.line(&format!("{name}()"), signature, wire, &setter.docs));
    }
    lines
}

fn requests(owner: &Owner<'_>, item: &Path) -> Vec<Line> {
    let path = &owner.path;
    let mut lines = vec![owner.line("", format!("pub struct {path}"), None, &item.docs)];
    if item.cardinality == Cardinality::MediaEntity {
        let signature = format!("pub fn {path}::media(&self) -> runtime::place::MediaPath");
        lines.push(owner.line("media()", signature, None, &Docs::default()));
    }
    lines.extend(item.methods.iter().map(|one| method(owner, one)));
    lines
}

fn method(owner: &Owner<'_>, method: &Method) -> Line {
    let called = |result: String| format!("runtime::Request<{result}>");
    let (arguments, result, member) = match &method.call {
        Call::Child { segment, target } => (String::new(), path(target), Some(segment)),
        Call::Key { parts, target, .. } | Call::AlternateKey { parts, target } => {
            (key(parts), path(target), None)
        }
        Call::Act { segment, parameters, answer: gives } => {
            let parameters =
                parameters.as_ref().map(|item| format!(", parameters: &{}", path(item)));
            (parameters.unwrap_or_default(), called(answer(gives)), Some(segment))
        }
        Call::Compute { segment, arguments: taken, answer: gives } => {
            (arguments(taken), called(answer(gives)), Some(segment))
        }
        Call::Follow { segment, arguments: taken, target } => {
            (arguments(taken), path(target), Some(segment))
        }
        Call::Send { request: kind, value } => {
            let (arguments, result) = request(kind, value);
            (arguments, called(result), None)
        }
    };
    let name = &method.name;
    let signature = format!("pub fn {}::{name}(&self{arguments}) -> {result}", owner.path);
    owner.line(&format!("{name}()"), signature, member.map(String::as_str), &method.docs)
}
