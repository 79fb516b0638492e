//! Rust types and arguments as text, with whole paths.

use crate::crate_plan::{
    Absence, Answer, Argument, Foreign, ItemPath, KeyPart, Passing, Request, Setter, Type,
};

/// The path of an item from the crate root, or from its own crate.
pub(super) fn path(text: &mut String, item: &ItemPath) {
    if item.is_external && item.module.first().is_some_and(|first| first != "crate") {
        text.push_str("::");
    }
    for segment in &*item.module {
        text.push_str(segment);
        text.push_str("::");
    }
    text.push_str(&item.name);
}

/// A type.
pub(super) fn value(text: &mut String, value: &Type) {
    let (before, inner) = match value {
        Type::Foreign(foreign) => return text.push_str(self::foreign(*foreign)),
        Type::Generated(item) => return path(text, item),
        Type::Box(inner) => ("Box<", inner),
        Type::Vec(inner) => ("Vec<", inner),
        Type::Option(inner) => ("Option<", inner),
        Type::Flags(inner) => ("runtime::model::Flags<", inner),
    };
    within(text, before, ">", |text| self::value(text, inner));
}

/// What is between brackets.
fn within(text: &mut String, before: &str, after: &str, inner: impl FnOnce(&mut String)) {
    text.push_str(before);
    inner(text);
    text.push_str(after);
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
pub(super) fn assigned(text: &mut String, setter: &Setter) {
    let (before, after) = match &setter.value {
        _ if setter.nullable => ("impl runtime::model::IntoNullable<", ">"),
        Type::Foreign(Foreign::String) => ("impl Into<", ">"),
        Type::Generated(item) if !item.is_enum => ("impl runtime::model::IntoAssigned<", ">"),
        _ => ("", ""),
    };
    within(text, before, after, |text| value(text, &setter.value));
}

/// A name behind a comma and before a colon.
fn named(text: &mut String, name: &str) {
    within(text, ", ", ": ", |text| text.push_str(name));
}

/// The arguments of a key, each behind a comma.
pub(super) fn key(text: &mut String, parts: &[KeyPart]) {
    for part in parts {
        named(text, &part.name);
        match &part.value {
            Type::Foreign(Foreign::String) => text.push_str("&str"),
            value => self::value(text, value),
        }
    }
}

/// The arguments of a function, each behind a comma.
pub(super) fn arguments(text: &mut String, arguments: &[Argument]) {
    for argument in arguments {
        named(text, &argument.name);
        let (before, after) = match argument.absence {
            Absence::Never => ("", ""),
            Absence::Null | Absence::Omitted => ("Option<", ">"),
        };
        within(text, before, after, |text| match (&argument.value, argument.passing) {
            (Type::Foreign(Foreign::String), Passing::Literal) => text.push_str("&str"),
            (value, Passing::Alias) => within(text, "&", "", |text| self::value(text, value)),
            (value, Passing::Literal) => self::value(text, value),
        });
    }
}

/// What a call gives.
pub(super) fn answer(text: &mut String, answer: &Answer) {
    match answer {
        Answer::Nothing => text.push_str("()"),
        Answer::Value(value) => self::value(text, value),
        Answer::Page(value) => {
            within(text, "runtime::Page<", ">", |text| self::value(text, value));
        }
        Answer::Stream => text.push_str("runtime::bytes::Bytes"),
        Answer::Nullable(inner) => {
            within(text, "Option<", ">", |text| self::answer(text, inner));
        }
    }
}

/// The arguments of a request, each behind a comma.
pub(super) fn request_arguments(text: &mut String, request: &Request, value: &Type) {
    match request {
        Request::Create | Request::Replace => {
            text.push_str(", value: &");
            self::value(text, value);
        }
        Request::Update(update) => {
            text.push_str(", update: ");
            match &update.base {
                Some(base) => {
                    within(text, "impl runtime::model::ChangesTo<", ">", |text| path(text, base));
                }
                None => path(text, &update.builder),
            }
        }
        Request::List | Request::Get | Request::Delete => {}
    }
}

/// What a request gives.
pub(super) fn request_result(text: &mut String, request: &Request, value: &Type) {
    let (before, after) = match request {
        Request::List => ("runtime::Page<", ">"),
        Request::Get | Request::Create => ("", ""),
        Request::Update(_) | Request::Replace => ("Option<", ">"),
        Request::Delete => return text.push_str("()"),
    };
    within(text, before, after, |text| self::value(text, value));
}
