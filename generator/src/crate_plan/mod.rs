//! Every Rust decision, as plain data.
//!
//! Enters: the decisions of a front end. Leaves: [`CratePlan`]: modules, collision-free names,
//! types, signatures, documentation, and the lines of `api.txt`. Must not know: any format of a
//! schema, code, files on disk.

mod alias;
pub mod api;
mod described;
mod docs;
mod example;
pub(crate) mod families;
mod items;
mod kind;
pub(crate) mod naming;
pub(crate) mod print;
pub(crate) mod program;
mod prose;
mod registry;
pub mod signature;
mod types;

pub use alias::Alias;
pub use docs::Docs;
pub use example::{Example, ExampleCall, MadeClient, Sample, Start};
pub use items::*;
pub use kind::Kind;
pub use prose::Prose;
pub(crate) use prose::plain;
pub use registry::*;
pub use signature::{Parameter, Receiver, Signature};
pub use types::*;
