//! The cost of reading and writing models, in instructions.

use super::instructions::{Measure, Run};
use super::report::{Row, table};
use crate::workplace::cargo;
use std::path::Path;

/// How many pages the two runs of a case read or write; their difference leaves out what a program
/// does once.
const PAGES: (u64, u64) = (4, 8);

/// The cases, each with what it should be.
const CASES: &[(&str, &str, &str)] = &[
    ("decode", "users", "≥ 1.2"),
    ("decode", "users-shuffled", "≥ 1.0"),
    ("decode", "wide-users", "≥ 1.2"),
    ("decode", "wide-users-shuffled", "≥ 1.0"),
    ("decode", "messages", "≥ 1.2"),
    ("decode", "messages-shuffled", "≥ 1.0"),
    ("decode", "devices", "≥ 1.2"),
    ("decode", "devices-shuffled", "≥ 1.0"),
    ("decode", "members-tag-first", "≥ 1.5"),
    ("decode", "members-tag-last", "≥ 1.0"),
    ("decode", "members-into-any", "≥ 1.0"),
    ("decode", "members-into-any-tag-last", "≥ 1.0"),
    ("encode", "users", "≥ 1.0"),
    ("encode", "wide-users", "≥ 1.0"),
    ("encode", "messages", "≥ 1.0"),
    ("encode", "devices", "≥ 1.0"),
    ("encode", "members-tag-first", "≥ 1.0"),
];

/// Counts all cases for the generated models and both twins.
pub(super) fn decode(root: &Path) -> Result<String, String> {
    let built = cargo()
        .args(["build", "--release", "--bin", "count"])
        .current_dir(root.join("benches"))
        .env("CARGO_TARGET_DIR", root.join("target/bench/count"))
        .status();
    if !built.is_ok_and(|status| status.success()) {
        return Err("error: the benches do not build".to_owned());
    }
    let mut rows = Vec::new();
    for (what, case, target) in CASES {
        let own = count(root, what, case, "Models")?;
        let keeping = count(root, what, case, "TwinKeeping")?;
        let plain = count(root, what, case, "Twin")?;
        let measured = format!(
            "{:.2} M; {:.2} × the twin that keeps unknown members, {:.2} × the one that drops them",
            million(own),
            million(keeping) / million(own),
            million(plain) / million(own)
        );
        rows.push(Row::new(&format!("{what} {case}"), target, measured));
    }
    Ok(table(&rows))
}

fn count(root: &Path, what: &str, case: &str, side: &str) -> Result<u64, String> {
    let run = |pages: u64| Run {
        program: "target/bench/count/release/count".into(),
        arguments: [what, case, side, &pages.to_string()].map(str::to_owned).into(),
        out: None,
    };
    let (fewer, more) = PAGES;
    Measure::PerUnit { fewer: (run(fewer), fewer), more: (run(more), more) }.count(root)
}

#[allow(clippy::cast_precision_loss)] // No count is so large.
fn million(count: u64) -> f64 {
    count as f64 / 1e6
}
