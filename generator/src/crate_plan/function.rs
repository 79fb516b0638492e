//! A free function, which makes a request at a fixed path.
//!
//! Enters: what a planner decides. Leaves: the data of the function. Must not know: how it is written
//! as code.

use super::{Docs, Signature};

/// A free function: a request at a fixed path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// Its arguments and result.
    pub signature: Signature,
    /// The methods in the order of their calls, each called on the result of the one before; the
    /// last one makes the request.
    pub steps: Vec<Step>,
}

/// One step of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The method.
    pub method: String,
    /// The arguments of the function that it takes, by name.
    pub arguments: Vec<String>,
}
