//! `cargo xtask e2e`: generated clients against services that other people wrote.
//!
//! Enters: the folder of this repository. Leaves: whether the clients do what the services expect.
//! Must not know: how anything is generated.

mod cap;
mod client;
mod http_specs;
mod outcome;
mod prefect;
mod prism;
mod process;
mod workspace;

pub(crate) use cap::EndToEnd;
pub(crate) use http_specs::HttpSpecs;
pub(crate) use prefect::Prefect;
pub(crate) use prism::{Prism, USUAL_SEED};
