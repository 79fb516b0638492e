//! Clients of services, as a user makes them, and the tests of them.
//!
//! Enters: the arguments of the command line; the folder of a package of tests. Leaves: what the command line
//! writes; whether the tests pass. Must not know: the services.

use super::process::succeeded;
use crate::workplace::cargo;
use std::fs;
use std::path::Path;

/// Runs the command line.
pub(super) fn schemacrate(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--package", "schemacrate", "--"]).args(arguments);
    match succeeded(cargo.current_dir(root), "schemacrate")? {
        true => Ok(()),
        false => Err(format!("error: `schemacrate {}` failed", arguments.join(" "))),
    }
}

/// Runs the tests in a folder, which find what they need in the variables. Returns whether they pass.
pub(super) fn tests(
    root: &Path,
    folder: &Path,
    variables: &[(&str, &str)],
) -> Result<bool, String> {
    let (lock, target) = (root.join("Cargo.lock"), root.join("target/e2e/target"));
    fs::copy(&lock, folder.join("Cargo.lock"))
        .map_err(|error| format!("error: {}: {error}", lock.display()))?;
    let mut cargo = cargo();
    cargo.arg("test").current_dir(folder).env("CARGO_TARGET_DIR", target);
    succeeded(cargo.envs(variables.iter().copied()), "cargo test")
}
