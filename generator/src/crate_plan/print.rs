//! Types and signatures as text.
//!
//! Enters: [`Type`]s and [`Signature`]s. Leaves: Rust, to a [`Code`], in which a [`Names`] writes each
//! name. Must not know: which names are short, where lines break.

use super::{Foreign, Home, ItemPath, Named, Receiver, Signature, Type};

/// What Rust is written to. The marks for lists are where a line may break.
pub(crate) trait Code {
    /// Writes text that never breaks.
    fn word(&mut self, word: &str);

    /// Writes the opening bracket of a list that has items.
    fn begin_list(&mut self, brackets: Brackets);

    /// Writes the comma between two items.
    fn comma(&mut self);

    /// Writes the closing bracket of a list.
    fn end_list(&mut self, brackets: Brackets);
}

/// The brackets of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brackets {
    /// `<…>`, around types.
    Angle,
    /// `(…)`, around the arguments of a function.
    Round,
}

impl Brackets {
    /// The opening bracket, and the closing one.
    pub(crate) fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Angle => ("<", ">"),
            Self::Round => ("(", ")"),
        }
    }
}

/// Text on one line.
impl Code for String {
    fn word(&mut self, word: &str) {
        self.push_str(word);
    }

    fn begin_list(&mut self, brackets: Brackets) {
        self.push_str(brackets.texts().0);
    }

    fn comma(&mut self) {
        self.push_str(", ");
    }

    fn end_list(&mut self, brackets: Brackets) {
        self.push_str(brackets.texts().1);
    }
}

/// How names are written.
pub(crate) trait Names {
    /// Writes the path of a generated item.
    fn item(&mut self, to: &mut impl Code, path: &ItemPath);

    /// Writes the path of an item at the root of the crate.
    fn root(&mut self, to: &mut impl Code, name: &str);

    /// Writes the path of an item of the runtime.
    fn runtime(&mut self, to: &mut impl Code, path: &[&str]);

    /// Writes the path of an item of the standard library that every file has by its last name.
    fn prelude(&mut self, to: &mut impl Code, path: &[&str]);

    /// Writes the name of an item or an argument.
    fn identifier(&self, to: &mut impl Code, name: &str) {
        to.word(name);
    }
}

/// Writes a type.
pub(crate) fn value(to: &mut impl Code, names: &mut impl Names, value: &Type) {
    match value {
        Type::Foreign(foreign) => self::foreign(to, names, *foreign),
        Type::Generated(path) => names.item(to, path),
        Type::Applied(path, inner) => {
            names.item(to, path);
            arguments(to, names, std::slice::from_ref(&**inner));
        }
        Type::Box(inner) => prelude(to, names, &["std", "boxed", "Box"], inner),
        Type::Vec(inner) => prelude(to, names, &["std", "vec", "Vec"], inner),
        Type::Option(inner) => prelude(to, names, &["std", "option", "Option"], inner),
        Type::Flags(inner) => runtime(to, names, &["model", "Flags"], inner),
        Type::Ref(inner) => {
            to.word("&");
            self::value(to, names, inner);
        }
        Type::RefMut(inner) => {
            to.word("&mut ");
            self::value(to, names, inner);
        }
        Type::Str => to.word("&str"),
        Type::Unit => to.word("()"),
        Type::Bytes => names.runtime(to, &["bytes", "Bytes"]),
        Type::Own => to.word("Self"),
        Type::Client => names.root(to, "Client"),
        Type::Request(inner) => runtime(to, names, &["Request"], inner),
        Type::Page(inner) => runtime(to, names, &["Page"], inner),
        Type::Count(inner) => runtime(to, names, &["Count"], inner),
        Type::Property(inner) => of_own(to, names, &["query", "Property"], inner),
        Type::Navigation(inner) => of_own(to, names, &["query", "Navigation"], inner),
        Type::IntoValue(inner) => implementing(to, names, &["model", "IntoValue"], inner),
        Type::IntoNullable(inner) => implementing(to, names, &["model", "IntoNullable"], inner),
        Type::IntoKey(inner) => implementing(to, names, &["model", "IntoKey"], inner),
        Type::IntoBody(inner) => implementing(to, names, &["model", "IntoBody"], inner),
        Type::Implementing(inner) => {
            to.word("impl ");
            named(to, names, inner);
        }
        Type::Named(inner) => named(to, names, inner),
        Type::Parameter(name) => to.word(name),
    }
}

