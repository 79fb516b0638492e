//! The names that a file brings into scope.
//!
//! A name is written short where it can mean only one thing in the file, else with its path. A
//! schema may well have types called `Option`, `String` or `Request`.

use super::ident;
use crate::crate_plan::{File, Foreign, ItemPath, Type};
use crate::write::form::{Each, Form, Generic, GenericTokens, PathTokens, Use};
use crate::write::wrap::{Line, Text};
use proc_macro2::TokenStream;
use quote::ToTokens;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

/// A name as a file writes it, with its path where the file needs that.
#[derive(Clone, Debug)]
pub(crate) struct Name(Cow<'static, str>);

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

/// A type as a file writes it.
#[derive(Clone, Debug)]
pub(crate) struct TypeName {
    /// `&` or `impl`, with the blank after it.
    before: &'static str,
    name: Name,
    arguments: Vec<TypeName>,
}

impl TypeName {
    /// A type of the language.
    pub(crate) fn primitive(name: &'static str) -> Self {
        Name(Cow::Borrowed(name)).into()
    }

    /// A generic type.
    pub(crate) fn generic(name: Name, argument: impl Into<TypeName>) -> Self {
        Self { arguments: vec![argument.into()], ..name.into() }
    }

    /// Whether it is any type that implements a trait.
    pub(crate) fn is_impl(&self) -> bool {
        self.before == "impl "
    }

    /// The type after `&` or `impl `.
    pub(crate) fn after(self, before: &'static str) -> Self {
        Self { before, ..self }
    }
}

impl From<Name> for TypeName {
    fn from(name: Name) -> Self {
        Self { before: "", name, arguments: Vec::new() }
    }
}

impl Form for &TypeName {
    fn write(self, line: &mut Line) {
        line.word(self.before);
        if self.arguments.is_empty() {
            line.word(&self.name);
        } else {
            Generic(&self.name, Each(&self.arguments)).write(line);
        }
    }
}

impl Form for TypeName {
    fn write(self, line: &mut Line) {
        (&self).write(line);
    }
}

impl ToTokens for TypeName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut text = Text::default();
        text.line(self);
        tokens.extend(text.into_string().parse::<TokenStream>().expect("types are tokens"));
    }
}

/// A type as an argument of a macro.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeTokens<'a>(pub(crate) &'a TypeName);

impl Form for TypeTokens<'_> {
    fn write(self, line: &mut Line) {
        let name = PathTokens(&self.0.name);
        if self.0.arguments.is_empty() {
            name.write(line);
        } else {
            GenericTokens(name, Each(self.0.arguments.iter().map(TypeTokens))).write(line);
        }
    }
}

/// What a file declares and uses.
#[derive(Debug)]
pub(crate) struct Imports {
    /// What generated items are below.
    own: String,
    /// What the items of the runtime are below.
    runtime: Vec<String>,
    module: Vec<String>,
    declared: FxHashSet<String>,
    /// Short names in use, with the module of what they mean.
    used: FxHashMap<String, (Root, Vec<String>)>,
}

/// What a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Root {
    /// The crate of the generated items.
    Own,
    /// The runtime crate.
    Runtime,
}

impl Imports {
    /// The imports of a file in a module.
    pub(crate) fn new(module: &[String], file: &File) -> Self {
        let declared = file.items.iter().map(|item| item.name().to_owned()).collect();
        Self { module: module.to_vec(), declared, ..Self::default() }
    }

