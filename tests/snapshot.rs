//! The checked-in crate is what the schema says: `generated/` is the snapshot.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::Generated;
use schemacrate::config::Config;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::disk;
use schemacrate::source::SourceMap;
use std::path::Path;

fn generate() -> Generated {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let configuration = sources.add("schemacrate.toml", schema::CONFIGURATION.as_bytes()).unwrap();
    let config = Config::parse(schema::CONFIGURATION, configuration).unwrap();
    let document = sources.add("graph.csdl", schema::DOCUMENT.as_bytes()).unwrap();
    schemacrate::generate(&sources, &[document], &config, Some(configuration), &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", diagnostics.render(&sources, false)))
}

#[test]
fn generated_is_what_the_schema_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let difference = disk::compare(&folder, &generate().tree).unwrap();
    assert!(difference.is_empty(), "run `cargo xtask regen`\n{}", difference.unified());
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert_eq!(generate().tree, generate().tree);
}
