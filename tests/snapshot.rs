//! The checked-in crate is up to date with the schema: `generated/` is the snapshot.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::internals::disk;
use schemacrate::{Generated, Session};
use std::path::Path;

fn generate() -> Generated {
    let mut session = Session::new();
    let config = session.configure("schemacrate.toml", schema::CONFIGURATION.as_bytes()).unwrap();
    session.add("graph.csdl", schema::DOCUMENT.as_bytes()).unwrap();
    session.generate(&config).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn generated_is_up_to_date_with_the_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let difference = disk::compare(&folder, &generate().tree).unwrap();
    assert!(difference.is_empty(), "run `cargo xtask regen`\n{}", difference.unified());
}

#[test]
fn two_runs_write_the_same_bytes() {
    assert_eq!(generate().tree, generate().tree);
}
