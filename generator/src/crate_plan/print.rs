//! Types and signatures as text.
//!
//! Enters: [`Type`]s and [`Signature`]s. Leaves: Rust, in which a [`Names`] writes each name.
//! Must not know: which names are short.

use super::{Foreign, Home, ItemPath, Named, Receiver, Signature, Type};

/// How names are written.
pub(crate) trait Names {
    /// Writes the path of a generated item.
    fn item(&mut self, to: &mut String, path: &ItemPath);

    /// Writes the path of an item at the root of the crate.
    fn root(&mut self, to: &mut String, name: &str);

    /// Writes the path of an item of the runtime.
    fn runtime(&mut self, to: &mut String, path: &[&str]);

    /// Writes the path of an item of the standard library that every file has by its last name.
    fn prelude(&mut self, to: &mut String, path: &[&str]);

    /// Writes the name of an item or an argument.
    fn identifier(&self, to: &mut String, name: &str) {
        to.push_str(name);
    }
}

/// Writes a type.
pub(crate) fn value(to: &mut String, names: &mut impl Names, value: &Type) {
    match value {
        Type::Foreign(foreign) => self::foreign(to, names, *foreign),
        Type::Generated(path) => names.item(to, path),
        Type::Box(inner) => prelude(to, names, &["std", "boxed", "Box"], inner),
        Type::Vec(inner) => prelude(to, names, &["std", "vec", "Vec"], inner),
        Type::Option(inner) => prelude(to, names, &["std", "option", "Option"], inner),
        Type::Flags(inner) => runtime(to, names, &["model", "Flags"], inner),
        Type::Ref(inner) => {
            to.push('&');
            self::value(to, names, inner);
        }
        Type::RefMut(inner) => {
            to.push_str("&mut ");
            self::value(to, names, inner);
        }
        Type::Str => to.push_str("&str"),
        Type::Unit => to.push_str("()"),
        Type::Bytes => names.runtime(to, &["bytes", "Bytes"]),
        Type::Own => to.push_str("Self"),
        Type::Client => names.root(to, "Client"),
        Type::Request(inner) => runtime(to, names, &["Request"], inner),
        Type::Page(inner) => runtime(to, names, &["Page"], inner),
        Type::Count(inner) => runtime(to, names, &["Count"], inner),
        Type::Property(inner) => of_own(to, names, &["query", "Property"], inner),
        Type::Navigation(inner) => of_own(to, names, &["query", "Navigation"], inner),
        Type::Into(inner) => {
            to.push_str("impl ");
            prelude(to, names, &["std", "convert", "Into"], inner);
        }
        Type::IntoNullable(inner) => implementing(to, names, &["model", "IntoNullable"], inner),
        Type::IntoAssigned(inner) => implementing(to, names, &["model", "IntoAssigned"], inner),
        Type::ChangesTo(inner) => implementing(to, names, &["model", "ChangesTo"], inner),
        Type::Implementing(inner) => {
            to.push_str("impl ");
            named(to, names, inner);
        }
        Type::Named(inner) => named(to, names, inner),
        Type::Parameter(name) => to.push_str(name),
    }
}

fn foreign(to: &mut String, names: &mut impl Names, foreign: Foreign) {
    to.push_str(match foreign {
        Foreign::Bool => "bool",
        Foreign::U8 => "u8",
        Foreign::I8 => "i8",
        Foreign::I16 => "i16",
        Foreign::I32 => "i32",
        Foreign::I64 => "i64",
        Foreign::F32 => "f32",
        Foreign::F64 => "f64",
        Foreign::String => return names.prelude(to, &["std", "string", "String"]),
        Foreign::Untyped => return names.runtime(to, &["model", "Untyped"]),
        Foreign::Binary => return names.runtime(to, &["edm", "Binary"]),
        Foreign::Date => return names.runtime(to, &["edm", "Date"]),
        Foreign::DateTimeOffset => return names.runtime(to, &["edm", "DateTimeOffset"]),
        Foreign::Decimal => return names.runtime(to, &["edm", "Decimal"]),
        Foreign::Duration => return names.runtime(to, &["edm", "Duration"]),
        Foreign::GeoJson => return names.runtime(to, &["edm", "GeoJson"]),
        Foreign::Guid => return names.runtime(to, &["edm", "Guid"]),
        Foreign::Stream => return names.runtime(to, &["edm", "Stream"]),
        Foreign::TimeOfDay => return names.runtime(to, &["edm", "TimeOfDay"]),
    });
}

fn prelude(to: &mut String, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.prelude(to, path);
    within(to, names, "<", inner);
}

fn runtime(to: &mut String, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.runtime(to, path);
    within(to, names, "<", inner);
}

fn of_own(to: &mut String, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.runtime(to, path);
    within(to, names, "<Self, ", inner);
}

fn implementing(to: &mut String, names: &mut impl Names, path: &[&str], inner: &Type) {
    to.push_str("impl ");
    runtime(to, names, path, inner);
}

fn within(to: &mut String, names: &mut impl Names, before: &str, inner: &Type) {
    to.push_str(before);
    value(to, names, inner);
    to.push('>');
}

/// Writes a type or a trait of the runtime or the standard library.
pub(crate) fn named(to: &mut String, names: &mut impl Names, named: &Named) {
    match named.home {
        Home::Prelude => names.prelude(to, named.path),
        Home::Standard => to.push_str(&named.path.join("::")),
        Home::Runtime => names.runtime(to, named.path),
    }
    let arguments = named.arguments.iter().map(|one| (None, one));
    let associated = named.associated.iter().map(|(name, one)| (Some(*name), one));
    between_brackets(to, names, arguments.chain(associated));
}

/// Writes the arguments of a type, if it has any.
pub(crate) fn arguments(to: &mut String, names: &mut impl Names, arguments: &[Type]) {
    between_brackets(to, names, arguments.iter().map(|one| (None, one)));
}

fn between_brackets<'t>(
    to: &mut String,
    names: &mut impl Names,
    all: impl Iterator<Item = (Option<&'static str>, &'t Type)>,
) {
    let mut before = "<";
    for (name, argument) in all {
        to.push_str(before);
        before = ", ";
        if let Some(name) = name {
            to.push_str(name);
            to.push_str(" = ");
        }
        value(to, names, argument);
    }
    if before != "<" {
        to.push('>');
    }
}

/// Writes what a function takes and returns, as it follows its name.
pub(crate) fn signature(to: &mut String, names: &mut impl Names, signature: &Signature) {
    if !signature.generics.is_empty() {
        to.push('<');
        to.push_str(&signature.generics.join(", "));
        to.push('>');
    }
    to.push('(');
    let mut comma = "";
    let receiver = match signature.receiver {
        Receiver::None => "",
        Receiver::Ref => "&self",
        Receiver::Mut => "&mut self",
        Receiver::Value => "self",
    };
    if !receiver.is_empty() {
        to.push_str(receiver);
        comma = ", ";
    }
    for argument in &signature.arguments {
        to.push_str(comma);
        comma = ", ";
        names.identifier(to, &argument.name);
        to.push_str(": ");
        value(to, names, &argument.value);
    }
    to.push_str(") -> ");
    value(to, names, &signature.result);
}

/// Writes what a setter takes and returns, as it follows its name.
pub(crate) fn setter(to: &mut String, names: &mut impl Names, takes: &Type) {
    to.push_str("(self, value: ");
    value(to, names, takes);
    to.push_str(") -> Self");
}
