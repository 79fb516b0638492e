//! The public items that the files of a crate have.
//!
//! Enters: the files of a generated crate, and the macros of the runtime. Leaves: a line for each
//! public item that a user can reach, in the form that `api.txt` has. Must not know: the plan.

use super::macros::Macros;
use schemacrate::FileTree;
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    Attribute, Fields, FnArg, GenericArgument, GenericParam, ImplItem, Item, ItemImpl, ItemUse,
    Pat, PathArguments, ReceiverKind, ReturnType, Signature, Type, TypeParamBound, UseTree,
    Visibility,
};

/// The generator writes only a part of the language.
const NOT_EXPECTED: &str = "a form that generated code does not have; teach it to this test";

/// Names of the standard library that every file has.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Default",
    "Eq",
    "From",
    "Into",
    "Option",
    "PartialEq",
    "Result",
    "String",
    "Vec",
];

/// The lines of a crate.
pub(crate) fn lines(tree: &FileTree, macros: &Macros) -> Vec<String> {
    let mut found = Found { tree, macros, lines: Vec::new() };
    found.module(&[], "src/lib.rs");
    found.lines
}

struct Found<'t> {
    tree: &'t FileTree,
    macros: &'t Macros,
    lines: Vec<String>,
}

impl Found<'_> {
    /// Reads a module that users can name.
    fn module(&mut self, path: &[String], file: &str) {
        let items = self.items(file);
        let exports = exports(&items);
        let folder = file.trim_end_matches("mod.rs").trim_end_matches("lib.rs");
        for item in &items {
            let Item::Mod(module) = item else { continue };
            let name = module.ident.to_string();
            let plain = name.trim_start_matches("r#");
            if is_public(&module.vis) {
                let path: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
                self.module(&path, &format!("{folder}{plain}/mod.rs"));
            } else if let Some(names) = exports.get(&name) {
                let items = self.items(&format!("{folder}{plain}.rs"));
                self.file(path, &items, names);
            }
        }
        let all = Exported::All;
        self.file(path, &items, &all);
    }

    fn items(&self, file: &str) -> Vec<Item> {
        let text = self.tree.get(file).unwrap_or_else(|| panic!("{file}"));
        syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}")).items
    }

    /// Reads the items of a file that a module exports.
    fn file(&mut self, module: &[String], items: &[Item], exported: &Exported) {
        let names = Names::of(module, items);
        for item in items {
            self.item(&names, item, exported);
        }
    }

    fn item(&mut self, names: &Names<'_>, item: &Item, exported: &Exported) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.ident.to_string()));
                self.derived(&path, &item.attrs);
                self.line(format!("pub struct {path}"), &item.attrs);
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().expect("a field that has a name");
                    let line = format!("pub {path}::{name}: {}", names.value(&field.ty));
                    self.line(line, &field.attrs);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.ident.to_string()));
                self.derived(&path, &item.attrs);
                self.line(format!("pub enum {path}"), &item.attrs);
                for variant in &item.variants {
                    let payload = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => {
                            let values = fields.iter().map(|field| names.value(&field.ty));
                            format!("({})", values.collect::<Vec<_>>().join(", "))
                        }
                    };
                    self.line(format!("pub {path}::{}{payload}", variant.ident), &variant.attrs);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.ident.to_string()));
                self.line(format!("pub type {path} = {}", names.value(&item.ty)), &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.ident.to_string()));
                self.line(format!("pub const {path}: {}", names.value(&item.ty)), &item.attrs);
            }
            Item::Static(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.ident.to_string()));
                self.line(format!("pub static {path}: {}", names.value(&item.ty)), &item.attrs);
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let path = names.own(&exported.checked(&item.sig.ident.to_string()));
                self.line(format!("pub fn {}", names.signature(&path, &item.sig)), &item.attrs);
            }
            Item::Impl(item) => self.implementation(names, item),
            Item::Macro(item) => {
                for item in self.macros.expand(&item.mac) {
                    self.item(names, &item, exported);
                }
            }
            Item::Use(item) if is_public(&item.vis) => self.renamed(item),
            Item::Use(_) | Item::Mod(_) => {}
            Item::Const(_) | Item::Static(_) => {}
            _ => panic!("{NOT_EXPECTED}"),
        }
    }

    /// A crate that is exported under a name.
    fn renamed(&mut self, item: &ItemUse) {
        if let UseTree::Rename(renamed) = &item.tree {
            let line = format!("pub use {} as {}", renamed.ident, renamed.rename);
            self.line(line, &item.attrs);
        }
    }

    fn implementation(&mut self, names: &Names<'_>, item: &ItemImpl) {
        let path = names.implementing(item);
        let Some((implemented, _)) = &item.trait_ else {
            for one in &item.items {
                match one {
                    ImplItem::Fn(one) if is_public(&one.vis) => {
                        let name = format!("{path}::{}", one.sig.ident);
                        let line = format!("pub fn {}", names.signature(&name, &one.sig));
                        self.line(line, &one.attrs);
                    }
                    ImplItem::Fn(one) if matches!(one.vis, Visibility::Restricted(_)) => {}
                    ImplItem::Const(one) if is_public(&one.vis) => {
                        let value = names.value(&one.ty);
                        self.line(format!("pub const {path}::{}: {value}", one.ident), &one.attrs);
                    }
                    _ => panic!("{NOT_EXPECTED}"),
                }
            }
            return;
        };
        let mut arguments = names.arguments(implemented);
        arguments.extend(item.items.iter().filter_map(|one| match one {
            ImplItem::Type(one) => Some(format!("{} = {}", one.ident, names.value(&one.ty))),
            _ => None,
        }));
        let name = names.resolved(implemented);
        if let ("From", [from]) = (name.as_str(), arguments.as_slice())
            && path.starts_with("runtime::")
        {
            // What converts into a type of the runtime can be converted.
            let from = from.split('<').next().unwrap_or_default();
            return self.line(format!("impl Into<{path}> for {from}"), &item.attrs);
        }
        let arguments = between_brackets(&arguments);
        self.line(format!("impl {name}{arguments} for {path}"), &item.attrs);
    }

    /// The traits that are derived. Their names are those of macros, which no type hides.
    fn derived(&mut self, path: &str, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|one| one.path().is_ident("derive")) {
            attribute
                .parse_nested_meta(|derived| {
                    let mut name = derived.path.require_ident()?.to_string();
                    if name == "Debug" {
                        name = "std::fmt::Debug".to_owned();
                    }
                    assert!(name.contains(':') || PRELUDE.contains(&name.as_str()), "{name}");
                    self.lines.push(format!("impl {name} for {path}"));
                    Ok(())
                })
                .unwrap();
        }
    }

    fn line(&mut self, line: String, attributes: &[Attribute]) {
        let is_deprecated = attributes.iter().any(|one| one.path().is_ident("deprecated"));
        self.lines.push(if is_deprecated { line + " #[deprecated]" } else { line });
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What a module exports of a file.
enum Exported {
    All,
    Some(BTreeSet<String>),
}

impl Exported {
    /// The name of a public item, which has to be exported.
    fn checked(&self, name: &str) -> String {
        if let Self::Some(names) = self {
            assert!(names.contains(name), "{name} is public, and nobody can name it");
        }
        name.to_owned()
    }
}

/// What a module exports of the private modules below it, by their names.
fn exports(items: &[Item]) -> BTreeMap<String, Exported> {
    let mut exports = BTreeMap::new();
    for item in items {
        let Item::Use(item) = item else { continue };
        let UseTree::Path(path) = &item.tree else { continue };
        if !is_public(&item.vis) {
            continue;
        }
        let exported = match &*path.tree {
            UseTree::Glob(_) => Exported::All,
            UseTree::Name(name) => Exported::Some(BTreeSet::from([name.ident.to_string()])),
            UseTree::Group(group) => {
                let names = group.items.iter().map(|one| match one {
                    UseTree::Name(name) => name.ident.to_string(),
                    _ => panic!("{NOT_EXPECTED}"),
                });
                Exported::Some(names.collect())
            }
            _ => panic!("{NOT_EXPECTED}"),
        };
        exports.insert(path.ident.to_string(), exported);
    }
    exports
}

/// What the names of a file mean.
struct Names<'m> {
    module: &'m [String],
    declared: BTreeSet<String>,
    /// What is imported, by its whole path.
    imported: BTreeMap<String, String>,
}

