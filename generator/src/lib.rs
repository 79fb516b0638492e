//! Generates typed Rust crates from OData CSDL.
//!
//! The entry points are: [`Builder`] makes crates from files and [`Session`] from documents in
//! memory, [`review`] compares two revisions of a schema, and [`snippet`] writes the Rust that
//! makes a given request. The stages between them are in [`internals`], which can change in any
//! release.

mod builder;
mod crate_plan;
mod files;
mod input;
mod node;
mod odata;
mod openapi;
mod pipeline;
pub mod review;
pub mod snippet;
mod write;

pub use builder::{Build, Builder, Input};
pub use input::session::{BuildError, Session};
pub use input::{config, diagnostic, source};
pub use pipeline::{Generated, Planned, Schema};
pub use write::tree::FileTree;

/// The stages, for the tools of this project. Anything in here may change in any release.
#[doc(hidden)]
pub mod internals {
    pub use crate::crate_plan::api;
    /// What the plan of a crate is made of.
    pub mod crate_plan {
        pub use crate::crate_plan::*;
    }
    pub use crate::files::{RECORD, RECORDED_ADDRESS, record_of};
    pub use crate::input::digest;
    pub use crate::input::shown::without_passwords;
    /// Documents as trees with places.
    pub mod node {
        pub use crate::node::*;
    }
    /// The front end for OpenAPI.
    pub mod openapi {
        pub use crate::openapi::*;
    }
    pub use crate::odata::Schema as ODataSchema;
    pub use crate::odata::{binding, csdl, edm, plan, slice, url};
    pub use crate::openapi::Schema as ApiSchema;
    pub use crate::write::disk;
    pub use crate::write::mark::{MARK, is_own};
    pub use crate::write::render::render;
}
