//! What comes after an operation: links to others, and requests of the service.

use super::{Extensions, Id, Operation, PathItem, Server, Words};
use crate::openapi::description::Location;

/// What a client can do after an answer.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// `operationId` or `operationRef`.
    pub target: Option<Words>,
    /// Whether the target is a reference to an operation, and not the name of one.
    pub is_reference: bool,
    /// The operation; `None` if there is no such operation in the documents.
    pub operation: Option<Id<Operation>>,
    /// Values or expressions for the parameters of the operation.
    pub parameters: Vec<(Words, Location)>,
    /// A value or an expression for the body.
    pub body: Option<Location>,
    /// The description.
    pub description: Option<Words>,
    /// The server on which the operation is.
    pub server: Option<Server>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// Requests that the service sends.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Where it is written.
    pub location: Location,
    /// The name of the component.
    pub component: Option<String>,
    /// The requests by the expression for their address.
    pub requests: Vec<(Words, Id<PathItem>)>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
