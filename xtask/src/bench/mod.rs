//! `cargo xtask bench`: what the programs of this repository cost.

mod instructions;

pub(crate) use instructions::Instructions;
