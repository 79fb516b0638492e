//! Whether the Rust type of a result is that of the path.
//!
//! Enters: the plan of the crate, what a record specifies for a path, and the name of the type in Rust.
//! Leaves: what is wrong with it. Must not know: how the example got its result.

use super::record::Path;
use schemacrate::internals::crate_plan::{CratePlan, Item, Module};
use schemacrate::internals::edm::{Model, Primitive, TypeId};
use std::collections::BTreeMap;

/// What may be around a value.
const WRAPPERS: [&str; 7] = ["Box", "Count", "Flags", "Option", "Page", "Response", "Vec"];

/// The Rust types of a crate.
pub(super) struct Types {
    /// The whole paths, as `std::any::type_name` returns them, by the wire name.
    generated: BTreeMap<String, String>,
    /// The primitive types under the type definitions.
    definitions: BTreeMap<String, String>,
}

/// How the type of a wire name is recognised.
#[derive(Debug, PartialEq, Eq)]
enum Wanted<'a> {
    /// By the whole path.
    Path(&'a str),
    /// By the last name of a type of the language or the runtime.
    Name(&'static str),
}

impl Types {
    /// The types of a crate with that name.
    pub(super) fn new(plan: &CratePlan, model: &Model, crate_name: &str) -> Self {
        let mut generated = BTreeMap::new();
        for (name, module) in &plan.modules {
            collect(&format!("{crate_name}::{name}"), module, &mut generated);
        }
        let definition = |id: &TypeId| match id {
            TypeId::Definition(id) => Some(model.definition(*id).underlying),
            TypeId::Structured(_) | TypeId::Enum(_) => None,
        };
        let definitions = model.types_by_name.iter().filter_map(|(name, id)| {
            let primitive = definition(id)?;
            Some((format!("{}.{}", name.namespace, name.name), edm_name(primitive)))
        });
        Self { definitions: definitions.collect(), generated }
    }

    fn wanted(&self, wire_name: &str) -> Wanted<'_> {
        let wire_name = self.definitions.get(wire_name).map_or(wire_name, String::as_str);
        match self.generated.get(wire_name) {
            Some(path) => Wanted::Path(path),
            None => Wanted::Name(foreign(wire_name)),
        }
    }

    /// What is wrong with the type of a result. `minimal` is whether the page asks for a minimal answer.
    pub(super) fn difference(
        &self,
        path: &Path,
        method: &str,
        minimal: bool,
        type_name: &str,
    ) -> Option<String> {
        // The records do not follow a path that continues after a colon: they describe what is before it.
        if path.conventions.iter().any(|one| one == "colon_path") {
            return None;
        }
        let found = RustType::read(type_name);
        let wrong = |wanted: &str| {
            Some(format!("{} in place of {wanted}", type_name.replace("schemacrate_runtime::", "")))
        };
        let kind = path.path_kind.as_deref().unwrap_or_default();
        let is_operation = matches!(kind, "action" | "function");
        let is_read = method == "GET";
        let is_bytes = kind == "$value" || path.result_type.as_deref() == Some("Edm.Stream");
        let nothing = found.path == "()";
        if method == "DELETE" && !is_operation
            || !is_read && (kind == "$ref" || is_bytes && !is_operation)
            || kind == "action" && path.result_type.is_none()
        {
            return if nothing { None } else { wrong("()") };
        }
        // The answer to a change is known; what is computed or created is not.
        if nothing && minimal && matches!(method, "PATCH" | "PUT") && !is_operation {
            return None;
        }
        if is_bytes {
            let is_right = matches!(found.core().name(), "Bytes" | "Body");
            return if is_right { None } else { wrong("bytes") };
        }
        match kind {
            "$count" => {
                let is_right = matches!(found.name(), "Count" | "i64");
                return if is_right { None } else { wrong("a count") };
            }
            // The client decides how a reference is represented.
            "$ref" => return None,
            _ => {}
        }
        let wire_name = path.result_type.as_deref()?;
        let core = found.core();
        match self.wanted(wire_name) {
            Wanted::Path(wanted) if core.path != wanted => return wrong(wanted),
            Wanted::Name(wanted) if core.name() != wanted => return wrong(wanted),
            _ => {}
        }
        let many = path.result_collection.unwrap_or_default();
        if (is_read || is_operation) && found.is_many() != many {
            return wrong(if many { "many of them" } else { "one of them" });
        }
        None
    }
}

