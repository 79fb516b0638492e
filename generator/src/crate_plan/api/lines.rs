//! Where the lines of items go, and those that are not of one item alone: of kinds and of the crate root.

use super::declared::Declared;
use crate::crate_plan::{
    Call, CratePlan, Function, Item, Kind, Method, Prose, Reach, Type, signature,
};
use std::borrow::Cow;

/// What the lines of one item have in common.
pub(crate) struct Owner<'a> {
    /// The Rust path of the item; empty at the crate root.
    pub(super) path: &'a str,
    /// Its qualified wire name.
    pub(super) wire_name: &'a str,
}

/// Writes a line.
pub(super) struct Found<'a> {
    pub(super) owner: &'a Owner<'a>,
    /// The name within the owner; `None` for the owner itself and for traits.
    pub(super) name: &'a str,
    /// The item as Rust declares it.
    pub(super) declared: Declared<'a>,
    pub(super) member: Option<&'a str>,
    /// Whether it is deprecated.
    pub(super) is_deprecated: bool,
}

/// The lines written so far.
pub(crate) struct Writer<'w> {
    take: &'w mut dyn FnMut(Found<'_>),
}

impl<'w> Writer<'w> {
    pub(super) fn new(take: &'w mut dyn FnMut(Found<'_>)) -> Self {
        Self { take }
    }

    pub(crate) fn line(
        &mut self,
        owner: &Owner<'_>,
        name: &str,
        declared: Declared<'_>,
        member: Option<&str>,
        deprecated: Option<&Prose>,
    ) {
        let is_deprecated = deprecated.is_some();
        (self.take)(Found { owner, name, declared, member, is_deprecated });
    }

    /// Writes a line that has no member and is never deprecated.
    pub(crate) fn plain(&mut self, owner: &Owner<'_>, name: &str, declared: Declared<'_>) {
        self.line(owner, name, declared, None, None);
    }
}

/// The path of an item that a module exports.
pub(super) fn path_of(module: &[String], item: &Item) -> String {
    [&module.join("::"), "::", item.name()].concat()
}

/// Writes the lines of an item that its kind has in common.
pub(super) fn shared_lines(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Item) {
    let Some(kind) = item.kind() else { return };
    let (arguments, parameters) = (item.arguments(), kind.parameters());
    let given = |one: Type| {
        let at = match &one {
            Type::Parameter(name) => parameters.iter().position(|parameter| parameter == name),
            _ => None,
        };
        at.and_then(|at| arguments.get(at).cloned()).unwrap_or(one)
    };
    for (name, declared) in kind.shared() {
        to.plain(owner, name, declared.map(&given));
    }
}

/// Writes the lines that every item of a kind has.
pub(super) fn kind_lines(to: &mut Writer<'_>, kind: Kind) {
    let nobody = Owner { path: "", wire_name: "" };
    for (name, declared) in kind.shared() {
        to.plain(&nobody, name, declared);
    }
}

/// Writes the lines of the crate root: the registry, the client and the free functions.
pub(super) fn root_lines(to: &mut Writer<'_>, plan: &CratePlan) {
    let root = Owner { path: "", wire_name: "" };
    if let Some(registry) = &plan.registry {
        let value = registry.value();
        to.plain(&root, "registry::REGISTRY", Declared::Static(Cow::Owned(value)));
    }
    if plan.models_only {
        return;
    }
    if plan.service_root.is_some() {
        to.plain(&root, "SERVICE_ROOT", Declared::Constant(Cow::Owned(signature::service_root())));
    }
    client_lines(to, plan);
    plan.functions.iter().for_each(|one| function(to, &root, one));
}

fn client_lines(to: &mut Writer<'_>, plan: &CratePlan) {
    let client = Owner { path: "Client", wire_name: "" };
    let function = |signature| Declared::Function(Cow::Owned(signature));
    to.plain(&client, "", Declared::Struct);
    to.plain(&client, "builder", function(signature::client_builder()));
    if plan.takes_credential() {
        to.plain(&client, "with_service_root", function(signature::with_service_root()));
    }
    if plan.takes_credential() && plan.service_root.is_some() {
        to.plain(&client, "new", function(signature::new_client()));
    }
    for one in signature::client_traits() {
        to.plain(&client, "", Declared::Implementation(Cow::Owned(one)));
    }
    plan.entry.iter().for_each(|one| method(to, &client, one));
    for one in plan.service.iter().flat_map(|one| &one.accesses) {
        let member = match &one.reach {
            Reach::Group(_) => None,
            Reach::Authorized { scheme, .. } => Some(scheme.as_str()),
        };
        let deprecated = one.docs.deprecated.as_ref();
        to.line(&client, &one.name, function(one.signature()), member, deprecated);
    }
}

fn function(to: &mut Writer<'_>, owner: &Owner<'_>, function: &Function) {
    let member = function.steps.last().map(|step| step.method.as_str());
    let declared = Declared::Function(Cow::Borrowed(&function.signature));
    to.line(owner, &function.name, declared, member, function.docs.deprecated.as_ref());
}

/// Writes the line of a method.
pub(crate) fn method(to: &mut Writer<'_>, owner: &Owner<'_>, method: &Method) {
    let member = match &method.call {
        Call::Child { segment }
        | Call::Act { segment, .. }
        | Call::Compute { segment, .. }
        | Call::Follow { segment, .. } => Some(segment.as_str()),
        Call::Key { .. } | Call::AlternateKey { .. } | Call::Send(_) => None,
    };
    let declared = Declared::Function(Cow::Borrowed(&method.signature));
    to.line(owner, &method.name, declared, member, method.docs.deprecated.as_ref());
}
