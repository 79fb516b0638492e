//! The inputs, and the findings in them.
//!
//! Enters: bytes and settings. Leaves: a session with sources, places and diagnostics, and the
//! configuration.
//! Must not know: any format of a schema, any stage that comes later.

pub mod config;
pub mod diagnostic;
pub mod digest;
mod idempotency;
pub(crate) mod json;
pub(crate) mod nearest;
mod pages;
pub(crate) mod patterns;
pub(crate) mod request;
pub(crate) mod session;
pub(crate) mod shown;
pub mod source;
