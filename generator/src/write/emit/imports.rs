//! The names that a file brings into scope.
//!
//! A name is written short where it can mean only one thing in the file, else with its path. A
//! schema may well have types called `Option`, `String` or `Request`.
//!
//! Generated files name the modules of the runtime and not the items in them, but for those that are on
//! most lines, which would be too wide otherwise. Programs import items, as people do.

use super::ident;
use crate::crate_plan::print::{self, Code, Names};
use crate::crate_plan::{File, ItemPath, Signature, Type, XML_MODULE};
use crate::write::form::{Form, Tokenized, Use, with};
use crate::write::wrap::{Line, Text};
use proc_macro2::TokenStream;
use quote::ToTokens;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::Deref;

/// A name as a file writes it, with its path where the file needs that.
#[derive(Clone, Debug)]
pub(crate) struct Name(String);

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Form for &Name {
    fn write(self, line: &mut Line) {
        line.word(self);
    }
}

impl Form for Name {
    fn write(self, line: &mut Line) {
        line.word(&self);
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.parse::<TokenStream>().expect("names are tokens"));
    }
}

/// The capacity that is enough for most names and types, so that the text seldom grows.
const NAME: usize = 48;

/// What generated files import with one `*`, from a module of the runtime that has nothing else: a compiler
/// keeps kilobytes for each name that a file imports, and most files need a dozen of these.
const SCOPE: [&[&str]; 13] = [
    &["Literal"],
    &["Page"],
    &["Request"],
    &["Resource"],
    &["codegen"],
    &["edm"],
    &["model"],
    &["model", "IntoKey"],
    &["model", "IntoNullable"],
    &["model", "IntoValue"],
    &["paths"],
    &["query"],
    &["query", "Property"],
];

/// The module of the runtime with the [`SCOPE`].
const SCOPE_MODULE: [&str; 2] = ["codegen", "scope"];

/// Where the generated items are, as seen from their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mount<'a> {
    /// At the root of a generated crate with a name.
    Crate(&'a str),
    /// In a module of some crate, whose path is not known here.
    Module,
}

impl Mount<'_> {
    /// The path to the root from a file in a module at some depth.
    fn root(self, depth: usize) -> Vec<String> {
        match self {
            Self::Crate(_) => vec!["crate".to_owned()],
            Self::Module => vec!["super".to_owned(); depth],
        }
    }
}

/// What a file declares and uses.
#[derive(Debug)]
pub(crate) struct Imports {
    /// The path that the names of generated items begin with.
    own: Vec<String>,
    /// The name of the crate that the file belongs to.
    package: Option<String>,
    /// Whether the file is one of the generated items, and not a program that uses them.
    is_inside: bool,
    /// The path that the names of the runtime's items begin with.
    runtime: Vec<String>,
    module: Vec<String>,
    declared: FxHashSet<String>,
    /// Short names in use, with the module of what they mean.
    used: FxHashMap<String, (Root, Vec<String>)>,
}

/// The beginning of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Root {
    /// The crate of the generated items.
    Own,
    /// The runtime crate.
    Runtime,
}

impl Imports {
    /// The imports of a file in a module.
    pub(crate) fn new(mount: Mount<'_>, module: &[String], file: &File) -> Self {
        let declared = file.items.iter().map(|item| item.name().to_owned()).collect();
        // The file is a module itself.
        let own = mount.root(module.len() + 1);
        let package = match mount {
            Mount::Crate(name) => Some(name.to_owned()),
            Mount::Module => None,
        };
        Self { own, module: module.to_vec(), declared, package, ..Self::default() }
    }

    /// The name of the crate, if the file belongs to one.
    pub(crate) fn package(&self) -> Option<&str> {
        self.package.as_deref()
    }

    /// The imports of the file next to the crate root with the client and the functions.
    pub(crate) fn of_client(mount: Mount<'_>) -> Self {
        let declared = ["Client", "SERVICE_ROOT"].into_iter().map(str::to_owned).collect();
        Self { own: mount.root(1), declared, ..Self::default() }
    }

