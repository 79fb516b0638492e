//! The schema that a crate is planned from.
//!
//! Enters: the model of a service, and the part of it that is asked for. Leaves: both, for what comes
//! after the plan. Must not know: how they are found.

use super::edm::Model;

/// The schema of a crate.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The model, sliced.
    pub model: Model,
    /// The model before it was sliced; `None` if the slice is the whole model.
    pub whole: Option<Model>,
    /// How many types each included pattern brought, and what brought most: one line for each.
    pub brought: Vec<String>,
}
