//! The files of a crate.
//!
//! Enters: a [`CratePlan`]. Leaves: a [`FileTree`], each file formatted.
//! Must not know: where the files will be written.

use crate::crate_plan::{CratePlan, File, Item, Module, Prose, RegistryTable};
use crate::write::emit::{self, Imports};
use crate::write::form::{Use, Words};
use crate::write::mark;
use crate::write::template::template;
use crate::write::tree::FileTree;
use crate::write::wrap::Text;
use rayon::prelude::*;
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

/// The first line of a file, without its end.
fn mark(plan: &CratePlan, origin: &str) -> String {
    let mut line = mark::of_code(origin, &plan.command);
    line.truncate(line.trim_end().len());
    line
}

/// What begins a file that has no documentation.
fn header(plan: &CratePlan, origin: &str) -> String {
    mark::of_code(origin, &plan.command) + "\n"
}

/// What a function writes.
fn written(write: impl FnOnce(&mut Text)) -> String {
    let mut text = Text::default();
    write(&mut text);
    text.into_string()
}

/// The crate root. It is written so that rustfmt leaves it as it is; the modules below are
/// exempt from rustfmt. What names and shapes are, the schema decides; the lints are about just
/// that.
fn library(plan: &CratePlan) -> String {
    written(|text| {
        template!(
            text,
            "
            $mark

            $docs

            #![forbid(unsafe_code)]
            // A deprecated element of the schema is still part of its type.
            #![allow(deprecated)]
            // Names and arguments are those of the schema.
            #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]
            #![allow(clippy::enum_variant_names, clippy::module_inception, clippy::should_implement_trait)]
            #![allow(clippy::too_many_arguments, clippy::wrong_self_convention)]

            $modules

            $client
            pub use schemacrate_runtime as runtime;
            ",
            mark = &mark(plan, "the schema"),
            docs => docs(text, &plan.docs),
            modules => root_modules(text, plan),
            client => if !plan.models_only { text.line("pub use client::*;") },
        );
    })
}

/// The modules of the crate root, by name.
fn root_modules(text: &mut Text, plan: &CratePlan) {
    let modules = plan.modules.keys().map(String::as_str);
    let client = (!plan.models_only).then_some(CLIENT);
    let mut modules: Vec<&str> = modules.chain(client).chain([REGISTRY]).collect();
    modules.sort_unstable();
    for name in modules {
        if name == REGISTRY {
            text.line("#[cfg(feature = \"registry\")]");
        }
        template!(
            text,
            "
            #[rustfmt::skip]
            $pub_mod $name;
            ",
            // What the client has is exported by the crate root.
            pub_mod = if name == CLIENT { "mod" } else { "pub mod" },
            name = name,
        );
    }
}

/// The module of the client and the free functions.
const CLIENT: &str = "client";

/// The module of the registry.
const REGISTRY: &str = "registry";

fn client(plan: &CratePlan) -> Arc<str> {
    let mut imports = Imports::of_client();
    let mut text = Text::default();
    emit::client(&mut text, &mut imports, plan);
    emit::functions(&mut text, &mut imports, &plan.functions);
    let head = written(|text| {
        template!(
            text,
            "
            $mark

            //! The client, and a function for each request at its shortest path.

            ",
            mark = &mark(plan, "the entity container"),
        );
    });
    file(&head, &imports, &mut text)
}

/// The module of the registry, which is there with its feature, as the tables below it are.
fn registry(plan: &CratePlan) -> Arc<str> {
    let head = written(|text| {
        template!(
            text,
            "
            $mark

            //! The types and actions of the schema by their qualified names.

            $tables

            ",
            mark = &mark(plan, "the schema"),
            tables => for table in &plan.registry.tables {
                text.line(Words(["mod ", &table.name, ";"]));
            },
        );
    });
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
    let text = written(|text| {
        template!(
            text,
            "
            $mark

            $docs

            $modules
            $files
            $exports
            ",
            mark = &mark(plan, "the schema"),
            docs => docs(text, &module.docs),
            modules => for name in module.modules.keys() {
                text.line(Words(["pub mod ", name, ";"]));
            },
            files => for name in module.files.keys() {
                text.line(Words(["mod ", name, ";"]));
            },
            exports => exports(text, module),
        );
    });
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
fn exports(text: &mut Text, module: &Module) {
    for (name, file) in &module.files {
        let mut items: Vec<&str> = file.items.iter().map(Item::name).collect();
        items.sort_unstable();
        match items.as_slice() {
            [] => {}
            names => text.line(Use { keyword: "pub use", module: name, names }),
        }
    }
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

/// The documentation of a module, each paragraph on a line.
fn docs(text: &mut Text, paragraphs: &[Prose]) {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            text.line("//!");
        }
        text.line(Words(["//! ", paragraph.markdown()]));
    }
}
