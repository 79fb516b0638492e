//! Generates typed Rust crates from OData CSDL.
//!
//! The stages follow each other in one direction, each with a type of its own:
//! [`source`] → [`csdl`] → [`edm`] → [`mod@slice`] → [`plan`] → emitted text → [`FileTree`].
//! [`generate`] runs them and stops between two stages if errors were found.
//! Nothing but [`disk`] touches files.

mod builder;
pub mod config;
pub mod csdl;
pub mod diagnostic;
pub mod diff;
pub mod digest;
pub mod disk;
pub mod edm;
mod emit;
mod generate;
mod layout;
mod manifest;
mod mark;
pub mod meaning;
pub mod plan;
mod render;
mod runtime;
pub mod slice;
pub mod snippet;
pub mod source;
pub mod surface;
mod tree;
pub mod url;

pub use builder::{Build, BuildError, Builder, Input, read_source};
pub use generate::{Generated, Planned, cut, generate, planned, read, read_with};
pub use mark::{MARK, is_own};
pub use render::render;
pub use tree::FileTree;
