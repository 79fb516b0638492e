//! A workspace of crates, each made of one document.
//!
//! Enters: documents, or documents with values. Leaves: what the compiler reports, and what the types make of
//! the values. Must not know: whether that is as it has to be.

use super::documents::Described;
use super::generate::{Made, generate};
use super::oracle::{Judging, Oracle, Origin};
use super::parameters::{self, Case};
use super::report::Judged;
use super::values::{Cases, program};
use schemacrate::internals::digest::digest;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a workspace.
pub(super) struct Packages {
    folder: PathBuf,
    root: PathBuf,
}

impl Packages {
    pub(super) fn new(folder: &Path, root: &Path) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        Ok(Self { folder: folder.to_owned(), root: root.to_owned() })
    }

    /// Makes the crate of a document.
    pub(super) fn generate(&self, described: &Described) -> Result<Made, String> {
        let package = package(&described.name);
        let out = self.folder.join(&package);
        let runtime = self.root.join("runtime");
        let made = generate(&described.name, &described.path, &package, &out, &runtime)?;
        Ok(made.0)
    }

    /// Checks all crates, and lints and documents them, with every warning an error.
    pub(super) fn compile(&self, made: &mut [Made], is_sample: bool) -> Result<(), String> {
        let packages: Vec<&str> =
            made.iter().filter(|one| one.result.is_ok()).map(|one| one.package.as_str()).collect();
        self.workspace(&packages)?;
        let mut commands = vec!["check", "clippy"];
        if is_sample {
            commands.push("doc");
        }
        for command in commands {
            for (package, why) in self.cargo(command)? {
                let found = made.iter_mut().find(|one| one.package == package);
                let unknown = || format!("error: cargo {command} failed: {package}: {why}");
                let one = found.ok_or_else(unknown)?;
                if one.result.is_ok() {
                    one.result = Err(format!("cargo {command}: {why}"));
                }
            }
        }
        Ok(())
    }

    /// Reads and writes the values by the types of crates made of their documents.
    pub(super) fn judge(&self, oracle: &Oracle) -> Result<Judged, String> {
        let mut judged = Judged::default();
        let mut cases = Vec::new();
        for judging in &oracle.documents {
            if let Some(one) = self.cases(judging, &mut judged)? {
                cases.push(one);
            }
        }
        let packages: Vec<&str> = cases.iter().map(|one| one.package.as_str()).collect();
        self.workspace(&packages)?;
        let failed: BTreeMap<String, String> = self.cargo("build")?.into_iter().collect();
        for one in &cases {
            match failed.get(&one.package) {
                Some(why) => judged.all_failed(one, &format!("does not compile: {why}")),
                None => self.run(one, &mut judged)?,
            }
        }
        Ok(judged)
    }

    /// What a generated client of a version of OpenAPI writes for each case, or why it refuses to.
    pub(super) fn written(
        &self,
        version: &str,
        cases: &[(usize, &Case)],
    ) -> Result<Vec<Result<String, String>>, String> {
        let package = package(&format!("parameters-{version}"));
        let (out, runtime) = (self.folder.join(&package), self.root.join("runtime"));
        let document = self.folder.join(format!("{package}.json"));
        fs::write(&document, parameters::document(version, cases))
            .map_err(|error| failed(&document, &error))?;
        let (made, build) = generate(version, &document, &package, &out, &runtime)?;
        let build = build.ok_or_else(|| made.result.err().unwrap_or_default())?;
        let name = format!("requests-{package}");
        let program = out.join("examples").join(format!("{name}.rs"));
        crate::workplace::put(&program, &parameters::program(&package, &build, cases))?;
        self.workspace(&[&package])?;
        if let Some((package, why)) = self.cargo("build")?.first() {
            return Err(format!("error: {package} does not compile: {why}"));
        }
        let program = self.folder.join("target/debug/examples").join(name);
        let output = Command::new(&program).output().map_err(|error| failed(&program, &error))?;
        parameters::printed(&String::from_utf8_lossy(&output.stdout), cases.len())
    }

    /// Makes a crate with a program that reads and writes values.
    fn cases<'o>(
        &self,
        judging: &'o Judging,
        judged: &mut Judged,
    ) -> Result<Option<Cases<'o>>, String> {
        let package = package(&judging.name);
        let out = self.folder.join(&package);
        let document = match &judging.origin {
            Origin::File(path) => path.clone(),
            Origin::Text(text) => {
                let path = self.folder.join(format!("{package}.json"));
                fs::write(&path, text).map_err(|error| failed(&path, &error))?;
                path
            }
        };
        let runtime = self.root.join("runtime");
        let (made, build) = generate(&judging.name, &document, &package, &out, &runtime)?;
        let cases = match build {
            Some(build) => Cases::new(judging, &build, package),
            None => {
                let why = made.result.err().unwrap_or_default();
                judged.document_failed(judging, &why);
                return Ok(None);
            }
        };
        let examples = out.join("examples");
        let input = out.join("values.jsonl");
        fs::create_dir_all(&examples)
            .and_then(|()| {
                fs::write(examples.join(format!("{}.rs", cases.program())), program(&cases))
            })
            .and_then(|()| fs::write(&input, cases.input()))
            .map_err(|error| failed(&examples, &error))?;
        Ok(Some(cases))
    }

    fn run(&self, cases: &Cases<'_>, judged: &mut Judged) -> Result<(), String> {
        let program = self.folder.join("target/debug/examples").join(cases.program());
        let output = Command::new(&program)
            .arg(self.folder.join(&cases.package).join("values.jsonl"))
            .output()
            .map_err(|error| failed(&program, &error))?;
        let text = String::from_utf8_lossy(&output.stdout);
        judged.read(cases, &text);
        Ok(())
    }

    fn workspace(&self, packages: &[&str]) -> Result<(), String> {
        let members: Vec<String> = packages.iter().map(|one| format!("{one:?}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
            members.join(", ")
        );
        fs::write(self.folder.join("Cargo.toml"), manifest)
            .and_then(|()| {
                fs::copy(self.root.join("Cargo.lock"), self.folder.join("Cargo.lock")).map(drop)
            })
            .map_err(|error| failed(&self.folder, &error))
    }

    /// Runs cargo on all packages. Returns those that failed, each with its first error.
    fn cargo(&self, command: &str) -> Result<Vec<(String, String)>, String> {
        let mut cargo = crate::workplace::cargo();
        cargo.args([command, "--workspace", "--keep-going", "--color=never"]);
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", self.folder.join("target"));
        match command {
            "doc" => _ = cargo.arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings"),
            "clippy" => _ = cargo.args(["--", "-D", "warnings"]),
            // The lints of the crates are their own; a warning is not to pass.
            "check" => _ = cargo.env("RUSTFLAGS", "-D warnings"),
            _ => _ = cargo.arg("--examples"),
        }
        let output =
            cargo.output().map_err(|error| format!("error: cargo cannot be run: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Ok(Vec::new());
        }
        let failed = failures(&stderr);
        if failed.is_empty() {
            let lines: Vec<&str> = stderr.lines().collect();
            let end = lines[lines.len().saturating_sub(30)..].join("\n");
            return Err(format!("error: cargo {command} failed\n{end}"));
        }
        Ok(failed)
    }
}

/// The packages that failed, each with the first error before.
fn failures(stderr: &str) -> Vec<(String, String)> {
    let mut failed = Vec::new();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut error: Option<&str> = None;
    for line in stderr.lines() {
        if line.starts_with("error: could not ") {
            let package = line.split('`').nth(1).unwrap_or_default().to_owned();
            let why = first.remove(&package).unwrap_or_else(|| line.to_owned());
            if !failed.iter().any(|(one, _)| *one == package) {
                failed.push((package, why));
            }
        } else if line.starts_with("error") {
            error = Some(line);
        } else if let (Some(what), Some(place)) = (error, line.trim_start().strip_prefix("--> ")) {
            // The errors of several packages come mixed, each with a place in its package.
            let package = place.split('/').next().unwrap_or_default();
            first.entry(package.to_owned()).or_insert_with(|| format!("{what} ({place})"));
            error = None;
        }
    }
    failed
}

/// The name of the package for a document: of its characters those that a package may have, and a number by
/// which two documents differ.
fn package(name: &str) -> String {
    let digest = digest(name.as_bytes());
    let fits = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let end: String = name.chars().map(fits).collect();
    // Two dashes in a row are no name of a crate.
    let words: Vec<&str> = end.split('-').filter(|word| !word.is_empty()).collect();
    let end = words.join("-");
    let end = &end[end.len().saturating_sub(40)..];
    format!("api-{}-{digest}", end.trim_matches('-'))
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("error: {}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::{failures, package};

    #[test]
    fn each_failed_package_has_its_own_first_error() {
        let stderr = "error[E0308]: mismatched types\n --> api-b/src/types.rs:3:1\n\
                      error: unused import\n  --> api-a/src/lib.rs:1:1\nerror: could not compile `api-a` (lib) due to 1 previous error\n\
                      error: could not compile `api-b` (lib) due to 1 previous error\n";
        let expected = [
            ("api-a", "error: unused import (api-a/src/lib.rs:1:1)"),
            ("api-b", "error[E0308]: mismatched types (api-b/src/types.rs:3:1)"),
        ];
        assert_eq!(failures(stderr), expected.map(|(one, why)| (one.to_owned(), why.to_owned())));
    }

    #[test]
    fn documents_have_packages_of_their_own() {
        assert_ne!(package("a/b.json"), package("a/b.yaml"));
        assert_eq!(package("a/b.json"), package("a/b.json"));
        assert!(package("Ü/é.json").is_ascii());
        assert!(!package("a__b/--c.json").contains("--"));
    }
}
