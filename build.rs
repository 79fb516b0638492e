//! Notices when `schema/` has changed since `generated/` was made.
//!
//! It only reads, compares digests with `schema/schemacrate.lock`, and warns with the command that
//! mends it. It exports the digest of all inputs as the revision of the schema.

#[path = "generator/src/input/digest.rs"]
#[allow(unreachable_pub)] // It is public in the generator.
mod digest;

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=schema");
    println!("cargo::rerun-if-changed=generator/src/input/digest.rs");
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let schema = Path::new(&root).join("schema");
    let lock = fs::read_to_string(schema.join("schemacrate.lock")).unwrap_or_default();
    let inputs: Vec<(&str, &str)> = inputs(&lock);
    if inputs.is_empty() {
        warn("schema/schemacrate.lock records no inputs");
    }
    for (name, recorded) in &inputs {
        match fs::read(schema.join(name)) {
            Ok(bytes) if digest::digest(&bytes) == *recorded => {}
            Ok(_) => warn(&format!("schema/{name} has changed since generated/ was made from it")),
            Err(error) => warn(&format!("schema/{name} cannot be read ({error})")),
        }
    }
    let revision = digest::digest(lock.as_bytes());
    println!("cargo::rustc-env=SCHEMA_REVISION={revision}");
}

/// The lines `"name" = "digest"` after `[inputs]`.
fn inputs(lock: &str) -> Vec<(&str, &str)> {
    let (_, inputs) = lock.split_once("[inputs]").unwrap_or_default();
    inputs
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, digest)| (name.trim_matches('"'), digest.trim_matches('"')))
        .collect()
}

fn warn(message: &str) {
    println!("cargo::warning={message}: run `cargo xtask regen`");
}
