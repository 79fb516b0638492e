//! What a change of the schema does to the wire and to the generated crate.
//!
//! Enters: two [`Side`]s, each a model and the plan of the crate made from it.
//! Leaves: a [`Report`] of [`Change`]s on separate axes, and texts of it in several formats.
//! The wire verdict comes from model × model (`odata::compare`), the Rust verdict from plan × plan
//! (`attribute.rs`).
//! Must not know: files, version control, clocks.

mod allow;
mod attribute;
mod catalogue;
pub(crate) mod change;
mod format;
mod report;
pub(crate) mod rule;

pub use crate::odata::compare::side::Side;
pub use allow::{Allow, Complaint};
pub use change::{Change, Notice, Place, RustChange, RustChangeKind, RustItem};
pub use format::{Format, Links, Style, list_rules};
pub use report::{Gate, Report, diff};
pub use rule::{Bump, Effect, Policy, Rule, Severity};
