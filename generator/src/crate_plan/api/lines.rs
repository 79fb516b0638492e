//! The lines of each kind of item.

use super::Line;
use super::signature::{
    answer, arguments, assigned, key, path, request_arguments, request_result, value,
};
use crate::crate_plan::{
    Call, Cardinality, CratePlan, Docs, Enum, Function, Hierarchy, Item, ItemPath, Method, Path,
    Struct, Type, Update,
};

/// What the lines of one item have in common.
pub(super) struct Owner<'a> {
    /// The Rust path of the item.
    path: String,
    /// Its qualified wire name.
    wire_name: &'a str,
}

/// A line, before it is copied.
pub(super) struct Found<'a> {
    owner: &'a Owner<'a>,
    /// What stands behind the path of the owner, in parts.
    name: &'a [&'a str],
    /// The item as Rust declares it.
    pub(super) signature: &'a str,
    member: Option<&'a str>,
    /// Whether it is deprecated.
    pub(super) is_deprecated: bool,
}

impl Found<'_> {
    /// The line on its own.
    pub(super) fn to_line(&self) -> Line {
        let mut path = self.owner.path.clone();
        if !self.name.is_empty() {
            path.push_str("::");
            self.name.iter().for_each(|part| path.push_str(part));
        }
        Line {
            path,
            signature: self.signature.to_owned(),
            owner: self.owner.wire_name.to_owned(),
            member: self.member.map(str::to_owned),
            is_deprecated: self.is_deprecated,
        }
    }
}

/// Where the lines go. Signatures are written one after the other to the same place, since a crate
/// has many and most are looked at only once.
pub(super) struct Writer<'a> {
    signature: String,
    take: &'a mut dyn FnMut(&Found<'_>),
}

impl<'a> Writer<'a> {
    pub(super) fn new(take: &'a mut dyn FnMut(&Found<'_>)) -> Self {
        Self { signature: String::new(), take }
    }

    fn text(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.signature.push_str(part));
    }

    fn value(&mut self, found: &Type) {
        value(&mut self.signature, found);
    }

    fn path(&mut self, item: &ItemPath) {
        path(&mut self.signature, item);
    }

    /// Ends a line, whose signature is written.
    fn end(&mut self, owner: &Owner<'_>, name: &[&str], member: Option<&str>, docs: &Docs) {
        let is_deprecated = docs.deprecated.is_some();
        let signature = self.signature.as_str();
        (self.take)(&Found { owner, name, signature, member, is_deprecated });
        self.signature.clear();
    }

    /// Writes a line that has no member.
    fn line(&mut self, owner: &Owner<'_>, name: &[&str], signature: &[&str], docs: &Docs) {
        self.text(signature);
        self.end(owner, name, None, docs);
    }
}

/// The lines of an item that a module exports.
pub fn lines(module: &[String], item: &Item) -> Vec<Line> {
    let mut lines = Vec::new();
    item_lines(&mut Writer::new(&mut |found| lines.push(found.to_line())), module, item);
    lines
}

/// The lines of the client and the free functions.
pub(super) fn root(plan: &CratePlan) -> Vec<Line> {
    let mut lines = Vec::new();
    root_lines(&mut Writer::new(&mut |found| lines.push(found.to_line())), plan);
    lines
}

/// The path of an item that a module exports.
pub(super) fn path_of(module: &[String], item: &Item) -> String {
    [&module.join("::"), "::", item.name()].concat()
}

/// Writes the lines of an item that a module exports.
pub(super) fn item_lines(to: &mut Writer<'_>, module: &[String], item: &Item) {
    let owner = Owner { path: path_of(module, item), wire_name: item.wire_name() };
    match item {
        Item::Struct(item) => structure(to, &owner, item),
        Item::Enum(item) => enumeration(to, &owner, item),
        Item::Hierarchy(item) => hierarchy(to, &owner, item),
        Item::Update(item) => update(to, &owner, item),
        Item::Path(item) => requests(to, &owner, item),
    }
}

/// Writes the lines of the client and the free functions.
pub(super) fn root_lines(to: &mut Writer<'_>, plan: &CratePlan) {
    let registry = Owner { path: "registry::REGISTRY".to_owned(), wire_name: "" };
    let item = "pub static registry::REGISTRY: runtime::registry::Registry";
    to.line(&registry, &[], &[item], &Docs::default());
    if !plan.models_only {
        client_lines(to, plan);
    }
}

fn client_lines(to: &mut Writer<'_>, plan: &CratePlan) {
    let client = Owner { path: "Client".to_owned(), wire_name: "" };
    let none = Docs::default();
    to.line(&client, &[], &["pub struct Client"], &none);
    let with_service_root = "pub fn Client::with_service_root(service_root: &str, credential: impl runtime::Credential) -> Result<Client, runtime::Error>";
    to.line(&client, &["with_service_root()"], &[with_service_root], &none);
    if plan.service_root.is_some() {
        let new = "pub fn Client::new(credential: impl runtime::Credential) -> Result<Client, runtime::Error>";
        to.line(&client, &["new()"], &[new], &none);
        let crate_root = Owner { path: "SERVICE_ROOT".to_owned(), wire_name: "" };
        to.line(&crate_root, &[], &["pub const SERVICE_ROOT: &str"], &none);
    }
    plan.entry.iter().for_each(|one| method(to, &client, one));
    plan.functions.iter().for_each(|one| function(to, one));
}