    /// The imports of a program that uses the crate. Some names are its own.
    pub(crate) fn of_program(package: &str, declared: &[&str]) -> Self {
        let own = package.replace('-', "_");
        let runtime = vec![own.clone(), "runtime".to_owned()];
        let declared = declared.iter().map(|name| (*name).to_owned()).collect();
        Self { own: vec![own], is_inside: false, runtime, declared, ..Self::default() }
    }

    /// The imports of the module that holds the registry, and of the tables below it.
    pub(crate) fn of_registry() -> Self {
        let names = ["ACTIONS", "REGISTRY", "SCHEMAS", "TYPES"];
        let declared = names.into_iter().map(str::to_owned).collect();
        Self { module: vec!["registry".to_owned()], declared, ..Self::default() }
    }

    /// The imports of the module of what is written in XML, which has items with these names.
    pub(crate) fn of_xml<'n>(mount: Mount<'_>, names: impl Iterator<Item = &'n str>) -> Self {
        let declared = names.map(str::to_owned).collect();
        let module = vec![XML_MODULE.to_owned()];
        Self { own: mount.root(1), module, declared, ..Self::default() }
    }

    /// An item of the runtime crate.
    pub(crate) fn runtime(&mut self, path: &[&str]) -> Name {
        self.written(|names, to| Names::runtime(names, to, path))
    }

    /// An item of the prelude, which the file may shadow.
    pub(crate) fn prelude(&mut self, path: &[&str]) -> Name {
        self.written(|names, to| Names::prelude(names, to, path))
    }

    /// A generated item.
    pub(crate) fn item(&mut self, path: &ItemPath) -> Name {
        self.written(|names, to| Names::item(names, to, path))
    }

    /// An item at the root of the crate.
    pub(crate) fn root(&mut self, name: &str) -> Name {
        self.written(|names, to| Names::root(names, to, name))
    }

    /// A type of the plan, in a program.
    pub(crate) fn value(&mut self, value: &Type) -> Name {
        self.written(|names, to| print::value(to, names, value))
    }

    /// A type of the plan.
    pub(crate) fn typed(&mut self, value: &Type) -> impl Form {
        with(move |line| print::value(line, self, value))
    }

    /// A generated item as an argument of a macro.
    pub(crate) fn item_tokens(&mut self, path: &ItemPath) -> impl Form {
        with(move |line| Names::item(self, &mut Tokenized(line), path))
    }

    /// The arguments and the result of a function, from the opening bracket on.
    pub(crate) fn signature(&mut self, signature: &Signature) -> impl Form {
        with(move |line| print::signature(line, self, signature))
    }

    /// The arguments and the result of a setter, from the opening bracket on.
    pub(crate) fn setter(&mut self, takes: &Type) -> impl Form {
        with(move |line| print::setter(line, self, takes))
    }

    fn written(&mut self, write: impl FnOnce(&mut Self, &mut String)) -> Name {
        let mut text = String::with_capacity(NAME);
        write(self, &mut text);
        Name(text)
    }

    fn name<S: AsRef<str>>(&mut self, to: &mut impl Code, root: Root, module: &[S], name: &str) {
        if !self.declared.contains(name) && !is_prelude(name) && !is_hidden_by_module(name) {
            let Some((used_root, used)) = self.used.get(name) else {
                let module = module.iter().map(|segment| segment.as_ref().to_owned()).collect();
                self.used.insert(name.to_owned(), (root, module));
                return to.word(ident(name));
            };
            if *used_root == root && used.iter().eq(module.iter().map(AsRef::as_ref)) {
                return to.word(ident(name));
            }
        }
        for (at, segment) in self.start(root).iter().enumerate() {
            if at > 0 || !matches!(segment.as_str(), "crate" | "super") {
                to.word("::");
            }
            to.word(ident(segment));
        }
        for segment in module.iter().map(AsRef::as_ref).chain([name]) {
            to.word("::");
            to.word(ident(segment));
        }
    }

    /// The first segments of a path.
    fn start(&self, root: Root) -> &[String] {
        match root {
            Root::Own => &self.own,
            Root::Runtime => &self.runtime,
        }
    }

    /// The `use` declarations, one for each module that something comes from.
    pub(crate) fn declarations(&self) -> String {
        let mut text = Text::default();
        let mut modules: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for (short, (root, module)) in &self.used {
            let start = self.start(*root).iter().map(String::as_str);
            let path: Vec<&str> = module.iter().map(String::as_str).chain([&**short]).collect();
            if self.is_inside && *root == Root::Runtime && is_in_scope(&path) {
                modules.insert(start.chain(SCOPE_MODULE).collect(), vec!["*"]);
            } else {
                let module = start.chain(module.iter().map(String::as_str)).collect();
                modules.entry(module).or_default().push(short);
            }
        }
        for (module, mut names) in modules {
            names.sort_by_key(|name| (name.starts_with(char::is_lowercase), *name));
            let module: Vec<&str> = module.into_iter().map(ident).collect();
            let module = module.join("::");
            text.line(Use { keyword: "use", module: &module, names: &names });
        }
        text.into_string()
    }
}