fn collect(path: &str, module: &Module, generated: &mut BTreeMap<String, String>) {
    for (file, content) in &module.files {
        for item in &content.items {
            if let Item::Struct(_) | Item::Enum(_) = item {
                let rust = format!("{path}::{file}::{}", item.name()).replace("r#", "");
                generated.insert(item.wire_name().to_owned(), rust);
            }
        }
    }
    for (name, module) in &module.modules {
        collect(&format!("{path}::{name}"), module, generated);
    }
}

fn edm_name(primitive: Primitive) -> String {
    format!("Edm.{primitive:?}")
}

/// The last name of the Rust type. A type that the crate does not have is any JSON value.
fn foreign(wire_name: &str) -> &'static str {
    match wire_name {
        "Edm.Binary" => "Binary",
        "Edm.Boolean" => "bool",
        "Edm.Byte" => "u8",
        "Edm.Date" => "Date",
        "Edm.DateTimeOffset" => "DateTimeOffset",
        "Edm.Decimal" => "Decimal",
        "Edm.Double" => "f64",
        "Edm.Duration" => "Duration",
        "Edm.Guid" => "Guid",
        "Edm.Int16" => "i16",
        "Edm.Int32" => "i32",
        "Edm.Int64" => "i64",
        "Edm.SByte" => "i8",
        "Edm.Single" => "f32",
        "Edm.String" => "String",
        "Edm.TimeOfDay" => "TimeOfDay",
        name if name.starts_with("Edm.Geo") => "GeoJson",
        _ => "Untyped",
    }
}

/// A Rust type by its name and its arguments.
#[derive(Debug, PartialEq, Eq)]
struct RustType {
    path: String,
    arguments: Vec<RustType>,
}

impl RustType {
    /// Parses what `std::any::type_name` returns.
    fn read(text: &str) -> Self {
        let text = text.trim();
        let Some((path, rest)) = text.split_once('<').filter(|_| text.ends_with('>')) else {
            return Self { path: text.replace("r#", ""), arguments: Vec::new() };
        };
        let mut depth = 0_usize;
        let arguments = rest[..rest.len() - 1].split(|c: char| {
            match c {
                '<' | '(' | '[' => depth += 1,
                '>' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        });
        Self { path: path.to_owned(), arguments: arguments.map(Self::read).collect() }
    }

    /// The name without the modules before it.
    fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or_default()
    }

    /// What is within pages, lists, options and boxes.
    fn core(&self) -> &Self {
        match self.arguments.as_slice() {
            [inner] if WRAPPERS.contains(&self.name()) => inner.core(),
            _ => self,
        }
    }

