//! The workspace on disk in which the examples are compiled.
//!
//! Enters: the modules of the examples, by the numbers of their records. Leaves: packages of them, which
//! all build, and why each module that was taken out does not. Must not know: what the modules do.
//!
//! A package holds many modules, each in its own file, so that an error of the compiler names the
//! module. Modules with errors are taken out and the package is built again. An error that names no
//! module is found by building one half of the package without the other.

use super::cargo::{self, Built};
use super::client;
use crate::workplace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// How many modules a package has at most.
const MOST: usize = 100;

/// The workspace.
pub(super) struct Workspace {
    folder: PathBuf,
    batches: Vec<Batch>,
    failed: BTreeMap<usize, String>,
}

/// The modules of a package.
struct Batch {
    /// All modules that were put there.
    all: Vec<usize>,
    /// Those that are still part of it.
    parts: Vec<usize>,
}

impl Workspace {
    /// Writes the packages, and removes what an earlier run left there.
    pub(super) fn write(
        folder: &Path,
        lock: &Path,
        modules: &BTreeMap<usize, String>,
    ) -> Result<Self, String> {
        let numbers: Vec<usize> = modules.keys().copied().collect();
        let batch = |all: &[usize]| Batch { all: all.to_vec(), parts: all.to_vec() };
        let workspace = Self {
            folder: folder.to_owned(),
            batches: numbers.chunks(MOST).map(batch).collect(),
            failed: BTreeMap::new(),
        };
        workspace.put("harness/Cargo.toml", &manifest("harness", &["client"], ""))?;
        workspace.put("harness/src/lib.rs", include_str!("../../../conformance/harness.rs"))?;
        workspace.put("runner/src/main.rs", include_str!("../../../conformance/runner.rs"))?;
        workspace
            .put("runner/src/registry.rs", include_str!("../../../conformance/registry.rs"))?;
        let copied = fs::copy(lock, folder.join("Cargo.lock"));
        copied.map_err(|error| format!("error: {}: {error}", lock.display()))?;
        for (at, batch) in workspace.batches.iter().enumerate() {
            let source = workspace.folder.join(package(at)).join("src");
            remove_modules(&source)?;
            for number in &batch.all {
                let path = format!("{}/src/{}.rs", package(at), module(*number));
                workspace.put(&path, &modules[number])?;
            }
        }
        workspace.put_packages()?;
        Ok(workspace)
    }

    /// Builds everything. Returns the modules that do not compile, and the first error of each.
    pub(super) fn build(mut self) -> Result<BTreeMap<usize, String>, String> {
        loop {
            let count: usize = self.batches.iter().map(|batch| batch.parts.len()).sum();
            eprintln!("building the crate and {count} examples");
            let Built::Failed(failure) = cargo::build(&self.folder)? else { break };
            let mut progress = false;
            for (number, error) in failure.by_module {
                for batch in &mut self.batches {
                    let before = batch.parts.len();
                    batch.parts.retain(|one| *one != number);
                    progress |= batch.parts.len() < before;
                }
                self.failed.entry(number).or_insert(error);
            }
            if !progress {
                progress = self.divide(&failure.by_package)?;
            }
            if !progress {
                return Err(format!("error: the examples cannot be built\n{}", failure.messages));
            }
            self.put_packages()?;
        }
        Ok(self.failed)
    }

    /// Divides the packages whose errors name no module.
    fn divide(&mut self, by_package: &BTreeMap<String, String>) -> Result<bool, String> {
        let mut progress = false;
        for at in 0..self.batches.len() {
            let Some(error) = by_package.get(&package(at)) else { continue };
            let parts = &mut self.batches[at].parts;
            match parts.as_slice() {
                [] => continue,
                [only] => {
                    self.failed.entry(*only).or_insert(error.clone());
                    parts.clear();
                }
                _ => {
                    let half = parts.split_off(parts.len() / 2);
                    let new = package(self.batches.len());
                    for number in &half {
                        let file = format!("src/{}.rs", module(*number));
                        let from = self.folder.join(package(at)).join(&file);
                        let text = fs::read_to_string(&from)
                            .map_err(|error| format!("error: {}: {error}", from.display()))?;
                        self.put(&format!("{new}/{file}"), &text)?;
                    }
                    self.batches.push(Batch { all: half.clone(), parts: half });
                }
            }
            progress = true;
        }
        Ok(progress)
    }

    /// Writes everything that depends on the set of modules.
    fn put_packages(&self) -> Result<(), String> {
        let batches: Vec<String> = (0..self.batches.len()).map(package).collect();
        for (name, batch) in batches.iter().zip(&self.batches) {
            self.put(&format!("{name}/Cargo.toml"), &manifest(name, &["client", "harness"], ""))?;
            self.put(&format!("{name}/src/lib.rs"), &library(&batch.parts))?;
        }
        let members = [client::NAME, "harness", "runner"].into_iter();
        let members = members.chain(batches.iter().map(String::as_str));
        self.put("Cargo.toml", &workplace::workspace_manifest(members))?;
        let mut dependencies: Vec<&str> = vec!["client", "harness"];
        dependencies.extend(batches.iter().map(String::as_str));
        let more = "features = [\"registry\"]\n\n[dependencies.serde_json]\nversion = \"1\"\n";
        self.put("runner/Cargo.toml", &manifest("runner", &dependencies, more))?;
        self.put("runner/src/batches.rs", &dispatch(&batches))
    }

