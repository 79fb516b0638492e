//! Shapes of schemas: that they have all valid values, and what they are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test may panic.

mod cases;
mod fit;
mod load;
mod random;
mod real;
mod rules;
mod speed;
mod suite;
