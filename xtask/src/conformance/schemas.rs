//! `cargo xtask conformance` without a corpus: crates from real schemas, and what the compiler reports
//! about them.
//!
//! The documents are not part of the repository; they are found through `SCHEMACRATE_SHARED` or in
//! `../shared`. Each document becomes a crate of one workspace below `target/`, which is checked,
//! linted and documented with every warning an error. The crate of Graph v1.0 is also called by a program
//! with a call of each kind.

use crate::workplace::entries;
use schemacrate::{Build, BuildError, Builder, Schema};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Documents with more types than this are compiled alone, to see how long that takes.
const LARGE: usize = 500;

/// The document for whose crate there is a program with a call of each kind.
const CALLS_OF: &str = "graph/v1.0.csdl";

/// What is to be done.
pub(crate) struct Conformance<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Only documents whose name holds one of these; all if there are none.
    pub(crate) only: &'a [String],
    /// Only a sample of the documents, and no documentation of the large ones.
    pub(crate) sample: bool,
}

/// One document and its outcome.
struct Row {
    document: String,
    package: String,
    types: usize,
    generated: Duration,
    lines: usize,
    check: Option<Duration>,
    result: Result<(), String>,
}

impl Conformance<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let shared = crate::workplace::shared(self.root);
        if !shared.is_dir() {
            println!("left out: there are no real schemas at {}", shared.display());
            return Ok(true);
        }
        let folder = self.root.join("target/conformance");
        let documents = self.documents(&shared)?;
        let mut rows = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            rows.push(self.generate(&folder, number, document, &documents)?);
        }
        workspace(&folder, self.root, &rows)?;
        self.compile(&folder, &mut rows);
        report(&rows);
        Ok(self.as_expected(&rows))
    }

    fn documents(&self, shared: &Path) -> Result<Vec<PathBuf>, String> {
        let mut documents = Vec::new();
        for (below, ending) in [("graph", "csdl"), ("csdl/valid", "xml"), ("csdl/json", "json")] {
            let folder = shared.join(below);
            let entries =
                fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
            documents
                .extend(paths.filter(|path| path.extension().is_some_and(|one| one == ending)));
        }
        documents.sort();
        documents.retain(|path| {
            let name = name(path);
            self.only.is_empty() || self.only.iter().any(|part| name.contains(part.as_str()))
        });
        if self.sample {
            let graph = |path: &Path| path.ends_with("graph/v1.0.csdl");
            let others: Vec<PathBuf> = documents
                .iter()
                .filter(|path| path.extension().is_none_or(|one| one != "csdl"))
                .step_by(6)
                .cloned()
                .collect();
            documents.retain(|path| graph(path) || others.contains(path));
        }
        Ok(documents)
    }

    fn generate(
        &self,
        folder: &Path,
        number: usize,
        document: &Path,
        all: &[PathBuf],
    ) -> Result<Row, String> {
        let package = format!("conformance-{number}");
        let out = folder.join(&package);
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        }
        let builder = |more: &[PathBuf]| {
            let builder = Builder::new(&out)
                .schema(document)
                .crate_name(&package)
                .service_root("https://example.com/service")
                .runtime_path(self.root.join("runtime"));
            more.iter().fold(builder, |builder, path| builder.schema(path))
        };
        let began = Instant::now();
        let mut built = builder(&[]).run();
        if let Err(error) = &built {
            let more = companions(document, all, error);
            if !more.is_empty() {
                built = builder(&more).run();
            }
        }
        let mut row = Row {
            document: name(document),
            package,
            types: 0,
            generated: began.elapsed(),
            lines: 0,
            check: None,
            result: Ok(()),
        };
        match built {
            Ok(build) => {
                build.write().map_err(|error| error.to_string())?;
                row.generated = began.elapsed();
                fill(&mut row, &build);
                if document.ends_with(CALLS_OF) {
                    add_calls(&out, &row.package)?;
                }
            }
            Err(error) => row.result = Err(refusal(&error)),
        }
        Ok(row)
    }

    fn compile(&self, folder: &Path, rows: &mut [Row]) {
        let large: BTreeSet<String> =
            rows.iter().filter(|row| row.types > LARGE).map(|row| row.package.clone()).collect();
        let small: Vec<String> = rows
            .iter()
            .filter(|row| row.result.is_ok() && !large.contains(&row.package))
            .map(|row| row.package.clone())
            .collect();
        let check = ["check", "--keep-going", "--examples", "--lib"];
        let clippy = ["clippy", "--keep-going", "--all-features"];
        let doc = ["doc", "--no-deps", "--keep-going", "--all-features"];
        let mut failed = BTreeMap::new();
        for command in [&check[..], &clippy[..], &doc[..]] {
            if !small.is_empty() {
                cargo(folder, command, &small, &mut failed);
            }
            for package in &large {
                if self.sample && command[0] != "check" {
                    continue;
                }
                let began = Instant::now();
                cargo(folder, command, std::slice::from_ref(package), &mut failed);
                if command[0] == "check" {
                    let row = rows.iter_mut().find(|row| row.package == *package);
                    row.into_iter().for_each(|row| row.check = Some(began.elapsed()));
                }
            }
        }
        for row in rows {
            if let Some(why) = failed.remove(&row.package) {
                row.result = Err(why);
            }
        }
    }

    /// Whether only documents failed that are known to be wrong.
    fn as_expected(&self, rows: &[Row]) -> bool {
        let refused = known(include_str!("../../conformance.txt"));
        let mut fine = true;
        for row in rows {
            let expected = !refused.contains(row.document.as_str());
            if row.result.is_ok() != expected {
                fine = false;
                eprintln!(
                    "error: {} was expected to {}",
                    row.document,
                    if expected { "pass" } else { "be refused" }
                );
            }
        }
        fine
    }
}

