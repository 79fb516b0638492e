//! Requests through real HTTP on loopback: what goes over the wire, and what is made of what
//! comes back. No other address is called.
#![cfg(feature = "reqwest")]

mod addresses;
mod batch;
mod errors;
#[cfg(feature = "tower")]
mod layers;
mod model;
mod operations;
mod origins;
mod requests;
mod retries;
mod service;
mod uploads;
