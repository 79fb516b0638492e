//! Commands that may take only so long and so much memory, and what a table says of each.
//!
//! Enters: a command and its limits. Leaves: its outcome, and the text of a cell. Must not know: what is
//! compared.

use super::usage::{Outcome, Usage};
use std::ffi::OsStr;
use std::path::Path;

/// What a command may take.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Seconds of time.
    pub(super) seconds: u32,
    /// Gigabytes of address space of one process.
    pub(super) gigabytes: u64,
}

impl Limits {
    /// Runs a command in a folder.
    pub(super) fn run<T: AsRef<str>>(
        self,
        program: &[String],
        arguments: &[T],
        folder: &Path,
        environment: &[(&str, &OsStr)],
    ) -> Result<Outcome, String> {
        let Self { seconds, gigabytes } = self;
        let kilobytes = gigabytes * 1024 * 1024;
        let script = format!("ulimit -v {kilobytes} && exec timeout -k 5 {seconds} \"$@\"");
        let mut all = vec!["-c", &script, "sh"];
        all.extend(program.iter().map(String::as_str));
        all.extend(arguments.iter().map(AsRef::as_ref));
        Outcome::of("sh".as_ref(), &all, folder, environment)
    }

    /// The cost of a command, or why it failed.
    pub(super) fn cost(self, outcome: &Outcome) -> Result<Usage, String> {
        if outcome.success {
            return Ok(outcome.usage);
        }
        if outcome.usage.wall >= f64::from(self.seconds) {
            return Err(format!("stopped after {} s", self.seconds));
        }
        Err(format!("fails after {:.1} s: {}", outcome.usage.wall, reason(&outcome.stderr)))
    }
}

/// The line of an output that reports what failed, fit for a cell of a table.
pub(super) fn reason(output: &str) -> String {
    let explains = |line: &&str| {
        let line = line.to_lowercase();
        ["error", "fail", "exception", "panicked"].iter().any(|word| line.contains(word))
    };
    let lines = || output.lines().map(str::trim).filter(|line| !line.is_empty());
    // One of these words can also be a part of a name.
    let line = lines().find(|line| line.starts_with("error"));
    let line = line.or_else(|| lines().find(explains)).or_else(|| lines().next());
    let line = line.unwrap_or("no output");
    let line: String = line.replace('`', "'").replace('|', "/").chars().take(120).collect();
    format!("`{line}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_the_line_that_explains_it() {
        assert_eq!(reason("   Compiling a\nerror: `a` | b\n"), "`error: 'a' / b`");
        assert_eq!(reason("Compiling thiserror\nerror: no\n"), "`error: no`");
        assert_eq!(reason("\nKilled\n"), "`Killed`");
        assert_eq!(reason(""), "`no output`");
    }
}
