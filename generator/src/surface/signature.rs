//! Rust types and arguments as text, with whole paths.

use crate::plan::{
    Absence, Answer, Argument, Foreign, ItemPath, KeyPart, Passing, Request, Setter, Type,
};

/// The path of an item from the crate root.
pub(super) fn path(item: &ItemPath) -> String {
    let mut path = item.module.join("::");
    if !path.is_empty() {
        path.push_str("::");
    }
    path + &item.name
}

/// A type.
pub(super) fn value(value: &Type) -> String {
    match value {
        Type::Foreign(foreign) => self::foreign(*foreign).to_owned(),
        Type::Generated(item) => path(item),
        Type::Box(inner) => format!("Box<{}>", self::value(inner)),
        Type::Vec(inner) => format!("Vec<{}>", self::value(inner)),
        Type::Option(inner) => format!("Option<{}>", self::value(inner)),
        Type::Flags(inner) => format!("runtime::model::Flags<{}>", self::value(inner)),
    }
}

fn foreign(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Bool => "bool",
        Foreign::U8 => "u8",
        Foreign::I8 => "i8",
        Foreign::I16 => "i16",
        Foreign::I32 => "i32",
        Foreign::I64 => "i64",
        Foreign::F32 => "f32",
        Foreign::F64 => "f64",
        Foreign::String => "String",
        Foreign::Binary => "runtime::edm::Binary",
        Foreign::Date => "runtime::edm::Date",
        Foreign::DateTimeOffset => "runtime::edm::DateTimeOffset",
        Foreign::Decimal => "runtime::edm::Decimal",
        Foreign::Duration => "runtime::edm::Duration",
        Foreign::GeoJson => "runtime::edm::GeoJson",
        Foreign::Guid => "runtime::edm::Guid",
        Foreign::Stream => "runtime::edm::Stream",
        Foreign::TimeOfDay => "runtime::edm::TimeOfDay",
        Foreign::Untyped => "runtime::model::Untyped",
    }
}

/// What a setter takes.
pub(super) fn assigned(setter: &Setter) -> String {
    let value = self::value(&setter.value);
    match &setter.value {
        _ if setter.nullable => format!("impl Into<runtime::model::Nullable<{value}>>"),
        Type::Foreign(Foreign::String) => format!("impl Into<{value}>"),
        Type::Generated(item) if !item.is_enum => {
            format!("impl Into<runtime::model::Assigned<{value}>>")
        }
        _ => value,
    }
}

/// The arguments of a key, each behind a comma.
pub(super) fn key(parts: &[KeyPart]) -> String {
    let argument = |part: &KeyPart| match &part.value {
        Type::Foreign(Foreign::String) => format!(", {}: &str", part.name),
        value => format!(", {}: {}", part.name, self::value(value)),
    };
    parts.iter().map(argument).collect()
}

/// The arguments of a function, each behind a comma.
pub(super) fn arguments(arguments: &[Argument]) -> String {
    let argument = |argument: &Argument| {
        let value = match (&argument.value, argument.passing) {
            (Type::Foreign(Foreign::String), Passing::Literal) => "&str".to_owned(),
            (value, Passing::Alias) => format!("&{}", self::value(value)),
            (value, Passing::Literal) => self::value(value),
        };
        match argument.absence {
            Absence::Never => format!(", {}: {value}", argument.name),
            Absence::Null | Absence::Omitted => format!(", {}: Option<{value}>", argument.name),
        }
    };
    arguments.iter().map(argument).collect()
}

/// What a call gives.
pub(super) fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Value(value) => self::value(value),
        Answer::Page(value) => format!("runtime::Page<{}>", self::value(value)),
        Answer::Stream => "runtime::bytes::Bytes".to_owned(),
        Answer::Nullable(inner) => format!("Option<{}>", self::answer(inner)),
    }
}

/// The arguments of a request, each behind a comma, and what it gives.
pub(super) fn request(request: &Request, value: &Type) -> (String, String) {
    let entity = self::value(value);
    match request {
        Request::List => (String::new(), format!("runtime::Page<{entity}>")),
        Request::Get => (String::new(), entity),
        Request::Create => (format!(", value: &{entity}"), entity),
        Request::Update(update) => {
            let update = match &update.base {
                Some(base) => format!("impl runtime::model::ChangesTo<{}>", path(base)),
                None => path(&update.builder),
            };
            (format!(", update: {update}"), format!("Option<{entity}>"))
        }
        Request::Replace => (format!(", value: &{entity}"), format!("Option<{entity}>")),
        Request::Delete => (String::new(), "()".to_owned()),
    }
}
