//! A public item as Rust declares it.
//!
//! Enters: plan data. Leaves: [`Declared`], which is compared as data, and its text.
//! Must not know: the item that it belongs to.

use crate::crate_plan::print::{self, Code, Names};
use crate::crate_plan::{ItemPath, Named, Parameter, Signature, Type};
use std::borrow::Cow;

/// A public item as Rust declares it, without its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared<'p> {
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A type alias, by the type that it is another name of.
    Alias(Cow<'p, Type>),
    /// A field of a struct, by its type.
    Field(Cow<'p, Type>),
    /// A variant of an enum, by what it holds.
    Variant(Option<Cow<'p, Type>>),
    /// A constant, by its type.
    Constant(Cow<'p, Type>),
    /// A static, by its type.
    Static(Cow<'p, Type>),
    /// A setter of a builder, by what it takes.
    Setter(Cow<'p, Type>),
    /// Any other function.
    Function(Cow<'p, Signature>),
    /// A trait that is implemented.
    Implementation(Cow<'p, Named>),
}

/// How the line of an item begins, in the order of the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the language.
pub enum Beginning {
    Impl,
    Const,
    Enum,
    Fn,
    Static,
    Struct,
    Type,
    /// A field or a variant.
    Member,
}

impl Declared<'_> {
    /// The beginning of its line.
    pub fn beginning(&self) -> Beginning {
        match self {
            Self::Struct => Beginning::Struct,
            Self::Enum => Beginning::Enum,
            Self::Alias(_) => Beginning::Type,
            Self::Field(_) | Self::Variant(_) => Beginning::Member,
            Self::Constant(_) => Beginning::Const,
            Self::Static(_) => Beginning::Static,
            Self::Setter(_) | Self::Function(_) => Beginning::Fn,
            Self::Implementation(_) => Beginning::Impl,
        }
    }

    /// A copy that does not borrow from the plan.
    pub fn into_owned(self) -> Declared<'static> {
        fn owned<T: ToOwned + ?Sized>(found: Cow<'_, T>) -> Cow<'static, T> {
            Cow::Owned(found.into_owned())
        }
        match self {
            Self::Struct => Declared::Struct,
            Self::Enum => Declared::Enum,
            Self::Alias(value) => Declared::Alias(owned(value)),
            Self::Field(value) => Declared::Field(owned(value)),
            Self::Variant(value) => Declared::Variant(value.map(owned)),
            Self::Constant(value) => Declared::Constant(owned(value)),
            Self::Static(value) => Declared::Static(owned(value)),
            Self::Setter(takes) => Declared::Setter(owned(takes)),
            Self::Function(signature) => Declared::Function(owned(signature)),
            Self::Implementation(of) => Declared::Implementation(owned(of)),
        }
    }

    /// A copy in which each type is replaced by the result of a function.
    #[must_use]
    pub fn map(self, change: &impl Fn(Type) -> Type) -> Declared<'static> {
        let changed = |value: Cow<'_, Type>| Cow::Owned(value.into_owned().map(change));
        match self {
            Self::Alias(value) => Declared::Alias(changed(value)),
            Self::Field(value) => Declared::Field(changed(value)),
            Self::Variant(value) => Declared::Variant(value.map(changed)),
            Self::Constant(value) => Declared::Constant(changed(value)),
            Self::Static(value) => Declared::Static(changed(value)),
            Self::Setter(takes) => Declared::Setter(changed(takes)),
            Self::Function(signature) => {
                Declared::Function(Cow::Owned(signature.into_owned().map(change)))
            }
            Self::Implementation(of) => {
                Declared::Implementation(Cow::Owned(of.into_owned().map(change)))
            }
            plain @ (Self::Struct | Self::Enum) => plain.into_owned(),
        }
    }

    /// Calls a function with each generated item that its types name.
    pub fn each_item<'d>(&'d self, call: &mut impl FnMut(&'d ItemPath)) {
        match self {
            Self::Alias(value)
            | Self::Field(value)
            | Self::Variant(Some(value))
            | Self::Constant(value)
            | Self::Static(value)
            | Self::Setter(value) => value.each_item(call),
            Self::Function(signature) => {
                signature.result.each_item(call);
                for Parameter { value, .. } in &signature.arguments {
                    value.each_item(call);
                }
            }
            Self::Implementation(of) => of.each_item(call),
            Self::Struct | Self::Enum | Self::Variant(None) => {}
        }
    }

    /// Writes the declaration as it appears in the line of an item. `owner` is the path of the item
    /// that it belongs to, or empty at the root of the crate.
    pub(super) fn write(&self, to: &mut String, owner: &str, name: &str) {
        let names = &mut Whole;
        to.push_str(match self.beginning() {
            Beginning::Impl => "impl ",
            Beginning::Const => "pub const ",
            Beginning::Enum => "pub enum ",
            Beginning::Fn => "pub fn ",
            Beginning::Static => "pub static ",
            Beginning::Struct => "pub struct ",
            Beginning::Type => "pub type ",
            Beginning::Member => "pub ",
        });
        if let Self::Implementation(of) = self {
            print::named(to, names, of);
            if !owner.is_empty() {
                to.push_str(" for ");
                to.push_str(owner);
            }
            return;
        }
        to.push_str(owner);
        if !owner.is_empty() && !name.is_empty() {
            to.push_str("::");
        }
        to.push_str(name);
        match self {
            Self::Field(value) | Self::Constant(value) | Self::Static(value) => {
                to.push_str(": ");
                print::value(to, names, value);
            }
            Self::Alias(value) => {
                to.push_str(" = ");
                print::value(to, names, value);
            }
            Self::Variant(Some(value)) => {
                to.push('(');
                print::value(to, names, value);
                to.push(')');
            }
            Self::Setter(takes) => print::setter(to, names, takes),
            Self::Function(signature) => print::signature(to, names, signature),
            Self::Struct | Self::Enum | Self::Variant(None) | Self::Implementation(_) => {}
        }
    }

    /// Its arguments and result, or its type, with type names without paths. The receiver of a
    /// function is left out.
    pub fn brief(&self) -> String {
        let mut text = String::new();
        let (to, names) = (&mut text, &mut Last);
        match self {
            Self::Alias(value)
            | Self::Field(value)
            | Self::Constant(value)
            | Self::Static(value)
            | Self::Variant(Some(value)) => print::value(to, names, value),
            Self::Setter(takes) => {
                let value = Parameter::new("value", takes.clone().into_owned());
                let signature = Signature::function(vec![value], Type::Own);
                print::signature(to, names, &signature);
            }
            Self::Function(signature) => {
                let Signature { mut arguments, result, .. } = signature.clone().into_owned();
                arguments.retain(|one| one.value != Type::Client.by_ref());
                print::signature(to, names, &Signature::function(arguments, result));
            }
            Self::Implementation(of) => print::named(to, names, of),
            Self::Struct => to.push_str("struct"),
            Self::Enum => to.push_str("enum"),
            Self::Variant(None) => {}
        }
        text
    }
}

impl Type {
    /// The type with the whole paths of its names, as the lines of `api.txt` have it.
    pub fn whole(&self) -> String {
        let mut text = String::new();
        print::value(&mut text, &mut Whole, self);
        text
    }
}

/// Names with their whole paths from the crate root.
pub(super) struct Whole;

impl Names for Whole {
    fn item(&mut self, to: &mut impl Code, path: &ItemPath) {
        if path.is_external {
            return path.write_external(to);
        }
        for segment in &*path.module {
            to.word(segment);
            to.word("::");
        }
        to.word(&path.name);
    }

    fn root(&mut self, to: &mut impl Code, name: &str) {
        to.word(name);
    }

    fn runtime(&mut self, to: &mut impl Code, path: &[&str]) {
        to.word("runtime");
        for segment in path {
            to.word("::");
            to.word(segment);
        }
    }

    fn prelude(&mut self, to: &mut impl Code, path: &[&str]) {
        to.word(path.last().copied().unwrap_or_default());
    }
}

/// Names without their paths.
struct Last;

impl Names for Last {
    fn item(&mut self, to: &mut impl Code, path: &ItemPath) {
        to.word(&path.name);
    }

    fn root(&mut self, to: &mut impl Code, name: &str) {
        to.word(name);
    }

    fn runtime(&mut self, to: &mut impl Code, path: &[&str]) {
        to.word(path.last().copied().unwrap_or_default());
    }

    fn prelude(&mut self, to: &mut impl Code, path: &[&str]) {
        to.word(path.last().copied().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crate_plan::Foreign;

    fn item(name: &str) -> Type {
        let module = vec!["shop".to_owned(), "r#type".to_owned()];
        Type::Generated(ItemPath::new(module.into(), name))
    }

    fn text(declared: &Declared<'_>) -> String {
        let mut text = String::new();
        declared.write(&mut text, "shop::Order", "name");
        text
    }

    #[test]
    fn a_line_has_whole_paths_and_the_short_form_has_none() {
        let client = Parameter::new("client", Type::Client.by_ref());
        let value = Parameter::new("value", item("Customer").by_ref());
        let returned = item("Customer").many().optional();
        let call = Signature::request(vec![client, value], returned);
        let call = Declared::Function(Cow::Owned(call));
        let written = "pub fn shop::Order::name(&self, client: &Client, value: &shop::r#type::Customer) \
                       -> runtime::Request<Option<Vec<shop::r#type::Customer>>>";
        assert_eq!(text(&call), written);
        let short = "(value: &Customer) -> Request<Option<Vec<Customer>>>";
        assert_eq!(call.brief(), short);

        let setter = Declared::Setter(Cow::Owned(Type::Foreign(Foreign::Guid).into_nullable()));
        let written = "pub fn shop::Order::name(self, value: impl runtime::model::IntoNullable<\
                       runtime::edm::Guid>) -> Self";
        assert_eq!(text(&setter), written);
        assert_eq!(setter.brief(), "(value: impl IntoNullable<Guid>) -> Self");
    }

    #[test]
    fn every_type_in_a_declaration_is_reached() {
        let value = || item("Customer").boxed().optional();
        let named = Named::runtime(&["query", "DerivedFrom"]).of(value()).with("Target", value());
        let arguments = vec![Parameter::new("value", value().by_ref())];
        let all = [
            Declared::Alias(Cow::Owned(value())),
            Declared::Field(Cow::Owned(value())),
            Declared::Variant(Some(Cow::Owned(value()))),
            Declared::Constant(Cow::Owned(value().property())),
            Declared::Static(Cow::Owned(value())),
            Declared::Setter(Cow::Owned(value().into_body())),
            Declared::Function(Cow::Owned(Signature::request(arguments, value().page()))),
            Declared::Implementation(Cow::Owned(named)),
        ];
        for declared in all {
            let mut items = Vec::new();
            declared.each_item(&mut |path| items.push(path.name.clone()));
            assert!(!items.is_empty() && items.iter().all(|one| one == "Customer"), "{items:?}");
            let before = text(&declared);
            assert_eq!(before.matches("Box<").count(), items.len(), "{before}");
            assert_eq!(text(&declared.map(&Type::unboxed)).matches("Box<").count(), 0, "{before}");
        }
    }
}
