//! Where the API is.

use super::{Extensions, Words};
use crate::openapi::description::Location;

/// A place at which the API is.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it is written; for 2.0, which has no such object, the root of the document or the operation.
    pub location: Location,
    /// The address, in which variables are in braces. It may be relative to the document. For 2.0 it is
    /// composed of the scheme, the host and the base path.
    pub url: Words,
    /// The name.
    pub name: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// The variables of the address.
    pub variables: Vec<ServerVariable>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// A variable in the address of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Where it is written.
    pub location: Location,
    /// The name.
    pub name: Words,
    /// The values that it may have; none if it may have any.
    pub values: Vec<Words>,
    /// The value that it has unless another one is set.
    pub default: Option<Words>,
    /// The description.
    pub description: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
