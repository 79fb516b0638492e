//! What a description says, as plain data.
//!
//! Enters: nothing; `build` makes it. Leaves: [`Model`]: each object once, references as the numbers of what
//! they refer to, everything with its place. Version 2.0 is read as the 3.x that means the same. Must not
//! know: how documents are written, Rust.

mod arena;
mod body;
mod equal;
mod example;
mod info;
mod link;
mod operation;
mod parameter;
mod path;
mod schema;
mod security;
mod server;
mod tag;

pub use arena::{Arena, Id};
pub use body::{Encoding, MediaType, RequestBody, Response};
pub(crate) use equal::{Class, Classes};
pub use example::Example;
pub use info::{Contact, ExternalDocs, Info, License};
pub use link::{Callback, Link};
pub use operation::{Answer, Method, Operation, Status};
pub use parameter::{Header, Parameter, Place, Style, Styled, ValueForm};
pub use path::{Path, PathItem, Webhook};
pub(crate) use path::{bare as variable_name, pattern, variable as first_variable, variables};
pub use schema::{
    Body, Bounds, Discriminator, FurtherKeywords, Keywords, Limits, Mapping, Property,
    RareKeywords, Reference, Schema, SchemaId, Target, Types, Words,
};
pub use security::{
    Flow, FlowKind, KeyPlace, RequiredScheme, Requirement, SchemeKind, SecurityScheme,
};
pub use server::{Server, ServerVariable};
pub use tag::Tag;

use super::description::Location;

/// Fields that begin with `x-`, each with its value.
pub type Extensions = Vec<(Words, Location)>;

/// What the documents of one API describe.
///
/// The first document describes the API; the others have components and what is referred to.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The API as a whole.
    pub info: Info,
    /// Documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
    /// Where the API is; none if it is where the document is.
    pub servers: Vec<Server>,
    /// The groups of operations.
    pub tags: Vec<Tag>,
    /// What a caller needs unless an operation specifies something else.
    pub security: Vec<Requirement>,
    /// The paths of the API.
    pub paths: Vec<Path>,
    /// The requests that the service sends.
    pub webhooks: Vec<Webhook>,
    /// The extensions of the document, its paths, its webhooks and its components.
    pub extensions: Extensions,
    /// All ways to authorize a caller.
    pub schemes: Arena<SecurityScheme>,
    /// All path items: those of paths, webhooks and callbacks, and components.
    pub items: Arena<PathItem>,
    /// All operations, also those that the service calls.
    pub operations: Arena<Operation>,
    /// All parameters.
    pub parameters: Arena<Parameter>,
    /// All headers.
    pub headers: Arena<Header>,
    /// All bodies of requests.
    pub bodies: Arena<RequestBody>,
    /// All responses.
    pub responses: Arena<Response>,
    /// What bodies are, by media type.
    pub media_types: Arena<MediaType>,
    /// How parts of bodies are written.
    pub encodings: Arena<Encoding>,
    /// All links.
    pub links: Arena<Link>,
    /// All callbacks.
    pub callbacks: Arena<Callback>,
    /// All examples.
    pub examples: Arena<Example>,
    /// All schemas: those of components, those of other objects, and those in them.
    pub schemas: Vec<Schema>,
    /// Those that are components or that other objects have: the types of the API.
    pub types: Vec<SchemaId>,
}

impl Model {
    /// The numbers of all schemas.
    pub fn ids(&self) -> impl Iterator<Item = SchemaId> + use<> {
        (0..self.schemas.len()).map(SchemaId::new)
    }

    /// The parameter of an operation that a variable of a path is. What some gateways write beside the
    /// name, as in `{proxy+}`, is not a part of it, unless a parameter has such a name.
    pub fn variable(&self, operation: &Operation, variable: &str) -> Option<Id<Parameter>> {
        let named = |name: &str| {
            let mut all = operation.parameters.iter().copied();
            all.find(|id| {
                let parameter = &self.parameters[*id];
                parameter.place == Place::Path && parameter.name.text == name
            })
        };
        named(variable).or_else(|| named(path::bare(variable)))
    }

    /// A schema.
    ///
    /// # Panics
    /// If the number belongs to another model.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.index()]
    }
}
