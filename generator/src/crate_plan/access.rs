//! What the client of an API has: its parts, and how a caller is authorized.
//!
//! Enters: what a planner decides. Leaves: [`Access`]es. Must not know: how they are written as code.

use super::{Docs, Home, ItemPath, Named, Parameter, Signature, Type};

/// What is known of a service whose client has parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// The methods of the client.
    pub accesses: Vec<Access>,
    /// How callers can be authorized.
    pub schemes: Vec<Scheme>,
    /// Whether the client takes a token when it is made.
    pub takes_credential: bool,
}

/// A way to authorize callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name.
    pub name: String,
    /// What is sent.
    pub sent: Sent,
}

/// What a [`Scheme`] sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A key in a header with a name.
    KeyInHeader(String),
    /// A key in the query, with a name.
    KeyInQuery(String),
    /// A key in a cookie with a name.
    KeyInCookie(String),
    /// A name and a password.
    Basic,
    /// A token.
    Bearer,
    /// What another scheme of HTTP sends.
    Custom(String),
    /// A certificate.
    Certificate,
}

impl Sent {
    /// The function of the runtime for it, and what it takes after the name of the scheme.
    pub fn function(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::KeyInHeader(name) => ("key_in_header", Some(name)),
            Self::KeyInQuery(name) => ("key_in_query", Some(name)),
            Self::KeyInCookie(name) => ("key_in_cookie", Some(name)),
            Self::Basic => ("basic", None),
            Self::Bearer => ("bearer", None),
            Self::Custom(name) => ("custom", Some(name)),
            Self::Certificate => ("certificate", None),
        }
    }
}

/// A method of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// What it is for.
    pub reach: Reach,
}

/// What an [`Access`] is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The requests of a part of the API.
    Group(ItemPath),
    /// A client that is authorized by a scheme.
    Authorized {
        /// The name of the scheme.
        scheme: String,
        /// What it needs.
        with: Authorization,
    },
}

/// What a scheme of security needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// A key.
    Key,
    /// A name and a password.
    Basic,
    /// A token, or what returns one.
    Bearer,
    /// The value after the name of the scheme.
    Custom,
}

impl Access {
    /// Its arguments and result.
    pub fn signature(&self) -> Signature {
        match &self.reach {
            Reach::Group(item) => Signature::path(Vec::new(), item.clone()),
            Reach::Authorized { with, .. } => Signature::method(with.arguments(), Type::Own),
        }
    }
}

impl Authorization {
    /// The arguments of the method.
    pub fn arguments(self) -> Vec<Parameter> {
        let into = Named::new(Home::Prelude, &["std", "convert", "Into"]);
        let text = Type::Implementing(Box::new(into.of(Type::Foreign(super::Foreign::String))));
        let credential = Type::Implementing(Box::new(Named::runtime(&["Credential"])));
        match self {
            Self::Key => vec![Parameter::new("key", text)],
            Self::Basic => {
                vec![Parameter::new("user", text.clone()), Parameter::new("password", text)]
            }
            Self::Bearer => vec![Parameter::new("credential", credential)],
            Self::Custom => vec![Parameter::new("value", text)],
        }
    }

    /// The function of the runtime that makes it of the arguments.
    pub fn function(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Basic => "basic",
            Self::Bearer => "bearer",
            Self::Custom => "custom",
        }
    }
}
