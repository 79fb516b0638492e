//! `cargo xtask bench`: what the programs of this repository cost.

mod instructions;
mod models;
mod twin;

pub(crate) use instructions::Instructions;
pub(crate) use models::Bench;
