//! The benches of this repository are in `benches/`.
