//! Typical mistakes in calls of generated crates, and what the compiler answers to each.
//!
//! The programs of this folder do not compile: the file beside each has the message of the compiler, which is
//! part of the API. Those in `passes/` compile and run: they are what a user may take for a mistake.

#![allow(clippy::unwrap_used)] // A test may panic.

use std::process::Command;

/// The compiler whose messages are recorded. Others have other words for the same mistakes.
const COMPILER: &str = "rustc 1.95.";

/// What this compiler calls itself.
fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_compiler_explains_each_mistake() {
    let programs = trybuild::TestCases::new();
    programs.pass("passes/*.rs");
    let compiler = compiler();
    if compiler.starts_with(COMPILER) {
        programs.compile_fail("*.rs");
    } else {
        println!(
            "the messages are not compared: they are those of {COMPILER}x, and this is {compiler}"
        );
    }
}