    /// Whether it holds many values.
    fn is_many(&self) -> bool {
        match self.arguments.as_slice() {
            [_] if matches!(self.name(), "Page" | "Vec") => true,
            [inner] if WRAPPERS.contains(&self.name()) => inner.is_many(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(kind: &str, result: Option<&str>, many: bool) -> Path {
        Path {
            path_resolves: true,
            resolves_loosely: Some(true),
            path_kind: Some(kind.to_owned()),
            conventions: Vec::new(),
            result_type: result.map(str::to_owned),
            result_collection: Some(many),
            operation: None,
            reason: None,
        }
    }

    fn types() -> Types {
        let generated = [
            ("n.user", "client::n::user_types::User"),
            ("m.user", "client::m::user_types::User"),
            ("n.kind", "client::n::enums::Kind"),
        ];
        let owned = |(wire, rust): (&str, &str)| (wire.to_owned(), rust.to_owned());
        let definitions = [("n.size", "Edm.Int32")];
        Types {
            generated: generated.into_iter().map(owned).collect(),
            definitions: definitions.into_iter().map(owned).collect(),
        }
    }

    fn is_right(path: &Path, method: &str, type_name: &str) -> bool {
        types().difference(path, method, false, type_name).is_none()
    }

    #[test]
    fn the_type_is_that_of_the_path() {
        const USER: &str = "client::n::user_types::User";
        let page = format!("schemacrate_runtime::model::page::Page<{USER}>");
        let option = format!("core::option::Option<alloc::boxed::Box<{USER}>>");
        for (kind, result, many, method, type_name) in [
            ("entity", Some("n.user"), false, "GET", USER),
            ("entity", Some("n.user"), false, "PATCH", option.as_str()),
            ("navigationCollection", Some("n.user"), true, "GET", &page),
            ("navigationCollection", Some("n.user"), true, "POST", USER),
            ("function", Some("n.user"), true, "GET", &page),
            ("function", Some("n.user"), false, "GET", &option),
            ("action", None, false, "POST", "()"),
            ("action", Some("Edm.String"), true, "POST", "m::Page<alloc::string::String>"),
            ("entity", Some("n.user"), false, "DELETE", "()"),
            ("$ref", Some("n.user"), true, "POST", "()"),
            ("$count", Some("n.user"), true, "GET", "m::count::Count<x::User>"),
            ("$value", Some("n.user"), false, "GET", "bytes::bytes::Bytes"),
            ("property", Some("Edm.Stream"), false, "GET", "bytes::bytes::Bytes"),
            ("property", Some("Edm.Stream"), false, "PUT", "()"),
            ("property", Some("n.kind"), false, "GET", "f::Flags<client::n::enums::Kind>"),
            ("property", Some("n.size"), false, "GET", "i32"),
            ("property", Some("n.nothing"), false, "GET", "schemacrate_runtime::model::Untyped"),
        ] {
            let path = path(kind, result, many);
            assert!(is_right(&path, method, type_name), "{kind} {method} {type_name}");
        }
    }

    #[test]
    fn another_type_is_another() {
        const USER: &str = "client::n::user_types::User";
        for (kind, result, many, method, type_name) in [
            ("entity", Some("n.user"), false, "GET", "client::m::user_types::User"),
            ("entity", Some("n.user"), false, "GET", "client::n::user_types::AnyUser"),
            ("entity", Some("m.user"), false, "GET", USER),
            ("entity", Some("n.user"), false, "GET", "m::Page<client::n::user_types::User>"),
            ("navigationCollection", Some("n.user"), true, "GET", USER),
            ("entity", Some("n.user"), false, "PATCH", "()"),
            ("entity", Some("n.user"), false, "DELETE", USER),
            ("action", None, false, "POST", USER),
            ("$count", Some("n.user"), true, "GET", USER),
            ("$value", Some("n.user"), false, "GET", USER),
            ("property", Some("Edm.Int32"), false, "GET", "i64"),
        ] {
            let path = path(kind, result, many);
            assert!(!is_right(&path, method, type_name), "{kind} {method} {type_name}");
        }
        let entity = path("entity", Some("n.user"), false);
        let minimal = |path, method| types().difference(path, method, true, "()").is_none();
        assert!(minimal(&entity, "PATCH") && minimal(&entity, "PUT"));
        let action = path("action", Some("n.user"), false);
        assert!(!minimal(&entity, "GET") && !minimal(&action, "POST"));
    }

    #[test]
    fn a_type_name_is_a_tree() {
        let read = RustType::read("a::Page<b::Either<c::D, alloc::vec::Vec<()>>>");
        assert_eq!(read.name(), "Page");
        assert_eq!(read.core().name(), "Either");
        assert_eq!(read.core().arguments[1].arguments[0].path, "()");
        for odd in ["", "<", ">", "a<", "<>>", "a<b", "&[u8]"] {
            let _ = RustType::read(odd).core();
        }
    }
}