    /// The imports of the file beside the crate root that holds the client and the functions.
    pub(crate) fn of_client() -> Self {
        let declared = ["Client", "SERVICE_ROOT"].into_iter().map(str::to_owned).collect();
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
    pub(crate) fn runtime(&mut self, path: &[&str]) -> Name {
        let (name, module) = path.split_last().unwrap_or((&"", &[]));
        self.name(Root::Runtime, module, name)
    }

    /// An item of the prelude, which the file may shadow.
    pub(crate) fn prelude(&self, name: &'static str, path: &[&str]) -> Name {
        if self.declared.contains(name) || self.used.contains_key(name) {
            return Name(path.iter().flat_map(|segment| ["::", segment]).collect());
        }
        Name(Cow::Borrowed(name))
    }

    /// A generated item.
    pub(crate) fn item(&mut self, path: &ItemPath) -> Name {
        if self.own == "crate" && *path.module == *self.module && self.declared.contains(&path.name)
        {
            return Name(ident(&path.name).to_owned().into());
        }
        self.name(Root::Own, &path.module, &path.name)
    }

    /// An item at the root of the crate.
    pub(crate) fn root(&mut self, name: &str) -> Name {
        self.name::<&str>(Root::Own, &[], name)
    }

    /// A type of the plan.
    pub(crate) fn value(&mut self, value: &Type) -> TypeName {
        let (inner, name) = match value {
            Type::Foreign(foreign) => return self.foreign(*foreign).into(),
            Type::Generated(path) => return self.item(path).into(),
            Type::Box(inner) => (self.value(inner), self.prelude("Box", &["std", "boxed", "Box"])),
            Type::Vec(inner) => (self.value(inner), self.prelude("Vec", &["std", "vec", "Vec"])),
            Type::Flags(inner) => (self.value(inner), self.runtime(&["model", "Flags"])),
            Type::Option(inner) => (self.value(inner), self.option()),
        };
        TypeName::generic(name, inner)
    }

    pub(crate) fn option(&self) -> Name {
        self.prelude("Option", &["std", "option", "Option"])
    }

    pub(crate) fn string(&self) -> Name {
        self.prelude("String", &["std", "string", "String"])
    }

    fn foreign(&mut self, foreign: Foreign) -> Name {
        let primitive = match foreign {
            Foreign::Bool => "bool",
            Foreign::U8 => "u8",
            Foreign::I8 => "i8",
            Foreign::I16 => "i16",
            Foreign::I32 => "i32",
            Foreign::I64 => "i64",
            Foreign::F32 => "f32",
            Foreign::F64 => "f64",
            Foreign::String => return self.string(),
            Foreign::Untyped => return self.runtime(&["model", "Untyped"]),
            Foreign::Binary => return self.runtime(&["edm", "Binary"]),
            Foreign::Date => return self.runtime(&["edm", "Date"]),
            Foreign::DateTimeOffset => return self.runtime(&["edm", "DateTimeOffset"]),
            Foreign::Decimal => return self.runtime(&["edm", "Decimal"]),
            Foreign::Duration => return self.runtime(&["edm", "Duration"]),
            Foreign::GeoJson => return self.runtime(&["edm", "GeoJson"]),
            Foreign::Guid => return self.runtime(&["edm", "Guid"]),
            Foreign::Stream => return self.runtime(&["edm", "Stream"]),
            Foreign::TimeOfDay => return self.runtime(&["edm", "TimeOfDay"]),
        };
        Name(Cow::Borrowed(primitive))
    }

    fn name<S: AsRef<str>>(&mut self, root: Root, module: &[S], name: &str) -> Name {
        if !self.declared.contains(name) && !is_prelude(name) {
            let Some((used_root, used)) = self.used.get(name) else {
                let module = module.iter().map(|segment| segment.as_ref().to_owned()).collect();
                self.used.insert(name.to_owned(), (root, module));
                return Name(ident(name).to_owned().into());
            };
            if *used_root == root && used.iter().eq(module.iter().map(AsRef::as_ref)) {
                return Name(ident(name).to_owned().into());
            }
        }
        let mut path = String::new();
        for segment in self.start(root) {
            if !(path.is_empty() && segment == "crate") {
                path.push_str("::");
            }
            path.push_str(ident(segment));
        }
        for segment in module.iter().map(AsRef::as_ref).chain([name]) {
            path.push_str("::");
            path.push_str(ident(segment));
        }
        Name(path.into())
    }

    /// The first segments of a path.
    fn start(&self, root: Root) -> &[String] {
        match root {
            Root::Own => std::slice::from_ref(&self.own),
            Root::Runtime => &self.runtime,
        }
    }

    /// The `use` declarations, one for each module that something comes from.
    pub(crate) fn declarations(&self) -> String {
        let mut text = Text::default();
        let mut modules: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for (short, (root, module)) in &self.used {
            let module = self.start(*root).iter().chain(module).map(String::as_str).collect();
            modules.entry(module).or_default().push(short);
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

impl Default for Imports {
    /// The imports of a file of the crate that declares nothing.
    fn default() -> Self {
        Self {
            own: "crate".to_owned(),
            runtime: vec!["schemacrate_runtime".to_owned()],
            module: Vec::new(),
            declared: FxHashSet::default(),
            used: FxHashMap::default(),
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
