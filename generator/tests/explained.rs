//! The compiler explains the public traits of the runtime in the words of a caller: each has
//! `#[diagnostic::on_unimplemented]`, or is one that only generated code meets.

#![allow(clippy::unwrap_used)] // A test may panic.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::punctuated::Punctuated;
use syn::{
    FnArg, GenericParam, Generics, ImplItem, Item, ItemTrait, Meta, Signature, Token, TraitItem,
    Type, TypeParamBound, UseTree, Visibility, WherePredicate,
};

/// Public traits without an explanation, and why no caller needs one.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("Accepts", "what a kind of declared types accepts: `IntoBody` and `IntoValue` explain"),
    ("Attempt", "an attempt to read a branch of a union, made by the runtime"),
    ("Base", "implemented by generated structs, and met only by what is generated with them"),
    ("Blank", "implemented by generated structs, and met only by what is generated with them"),
    ("Blanks", "how blank values of a kind of types are made: `Value` explains"),
    ("Body", "a kind of types, named by generated types: `IntoBody` explains"),
    ("BoxSlot", "a place that JSON is read into, made by the runtime"),
    ("Conversion", "how a kind of types is written: `IntoBody` and `IntoValue` explain"),
    ("Hierarchy", "implemented by generated enums, and met only by what is generated with them"),
    ("Inherits", "implemented by generated structs, and met only by what is generated with them"),
    ("JsonSlot", "a place that JSON is read into, made by the runtime"),
    ("Kind", "how a kind of types is read: `Value` explains"),
    ("ListSlot", "a place that JSON is read into, made by the runtime"),
    ("ListView", "a collection that is written, made by the runtime"),
    ("MapSlot", "a place that JSON is read into, made by the runtime"),
    ("MapView", "a map that is written, made by the runtime"),
    ("MemberSlot", "a place that JSON is read into, made by the runtime"),
    ("ObjectSlot", "a place that JSON is read into, made by the runtime"),
    ("Refers", "how a kind of types refers to an entity: `IntoReference` explains"),
    ("Sealed", "keeps a trait to the types of the runtime: the trait itself explains"),
    ("StrictSlot", "a place that JSON is read into, made by the runtime"),
    ("Text", "a primitive type of the runtime that JSON writes as text"),
    ("TextSlot", "a place that JSON is read into, made by the runtime"),
    ("TextView", "a text that is written, made by the runtime"),
    ("Union", "implemented by generated unions, and met only by what is generated with them"),
    ("UnionSlot", "a place that JSON is read into, made by the runtime"),
    ("UnionView", "a value of a union that is written, made by the runtime"),
];

/// The module whose items only generated code calls.
const FOR_GENERATED_CODE: &str = "codegen.rs";

/// What the sources of the runtime declare.
#[derive(Default)]
struct Declared {
    /// The public traits, and whether each is explained.
    traits: BTreeMap<String, bool>,
    /// The traits that bound what public functions take, by file.
    bounds: BTreeMap<PathBuf, BTreeSet<String>>,
    /// The names that a file re-exports.
    exports: BTreeMap<PathBuf, BTreeSet<String>>,
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn declared() -> Declared {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let mut declared = Declared::default();
    for path in paths {
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let path = path.strip_prefix(&root).unwrap();
        for item in &file.items {
            declared.read(path, item);
        }
    }
    declared
}

impl Declared {
    fn read(&mut self, path: &Path, item: &Item) {
        match item {
            Item::Trait(one) if is_public(&one.vis) => {
                self.traits.insert(one.ident.to_string(), is_explained(one));
                let functions = one.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(function) => Some(&function.sig),
                    _ => None,
                });
                functions.for_each(|signature| self.bound(path, &one.generics, signature));
            }
            Item::Fn(one) if is_public(&one.vis) => {
                self.bound(path, &Generics::default(), &one.sig);
            }
            Item::Impl(block) if block.trait_.is_none() => {
                for item in &block.items {
                    if let ImplItem::Fn(function) = item
                        && is_public(&function.vis)
                    {
                        self.bound(path, &block.generics, &function.sig);
                    }
                }
            }
            Item::Use(one) if is_public(&one.vis) => {
                exported(&one.tree, self.exports.entry(path.to_owned()).or_default());
            }
            Item::Macro(one) => {
                let bounds = self.bounds.entry(path.to_owned()).or_default();
                of_tokens(one.mac.tokens.clone(), bounds);
            }
            Item::Mod(one) => {
                let items = one.content.iter().flat_map(|(_, items)| items);
                items.for_each(|item| self.read(path, item));
            }
            _ => {}
        }
    }

    /// Notes what bounds the parameters of a function.
    fn bound(&mut self, path: &Path, around: &Generics, signature: &Signature) {
        let bounds = self.bounds.entry(path.to_owned()).or_default();
        of_generics(around, bounds);
        of_generics(&signature.generics, bounds);
        for argument in &signature.inputs {
            if let FnArg::Typed(argument) = argument
                && let Type::ImplTrait(one) = &*argument.ty
            {
                of_bounds(&one.bounds, bounds);
            }
        }
    }

    /// The files in which callers meet a trait: it bounds a public function, or is re-exported.
    fn met_in(&self, name: &str) -> Vec<&Path> {
        let exports = self.exports.iter().filter(|(path, _)| is_for_callers(path));
        let files = exports.chain(&self.bounds).filter(|(_, names)| names.contains(name));
        files.map(|(path, _)| path.as_path()).collect()
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether what a file re-exports is public outside of the runtime, and not for generated code only.
fn is_for_callers(path: &Path) -> bool {
    let public = ["lib.rs", "model.rs", "odata/paths/mod.rs", "odata/query/mod.rs"];
    path != Path::new(FOR_GENERATED_CODE) && public.iter().any(|one| path == Path::new(one))
}

/// Whether the compiler has a message, a label and a note for a trait that is not implemented.
fn is_explained(one: &ItemTrait) -> bool {
    one.attrs.iter().any(|attribute| {
        let names: Vec<String> =
            attribute.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
        let Meta::List(list) = &attribute.meta else { return false };
        let words: BTreeSet<String> =
            list.tokens.clone().into_iter().map(|token| token.to_string()).collect();
        names == ["diagnostic", "on_unimplemented"]
            && ["message", "label", "note"].iter().all(|word| words.contains(*word))
    })
}

fn of_generics(generics: &Generics, found: &mut BTreeSet<String>) {
    for parameter in &generics.params {
        if let GenericParam::Type(one) = parameter {
            of_bounds(&one.bounds, found);
        }
    }
    for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(one) = predicate {
            of_bounds(&one.bounds, found);
        }
    }
}

