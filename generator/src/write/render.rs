//! The files of a crate.
//!
//! Enters: a [`CratePlan`]. Leaves: a [`FileTree`], each file formatted.
//! Must not know: where the files will be written.

use crate::crate_plan::{
    CratePlan, File, Item, Module, Prose, Registry, RegistryTable, SchemaTable, XML_MODULE,
};
use crate::write::emit::{self, Imports, Mount};
use crate::write::form::{Use, Words};
use crate::write::mark;
use crate::write::template::template;
use crate::write::tree::FileTree;
use crate::write::wrap::Text;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Renders all files of a crate but its manifest and its `api.txt`.
pub fn render(plan: &CratePlan) -> FileTree {
    let mut tree = FileTree::default();
    tree.insert("src/lib.rs", library(plan));
    if !plan.models_only {
        tree.insert("src/client.rs", client(plan, Mount::Crate(&plan.name)));
    }
    if let Some(found) = &plan.registry {
        tree.insert("src/registry/mod.rs", registry(plan, found));
    }
    if !plan.xml.is_empty() {
        tree.insert(&format!("src/{XML_MODULE}.rs"), xml(plan, Mount::Crate(&plan.name)));
    }
    let mut pending: Vec<Pending<'_>> = Vec::new();
    let path = |name: &str| format!("src/registry/{name}.rs");
    match &plan.registry {
        Some(Registry::Names { tables, .. }) => {
            pending.extend(tables.iter().map(|one| (path(&one.name), Part::Table(one))));
        }
        Some(Registry::Schemas(tables)) => {
            pending.extend(tables.iter().map(|one| (path(&one.name), Part::Schemas(one))));
        }
        None => {}
    }
    for (name, module) in &plan.modules {
        modules(std::slice::from_ref(name), module, &mut pending);
    }
    for (path, text) in texts(plan, Mount::Crate(&plan.name), pending) {
        tree.insert(&path, text);
    }
    tree
}

/// Renders the items of a crate as one file, for a build script: items that a module of any crate
/// includes. It has no registry, since that is a Cargo feature of a crate.
pub(crate) fn render_module(plan: &CratePlan) -> String {
    let mut pending = Vec::new();
    for (name, module) in &plan.modules {
        modules(std::slice::from_ref(name), module, &mut pending);
    }
    // The modules are written around their files here.
    pending.retain(|(_, part)| matches!(part, Part::Items(..)));
    let files: BTreeMap<String, Arc<str>> =
        texts(plan, Mount::Module, pending).into_iter().collect();
    let mut made = header(plan, "the schema");
    for (name, module) in &plan.modules {
        made.push_str(&written(outer_attributes));
        nested(&mut made, &files, &format!("src/{name}"), name, module);
    }
    if !plan.models_only {
        made.push_str(&written(outer_attributes));
        made.push_str("mod client {\n");
        made.push_str(&client(plan, Mount::Module));
        made.push_str("}\n#[allow(unused_imports)]\npub use client::*;\n");
    }
    if !plan.xml.is_empty() {
        made.push_str(&["mod ", XML_MODULE, " {\n", &xml(plan, Mount::Module), "}\n"].concat());
    }
    made.push_str("#[allow(unused_imports)]\npub use schemacrate_runtime as runtime;\n");
    made
}

/// What a module of another crate needs in place of the attributes of a crate: its lint settings
/// except those that only a crate can have, and those for parts of a service that a program does
/// not use.
fn outer_attributes(text: &mut Text) {
    template!(
        text,
        "
        #[allow(deprecated, dead_code, unused_imports, unreachable_pub, unnameable_types)]
        #[allow(clippy::enum_variant_names, clippy::module_inception, clippy::should_implement_trait)]
        #[allow(clippy::new_without_default, clippy::too_many_arguments, clippy::wrong_self_convention)]
        #[allow(clippy::disallowed_names, clippy::large_enum_variant)]
        ",
    );
}

/// A module with the modules and files below it.
fn nested(
    made: &mut String,
    files: &BTreeMap<String, Arc<str>>,
    folder: &str,
    name: &str,
    module: &Module,
) {
    made.push_str(&written(|text| docs(text, "///", &module.docs)));
    made.push_str(&["pub mod ", name, " {\n"].concat());
    for (name, child) in &module.modules {
        nested(made, files, &format!("{folder}/{name}"), name, child);
    }
    for name in module.files.keys() {
        let held = files.get(&format!("{folder}/{name}.rs")).map_or("", |held| held);
        made.push_str(&["mod ", name, " {\n", held, "}\n"].concat());
    }
    made.push_str(&written(|text| exports(text, module)));
    made.push_str("}\n");
}

