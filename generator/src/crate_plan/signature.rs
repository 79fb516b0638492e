//! The arguments and results of functions.
//!
//! Enters: the decisions of a front end. Leaves: [`Signature`], and the signatures that are the
//! same in every crate. Must not know: how a file names a type.

use super::{Foreign, Home, ItemPath, Named, Type};

/// The arguments and the result of a function. Its name is part of the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The names of the types that it is generic over.
    pub generics: &'static [&'static str],
    /// The receiver.
    pub receiver: Receiver,
    /// The arguments, in order.
    pub arguments: Vec<Parameter>,
    /// The result.
    pub result: Type,
}

/// The receiver of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// There is no receiver.
    None,
    /// `&self`.
    Ref,
    /// `&mut self`.
    Mut,
    /// `self`.
    Value,
    /// `mut self`, which callers see as `self`.
    Changed,
}

/// An argument of a [`Signature`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The type.
    pub value: Type,
}

impl Parameter {
    /// An argument.
    pub fn new(name: &str, value: Type) -> Self {
        Self { name: name.to_owned(), value }
    }
}

impl Signature {
    /// A function without a receiver.
    pub fn function(arguments: Vec<Parameter>, result: Type) -> Self {
        Self { generics: &[], receiver: Receiver::None, arguments, result }
    }

    /// A method that borrows its receiver.
    pub fn method(arguments: Vec<Parameter>, result: Type) -> Self {
        Self { receiver: Receiver::Ref, ..Self::function(arguments, result) }
    }

    /// A method that returns a path.
    pub fn path(arguments: Vec<Parameter>, target: ItemPath) -> Self {
        Self::method(arguments, Type::Generated(target))
    }

    /// A method that returns a request.
    pub fn request(arguments: Vec<Parameter>, returned: Type) -> Self {
        Self::method(arguments, returned.requested())
    }

    /// The argument with a name.
    pub fn argument(&self, name: &str) -> Option<&Type> {
        let found = self.arguments.iter().find(|one| one.name == name);
        found.map(|one| &one.value)
    }

    /// The result of the request that the function returns.
    pub fn returned(&self) -> Option<&Type> {
        match &self.result {
            Type::Request(inner) => Some(inner),
            _ => None,
        }
    }

    /// A copy in which each type is replaced by the result of a function.
    #[must_use]
    pub fn map(self, change: &impl Fn(Type) -> Type) -> Self {
        let arguments = self.arguments.into_iter();
        Self {
            arguments: arguments
                .map(|Parameter { name, value }| Parameter { name, value: value.map(change) })
                .collect(),
            result: self.result.map(change),
            ..self
        }
    }
}

/// The type of the field for members that a struct does not declare.
pub fn additional() -> Type {
    Named::runtime(&["model", "Additional"]).into()
}

/// The type that the variant for undeclared members of an enumeration holds.
pub fn unrecognized() -> Type {
    Type::Foreign(Foreign::String)
}

/// A builder without changes.
pub fn no_changes() -> Signature {
    Signature::function(Vec::new(), Type::Own)
}

/// The setter of a builder for members that the schema does not declare.
pub fn set_additional() -> Signature {
    let name = Parameter::new("name", Type::Str);
    let value = Parameter::new("value", Type::Foreign(Foreign::Untyped).into_nullable());
    let arguments = vec![name, value];
    Signature { receiver: Receiver::Value, ..Signature::function(arguments, Type::Own) }
}

/// The address of the service.
pub fn service_root() -> Type {
    Type::Str
}

/// A client for a service root.
pub fn with_service_root() -> Signature {
    let root = Parameter::new("service_root", Type::Str);
    Signature::function(vec![root, credential()], made())
}

/// A client for the service root of the crate.
pub fn new_client() -> Signature {
    Signature::function(vec![credential()], made())
}

/// The builder of a client.
pub fn client_builder() -> Signature {
    let builder = Named::runtime(&["ClientBuilder"]).of(Type::Own).into();
    Signature::function(Vec::new(), builder)
}

fn credential() -> Parameter {
    let credential = Named::runtime(&["Credential"]);
    Parameter::new("credential", Type::Implementing(Box::new(credential)))
}

fn made() -> Type {
    let error = Named::runtime(&["Error"]).into();
    Named::new(Home::Prelude, &["std", "result", "Result"]).of(Type::Own).of(error).into()
}

/// The traits of the client, which is the client of the runtime with more methods.
pub fn client_traits() -> Vec<Named> {
    let prelude = |path| Named::new(Home::Prelude, path);
    let standard = |path| Named::new(Home::Standard, path);
    let runtime = || Type::from(Named::runtime(&["ServiceClient"]));
    vec![
        prelude(&["std", "clone", "Clone"]),
        prelude(&["std", "convert", "From"]).of(runtime()),
        standard(&["std", "fmt", "Debug"]),
        standard(&["std", "ops", "Deref"]).with("Target", runtime()),
    ]
}
