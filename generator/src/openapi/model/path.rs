//! Paths, and the operations on each.

use super::{Extensions, Id, Operation, Parameter, Server, Words};
use crate::openapi::description::Location;

/// A path of the API.
#[derive(Clone, Debug)]
pub struct Path {
    /// The path as it is written, in which variables are in braces.
    pub template: Words,
    /// The operations on it. Several paths may have the same ones.
    pub item: Id<PathItem>,
}

/// A request that the service sends to whom it was asked to.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name.
    pub name: Words,
    /// The requests.
    pub item: Id<PathItem>,
}

/// Operations on one path. Those to which `$ref` refers are among them, unless a field beside it takes
/// their place.
#[derive(Clone, Debug)]
pub struct PathItem {
    /// Where it is written.
    pub location: Location,
    /// The name, if it is a component.
    pub component: Option<String>,
    /// One line about all operations.
    pub summary: Option<Words>,
    /// The description of all operations.
    pub description: Option<Words>,
    /// The operations, in the order in which they are written.
    pub operations: Vec<Id<Operation>>,
    /// The parameters of all operations. They are among those of each operation as well.
    pub parameters: Vec<Id<Parameter>>,
    /// Parameters that have the name and the place of another one.
    pub left_out: Vec<Id<Parameter>>,
    /// The servers of all operations; none if they are those of the API.
    pub servers: Vec<Server>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

impl Path {
    /// The variables of the path, in order, without their braces.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        variables(&self.template.text)
    }

    /// The path with an empty name for each variable: what it has in common with others that are the same
    /// for a client.
    pub fn pattern(&self) -> String {
        pattern(&self.template.text)
    }
}

/// A template with an empty name for each variable.
pub(crate) fn pattern(template: &str) -> String {
    let mut pattern = String::new();
    let mut rest = template;
    while let Some((before, _, after)) = variable(rest) {
        pattern.push_str(before);
        pattern.push_str("{}");
        rest = after;
    }
    pattern + rest
}

/// The variables of a template, in order, without their braces.
pub(crate) fn variables(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (_, name, after) = variable(rest)?;
        rest = after;
        Some(name)
    })
}

/// The first variable of a text, with what is before it and after it.
pub(crate) fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = text.split_once('{')?;
    let (name, after) = inside.split_once('}')?;
    Some((before, name, after))
}

/// The name in a variable, without what templates of other standards have beside it.
pub(crate) fn bare(variable: &str) -> &str {
    let without = variable.trim_start_matches(['+', '#', '.', '/', ';', '*']);
    without.trim_end_matches(['+', '*', '?'])
}