/// The names of the traits among bounds, without those that are named by a path into another crate.
fn of_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>, found: &mut BTreeSet<String>) {
    for bound in bounds {
        let TypeParamBound::Trait(one) = bound else { continue };
        let names: Vec<String> =
            one.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [first, .., _] = names.as_slice()
            && !["crate", "super"].contains(&first.as_str())
        {
            continue;
        }
        found.extend(names.last().cloned());
    }
}

/// The bounds in a macro that writes functions: the last name of each path in `$crate` after `:`, `+` or
/// `impl`, unless it is the trait of an implementation.
fn of_tokens(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            of_tokens(group.stream(), found);
        }
        let TokenTree::Ident(name) = token else { continue };
        let is = |at: usize, text: &str| tokens.get(at).is_some_and(|one| one.to_string() == text);
        if is(at + 1, ":") && is(at + 2, ":") {
            continue; // Not the last name of its path.
        }
        let mut start = at;
        while start >= 3 && is(start - 1, ":") && is(start - 2, ":") {
            start -= 3;
        }
        if start == 0 || !is(start - 1, "$") {
            continue; // Not a name of the runtime in the code of a caller.
        }
        let after = |text: &str| start > 1 && is(start - 2, text);
        let is_bound = after(":") || after("+") || after("impl");
        if is_bound && !is(at + 1, "for") {
            found.insert(name.to_string());
        }
    }
}

fn exported(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => exported(&path.tree, found),
        UseTree::Name(name) => _ = found.insert(name.ident.to_string()),
        UseTree::Rename(rename) => _ = found.insert(rename.ident.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|item| exported(item, found)),
        UseTree::Glob(_) => {}
    }
}

#[test]
fn every_public_trait_is_explained() {
    let declared = declared();
    let is_exception = |name: &str| EXCEPTIONS.iter().any(|(exception, _)| *exception == name);
    let silent: Vec<&String> = declared
        .traits
        .iter()
        .filter(|(name, is_explained)| !**is_explained && !is_exception(name))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "traits without `#[diagnostic::on_unimplemented]`: {silent:?}");
}

#[test]
fn no_exception_is_met_by_callers() {
    let declared = declared();
    for (name, reason) in EXCEPTIONS {
        assert!(!reason.is_empty(), "{name}");
        assert_eq!(declared.traits.get(*name), Some(&false), "`{name}` needs no exception");
        let met: Vec<&Path> =
            declared.met_in(name).into_iter().filter(|path| !is_inner(path)).collect();
        assert!(met.is_empty(), "`{name}` is an exception, but callers meet it in {met:?}");
    }
}

/// Whether the public functions of a file are called by generated code and by the runtime only.
fn is_inner(path: &Path) -> bool {
    const FILES: &[&str] = &[
        "json/blank.rs",
        "json/copy.rs",
        "json/derivation.rs",
        "json/map.rs",
        "json/slot.rs",
        "json/tuple.rs",
        "json/values.rs",
        "odata/hierarchy.rs",
    ];
    FILES.iter().any(|one| path == Path::new(one))
}

#[test]
fn the_traits_of_generated_signatures_are_found() {
    let declared = declared();
    let bounds: BTreeSet<&String> = declared.bounds.values().flatten().collect();
    for name in ["Credential", "DerivedFrom", "FromResponse", "IntoBody", "IntoFilter", "Selection"]
    {
        assert!(bounds.contains(&name.to_owned()), "{name}");
        assert_eq!(declared.traits.get(name), Some(&true), "{name}");
    }
    let of_macro = &declared.bounds[Path::new("odata/macros.rs")];
    assert!(of_macro.contains("DerivedFrom") && of_macro.contains("Structured"), "{of_macro:?}");
}