impl<'m> Names<'m> {
    fn of(module: &'m [String], items: &[Item]) -> Self {
        let mut names = Self { module, declared: BTreeSet::new(), imported: BTreeMap::new() };
        for item in items {
            match item {
                Item::Struct(item) => names.declare(&item.ident),
                Item::Enum(item) => names.declare(&item.ident),
                Item::Type(item) => names.declare(&item.ident),
                Item::Const(item) => names.declare(&item.ident),
                Item::Use(item) if !is_public(&item.vis) => names.import(String::new(), &item.tree),
                _ => {}
            }
        }
        names
    }

    fn declare(&mut self, name: &syn::Ident) {
        self.declared.insert(name.to_string());
    }

    fn import(&mut self, before: String, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                let segment = path.ident.to_string();
                let before = if before.is_empty() { segment } else { before + "::" + &segment };
                self.import(before, &path.tree);
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.imported.insert(name.clone(), whole(&format!("{before}::{name}")));
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|one| self.import(before.clone(), one));
            }
            UseTree::Glob(_) if before == "schemacrate_runtime::codegen::scope" => {
                let words = "Literal Page Request Resource codegen edm model paths query \
                             model::IntoKey model::IntoNullable model::IntoValue query::Property";
                for path in words.split_whitespace() {
                    let name = path.rsplit("::").next().unwrap_or(path).to_owned();
                    let path = whole(&format!("schemacrate_runtime::{path}"));
                    self.imported.entry(name).or_insert(path);
                }
            }
            _ => panic!("{NOT_EXPECTED}"),
        }
    }

    /// The path of an item that the file declares.
    fn own(&self, name: &str) -> String {
        self.module.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
    }

    /// What a path means, without its arguments.
    fn resolved(&self, path: &syn::Path) -> String {
        let segments: Vec<String> = path.segments.iter().map(|one| one.ident.to_string()).collect();
        let written = segments.join("::");
        match segments.as_slice() {
            [name] if path.leading_colon.is_none() => {
                if self.declared.contains(name) {
                    return self.own(name);
                }
                if let Some(whole) = self.imported.get(name) {
                    return whole.clone();
                }
                written.strip_prefix("__").unwrap_or(&written).to_owned()
            }
            // A file is a module of its own, below the module that exports its items.
            [first, rest @ ..] if first == "super" => self.own(&rest.join("::")),
            // The first segment may be a module that the file imports.
            [first, rest @ ..] if path.leading_colon.is_none() => match self.imported.get(first) {
                Some(module) => format!("{module}::{}", rest.join("::")),
                None => whole(&written),
            },
            _ => whole(&written),
        }
    }

    fn arguments(&self, path: &syn::Path) -> Vec<String> {
        let arguments = path.segments.iter().filter_map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
            _ => None,
        });
        let arguments = arguments.flatten().map(|argument| match argument {
            GenericArgument::Type(value) => self.value(value),
            GenericArgument::Lifetime(lifetime) => lifetime.to_string(),
            GenericArgument::AssocType(one) => {
                format!("{} = {}", one.ident, self.value(&one.ty))
            }
            _ => panic!("{NOT_EXPECTED}"),
        });
        arguments.collect()
    }

    /// The type of an implementation. Its own parameters are not a part of its path.
    fn implementing(&self, item: &ItemImpl) -> String {
        match &*item.self_ty {
            Type::Path(path) if !item.generics.params.is_empty() => {
                let name = self.resolved(&path.path);
                if name.starts_with("runtime::") { self.path(&path.path) } else { name }
            }
            value => self.value(value),
        }
    }

    fn path(&self, path: &syn::Path) -> String {
        self.resolved(path) + &between_brackets(&self.arguments(path))
    }

    fn value(&self, value: &Type) -> String {
        match value {
            Type::Path(path) => self.path(&path.path),
            Type::Reference(reference) => {
                let mutable = if reference.mutability.is_some() { "mut " } else { "" };
                format!("&{mutable}{}", self.value(&reference.elem))
            }
            Type::Tuple(tuple) if tuple.elems.is_empty() => "()".to_owned(),
            Type::ImplTrait(bounds) => {
                let bounds = bounds.bounds.iter().map(|bound| match bound {
                    TypeParamBound::Trait(bound) => self.path(&bound.path),
                    _ => panic!("{NOT_EXPECTED}"),
                });
                // That a future can be sent is not part of its signature.
                let bounds =
                    bounds.filter(|bound| !bound.ends_with("marker::Send") && bound != "Send");
                format!("impl {}", bounds.collect::<Vec<_>>().join(" + "))
            }
            Type::Group(group) => self.value(&group.elem),
            _ => panic!("{NOT_EXPECTED}"),
        }
    }

    /// A function after its name, which may be a path.
    fn signature(&self, name: &str, signature: &Signature) -> String {
        let generics = signature.generics.params.iter().map(|one| match one {
            GenericParam::Type(one) => one.ident.to_string().trim_start_matches('_').to_owned(),
            _ => panic!("{NOT_EXPECTED}"),
        });
        let generics = between_brackets(&generics.collect::<Vec<_>>());
        let arguments = signature.inputs.iter().map(|one| match one {
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Reference(_, _, Some(_)) => "&mut self".to_owned(),
                ReceiverKind::Reference(_, _, None) => "&self".to_owned(),
                ReceiverKind::Value => "self".to_owned(),
                _ => panic!("{NOT_EXPECTED}"),
            },
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(name) => format!("{}: {}", name.ident, self.value(&argument.ty)),
                _ => panic!("{NOT_EXPECTED}"),
            },
        });
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let result = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, value) => format!(" -> {}", self.value(value)),
        };
        format!("{name}{generics}({arguments}){result}")
    }
}

/// A path as `api.txt` has it.
fn whole(path: &str) -> String {
    if let Some(own) = path.strip_prefix("crate::") {
        return own.to_owned();
    }
    if let Some(rest) = path.strip_prefix("schemacrate_runtime::") {
        return format!("runtime::{rest}");
    }
    let last = path.rsplit("::").next().unwrap_or(path);
    if path.starts_with("std::") && PRELUDE.contains(&last) {
        last.to_owned()
    } else {
        path.to_owned()
    }
}

fn between_brackets(arguments: &[String]) -> String {
    if arguments.is_empty() { String::new() } else { format!("<{}>", arguments.join(", ")) }
}
