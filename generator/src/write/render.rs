//! The files of a crate.
//!
//! Enters: a [`CratePlan`]. Leaves: a [`FileTree`], each file formatted.
//! Must not know: where the files will be written.

use crate::crate_plan::{CratePlan, File, Item, Module, Prose, RegistryTable};
use crate::write::emit::{self, Imports};
use crate::write::form::Use;
use crate::write::mark;
use crate::write::tree::FileTree;
use crate::write::wrap::Text;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;

/// Renders all files of a crate but its manifest and its `api.txt`.
pub fn render(plan: &CratePlan) -> FileTree {
    let mut tree = FileTree::default();
    tree.insert("src/lib.rs", library(plan));
    if !plan.models_only {
        tree.insert("src/client.rs", client(plan));
    }
    tree.insert("src/registry/mod.rs", registry(plan));
    let tables = plan.registry.tables.iter();
    let mut pending: Vec<Pending<'_>> = tables
        .map(|table| (format!("src/registry/{}.rs", table.name), Part::Table(table)))
        .collect();
    for (name, module) in &plan.modules {
        modules(&mut tree, plan, std::slice::from_ref(name), module, &mut pending);
    }
    // The tree is sorted by path, so the order in which the files are done is of no account.
    let texts: Vec<(String, Arc<str>)> = pending
        .into_par_iter()
        .map_init(Text::default, |text, (path, part)| {
            let written = match part {
                Part::Items(module, file) => items(plan, text, &module, file),
                Part::Table(entries) => table(plan, text, entries),
            };
            (path, written)
        })
        .collect();
    for (path, text) in texts {
        tree.insert(&path, text);
    }
    tree
}

/// A file to render: its path, and what it holds.
type Pending<'plan> = (String, Part<'plan>);

/// What a file holds.
enum Part<'plan> {
    /// Items, which the module exports.
    Items(Vec<String>, &'plan File),
    /// A table of the registry.
    Table(&'plan RegistryTable),
}

fn header(plan: &CratePlan, origin: &str) -> String {
    mark::of_code(origin, &plan.command) + "\n"
}

/// What names and shapes are, the schema decides; these lints are about just that.
const ATTRIBUTES: &str = "
#![forbid(unsafe_code)]
// A deprecated element of the schema is still part of its type.
#![allow(deprecated)]
// Names and arguments are those of the schema.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]
#![allow(clippy::enum_variant_names, clippy::module_inception, clippy::should_implement_trait)]
#![allow(clippy::too_many_arguments, clippy::wrong_self_convention)]

";

/// The crate root. It is written so that rustfmt leaves it as it is; the modules below are
/// exempt from rustfmt.
fn library(plan: &CratePlan) -> String {
    let mut text = header(plan, "the schema");
    push_docs(&mut text, "//!", &plan.docs);
    text.push_str(ATTRIBUTES);
    let mut modules: Vec<(&str, &str)> =
        plan.modules.keys().map(|name| (name.as_str(), "#[rustfmt::skip]\npub mod")).collect();
    if !plan.models_only {
        modules.push(("client", "#[rustfmt::skip]\nmod"));
    }
    modules.push(("registry", "#[cfg(feature = \"registry\")]\n#[rustfmt::skip]\npub mod"));
    modules.sort_unstable();
    for (name, declaration) in modules {
        let _ = writeln!(text, "{declaration} {name};");
    }
    text.push_str(if plan.models_only { "\n" } else { "\npub use client::*;\n" });
    text.push_str("pub use schemacrate_runtime as runtime;\n");
    text
}

fn client(plan: &CratePlan) -> Arc<str> {
    let mut imports = Imports::of_client();
    let mut text = Text::default();
    emit::client(&mut text, &mut imports, plan);
    emit::functions(&mut text, &mut imports, &plan.functions);
    let mut header = header(plan, "the entity container");
    header.push_str("//! The client, and a function for each request at its shortest path.\n\n");
    file(&header, &imports, &mut text)
}

/// The module of the registry, which stands or falls with the feature, as the tables below it do.
fn registry(plan: &CratePlan) -> Arc<str> {
    let mut head = header(plan, "the schema");
    head.push_str("//! The types and actions of the schema by their qualified names.\n\n");
    for table in &plan.registry.tables {
        let _ = writeln!(head, "mod {};", table.name);
    }
    head.push('\n');
    let mut imports = Imports::of_registry();
    let mut text = Text::default();
    emit::registry(&mut text, &mut imports, &plan.registry);
    file(&head, &imports, &mut text)
}

fn table(plan: &CratePlan, text: &mut Text, table: &RegistryTable) -> Arc<str> {
    let mut imports = Imports::of_registry();
    emit::table(text, &mut imports, table);
    file(&header(plan, "the schema"), &imports, text)
}

fn modules<'plan>(
    tree: &mut FileTree,
    plan: &CratePlan,
    path: &[String],
    module: &'plan Module,
    pending: &mut Vec<Pending<'plan>>,
) {
    let mut text = header(plan, "the schema");
    push_docs(&mut text, "//!", &module.docs);
    text.push('\n');
    for name in module.modules.keys() {
        let _ = writeln!(text, "pub mod {name};");
    }
    for name in module.files.keys() {
        let _ = writeln!(text, "mod {name};");
    }
    text.push_str(&exports(module));
    tree.insert(&format!("src/{}/mod.rs", path.join("/")), text);
    for (name, file) in &module.files {
        let part = Part::Items(path.to_vec(), file);
        pending.push((format!("src/{}/{name}.rs", path.join("/")), part));
    }
    for (name, child) in &module.modules {
        let mut path = path.to_vec();
        path.push(name.clone());
        modules(tree, plan, &path, child, pending);
    }
}

/// What a module exports of its files, name by name: a compiler asks every `*` for every name that some
/// file imports, which for a thousand files takes longer than to read them.
fn exports(module: &Module) -> String {
    let mut text = Text::default();
    for (name, file) in &module.files {
        let mut items: Vec<&str> = file.items.iter().map(Item::name).collect();
        items.sort_unstable();
        match items.as_slice() {
            [] => {}
            names => text.line(Use { keyword: "pub use", module: name, names }),
        }
    }
    text.into_string()
}

fn items(plan: &CratePlan, text: &mut Text, module: &[String], found: &File) -> Arc<str> {
    let mut imports = Imports::new(module, found);
    for (at, item) in found.items.iter().enumerate() {
        if at > 0 {
            text.blank();
        }
        emit::item(text, &mut imports, item);
    }
    file(&header(plan, &found.origin), &imports, text)
}

/// A file: its header, what it imports, and its items, which are taken from their text.
fn file(header: &str, imports: &Imports, items: &mut Text) -> Arc<str> {
    let declarations = imports.declarations();
    let blank = if declarations.is_empty() { "" } else { "\n" };
    items.take_after(&[header, &declarations, blank])
}

fn push_docs(text: &mut String, slashes: &str, paragraphs: &[Prose]) {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            let _ = writeln!(text, "{slashes}");
        }
        let _ = writeln!(text, "{slashes} {}", paragraph.markdown());
    }
}