/// The texts of files, by their paths.
fn texts(plan: &CratePlan, mount: Mount<'_>, pending: Vec<Pending<'_>>) -> Vec<(String, Arc<str>)> {
    // The tree sorts them by path, so the order of rendering does not matter.
    let texts = pending.into_par_iter().map_init(Text::default, |text, (path, part)| {
        let written = match part {
            Part::Module(module) => Arc::from(declarations(plan, module)),
            Part::Items(module, file) => items(plan, mount, text, &module, file),
            Part::Table(entries) => {
                table(plan, text, |text, imports| emit::table(text, imports, entries))
            }
            Part::Schemas(entries) => {
                table(plan, text, |text, imports| emit::schemas(text, imports, entries))
            }
        };
        (path, written)
    });
    texts.collect()
}

/// A file to render: its path and its content.
type Pending<'plan> = (String, Part<'plan>);

/// The content of a file.
enum Part<'plan> {
    /// The modules and files below a module, and what it exports.
    Module(&'plan Module),
    /// Items, which the module exports.
    Items(Vec<String>, &'plan File),
    /// A table of the registry.
    Table(&'plan RegistryTable),
    /// A table of schemas in the registry.
    Schemas(&'plan SchemaTable),
}

/// The first line of a file, without its end.
fn mark(plan: &CratePlan, origin: &str) -> String {
    let mut line = mark::of_code(origin, &plan.command);
    line.truncate(line.trim_end().len());
    line
}

/// The beginning of a file without documentation.
fn header(plan: &CratePlan, origin: &str) -> String {
    mark::of_code(origin, &plan.command) + "\n"
}

/// The text that a function writes.
fn written(write: impl FnOnce(&mut Text)) -> String {
    let mut text = Text::default();
    write(&mut text);
    text.into_string()
}

/// The crate root. It is written so that rustfmt leaves it as it is; the modules below are exempt
/// from rustfmt. The schema decides names and shapes, so the lints about these are off.
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
            #![allow(clippy::disallowed_names)]
            #![allow(clippy::enum_variant_names, clippy::module_inception, clippy::should_implement_trait)]
            // A builder without changes is made by `new`.
            #![allow(clippy::new_without_default)]
            #![allow(clippy::too_many_arguments, clippy::wrong_self_convention)]
            // A box by size would come and go with the members of a schema.
            #![allow(clippy::large_enum_variant)]

            $modules

            $client
            pub use schemacrate_runtime as runtime;

            // Messages of the compiler name its items by this path.
            #[doc(hidden)]
            pub use schemacrate_runtime;
            ",
            mark = &mark(plan, "the schema"),
            docs => front_page(text, plan),
            modules => root_modules(text, plan),
            client => if !plan.models_only { text.line("pub use client::*;") },
        );
    })
}

/// The documentation of the crate root.
fn front_page(text: &mut Text, plan: &CratePlan) {
    docs(text, "//!", &plan.docs);
    if let Some(first) = &plan.first {
        emit::example(text, "//!", first, Some(&plan.name));
    }
    if !plan.more.is_empty() {
        text.line("//!");
        docs(text, "//!", &plan.more);
    }
}

/// The modules of the crate root, by name.
fn root_modules(text: &mut Text, plan: &CratePlan) {
    let modules = plan.modules.keys().map(String::as_str);
    let client = (!plan.models_only).then_some(CLIENT);
    let registry = plan.registry.as_ref().map(|_| REGISTRY);
    let xml = (!plan.xml.is_empty()).then_some(XML_MODULE);
    let mut modules: Vec<&str> = modules.chain(client).chain(registry).chain(xml).collect();
    modules.sort_unstable();
    for name in modules {
        if name == REGISTRY && registry.is_some() {
            text.line("#[cfg(feature = \"registry\")]");
        }
        template!(
            text,
            "
            #[rustfmt::skip]
            $pub_mod $name;
            ",
            // The crate root exports the content of the client, and that of XML is for the crate alone.
            pub_mod = if name == CLIENT || name == XML_MODULE { "mod" } else { "pub mod" },
            name = name,
        );
    }
}

/// The module of the client and the free functions.
const CLIENT: &str = "client";

/// The module of the registry.
const REGISTRY: &str = "registry";

