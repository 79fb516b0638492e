//! The names that a file brings into scope.
//!
//! A name is written short where it can mean only one thing in the file, else with its path. A
//! schema may well have types called `Option`, `String` or `Request`.

use super::ident;
use crate::plan::{File, Foreign, ItemPath, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// What a file declares and uses.
#[derive(Debug)]
pub(crate) struct Imports {
    /// What generated items are below.
    own: String,
    /// What the items of the runtime are below.
    runtime: Vec<String>,
    module: Vec<String>,
    declared: BTreeSet<String>,
    /// Short names in use, with the path of what they mean.
    used: BTreeMap<String, Vec<String>>,
}

impl Imports {
    /// The imports of a file in a module.
    pub(crate) fn new(module: &[String], file: &File) -> Self {
        let declared = file.items.iter().map(|item| item.name().to_owned()).collect();
        Self { module: module.to_vec(), declared, ..Self::default() }
    }

    /// The imports of the file beside the crate root that holds the client and the functions.
    pub(crate) fn of_client() -> Self {
        let declared = BTreeSet::from(["Client".to_owned(), "SERVICE_ROOT".to_owned()]);
        Self { declared, ..Self::default() }
    }

    /// The imports of a program that uses the crate. Some names are its own.
    pub(crate) fn of_program(package: &str, declared: &[&str]) -> Self {
        let own = package.replace('-', "_");
        let runtime = vec![own.clone(), "runtime".to_owned()];
        let declared = declared.iter().map(|name| (*name).to_owned()).collect();
        Self { own, runtime, declared, ..Self::default() }
    }

    /// The imports of the module that holds the registry, and of the tables below it.
    pub(crate) fn of_registry() -> Self {
        let names = ["ACTIONS", "REGISTRY", "TYPES"];
        let declared = names.into_iter().map(str::to_owned).collect();
        Self { module: vec!["registry".to_owned()], declared, ..Self::default() }
    }

    /// An item of the runtime crate.
    pub(super) fn runtime(&mut self, path: &[&str]) -> TokenStream {
        let mut full = self.runtime.clone();
        full.extend(path.iter().map(|segment| (*segment).to_owned()));
        self.name(full)
    }

    /// An item of the prelude, which the file may shadow.
    pub(super) fn prelude(&self, name: &str, path: &[&str]) -> TokenStream {
        if self.declared.contains(name) || self.used.contains_key(name) {
            let path = path.iter().map(|segment| ident(segment));
            return quote!(#(::#path)*);
        }
        let name = ident(name);
        quote!(#name)
    }

    /// A generated item.
    pub(super) fn item(&mut self, path: &ItemPath) -> TokenStream {
        if self.own == "crate" && path.module == self.module && self.declared.contains(&path.name) {
            let name = ident(&path.name);
            return quote!(#name);
        }
        let mut full = vec![self.own.clone()];
        full.extend(path.module.iter().cloned());
        full.push(path.name.clone());
        self.name(full)
    }

    /// An item at the root of the crate.
    pub(super) fn root(&mut self, name: &str) -> TokenStream {
        self.name(vec![self.own.clone(), name.to_owned()])
    }

    /// A type of the plan.
    pub(super) fn value(&mut self, value: &Type) -> TokenStream {
        match value {
            Type::Foreign(foreign) => self.foreign(*foreign),
            Type::Generated(path) => self.item(path),
            Type::Box(inner) => {
                let inner = self.value(inner);
                let name = self.prelude("Box", &["std", "boxed", "Box"]);
                quote!(#name<#inner>)
            }
            Type::Vec(inner) => {
                let inner = self.value(inner);
                let name = self.prelude("Vec", &["std", "vec", "Vec"]);
                quote!(#name<#inner>)
            }
            Type::Flags(inner) => {
                let inner = self.value(inner);
                let name = self.runtime(&["model", "Flags"]);
                quote!(#name<#inner>)
            }
            Type::Option(inner) => {
                let inner = self.value(inner);
                let name = self.option();
                quote!(#name<#inner>)
            }
        }
    }

    pub(super) fn option(&self) -> TokenStream {
        self.prelude("Option", &["std", "option", "Option"])
    }

    pub(super) fn string(&self) -> TokenStream {
        self.prelude("String", &["std", "string", "String"])
    }

    fn foreign(&mut self, foreign: Foreign) -> TokenStream {
        match foreign {
            Foreign::Bool => quote!(bool),
            Foreign::U8 => quote!(u8),
            Foreign::I8 => quote!(i8),
            Foreign::I16 => quote!(i16),
            Foreign::I32 => quote!(i32),
            Foreign::I64 => quote!(i64),
            Foreign::F32 => quote!(f32),
            Foreign::F64 => quote!(f64),
            Foreign::String => self.string(),
            Foreign::Untyped => self.runtime(&["model", "Untyped"]),
            Foreign::Binary => self.runtime(&["edm", "Binary"]),
            Foreign::Date => self.runtime(&["edm", "Date"]),
            Foreign::DateTimeOffset => self.runtime(&["edm", "DateTimeOffset"]),
            Foreign::Decimal => self.runtime(&["edm", "Decimal"]),
            Foreign::Duration => self.runtime(&["edm", "Duration"]),
            Foreign::GeoJson => self.runtime(&["edm", "GeoJson"]),
            Foreign::Guid => self.runtime(&["edm", "Guid"]),
            Foreign::Stream => self.runtime(&["edm", "Stream"]),
            Foreign::TimeOfDay => self.runtime(&["edm", "TimeOfDay"]),
        }
    }

    fn name(&mut self, full: Vec<String>) -> TokenStream {
        let short = full.last().cloned().unwrap_or_default();
        let free = !self.declared.contains(&short)
            && !is_prelude(&short)
            && self.used.get(&short).is_none_or(|used| *used == full);
        if free {
            let name = ident(&short);
            self.used.insert(short, full);
            return quote!(#name);
        }
        let mut segments = full.iter();
        let root = segments.next().map_or("crate", String::as_str);
        let segments = segments.map(|segment| ident(segment));
        let root = if root == "crate" {
            quote!(crate)
        } else {
            let root = ident(root);
            quote!(::#root)
        };
        quote!(#root #(::#segments)*)
    }

    /// The `use` declarations, one for each module that something comes from.
    pub(crate) fn declarations(&self) -> Vec<TokenStream> {
        let mut modules: BTreeMap<Vec<String>, Vec<&String>> = BTreeMap::new();
        for (short, full) in &self.used {
            modules.entry(full[..full.len() - 1].to_vec()).or_default().push(short);
        }
        modules
            .into_iter()
            .map(|(module, names)| {
                let module = module.iter().map(|segment| match segment.as_str() {
                    "crate" => quote!(crate),
                    other => {
                        let name = ident(other);
                        quote!(#name)
                    }
                });
                let mut sorted = names;
                sorted.sort_by_key(|name| (name.starts_with(char::is_lowercase), *name));
                let names: Vec<_> = sorted.into_iter().map(|name| ident(name)).collect();
                match names.as_slice() {
                    [name] => quote!(use #(#module::)* #name;),
                    names => quote!(use #(#module::)* {#(#names),*};),
                }
            })
            .collect()
    }
}

impl Default for Imports {
    /// The imports of a file of the crate that declares nothing.
    fn default() -> Self {
        Self {
            own: "crate".to_owned(),
            runtime: vec!["odatagen_runtime".to_owned()],
            module: Vec::new(),
            declared: BTreeSet::new(),
            used: BTreeMap::new(),
        }
    }
}

/// Names that every file has without `use` and that the emitted code relies on.
fn is_prelude(name: &str) -> bool {
    matches!(
        name,
        "Box"
            | "Default"
            | "From"
            | "Into"
            | "None"
            | "Option"
            | "Result"
            | "Self"
            | "Some"
            | "String"
            | "Vec"
    )
}