fn foreign(to: &mut impl Code, names: &mut impl Names, foreign: Foreign) {
    to.word(match foreign {
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

fn prelude(to: &mut impl Code, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.prelude(to, path);
    arguments(to, names, std::slice::from_ref(inner));
}

fn runtime(to: &mut impl Code, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.runtime(to, path);
    arguments(to, names, std::slice::from_ref(inner));
}

fn of_own(to: &mut impl Code, names: &mut impl Names, path: &[&str], inner: &Type) {
    names.runtime(to, path);
    to.begin_list(Brackets::Angle);
    to.word("Self");
    to.comma();
    value(to, names, inner);
    to.end_list(Brackets::Angle);
}

fn implementing(to: &mut impl Code, names: &mut impl Names, path: &[&str], inner: &Type) {
    to.word("impl ");
    runtime(to, names, path, inner);
}

/// Writes a type or a trait of the runtime or the standard library.
pub(crate) fn named(to: &mut impl Code, names: &mut impl Names, named: &Named) {
    match named.home {
        Home::Prelude => names.prelude(to, named.path),
        Home::Standard => to.word(&named.path.join("::")),
        Home::Runtime => names.runtime(to, named.path),
    }
    let arguments = named.arguments.iter().map(|one| (None, one));
    let associated = named.associated.iter().map(|(name, one)| (Some(*name), one));
    between_brackets(to, names, arguments.chain(associated));
}

/// Writes the arguments of a type, if it has any.
pub(crate) fn arguments(to: &mut impl Code, names: &mut impl Names, arguments: &[Type]) {
    between_brackets(to, names, arguments.iter().map(|one| (None, one)));
}

fn between_brackets<'t>(
    to: &mut impl Code,
    names: &mut impl Names,
    all: impl Iterator<Item = (Option<&'static str>, &'t Type)>,
) {
    let mut is_begun = false;
    for (name, argument) in all {
        if is_begun {
            to.comma();
        } else {
            to.begin_list(Brackets::Angle);
        }
        is_begun = true;
        if let Some(name) = name {
            to.word(name);
            to.word(" = ");
        }
        value(to, names, argument);
    }
    if is_begun {
        to.end_list(Brackets::Angle);
    }
}

/// Writes the arguments and the result of a function, which follow its name.
pub(crate) fn signature(to: &mut impl Code, names: &mut impl Names, signature: &Signature) {
    if !signature.generics.is_empty() {
        to.word("<");
        to.word(&signature.generics.join(", "));
        to.word(">");
    }
    let receiver = match signature.receiver {
        Receiver::None => None,
        Receiver::Ref => Some("&self"),
        Receiver::Mut => Some("&mut self"),
        Receiver::Value => Some("self"),
        Receiver::Changed => Some("mut self"),
    };
    if receiver.is_none() && signature.arguments.is_empty() {
        to.word("()");
    } else {
        to.begin_list(Brackets::Round);
        to.word(receiver.unwrap_or_default());
        for (at, argument) in signature.arguments.iter().enumerate() {
            if at > 0 || receiver.is_some() {
                to.comma();
            }
            self::argument(to, names, &argument.name, &argument.value);
        }
        to.end_list(Brackets::Round);
    }
    to.word(" -> ");
    value(to, names, &signature.result);
}

fn argument(to: &mut impl Code, names: &mut impl Names, name: &str, takes: &Type) {
    names.identifier(to, name);
    to.word(": ");
    value(to, names, takes);
}

/// Writes the arguments and the result of a setter for a type, which follow its name.
pub(crate) fn setter(to: &mut impl Code, names: &mut impl Names, takes: &Type) {
    to.begin_list(Brackets::Round);
    to.word("self");
    to.comma();
    argument(to, names, "value", takes);
    to.end_list(Brackets::Round);
    to.word(" -> Self");
}
