//! The lines of each kind of item.

use super::declared::Declared;
use crate::crate_plan::{
    Call, CratePlan, Enum, Function, Hierarchy, Home, Item, ItemPath, Kind, Method, Named, Path,
    Prose, Struct, Type, Update, signature,
};
use std::borrow::Cow;

/// What the lines of one item have in common.
pub(super) struct Owner<'a> {
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
pub(super) struct Writer<'w> {
    take: &'w mut dyn FnMut(Found<'_>),
}

impl<'w> Writer<'w> {
    pub(super) fn new(take: &'w mut dyn FnMut(Found<'_>)) -> Self {
        Self { take }
    }

    fn line(
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
    fn plain(&mut self, owner: &Owner<'_>, name: &str, declared: Declared<'_>) {
        self.line(owner, name, declared, None, None);
    }
}

/// The path of an item that a module exports.
pub(super) fn path_of(module: &[String], item: &Item) -> String {
    [&module.join("::"), "::", item.name()].concat()
}

/// Writes the lines of an item, except those that its kind has in common.
pub(super) fn item_lines(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Item) {
    match item {
        Item::Struct(item) => structure(to, owner, item),
        Item::Enum(item) => enumeration(to, owner, item),
        Item::Hierarchy(item) => hierarchy(to, owner, item),
        Item::Update(item) => update(to, owner, item),
        Item::Path(item) => requests(to, owner, item),
    }
}

/// Writes the lines of an item that its kind has in common.
pub(super) fn shared_lines(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Item) {
    let arguments = item.arguments();
    let parameters = item.kind().parameters();
    let given = |one: Type| {
        let at = match &one {
            Type::Parameter(name) => parameters.iter().position(|parameter| parameter == name),
            _ => None,
        };
        at.and_then(|at| arguments.get(at).cloned()).unwrap_or(one)
    };
    for (name, declared) in item.kind().shared() {
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
    let registry = Named::runtime(&["registry", "Registry"]).into();
    to.plain(&root, "registry::REGISTRY", Declared::Static(Cow::Owned(registry)));
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
    to.plain(&client, "with_service_root", function(signature::with_service_root()));
    if plan.service_root.is_some() {
        to.plain(&client, "new", function(signature::new_client()));
    }
    for one in signature::client_traits() {
        to.plain(&client, "", Declared::Implementation(Cow::Owned(one)));
    }
    plan.entry.iter().for_each(|one| method(to, &client, one));
}

fn function(to: &mut Writer<'_>, owner: &Owner<'_>, function: &Function) {
    let member = function.steps.last().map(|step| step.method.as_str());
    let declared = Declared::Function(Cow::Borrowed(&function.signature));
    to.line(owner, &function.name, declared, member, function.docs.deprecated.as_ref());
}

fn structure(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Struct) {
    to.line(owner, "", Declared::Struct, None, item.docs.deprecated.as_ref());
    for field in &item.fields {
        let (wire, deprecated) = (Some(field.wire_name.as_str()), field.docs.deprecated.as_ref());
        let declared = Declared::Field(Cow::Borrowed(&field.value));
        to.line(owner, &field.name, declared, wire, deprecated);
        if let Some(constant) = &field.constant {
            let declared = Declared::Constant(Cow::Borrowed(&constant.value));
            to.line(owner, &constant.name, declared, wire, deprecated);
        }
    }
    to.plain(owner, &item.additional, Declared::Field(Cow::Owned(signature::additional())));
    for base in &item.bases {
        let derived_from = Named::runtime(&["query", "DerivedFrom"]);
        to.plain(owner, "", of_item(derived_from, base));
    }
}

/// A trait with a generated type as its argument.
fn of_item(name: Named, item: &ItemPath) -> Declared<'static> {
    Declared::Implementation(Cow::Owned(name.of(Type::Generated(item.clone()))))
}

fn enumeration(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Enum) {
    to.line(owner, "", Declared::Enum, None, item.docs.deprecated.as_ref());
    for variant in &item.variants {
        let (wire, deprecated) =
            (Some(variant.wire_name.as_str()), variant.docs.deprecated.as_ref());
        to.line(owner, &variant.name, Declared::Variant(None), wire, deprecated);
    }
    let unrecognized = Declared::Variant(Some(Cow::Owned(signature::unrecognized())));
    to.plain(owner, &item.unrecognized, unrecognized);
}

fn hierarchy(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Hierarchy) {
    to.line(owner, "", Declared::Enum, None, item.docs.deprecated.as_ref());
    for variant in item.derived.iter().chain([&item.base]) {
        let wire = Some(variant.wire_name.as_str());
        let payload = Declared::Variant(Some(Cow::Owned(variant.payload())));
        to.line(owner, &variant.name, payload, wire, None);
        let from = Named::new(Home::Prelude, &["std", "convert", "From"]);
        to.line(owner, "", of_item(from, &variant.value), wire, None);
    }
}

fn update(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Update) {
    to.line(owner, "", Declared::Struct, None, item.docs.deprecated.as_ref());
    for setter in &item.setters {
        let declared = Declared::Setter(Cow::Borrowed(&setter.takes));
        let wire = Some(setter.wire_name.as_str());
        to.line(owner, &setter.name, declared, wire, setter.docs.deprecated.as_ref());
    }
}

fn requests(to: &mut Writer<'_>, owner: &Owner<'_>, item: &Path) {
    to.line(owner, "", Declared::Struct, None, item.docs.deprecated.as_ref());
    item.methods.iter().for_each(|one| method(to, owner, one));
}

fn method(to: &mut Writer<'_>, owner: &Owner<'_>, method: &Method) {
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