fn client(plan: &CratePlan, mount: Mount<'_>) -> Arc<str> {
    let mut imports = Imports::of_client(mount);
    let mut text = Text::default();
    emit::client(&mut text, &mut imports, plan);
    emit::functions(&mut text, &mut imports, &plan.functions);
    let (origin, content) = match &plan.service {
        Some(_) => ("the operations", "The client, with a method for each group of requests."),
        None => {
            let content = "The client, and a function for each request at its shortest path.";
            ("the entity container", content)
        }
    };
    let head = written(|text| {
        template!(
            text,
            "
            $mark

            $docs

            ",
            mark = &mark(plan, origin),
            docs => docs(text, "//!", &[Prose::new(content)]),
        );
    });
    file(&head, &imports, &mut text)
}

/// The module of what is written in XML.
fn xml(plan: &CratePlan, mount: Mount<'_>) -> Arc<str> {
    let head = written(|text| {
        template!(
            text,
            "
            $mark

            //! How values are written in XML.

            // The names are those of the types.
            #![allow(non_upper_case_globals)]

            ",
            mark = &mark(plan, "the schemas"),
        );
    });
    let mut imports = Imports::of_xml(mount, plan.xml.iter().map(|one| one.name.as_str()));
    let mut text = Text::default();
    emit::xml_forms(&mut text, &mut imports, &plan.xml);
    file(&head, &imports, &mut text)
}

/// The module of the registry, which exists with its Cargo feature, like the tables below it.
fn registry(plan: &CratePlan, registry: &Registry) -> Arc<str> {
    let head = written(|text| {
        template!(
            text,
            "
            $mark

            $about

            $tables

            ",
            mark = &mark(plan, "the schema"),
            about = match registry {
                Registry::Names { .. } => {
                    "//! The types and actions of the schema by their qualified names."
                }
                Registry::Schemas(_) => "//! The schemas by their names and addresses.",
            },
            tables => for name in registry.modules() {
                text.line(Words(["mod ", name, ";"]));
            },
        );
    });
    let mut imports = Imports::of_registry();
    let mut text = Text::default();
    emit::registry(&mut text, &mut imports, registry);
    file(&head, &imports, &mut text)
}

fn table(
    plan: &CratePlan,
    text: &mut Text,
    emit: impl FnOnce(&mut Text, &mut Imports),
) -> Arc<str> {
    let mut imports = Imports::of_registry();
    emit(text, &mut imports);
    file(&header(plan, "the schema"), &imports, text)
}

/// The files of a module and of the modules below it.
fn modules<'plan>(path: &[String], module: &'plan Module, pending: &mut Vec<Pending<'plan>>) {
    pending.push((format!("src/{}/mod.rs", path.join("/")), Part::Module(module)));
    for (name, file) in &module.files {
        let part = Part::Items(path.to_vec(), file);
        pending.push((format!("src/{}/{name}.rs", path.join("/")), part));
    }
    for (name, child) in &module.modules {
        let mut path = path.to_vec();
        path.push(name.clone());
        modules(&path, child, pending);
    }
}

/// The file of a module that has files or modules below it.
fn declarations(plan: &CratePlan, module: &Module) -> String {
    written(|text| {
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
            docs => docs(text, "//!", &module.docs),
            modules => for name in module.modules.keys() {
                text.line(Words(["pub mod ", name, ";"]));
            },
            files => for name in module.files.keys() {
                text.line(Words(["mod ", name, ";"]));
            },
            exports => exports(text, module),
        );
    })
}

/// The names that a module exports from its files, one by one: for a `*`, the compiler looks up
/// every name that any file imports, which takes longer than reading the files if there are a
/// thousand.
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

fn items(
    plan: &CratePlan,
    mount: Mount<'_>,
    text: &mut Text,
    module: &[String],
    found: &File,
) -> Arc<str> {
    let mut imports = Imports::new(mount, module, found);
    for (at, item) in found.items.iter().enumerate() {
        if at > 0 {
            text.blank();
        }
        emit::item(text, &mut imports, item);
    }
    file(&header(plan, &found.origin), &imports, text)
}

/// A file: its header, its imports, and its items, whose text is moved into it.
fn file(header: &str, imports: &Imports, items: &mut Text) -> Arc<str> {
    let declarations = imports.declarations();
    let blank = if declarations.is_empty() { "" } else { "\n" };
    items.take_after(&[header, &declarations, blank])
}

/// The documentation of a module, each paragraph on a line.
fn docs(text: &mut Text, slashes: &str, paragraphs: &[Prose]) {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            text.line(slashes);
        }
        text.line(Words([slashes, " ", paragraph.markdown()]));
    }
}
