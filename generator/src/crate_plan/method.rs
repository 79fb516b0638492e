//! A method of a path type or of the client, and what it does.
//!
//! Enters: what a planner decides. Leaves: the data of the method. Must not know: how it is written as
//! code.

use super::{Docs, ItemPath, Request, Signature, Type};

/// A method of a [`Path`](super::Path) or of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// Its arguments and result.
    pub signature: Signature,
    /// What it does.
    pub call: Call,
}

impl Method {
    /// The path type that it returns, unless it makes a request.
    pub fn target(&self) -> Option<&ItemPath> {
        match &self.signature.result {
            Type::Generated(path) => Some(path),
            _ => None,
        }
    }

    /// The builder for the parameters of an action, if there are any.
    pub fn parameters(&self) -> Option<&ItemPath> {
        match (&self.call, self.signature.arguments.as_slice()) {
            (Call::Act { .. }, [parameters]) => match &parameters.value {
                Type::IntoBody(inner) => match &**inner {
                    Type::Generated(path) => Some(path),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a [`Method`] does. Arguments are those of its signature, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Refers to the resource one segment below.
    Child {
        /// The segment.
        segment: String,
    },
    /// Refers to an entity of the collection.
    Key {
        /// Whether the key is a separate segment.
        segment: bool,
        /// The parts of the key.
        parts: Vec<KeyPart>,
    },
    /// Refers to an entity of the collection by an alternate key.
    AlternateKey {
        /// The parts of the key.
        parts: Vec<KeyPart>,
    },
    /// Calls an action.
    Act {
        /// The segment.
        segment: String,
        /// The media type that the request accepts, unless it is JSON.
        accept: Option<String>,
    },
    /// Calls a function.
    Compute {
        /// The segment.
        segment: String,
        /// The arguments.
        arguments: Vec<Argument>,
        /// The media type that the request accepts, unless it is JSON.
        accept: Option<String>,
    },
    /// Refers to the result of a function, which is a resource itself.
    Follow {
        /// The segment.
        segment: String,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// Sends a request.
    Send(Request),
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name.
    pub name: String,
    /// The wire name.
    pub wire_name: String,
    /// How it gets into the URL.
    pub passing: Passing,
    /// What happens if there is no value.
    pub absence: Absence,
}

/// How an argument gets into the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// As a literal in the path.
    Literal,
    /// As JSON in a query option.
    Alias,
}

/// The meaning of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// There is always a value.
    Never,
    /// Null.
    Null,
    /// The parameter is left out.
    Omitted,
}

/// A part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// The argument.
    pub name: String,
    /// The name in a compound key.
    pub wire_name: String,
}
