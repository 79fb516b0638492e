//! Every Rust decision, as plain data.
//!
//! Enters: what a front end decides. Leaves: [`CratePlan`]: modules, collision-free names, types,
//! documentation, and the lines of `api.txt`.
//! Must not know: any format of a schema, code, files on disk.

pub mod api;
mod items;
pub(crate) mod naming;
pub(crate) mod program;
mod prose;
mod registry;

pub use items::*;
pub use prose::Prose;
pub(crate) use prose::plain;
pub use registry::*;
