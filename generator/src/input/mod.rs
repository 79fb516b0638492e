//! What enters, and what is wrong with it.
//!
//! Enters: bytes and settings. Leaves: sources with places, the configuration, diagnostics.
//! Must not know: any format of a schema, any stage that comes later.

pub mod config;
pub mod diagnostic;
pub mod digest;
pub mod source;
