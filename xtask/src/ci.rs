//! `cargo xtask ci`: what a change must pass, as data.
//!
//! Enters: the selected steps. Leaves: whether all of them passed, and a summary of what ran,
//! how long it took, and what was left out and why. Must not know: what the steps do.

use crate::workplace::{cargo, shared, text};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A step, in the order in which they run.
struct Step {
    name: &'static str,
    /// The job of the workflow that runs the step.
    job: &'static str,
    when: When,
    needs: Need,
    /// Several commands run in parallel. `{shared}` is replaced by the folder of the real schemas.
    commands: &'static [&'static str],
}

/// Which of the two runs a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Minutes, for each change while it is made.
    Fast,
    /// Everything, before a change is sent.
    Full,
    Both,
}

/// What a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Need {
    Nothing,
    /// Node 20 or later.
    Node,
    /// Python 3.10 or later.
    Python,
    /// The real schemas, which are not part of the repository.
    Shared,
    Valgrind,
}

#[rustfmt::skip] // A table, one step a paragraph.
const STEPS: &[Step] = &[
    // What fails within seconds comes first.
    Step { name: "format", job: "fast", when: When::Both, needs: Need::Nothing,
        commands: &["cargo fmt --all --check"] },
    Step { name: "format-outside", job: "fast", when: When::Both, needs: Need::Nothing,
        commands: &["rustfmt --edition 2024 --check benches/benches/*.rs benches/src/*.rs benches/src/bin/*.rs \
            e2e/tests/tests/library.rs e2e/prefect/src/lib.rs e2e/prefect/tests/prefect/main.rs tests/mistakes/*.rs tests/mistakes/passes/*.rs xtask/graph_calls.rs \
            xtask/conformance/harness.rs xtask/conformance/registry.rs xtask/e2e/harness.rs"] },
    Step { name: "check", job: "fast", when: When::Both, needs: Need::Nothing,
        commands: &["cargo xtask check"] },
    Step { name: "clippy", job: "fast", when: When::Both, needs: Need::Nothing,
        commands: &["cargo clippy --workspace --all-targets -- -D warnings"] },
    Step { name: "unit-tests", job: "fast", when: When::Fast, needs: Need::Nothing,
        commands: &["cargo test --workspace --lib --bins"] },
    Step { name: "golden-tests", job: "fast", when: When::Fast, needs: Need::Nothing,
        commands: &["cargo test -p schemacrate --test arrows --test emit --test goldens --test stages"] },

    Step { name: "tests", job: "generation", when: When::Full, needs: Need::Nothing,
        commands: &["cargo test --workspace"] },
    Step { name: "schema-diff", job: "generation", when: When::Full, needs: Need::Nothing,
        commands: &["cargo xtask diff HEAD"] },
    Step { name: "example", job: "generation", when: When::Full, needs: Need::Nothing,
        commands: &["cargo run --quiet -p generated --example update_user_status",
            "cargo run --quiet --example office", "cargo run --quiet --example issues"] },
    Step { name: "action", job: "generation", when: When::Full, needs: Need::Node,
        commands: &["node --test action/test/"] },

    // The core of the runtime knows no front end and builds without one. Without its default features it
    // needs no async runtime; with all of them it is what most programs see. Each optional feature must
    // build alone, too.
    Step { name: "runtime-core", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features -- -D warnings"] },
    Step { name: "runtime-odata", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features odata -- -D warnings"] },
    Step { name: "runtime-openapi", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features openapi -- -D warnings"] },
    Step { name: "runtime-serde", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features serde -- -D warnings"] },
    Step { name: "runtime-blocking", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features blocking -- -D warnings"] },
    Step { name: "runtime-tower", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features tower -- -D warnings"] },
    Step { name: "runtime-azure", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features azure -- -D warnings"] },
    Step { name: "runtime-odata-serde", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features odata,serde -- -D warnings"] },
    Step { name: "runtime-odata-blocking", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features odata,blocking -- -D warnings"] },
    Step { name: "runtime-odata-tower", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features odata,tower -- -D warnings"] },
    Step { name: "runtime-odata-azure", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --lib --no-default-features --features odata,azure -- -D warnings"] },
    Step { name: "runtime-core-tests", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo test -p schemacrate-runtime --lib --tests --no-default-features"] },
    Step { name: "runtime-odata-only-all-targets", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --all-targets --no-default-features --features odata -- -D warnings"] },
    Step { name: "runtime-odata-only-tests", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo test -p schemacrate-runtime --no-default-features --features odata"] },
    Step { name: "runtime-openapi-only-tests", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo test -p schemacrate-runtime --lib --tests --no-default-features --features openapi,xml,reqwest"] },
    Step { name: "runtime-all-all-targets", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo clippy -p schemacrate-runtime --all-targets --features blocking,openapi,xml,tower,azure -- -D warnings"] },
    Step { name: "runtime-all-tests", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo test -p schemacrate-runtime --features blocking,openapi,xml,tower,azure"] },
    Step { name: "docs", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo doc --workspace --no-deps"] },
    Step { name: "docs-of-features", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo doc -p schemacrate-runtime --no-deps --features blocking,openapi,xml,tower,azure"] },
    Step { name: "docs-without-odata", job: "runtime", when: When::Full, needs: Need::Nothing,
        commands: &["cargo doc -p schemacrate-runtime --no-deps --no-default-features --features openapi,xml,reqwest"] },

    Step { name: "conformance", job: "real", when: When::Full, needs: Need::Shared,
        commands: &["cargo run --quiet --release -p xtask -- conformance --sample"] },
    Step { name: "openapi", job: "real", when: When::Full, needs: Need::Shared,
        commands: &[
            "cargo run --quiet --release -p xtask -- conformance --openapi --sample",
            "cargo run --quiet --release -p xtask -- conformance --openapi --sample --random 24 \
                --examples {shared}/openapi/oracles/examples.jsonl --documents {shared}/openapi/documents \
                --suite {shared}/openapi/oracles/jsonschema-3.1.jsonl --suite {shared}/openapi/oracles/jsonschema-3.0.jsonl",
            "cargo run --quiet --release -p xtask -- conformance --openapi --parameters {shared}/openapi/oracles/params.jsonl",
        ] },
    // Each of them is mostly one large crate, which a compiler reads on one core.
    Step { name: "documentation", job: "real", when: When::Full, needs: Need::Shared,
        commands: &[
            "cargo run --quiet --release -p xtask -- conformance --schema {shared}/graph/v1.0-2021-07.csdl --corpus {shared}/corpus/open-v1.0.jsonl",
            "cargo run --quiet --release -p xtask -- conformance --schema {shared}/graph/beta-2021-06.csdl --corpus {shared}/corpus/open-beta.jsonl",
        ] },
    Step { name: "instructions", job: "real", when: When::Full, needs: Need::Valgrind,
        commands: &["cargo xtask bench --instructions"] },
    Step { name: "e2e", job: "real", when: When::Full, needs: Need::Node,
        commands: &["cargo xtask e2e"] },
    // It is left out by itself where the service cannot be installed.
    Step { name: "e2e-prefect", job: "real", when: When::Full, needs: Need::Python,
        commands: &["cargo xtask e2e --prefect"] },
    // Both are left out by themselves where the real documents are missing, or the service cannot be installed.
    Step { name: "e2e-http-specs", job: "real", when: When::Full, needs: Need::Node,
        commands: &["cargo xtask e2e --http-specs --version 3.1"] },
    Step { name: "e2e-prism", job: "real", when: When::Full, needs: Need::Node,
        commands: &["cargo xtask e2e --prism --only galaxy/dist/3.1.yaml --only apideck-libraries__openapi-specs/sms.yml"] },
];

/// Which steps run.
pub(crate) struct Ci<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Only the steps of the fast run; else those of the full one.
    pub(crate) fast: bool,
    /// Only these steps and the steps of these jobs, if there are any.
    pub(crate) only: &'a [String],
    /// Not these steps, nor the steps of these jobs.
    pub(crate) leave_out: &'a [String],
}

/// The outcome of a step.
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    LeftOut(String),
}

impl Ci<'_> {
    /// Runs the steps up to the first one that fails. Returns whether none does.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let named = self.only.iter().chain(self.leave_out);
        if let Some(unknown) =
            named.into_iter().find(|name| !STEPS.iter().any(|step| step.is(name)))
        {
            return Err(format!("error: there is no step or job `{unknown}`\n{}", known()));
        }
        let mut outcomes = Vec::new();
        for step in STEPS.iter().filter(|step| self.wants(step)) {
            let outcome = self.outcome(step)?;
            let failed = matches!(outcome, Outcome::Failed(_));
            outcomes.push((step.name, outcome));
            if failed {
                break;
            }
        }
        print!("{}", summary(&outcomes));
        Ok(!outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Failed(_))))
    }

    fn wants(&self, step: &Step) -> bool {
        let other = if self.fast { When::Full } else { When::Fast };
        step.when != other && (self.only.is_empty() || self.only.iter().any(|name| step.is(name)))
    }

    fn outcome(&self, step: &Step) -> Result<Outcome, String> {
        if self.leave_out.iter().any(|name| step.is(name)) {
            return Ok(Outcome::LeftOut("as asked".to_owned()));
        }
        if let Some(reason) = self.missing(step.needs) {
            println!("\n== {}: left out, {reason}", step.name);
            return Ok(Outcome::LeftOut(reason));
        }
        let free = free_space(self.root).map(|free| format!(" ({free} free)")).unwrap_or_default();
        println!("\n== {}{free}", step.name);
        let began = Instant::now();
        let passed = self.run_commands(step.commands)?;
        let took = began.elapsed();
        Ok(if passed { Outcome::Passed(took) } else { Outcome::Failed(took) })
    }

    /// Why a step cannot run.
    fn missing(&self, need: Need) -> Option<String> {
        match need {
            Need::Nothing => None,
            Need::Node => (!has_node()).then(|| "node 20 or later was not found".to_owned()),
            Need::Python => {
                (!has_python()).then(|| "python 3.10 or later was not found".to_owned())
            }
            Need::Shared => {
                let folder = shared(self.root);
                (!folder.is_dir()).then(|| format!("no real schemas at {}", folder.display()))
            }
            Need::Valgrind => output_of("valgrind", "--version")
                .is_none()
                .then(|| "valgrind was not found".to_owned()),
        }
    }

    /// Runs one command, or several in parallel, whose output is shown one after the other.
    fn run_commands(&self, commands: &[&str]) -> Result<bool, String> {
        let failed = |line: &str, error| format!("error: cannot run `{line}`: {error}");
        if let [line] = commands {
            println!("{line}");
            let status = self.command(line)?.status().map_err(|error| failed(line, error))?;
            return Ok(status.success());
        }
        let mut running = Vec::new();
        for line in commands {
            let mut command = self.command(line)?;
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            // Each has a thread that reads its output, so that none waits for another.
            let line = (*line).to_owned();
            running.push(std::thread::spawn(move || (command.output(), line)));
        }
        let mut passed = true;
        for thread in running {
            let (output, line) = thread.join().map_err(|_| "error: a step panicked".to_owned())?;
            let output = output.map_err(|error| failed(&line, error))?;
            println!("{line}");
            print!("{}", String::from_utf8_lossy(&output.stdout));
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
            passed &= output.status.success();
        }
        Ok(passed)
    }

    fn command(&self, line: &str) -> Result<Command, String> {
        let line = line.replace("{shared}", &text(&shared(self.root)));
        let mut words = line.split_whitespace();
        let mut command = match words.next() {
            Some("cargo") | None => cargo(),
            Some(program) => Command::new(program),
        };
        for word in words {
            match word.split_once("*.rs") {
                Some((folder, _)) => command.args(sources(&self.root.join(folder))?),
                None => command.arg(word),
            };
        }
        command.current_dir(self.root);
        if line.starts_with("cargo doc ") {
            command.env("RUSTDOCFLAGS", "-D warnings");
        }
        Ok(command)
    }
}

impl Step {
    fn is(&self, name: &str) -> bool {
        self.name == name || self.job == name
    }
}

/// The Rust files in a folder, in order.
fn sources(folder: &Path) -> Result<Vec<String>, String> {
    let failed = |error| format!("error: cannot read {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(text(&path));
        }
    }
    files.sort();
    Ok(files)
}

fn known() -> String {
    let mut text = String::from("help: these are the steps, each after its job:\n");
    for step in STEPS {
        let _ = writeln!(text, "  {:<10} {}", step.job, step.name);
    }
    text
}

fn summary(outcomes: &[(&str, Outcome)]) -> String {
    let mut text = String::from("\n== summary\n");
    let mut all = Duration::ZERO;
    for (name, outcome) in outcomes {
        let _ = match outcome {
            Outcome::Passed(took) => {
                all += *took;
                writeln!(text, "passed   {name:<26} {}", minutes(*took))
            }
            Outcome::Failed(took) => {
                all += *took;
                writeln!(text, "FAILED   {name:<26} {}", minutes(*took))
            }
            Outcome::LeftOut(reason) => writeln!(text, "left out {name:<26} {reason}"),
        };
    }
    let _ = writeln!(text, "{:<35} {}", "in all", minutes(all));
    text
}

fn minutes(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

fn has_node() -> bool {
    let version = output_of("node", "--version").unwrap_or_default();
    let major =
        version.trim_start_matches('v').split('.').next().and_then(|one| one.parse::<u32>().ok());
    major.is_some_and(|major| major >= 20)
}

fn has_python() -> bool {
    let version = output_of("python3", "--version").unwrap_or_default();
    let minor = version.trim_start_matches("Python 3.").split('.').next();
    minor.and_then(|minor| minor.trim().parse::<u32>().ok()).is_some_and(|minor| minor >= 10)
}

/// What a program reports about itself, if it is installed.
fn output_of(program: &str, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The free space on the disk of a folder, if there is a tool that reports it.
fn free_space(folder: &Path) -> Option<String> {
    let output = Command::new("df").arg("-h").arg(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().nth(1)?.split_whitespace().nth(3).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn wanted(fast: bool, only: &[&str]) -> Vec<&'static str> {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        let ci = Ci { root: Path::new("."), fast, only: &only, leave_out: &[] };
        STEPS.iter().filter(|step| ci.wants(step)).map(|step| step.name).collect()
    }

    #[test]
    fn the_fast_run_is_short_and_begins_with_the_format() {
        let fast = ["format", "format-outside", "check", "clippy", "unit-tests", "golden-tests"];
        assert_eq!(wanted(true, &[]), fast);
        assert_eq!(wanted(false, &[])[..4], fast[..4]);
        assert!(!wanted(false, &[]).contains(&"unit-tests"), "`tests` has them");
    }

    #[test]
    fn the_jobs_are_the_full_run_in_parts() {
        let jobs: BTreeSet<&str> = STEPS.iter().map(|step| step.job).collect();
        let mut parts: Vec<&str> = jobs.iter().flat_map(|job| wanted(false, &[job])).collect();
        let mut full = wanted(false, &[]);
        parts.sort_unstable();
        full.sort_unstable();
        assert_eq!(parts, full);
        let names: BTreeSet<&str> = STEPS.iter().map(|step| step.name).collect();
        assert_eq!(names.len(), STEPS.len());
        assert!(names.is_disjoint(&jobs));
    }

    #[test]
    fn the_summary_names_what_was_left_out_and_why() {
        let outcomes = [
            ("format", Outcome::Passed(Duration::from_secs(61))),
            ("e2e", Outcome::LeftOut("node 20 or later was not found".to_owned())),
            ("docs", Outcome::Failed(Duration::from_secs(2))),
        ];
        assert_eq!(
            summary(&outcomes),
            "\n== summary\n\
             passed   format                     1:01\n\
             left out e2e                        node 20 or later was not found\n\
             FAILED   docs                       0:02\n\
             in all                              1:03\n"
        );
    }

    #[test]
    fn a_command_has_its_words_and_files() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        let ci = Ci { root, fast: true, only: &[], leave_out: &[] };
        let command = ci
            .command("rustfmt --check benches/src/*.rs a")
            .unwrap_or_else(|error| panic!("{error}"));
        let words: Vec<String> =
            command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!((words[0].as_str(), words[words.len() - 1].as_str()), ("--check", "a"));
        assert!(words.len() > 2 && words[1].ends_with(".rs"), "{words:?}");
    }
}
