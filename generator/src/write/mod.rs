//! From the plan of a crate to its files.
//!
//! Enters: a [plan](crate::crate_plan). Leaves: the text of each file, the manifest, and files on disk.
//! Must not know: any format of a schema.

pub mod disk;
pub(crate) mod emit;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod manifest;
pub(crate) mod mark;
pub(crate) mod program;
pub(crate) mod render;
pub(crate) mod runtime;
pub(crate) mod template;
pub(crate) mod tree;
pub(crate) mod wrap;