    /// Writes a file of the workspace, if its content is new.
    fn put(&self, path: &str, text: &str) -> Result<(), String> {
        workplace::put(&self.folder.join(path), text)
    }
}

/// The name of a package of examples.
fn package(at: usize) -> String {
    format!("batch-{at}")
}

/// The name of the module of a record.
fn module(number: usize) -> String {
    format!("record_{number}")
}

/// The record of a module, by the path of its file.
pub(super) fn record_of(path: &str) -> Option<usize> {
    let file = path.rsplit(['/', '\\']).next()?;
    file.strip_prefix("record_")?.strip_suffix(".rs")?.parse().ok()
}

/// Removes the modules of an earlier run.
fn remove_modules(folder: &Path) -> Result<(), String> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if record_of(&path.to_string_lossy()).is_some() {
            let removed = fs::remove_file(&path);
            removed.map_err(|error| format!("error: {}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// A manifest; `more` belongs to the entry of the first dependency, or follows it.
fn manifest(name: &str, dependencies: &[&str], more: &str) -> String {
    let mut text =
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    for name in dependencies.iter().rev() {
        let _ = write!(text, "\n[dependencies.{name}]\npath = \"../{name}\"\n");
    }
    text + more
}

/// The root of a package of examples, with a function that runs one by the number of its record.
fn library(parts: &[usize]) -> String {
    let mut text = "#![allow(warnings)]\n\n".to_owned();
    for number in parts {
        let _ = writeln!(text, "mod {};", module(*number));
    }
    text.push_str(
        "\npub fn example<'a>(number: u64, client: &'a client::Client) -> Option<harness::Running<'a>> {\n    match number {\n",
    );
    for number in parts {
        let module = module(*number);
        let _ = writeln!(
            text,
            "        {number} => Some(Box::pin(async move {{ harness::outcome({module}::example(client).await) }})),"
        );
    }
    text + "        _ => None,\n    }\n}\n"
}

/// The function of the runner that looks in each package.
fn dispatch(batches: &[String]) -> String {
    let mut text = "pub(crate) fn example<'a>(\n    number: u64,\n    client: &'a client::Client,\n) -> Option<harness::Running<'a>> {\n    let _ = (number, client);\n    None\n".to_owned();
    for name in batches {
        let name = name.replace('-', "_");
        let _ = writeln!(text, "        .or_else(|| {name}::example(number, client))");
    }
    text + "}\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace whose client and harness hold nothing that has to be compiled for long.
    fn small(folder: &Path) {
        let put = |path: &str, text: &str| {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("client/Cargo.toml", &manifest("client", &[], "\n[features]\nregistry = []\n"));
        put("client/src/lib.rs", "pub struct Client;\n");
        put("harness/Cargo.toml", &manifest("harness", &[], ""));
        let harness = "pub type Running<'a> = std::pin::Pin<Box<dyn std::future::Future<Output = ()> + 'a>>;\npub fn outcome<T>(_: Result<T, Box<dyn std::error::Error>>) {}\n";
        put("harness/src/lib.rs", harness);
        put("runner/Cargo.toml", &manifest("runner", &[], ""));
        put("runner/src/lib.rs", "");
    }

    fn example(body: &str) -> String {
        format!(
            "pub async fn example(_: &client::Client) -> Result<u8, Box<dyn std::error::Error>> {{ {body} }}\n"
        )
    }

    #[test]
    fn a_module_that_does_not_compile_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        small(folder.path());
        let modules = BTreeMap::from([
            (3, example("Ok(1)")),
            (4, example("Ok(nothing)")),
            (5, "}".to_owned()),
            (6, "use client::Absent;\n".to_owned() + &example("Ok(1)")),
            (7, example("Ok(\"text\")")),
            // The error is where the module is called, and names no file of a module.
            (8, "pub fn example(_: &client::Client) {}\n".to_owned()),
            (9, example("Ok(2)")),
        ]);
        let all: Vec<usize> = modules.keys().copied().collect();
        let workspace = Workspace {
            folder: folder.path().to_owned(),
            batches: vec![Batch { all: all.clone(), parts: all }],
            failed: BTreeMap::new(),
        };
        for (number, text) in &modules {
            workspace.put(&format!("batch-0/src/{}.rs", module(*number)), text).unwrap();
        }
        // The runner of this workspace asks for no more than there is.
        fs::write(folder.path().join("runner/src/main.rs"), "fn main() {}\n").unwrap();
        workspace
            .put("Cargo.toml", "[workspace]\nmembers = [\"client\", \"harness\", \"batch-0\"]\n")
            .unwrap();
        workspace
            .put("batch-0/Cargo.toml", &manifest("batch-0", &["client", "harness"], ""))
            .unwrap();
        workspace.put("batch-0/src/lib.rs", &library(&workspace.batches[0].parts)).unwrap();
        let failed = workspace.build().unwrap();
        assert_eq!(failed.keys().copied().collect::<Vec<_>>(), [4, 5, 6, 7, 8]);
        assert!(failed[&4].starts_with("E0425: "), "{}", failed[&4]);
        assert!(failed[&6].starts_with("E0432: "), "{}", failed[&6]);
    }

    #[test]
    fn a_file_names_its_record() {
        assert_eq!(record_of("batch-0/src/record_12.rs"), Some(12));
        assert_eq!(record_of("batch-0/src/lib.rs"), None);
        assert_eq!(record_of("record_x.rs"), None);
    }
}
