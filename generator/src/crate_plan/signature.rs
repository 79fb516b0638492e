//! What functions take and return.
//!
//! Enters: what a front end decides. Leaves: [`Signature`], and the signatures that are the same in
//! every crate. Must not know: how a file names a type.

use super::{Foreign, Home, ItemPath, Named, Type};

/// What a function takes and returns. Its name belongs to the item that it is the signature of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How it takes the value that it is called on.
    pub receiver: Receiver,
    /// The arguments, in order.
    pub arguments: Vec<Parameter>,
    /// What it returns.
    pub result: Type,
}

/// How a method takes the value that it is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// It is called on none.
    None,
    /// `&self`.
    Ref,
    /// `&mut self`.
    Mut,
    /// `self`.
    Value,
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
    /// A function that is called on no value.
    pub fn function(arguments: Vec<Parameter>, result: Type) -> Self {
        Self { receiver: Receiver::None, arguments, result }
    }

    /// A method that borrows the value that it is called on.
    pub fn method(arguments: Vec<Parameter>, result: Type) -> Self {
        Self { receiver: Receiver::Ref, arguments, result }
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

    /// What the request returns that the function returns.
    pub fn returned(&self) -> Option<&Type> {
        match &self.result {
            Type::Request(inner) => Some(inner),
            _ => None,
        }
    }

    /// The same with a change made to each type in it.
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

/// What holds the members that a struct does not declare.
pub fn additional() -> Type {
    Named::runtime(&["model", "Additional"]).into()
}

/// What the variant of an enumeration holds that is for members that the schema does not declare.
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
    let value = Parameter::new("value", Type::Foreign(Foreign::Untyped).into_value());
    let arguments = vec![name, value];
    Signature { receiver: Receiver::Value, arguments, result: Type::Own }
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
    let runtime = || Type::from(Named::runtime(&["Client"]));
    vec![
        prelude(&["std", "clone", "Clone"]),
        prelude(&["std", "convert", "From"]).of(runtime()),
        standard(&["std", "fmt", "Debug"]),
        standard(&["std", "ops", "Deref"]).with("Target", runtime()),
    ]
}
