//! What a crate is planned from.

use super::Api;
use super::description::Location;
use super::plan::Typed;
use crate::crate_plan::Type;

/// An API, and the types of its schemas.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The API.
    pub api: Api,
    /// The Rust type of each schema that is used as a type of its own.
    pub types: Vec<(Location, Type)>,
}

impl Schema {
    /// The types with the places of their schemas.
    pub fn typed(&self) -> Vec<Typed> {
        super::plan::typed(&self.api.description, &self.types)
    }
}
