//! What the benches have in common: pages as Microsoft Graph answers them, and how each of the crates
//! that are compared reads and writes them.
//!
//! `pages` makes JSON and knows no crate; `cases` knows the crates and builds the page of each.

#![recursion_limit = "256"] // The pages are made by `json!`, which takes a step for each member.

pub mod cases;
pub mod pages;