/// The first words of the lines of a list of what is known to fail, without its comments.
pub(super) fn known(list: &str) -> BTreeSet<&str> {
    entries(list).filter_map(|line| line.split_whitespace().next()).collect()
}

/// Adds to a crate the program with a call of each kind.
fn add_calls(out: &Path, package: &str) -> Result<(), String> {
    let program = include_str!("../../graph_calls.rs");
    let program = program.replace("generated::", &format!("{}::", package.replace('-', "_")));
    let folder = out.join("examples");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("calls.rs"), program))
        .map_err(|error| format!("{}: {error}", folder.display()))
}

/// Other documents that declare what a document lacks, as a user would name them.
fn companions(document: &Path, all: &[PathBuf], error: &BuildError) -> Vec<PathBuf> {
    let unresolved = error.diagnostics().iter().any(|one| one.code.starts_with("unresolved"));
    let Ok(text) = fs::read_to_string(document) else { return Vec::new() };
    if !unresolved {
        return Vec::new();
    }
    let included: BTreeSet<&str> = text
        .split("Include Namespace=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .collect();
    let ending = document.extension();
    all.iter()
        .filter(|path| *path != document && path.extension() == ending)
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            included.iter().any(|namespace| {
                text.split("<Schema ").skip(1).any(|schema| {
                    let tag = schema.split('>').next().unwrap_or_default();
                    tag.contains(&format!("Namespace=\"{namespace}\""))
                })
            })
        })
        .cloned()
        .collect()
}

fn fill(row: &mut Row, build: &Build) {
    if let Schema::OData(schema) = &build.generated.schema {
        row.types = schema.model.types_by_name.len();
    }
    row.lines = build.generated.tree.iter().map(|(_, text)| text.lines().count()).sum();
}

/// Why a document makes no crate: its first error.
pub(super) fn refusal(error: &BuildError) -> String {
    let first =
        error.diagnostics().sorted().first().map(|one| format!("{}: {}", one.code, one.message));
    format!("refused: {}", first.unwrap_or_default())
}

fn workspace(folder: &Path, root: &Path, rows: &[Row]) -> Result<(), String> {
    let members: Vec<String> = rows
        .iter()
        .filter(|row| row.result.is_ok())
        .map(|row| format!("\"{}\"", row.package))
        .collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(())
}

/// Runs cargo on some packages and notes those that failed.
fn cargo(
    folder: &Path,
    command: &[&str],
    packages: &[String],
    failed: &mut BTreeMap<String, String>,
) {
    let mut cargo = crate::workplace::cargo();
    cargo.args(command).arg("--color=never").current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("target"));
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    for package in packages {
        cargo.args(["-p", package]);
    }
    if command[0] == "clippy" {
        cargo.args(["--", "-D", "warnings"]);
    }
    let Ok(output) = cargo.output() else {
        failed.extend(packages.iter().map(|one| (one.clone(), "cargo cannot be run".to_owned())));
        return;
    };
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let warned = command[0] == "check" && stderr.contains("warning: unused");
    if output.status.success() && !warned {
        return;
    }
    let first = stderr
        .lines()
        .find(|line| line.starts_with("error") || line.starts_with("warning: unused"));
    for package in packages {
        let named =
            [format!("could not compile `{package}`"), format!("could not document `{package}`")];
        if packages.len() == 1 || named.iter().any(|part| stderr.contains(part.as_str())) {
            let why = format!("cargo {}: {}", command[0], first.unwrap_or("failed"));
            failed.entry(package.clone()).or_insert(why);
        }
    }
}

fn report(rows: &[Row]) {
    println!("| document | types | generate | lines | check | result |");
    println!("|---|--:|--:|--:|--:|---|");
    for row in rows {
        let check =
            row.check.map_or_else(String::new, |check| format!("{:.1} s", check.as_secs_f64()));
        let result = match &row.result {
            Ok(()) => "passes",
            Err(why) => why.as_str(),
        };
        println!(
            "| {} | {} | {} ms | {} | {check} | {result} |",
            row.document,
            row.types,
            row.generated.as_millis(),
            row.lines
        );
    }
    let passed = rows.iter().filter(|row| row.result.is_ok()).count();
    println!("\n{passed} of {} documents make crates that pass", rows.len());
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
