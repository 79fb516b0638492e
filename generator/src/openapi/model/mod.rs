//! What a description says, as plain data.
//!
//! Enters: nothing; `build` makes it. Leaves: [`Model`]: each object once, references as the numbers of what
//! they refer to, everything with its place. Must not know: how documents are written, Rust.

mod schema;

pub use schema::{
    Body, Bounds, Discriminator, Keywords, Limits, Mapping, Property, RareKeywords, Reference,
    Schema, SchemaId, Target, Types, Words,
};

/// What the documents of one API describe.
#[derive(Clone, Debug, Default)]
pub struct Model {
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

    /// A schema.
    ///
    /// # Panics
    /// If the number belongs to another model.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.index()]
    }
}
