//! How many instructions programs execute, compared with the recorded counts.
//!
//! Times depend on the machine and on its load; counts do not, so a change that makes a program slower is
//! visible even where benchmarks are noise. Valgrind counts; programs run with one thread and an empty
//! environment, because both change what is executed.

use crate::workplace::{build_release, shared, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml::{Table, Value};

/// By how much a count may differ from the record without being reported.
const MARGIN: f64 = 0.03;

/// How often the two runs of a case of the runtime do its work.
const TIMES: (u64, u64) = (100, 200);

/// Where the counts are recorded.
const RECORD: &str = "benches/instructions.toml";

/// The first lines of the record.
const HEAD: &str = "\
# How many instructions the programs execute, by `cargo xtask bench --instructions`.
# `--update` records what it counts; do not edit.
";

/// The comparison.
pub(crate) struct Instructions<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Records the counts in place of comparing them.
    pub(crate) update: bool,
}

/// Something to count.
struct Case {
    /// Its name in the record.
    name: &'static str,
    measure: Measure,
}

/// The part of a program that is counted.
pub(super) enum Measure {
    /// Everything.
    Whole(Run),
    /// The cost of one more unit of work, from two runs with fewer and more units. It leaves out
    /// what a program does once.
    PerUnit { fewer: (Run, u64), more: (Run, u64) },
}

/// One run of a program.
pub(super) struct Run {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    /// What the program creates, which must not exist before.
    pub(super) out: Option<PathBuf>,
}

/// How a count differs from its record.
#[derive(Debug, PartialEq)]
enum Verdict {
    New,
    Same,
    /// By which fraction of the recorded count.
    More(f64),
    Less(f64),
}

impl Instructions<'_> {
    /// Counts and compares. Returns whether nothing became slower.
    pub(crate) fn run(&self) -> Result<bool, String> {
        if Command::new("valgrind").arg("--version").output().is_err() {
            return Err("error: valgrind counts the instructions and is not installed".to_owned());
        }
        let path = self.root.join(RECORD);
        let mut record = read(&path)?;
        let mut is_well = true;
        for case in self.cases()? {
            let counted = case.measure.count(self.root)?;
            let recorded = record.get(case.name).and_then(Value::as_integer);
            let recorded = recorded.and_then(|count| u64::try_from(count).ok());
            let verdict = verdict(recorded, counted);
            println!("{:28} {counted:>14}  {}", case.name, verdict.shown());
            is_well &= !matches!(verdict, Verdict::New | Verdict::More(_));
            let counted = i64::try_from(counted).unwrap_or(i64::MAX);
            record.insert(case.name.to_owned(), counted.into());
        }
        if self.update {
            fs::write(&path, format!("{HEAD}{record}"))
                .map_err(|error| format!("error: cannot write {}: {error}", path.display()))?;
            println!("recorded in {RECORD}");
            return Ok(true);
        }
        if !is_well {
            eprintln!(
                "error: programs execute more instructions than {RECORD} lists. If that has a good \
                 reason (it may be another compiler), record it with `cargo xtask bench \
                 --instructions --update`; `callgrind_annotate --inclusive=yes \
                 target/bench/callgrind.out` shows where they are."
            );
        }
        Ok(is_well)
    }

    /// What there is to count. Programs are built first.
    fn cases(&self) -> Result<Vec<Case>, String> {
        build_release(self.root, &["--package", "schemacrate"])?;
        build_release(self.root, &["--package", "schemacrate-runtime", "--example", "counted"])?;
        let mut cases = vec![
            self.generate("generate-own-schema", "schema/graph.csdl".to_owned()),
            runtime("decode-page", "decode"),
            runtime("encode-page", "encode"),
            runtime("request", "request"),
        ];
        let schema = shared(self.root).join("graph/v1.0-2021-07.csdl");
        if schema.is_file() {
            cases.push(self.generate("generate-graph-2021-07", text(&schema)));
        } else {
            println!("left out: there is no schema at {}", schema.display());
        }
        Ok(cases)
    }

    /// The generation of a new crate by the command line.
    fn generate(&self, name: &'static str, schema: String) -> Case {
        let out = "target/bench/counted".to_owned();
        let run = Run {
            program: "target/release/schemacrate".into(),
            out: Some(self.root.join(&out)),
            arguments: ["generate", "--schema", &schema, "--out", &out, "--runtime", "runtime"]
                .map(str::to_owned)
                .into(),
        };
        Case { name, measure: Measure::Whole(run) }
    }
}