impl Names for Imports {
    fn item(&mut self, to: &mut impl Code, path: &ItemPath) {
        if path.is_external {
            return path.write_external(to);
        }
        if !self.is_inside {
            return self.name(to, Root::Own, &path.module, &path.name);
        }
        if *path.module == *self.module {
            if !self.declared.contains(&path.name) {
                to.word("super::");
            }
        } else if let Some((last, before)) = path.module.split_last() {
            self.name(to, Root::Own, before, last);
            to.word("::");
        } else {
            return self.name::<&str>(to, Root::Own, &[], &path.name);
        }
        to.word(ident(&path.name));
    }

    fn root(&mut self, to: &mut impl Code, name: &str) {
        if self.is_inside && self.module.is_empty() && self.declared.contains(name) {
            return to.word(ident(name));
        }
        self.name::<&str>(to, Root::Own, &[], name);
    }

    fn runtime(&mut self, to: &mut impl Code, path: &[&str]) {
        if self.is_inside
            && !is_in_scope(path)
            && let [module, inner @ ..] = path
        {
            self.name::<&str>(to, Root::Runtime, &[], module);
            for name in inner {
                to.word("::");
                to.word(name);
            }
            return;
        }
        let (name, module) = path.split_last().unwrap_or((&"", &[]));
        self.name(to, Root::Runtime, module, name);
    }

    fn prelude(&mut self, to: &mut impl Code, path: &[&str]) {
        let name = path.last().copied().unwrap_or_default();
        if self.declared.contains(name) || self.used.contains_key(name) {
            for segment in path {
                to.word("::");
                to.word(segment);
            }
        } else {
            to.word(name);
        }
    }

    fn identifier(&self, to: &mut impl Code, name: &str) {
        to.word(ident(name));
    }
}

impl Default for Imports {
    /// The imports of a file of the crate that declares nothing.
    fn default() -> Self {
        Self {
            own: vec!["crate".to_owned()],
            package: None,
            is_inside: true,
            runtime: vec!["schemacrate_runtime".to_owned()],
            module: Vec::new(),
            declared: FxHashSet::default(),
            used: FxHashMap::default(),
        }
    }
}

/// Whether the module with the [`SCOPE`] has the item at a path.
fn is_in_scope(path: &[&str]) -> bool {
    SCOPE.contains(&path)
}

/// Names of primitive types and of crates, which an imported module with the name would hide.
fn is_hidden_by_module(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "f32"
            | "f64"
            | "i16"
            | "i32"
            | "i64"
            | "i8"
            | "schemacrate_runtime"
            | "std"
            | "str"
            | "u16"
            | "u32"
            | "u64"
            | "u8"
            | "usize"
    )
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