fn function(to: &mut Writer<'_>, function: &Function) {
    let name = &function.name;
    let owner = Owner { path: format!("{name}()"), wire_name: "" };
    to.text(&["pub fn ", name, "(client: &Client"]);
    function.steps.iter().for_each(|step| key(&mut to.signature, &step.arguments));
    request_arguments(&mut to.signature, &function.request, &function.value);
    to.text(&[") -> runtime::Request<"]);
    request_result(&mut to.signature, &function.request, &function.value);
    to.text(&[">"]);
    to.end(&owner, &[], Some(&function.method), &function.docs);
}

fn structure(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Struct) {
    let path = owner.path.as_str();
    to.line(owner, &[], &["pub struct ", path], &item.docs);
    for field in &item.fields {
        let (name, wire) = (field.name.as_str(), Some(field.wire_name.as_str()));
        to.text(&["pub ", path, "::", name, ": Option<"]);
        to.value(&field.value);
        to.text(&[">"]);
        to.end(owner, &[name], wire, &field.docs);
        let Some(constant) = field.constant.as_ref().filter(|_| item.is_queried) else { continue };
        let kind = if constant.is_navigation { "Navigation" } else { "Property" };
        let name = constant.name.as_str();
        to.text(&["pub const ", path, "::", name, ": runtime::query::", kind, "<Self, "]);
        to.value(&constant.value);
        to.text(&[">"]);
        to.end(owner, &[name], wire, &field.docs);
    }
    let none = Docs::default();
    let additional = item.additional.as_str();
    let signature = ["pub ", path, "::", additional, ": runtime::model::Additional"];
    to.line(owner, &[additional], &signature, &none);
    for base in &item.bases {
        let mut name = String::new();
        self::path(&mut name, base);
        let signature = ["impl runtime::query::DerivedFrom<", &name, "> for ", path];
        to.line(owner, &["DerivedFrom<", &name, ">"], &signature, &none);
    }
}

fn enumeration(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Enum) {
    let path = owner.path.as_str();
    to.line(owner, &[], &["pub enum ", path], &item.docs);
    for variant in &item.variants {
        to.text(&["pub ", path, "::", &variant.name]);
        to.end(owner, &[&variant.name], Some(&variant.wire_name), &variant.docs);
    }
    let unrecognized = item.unrecognized.as_str();
    let signature = ["pub ", path, "::", unrecognized, "(String)"];
    to.line(owner, &[unrecognized], &signature, &Docs::default());
}

fn hierarchy(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Hierarchy) {
    let path = owner.path.as_str();
    let none = Docs::default();
    to.line(owner, &[], &["pub enum ", path], &item.docs);
    for variant in item.derived.iter().chain([&item.base]) {
        let mut held = String::new();
        self::path(&mut held, &variant.value);
        let wire = Some(variant.wire_name.as_str());
        to.text(&["pub ", path, "::", &variant.name, "(Box<", &held, ">)"]);
        to.end(owner, &[&variant.name], wire, &none);
        to.text(&["impl From<", &held, "> for ", path]);
        to.end(owner, &["From<", &held, ">"], wire, &none);
    }
}

fn update(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Update) {
    let path = owner.path.as_str();
    to.line(owner, &[], &["pub struct ", path], &item.docs);
    for setter in &item.setters {
        to.text(&["pub fn ", path, "::", &setter.name, "(self, value: "]);
        assigned(&mut to.signature, setter);
        to.text(&[") -> Self"]);
        to.end(owner, &[&setter.name, "()"], Some(&setter.wire_name), &setter.docs);
    }
}

fn requests(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Path) {
    let path = owner.path.as_str();
    to.line(owner, &[], &["pub struct ", path], &item.docs);
    if item.cardinality == Cardinality::MediaEntity {
        let signature = ["pub fn ", path, "::media(&self) -> runtime::paths::MediaPath"];
        to.line(owner, &["media()"], &signature, &Docs::default());
    }
    item.methods.iter().for_each(|one| method(to, owner, one));
}

fn method(to: &mut Writer<'_>, owner: &Owner<'_>, method: &Method) {
    let name = &method.name;
    to.text(&["pub fn ", &owner.path, "::", name, "(&self"]);
    let member = match &method.call {
        Call::Child { segment, target } => {
            leads(to, target);
            Some(segment)
        }
        Call::Key { parts, target, .. } | Call::AlternateKey { parts, target } => {
            key(&mut to.signature, parts);
            leads(to, target);
            None
        }
        Call::Act { segment, parameters, answer } => {
            if let Some(item) = parameters {
                to.text(&[", parameters: &"]);
                to.path(item);
            }
            called(to, |text| self::answer(text, answer));
            Some(segment)
        }
        Call::Compute { segment, arguments, answer } => {
            self::arguments(&mut to.signature, arguments);
            called(to, |text| self::answer(text, answer));
            Some(segment)
        }
        Call::Follow { segment, arguments, target } => {
            self::arguments(&mut to.signature, arguments);
            leads(to, target);
            Some(segment)
        }
        Call::Send { request, value } => {
            request_arguments(&mut to.signature, request, value);
            called(to, |text| request_result(text, request, value));
            None
        }
    };
    to.end(owner, &[name, "()"], member.map(String::as_str), &method.docs);
}

/// The result of a method that leads to a place.
fn leads(to: &mut Writer<'_>, target: &ItemPath) {
    to.text(&[") -> "]);
    to.path(target);
}

/// The result of a method that makes a request.
fn called(to: &mut Writer<'_>, result: impl FnOnce(&mut String)) {
    to.text(&[") -> runtime::Request<"]);
    result(&mut to.signature);
    to.text(&[">"]);
}
