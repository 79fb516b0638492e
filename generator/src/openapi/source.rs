//! What a crate is planned from.

use super::Api;
use super::plan::Typed;

/// An API, and the types of its schemas.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The API.
    pub api: Api,
    /// The Rust type of each schema.
    pub types: Vec<Typed>,
}
