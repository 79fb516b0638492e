//! Single items of the code that is generated for a small schema.

use crate::{document, generated};
use schemacrate::config::Config;
use syn::{File, ImplItem, Item, ItemImpl, Path, Type};

/// An item of the crate that is generated for some elements of a schema with the namespace `n`.
///
/// Items are named as in Rust: `Book` is a struct, an enum or a function, `Book::title` a member of an
/// `impl Book`, `impl Book` all such members, `impl Described for Book` the implementation of a trait, and
/// `structured!(Book, described)` the call of a macro.
#[track_caller]
pub fn emitted(elements: &str, name: &str) -> String {
    let mut config = Config::new("n", "out");
    config.service.root = Some("https://example.com/n".to_owned());
    let tree = generated(document(elements), &config).tree;
    let is_code = |path: &str| path.ends_with(".rs") && !path.starts_with("src/registry/");
    let files = tree.iter().filter(|(path, _)| is_code(path)).map(|(path, text)| {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
    });
    let mut all: Vec<File> = files.collect();
    let known: Vec<String> = all.iter().flat_map(|file| &file.items).flat_map(names).collect();
    let mut text = String::new();
    for file in &mut all {
        file.attrs.clear();
        file.items.retain_mut(|item| keep(item, name));
        text.push_str(&prettyplease::unparse(file));
    }
    assert!(!text.is_empty(), "there is no `{name}` among\n{}", known.join("\n"));
    text
}

/// Whether an item has a name, or a member with it; the other members are left out.
fn keep(item: &mut Item, name: &str) -> bool {
    if names(item).iter().any(|one| one == name) {
        return true;
    }
    match (item, name.split_once("::")) {
        (Item::Impl(block), Some((owner, member))) if header(block) == format!("impl {owner}") => {
            block.items.retain(|one| member_name(one).is_some_and(|one| one == member));
            !block.items.is_empty()
        }
        _ => false,
    }
}

/// The names of an item, of which an `impl` may have many.
fn names(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(one) => vec![one.ident.to_string()],
        Item::Enum(one) => vec![one.ident.to_string()],
        Item::Type(one) => vec![one.ident.to_string()],
        Item::Fn(one) => vec![one.sig.ident.to_string()],
        Item::Const(one) => vec![one.ident.to_string()],
        Item::Macro(one) => {
            let tokens = one.mac.tokens.to_string().replace(" ,", ",");
            vec![format!("{}!({tokens})", last(&one.mac.path))]
        }
        Item::Impl(one) => vec![header(one)],
        _ => Vec::new(),
    }
}

/// The beginning of an `impl`, with the last names of paths and no arguments.
fn header(block: &ItemImpl) -> String {
    let of = match &*block.self_ty {
        Type::Path(path) => last(&path.path),
        _ => String::new(),
    };
    match &block.trait_ {
        Some((path, _)) => format!("impl {} for {of}", last(path)),
        None => format!("impl {of}"),
    }
}

fn member_name(member: &ImplItem) -> Option<String> {
    match member {
        ImplItem::Fn(one) => Some(one.sig.ident.to_string()),
        ImplItem::Const(one) => Some(one.ident.to_string()),
        _ => None,
    }
}

fn last(path: &Path) -> String {
    path.segments.last().map(|one| one.ident.to_string()).unwrap_or_default()
}
