//! Models of the same types as a generated crate, as written by hand with `serde_derive`.
//!
//! Enters: the plan of a crate. Leaves: the files of a crate with a struct for each struct of the
//! plan, and enums for its enumerations and hierarchies, all with derived traits. Must not know: what
//! they are compared for.
//!
//! Names, modules, boxes and primitive types are those of the generated crate, so that what differs is
//! how the two are read and written.

use schemacrate::internals::crate_plan::{
    Enum, Field, Foreign, Hierarchy, Item, ItemPath, Module, Struct, Type,
};
use schemacrate::{FileTree, Generated};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What is done with members that the schema does not declare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// They are skipped, which is the fastest that derived code can do.
    Ignored,
    /// They are kept as trees of JSON, by `#[serde(flatten)]`.
    Kept,
}

/// The files of a twin. `runtime` is the folder of the package that has the primitive types.
pub(super) fn twin(built: &Generated, name: &str, unknown: Unknown, runtime: &Path) -> FileTree {
    let Generated { plan, .. } = built;
    let twin = Twin { unknown };
    let mut tree = FileTree::default();
    tree.insert("Cargo.toml", manifest(name, runtime));
    let mut root = String::from("//! Models that derive how they are read and written.\n\n");
    declare(&mut root, &plan.modules);
    tree.insert("src/lib.rs", root);
    for (name, module) in &plan.modules {
        twin.module(&mut tree, &format!("src/{}", plain(name)), module);
    }
    tree
}

fn manifest(name: &str, runtime: &Path) -> String {
    let runtime = toml::Value::String(runtime.to_string_lossy().into_owned());
    format!(
        r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
schemacrate-runtime = {{ path = {runtime}, default-features = false }}
serde = {{ version = "1.0.229", features = ["derive"] }}
serde_json = "1.0.154"

[workspace]
"#
    )
}

fn declare(text: &mut String, modules: &BTreeMap<String, Module>) {
    for name in modules.keys() {
        let _ = writeln!(text, "pub mod {name};");
    }
}

/// The name of the file of a module.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The most derived types of an enum by the tag.
const WIDEST: usize = 256;

/// How models are written.
struct Twin {
    unknown: Unknown,
}

impl Twin {
    fn module(&self, tree: &mut FileTree, folder: &str, module: &Module) {
        let mut text = String::new();
        declare(&mut text, &module.modules);
        for (name, file) in &module.files {
            let models: Vec<String> =
                file.items.iter().filter_map(|item| self.model(item)).collect();
            if !models.is_empty() {
                let _ = writeln!(text, "mod {name};\npub use {name}::*;");
                let head =
                    "#![allow(deprecated, unused_imports)]\nuse serde::{Deserialize, Serialize};";
                tree.insert(
                    &format!("{folder}/{}.rs", plain(name)),
                    [head, &models.join("\n")].join("\n\n"),
                );
            }
        }
        tree.insert(&format!("{folder}/mod.rs"), text);
        for (name, module) in &module.modules {
            self.module(tree, &format!("{folder}/{}", plain(name)), module);
        }
    }

    /// A model; updates and paths are not models.
    fn model(&self, item: &Item) -> Option<String> {
        match item {
            Item::Struct(item) => Some(structure(item, self.unknown)),
            Item::Enum(item) => Some(enumeration(item)),
            // Derived code for the roots of a model takes a compiler minutes, and no page needs them.
            Item::Hierarchy(item) if item.derived.len() > WIDEST => None,
            Item::Hierarchy(item) => Some(hierarchy(item)),
            _ => None,
        }
    }
}

fn structure(item: &Struct, unknown: Unknown) -> String {
    let mut text =
        String::from("#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\n");
    let _ = writeln!(text, "pub struct {} {{", item.name);
    for field in &item.fields {
        let Field { name, wire_name, .. } = field;
        let _ = writeln!(
            text,
            "    #[serde(rename = {wire_name:?}, default, skip_serializing_if = \"Option::is_none\")]"
        );
        let _ = writeln!(text, "    pub {name}: ::std::option::Option<{}>,", rust(field.inner()));
    }
    if unknown == Unknown::Kept {
        let map = "::std::collections::BTreeMap<::std::string::String, ::serde_json::Value>";
        let _ = writeln!(text, "    #[serde(flatten)]\n    pub {}: {map},", item.additional);
    }
    text.push_str("}\n");
    text
}

fn enumeration(item: &Enum) -> String {
    let mut text =
        String::from("#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]\n");
    let _ = writeln!(text, "pub enum {} {{", item.name);
    for variant in &item.variants {
        let _ = writeln!(text, "    #[serde(rename = {:?})]", variant.wire_name);
        let _ = writeln!(text, "    {},", variant.name);
    }
    let unrecognized = &item.unrecognized;
    let _ =
        writeln!(text, "    #[serde(untagged)]\n    {unrecognized}(::std::string::String),\n}}");
    text
}

/// An enum by the tag. An object without one, or with an unknown one, is not a value of it, because
/// otherwise the derived code would read each object twice.
fn hierarchy(item: &Hierarchy) -> String {
    let mut text = String::from(
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n#[serde(tag = \"@odata.type\")]\n",
    );
    let _ = writeln!(text, "pub enum {} {{", item.name);
    for variant in [&item.base].into_iter().chain(&item.derived) {
        let tag = format!("#{}", variant.wire_name);
        let _ = writeln!(text, "    #[serde(rename = {tag:?})]");
        let value = path(&variant.value);
        let _ = writeln!(text, "    {}(::std::boxed::Box<{value}>),", variant.name);
    }
    text.push_str("}\n");
    text
}

fn path(item: &ItemPath) -> String {
    format!("crate::{}::{}", item.module.join("::"), item.name)
}

fn rust(value: &Type) -> String {
    match value {
        Type::Foreign(foreign) => primitive(*foreign).to_owned(),
        Type::Generated(item) => path(item),
        Type::Box(inner) => format!("::std::boxed::Box<{}>", rust(inner)),
        Type::Vec(inner) => format!("::std::vec::Vec<{}>", rust(inner)),
        Type::Option(inner) => format!("::std::option::Option<{}>", rust(inner)),
        // No derived code reads a set of members, and fields have no other types.
        _ => "::std::string::String".to_owned(),
    }
}

fn primitive(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Bool => "bool",
        Foreign::U8 => "u8",
        Foreign::U16 => "u16",
        Foreign::U32 => "u32",
        Foreign::U64 => "u64",
        Foreign::I8 => "i8",
        Foreign::I16 => "i16",
        Foreign::I32 => "i32",
        Foreign::I64 => "i64",
        Foreign::F32 => "f32",
        Foreign::F64 => "f64",
        Foreign::String => "::std::string::String",
        Foreign::Binary => "::schemacrate_runtime::edm::Binary",
        Foreign::Date => "::schemacrate_runtime::edm::Date",
        Foreign::DateTimeOffset => "::schemacrate_runtime::edm::DateTimeOffset",
        Foreign::Decimal => "::schemacrate_runtime::edm::Decimal",
        Foreign::Duration => "::schemacrate_runtime::edm::Duration",
        Foreign::GeoJson => "::schemacrate_runtime::edm::GeoJson",
        Foreign::Guid => "::schemacrate_runtime::edm::Guid",
        Foreign::TimeOfDay => "::schemacrate_runtime::edm::TimeOfDay",
        Foreign::Stream | Foreign::Untyped => "::serde_json::Value",
    }
}