/// The cost of one more unit of some work of the runtime.
fn runtime(name: &'static str, work: &str) -> Case {
    let run = |times: u64| Run {
        program: "target/release/examples/counted".into(),
        arguments: vec![work.to_owned(), times.to_string()],
        out: None,
    };
    let (fewer, more) = TIMES;
    Case { name, measure: Measure::PerUnit { fewer: (run(fewer), fewer), more: (run(more), more) } }
}

impl Measure {
    pub(super) fn count(&self, root: &Path) -> Result<u64, String> {
        match self {
            Self::Whole(run) => run.count(root),
            Self::PerUnit { fewer, more } => {
                let difference = more.0.count(root)?.saturating_sub(fewer.0.count(root)?);
                Ok(difference / more.1.saturating_sub(fewer.1).max(1))
            }
        }
    }
}

impl Run {
    /// How many instructions it executes.
    pub(super) fn count(&self, root: &Path) -> Result<u64, String> {
        if let Some(out) = &self.out {
            // It does not exist before the first run.
            let _ = fs::remove_dir_all(out);
        }
        let profile = root.join("target/bench/callgrind.out");
        fs::create_dir_all(root.join("target/bench"))
            .map_err(|error| format!("error: cannot create target/bench: {error}"))?;
        let counted = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=target/bench/callgrind.out"])
            .arg(&self.program)
            .args(&self.arguments)
            .current_dir(root)
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .map_err(|error| format!("error: cannot run valgrind: {error}"))?;
        let output = String::from_utf8_lossy(&counted.stderr);
        match collected(&output) {
            Some(count) if counted.status.success() && profile.is_file() => Ok(count),
            _ => Err(format!("{output}\nerror: {} failed under valgrind", self.program.display())),
        }
    }
}

impl Verdict {
    fn shown(&self) -> String {
        match self {
            Self::New => "not recorded".to_owned(),
            Self::Same => "as recorded".to_owned(),
            Self::More(by) => format!("{:.1} % more than recorded", by * 100.0),
            Self::Less(by) => {
                format!("{:.1} % less than recorded; record it with --update", by * 100.0)
            }
        }
    }
}

/// How a count differs from the recorded one.
#[allow(clippy::cast_precision_loss)] // No count is so large.
fn verdict(recorded: Option<u64>, counted: u64) -> Verdict {
    let Some(recorded) = recorded else { return Verdict::New };
    let by = counted as f64 / recorded.max(1) as f64 - 1.0;
    if by > MARGIN {
        Verdict::More(by)
    } else if by < -MARGIN {
        Verdict::Less(-by)
    } else {
        Verdict::Same
    }
}

/// The count in the final output of callgrind.
fn collected(output: &str) -> Option<u64> {
    let line = output.lines().find(|line| line.contains("Collected"))?;
    line.rsplit(':').next()?.trim().parse().ok()
}

/// The record; empty if there is none.
fn read(path: &Path) -> Result<Table, String> {
    match fs::read_to_string(path) {
        Ok(text) => text.parse().map_err(|error| format!("error: {}: {error}", path.display())),
        Err(_) => Ok(Table::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_the_output_of_callgrind() {
        let output = "==7== Events    : Ir\n==7== Collected : 1912004614\n==7== \n";
        assert_eq!(collected(output), Some(1_912_004_614));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }

    #[test]
    fn only_what_is_beyond_the_margin_differs() {
        assert_eq!(verdict(None, 1), Verdict::New);
        assert_eq!(verdict(Some(1_000), 1_029), Verdict::Same);
        assert_eq!(verdict(Some(1_000), 971), Verdict::Same);
        assert!(matches!(verdict(Some(1_000), 1_100), Verdict::More(_)));
        assert!(matches!(verdict(Some(1_000), 900), Verdict::Less(_)));
        assert_eq!(Verdict::More(0.054).shown(), "5.4 % more than recorded");
    }
}
