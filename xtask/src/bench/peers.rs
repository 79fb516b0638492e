//! Other generators on the same schemas, in the same run.
//!
//! Enters: the schemas next to the repository, and the list of the generators. Leaves: a table with a
//! row for each generator and schema; what cannot be installed, fails or takes too long is a row with the
//! reason. Must not know: how a generator is installed and called.

use super::models::{SLICE, write_file};
use super::peer::{CONVERTER, PEERS, Peer, Reads};
use super::usage::{Outcome, Usage};
use crate::workplace::{cargo_program, shared, text};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// How long one command may take, in seconds.
const SECONDS: u32 = 300;

/// How much address space one process may have, in gigabytes.
const GIGABYTES: u64 = 12;

/// Compares generators.
pub(super) struct Peers<'a> {
    /// The folder of this repository.
    pub(super) root: &'a Path,
    /// The schema that is generated as a whole.
    pub(super) schema: &'a Path,
}

/// A schema that all generators get.
struct Input {
    name: &'static str,
    file: &'static str,
    schema: PathBuf,
}

/// What runs a generator, or why it could not be installed.
type Installed = Result<Vec<String>, String>;

/// The `OpenAPI` document of a schema in each requested version, if there is one.
type Documents = BTreeMap<&'static str, Option<PathBuf>>;

impl Peers<'_> {
    /// Measures, and writes the table.
    pub(super) fn run(&self) -> Result<String, String> {
        let folder = self.folder();
        fs::create_dir_all(&folder).map_err(|error| format!("error: {error}"))?;
        let mut text = String::from(
            "| generator | schema | generation | output | `cargo check` |\n|---|---|---|---|---|\n",
        );
        let mut row = |name: &str, input: &Input, cells: String| {
            println!("{name}, {}: {cells}", input.name);
            let _ = writeln!(text, "| {name} | {} | {cells} |", input.name);
        };
        let converter = CONVERTER.installed(&folder);
        let installed = PEERS.each_ref().map(|peer| peer.installed(&folder));
        for input in self.inputs()? {
            row("schemacrate", &input, self.own(&input)?);
            let mut documents = Documents::new();
            for (peer, program) in PEERS.iter().zip(&installed) {
                if let Reads::OpenApi(version) = peer.reads
                    && !documents.contains_key(version)
                {
                    let (document, cells) = self.converted(&converter, version, &input)?;
                    let name =
                        format!("{} {}: OpenAPI {version}", CONVERTER.name, CONVERTER.version);
                    row(&name, &input, cells);
                    documents.insert(version, document);
                }
                let cells = self.peer(peer, program, &documents, &input)?;
                row(&format!("{} {}", peer.name, peer.version), &input, cells);
            }
        }
        Ok(text)
    }

    fn folder(&self) -> PathBuf {
        self.root.join("target/bench/peers")
    }

    /// The schemas, the largest first.
    fn inputs(&self) -> Result<Vec<Input>, String> {
        let slice = self.folder().join("slice.csdl");
        let schemacrate = self.root.join("target/release/schemacrate");
        let (whole, out) = (text(self.schema), text(&slice));
        let mut arguments = vec!["slice", "--out", &out, &whole];
        arguments.extend(SLICE.iter().flat_map(|one| ["--include", one]));
        Usage::of(schemacrate.as_os_str(), &arguments, self.root, &[])?;
        let trippin = shared(self.root).join("csdl/valid/oasis-tcs+odata-openapi__TripPin.xml");
        let inputs = [
            Input { name: "Graph", file: "graph", schema: self.schema.to_owned() },
            Input { name: "a slice of Graph", file: "slice", schema: slice },
            Input { name: "TripPin", file: "trippin", schema: trippin },
        ];
        Ok(inputs.into_iter().filter(|input| input.schema.is_file()).collect())
    }

    /// The row of schemacrate.
    fn own(&self, input: &Input) -> Result<String, String> {
        let program = text(&self.root.join("target/release/schemacrate"));
        let (schema, runtime) = (text(&input.schema), text(&self.root.join("runtime")));
        let out = self.out("schemacrate", input)?;
        let folder = text(&out);
        let arguments = ["generate", "--schema", &schema, "--out", &folder, "--runtime", &runtime];
        let outcome = self.limited(&[program], &arguments)?;
        self.cells(&outcome, &out, "")
    }

    /// The row of another generator.
    fn peer(
        &self,
        peer: &Peer,
        program: &Installed,
        documents: &Documents,
        input: &Input,
    ) -> Result<String, String> {
        let program = match program {
            Ok(program) => program,
            Err(error) => return Ok(missing(error)),
        };
        let document = match peer.reads {
            Reads::Csdl => &input.schema,
            Reads::OpenApi(version) => match documents.get(version) {
                Some(Some(document)) => document,
                _ => return Ok(nothing_else("no document to read")),
            },
        };
        let out = self.out(peer.name, input)?;
        let outcome = self.limited(program, &arguments(peer, document, &out, ""))?;
        self.cells(&outcome, &out, peer.dependencies)
    }

    /// The `OpenAPI` document of a schema, and the row of the converter.
    fn converted(
        &self,
        converter: &Installed,
        version: &str,
        input: &Input,
    ) -> Result<(Option<PathBuf>, String), String> {
        let program = match converter {
            Ok(program) => program,
            Err(error) => return Ok((None, missing(error))),
        };
        let document = self.folder().join(format!("{}-{version}.json", input.file));
        let outcome =
            self.limited(program, &arguments(&CONVERTER, &input.schema, &document, version))?;
        if !outcome.success {
            return Ok((None, nothing_else(&generation(&outcome))));
        }
        let size = fs::metadata(&document).map_or(0, |found| found.len());
        let operations = completed(&document)?;
        let cells =
            format!("{} | {operations} operations, {} | ", generation(&outcome), megabytes(size));
        Ok((Some(document), cells))
    }

    /// An empty folder for a crate.
    fn out(&self, name: &str, input: &Input) -> Result<PathBuf, String> {
        let out = self.folder().join("out").join(format!("{name}-{}", input.file));
        // It is not there before the first run.
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(out.join("src")).map_err(|error| format!("error: {error}"))?;
        Ok(out)
    }

    /// Runs a command within the limits.
    fn limited<T: AsRef<str>>(
        &self,
        program: &[String],
        arguments: &[T],
    ) -> Result<Outcome, String> {
        let mut command: Vec<&str> = program.iter().map(String::as_str).collect();
        command.extend(arguments.iter().map(AsRef::as_ref));
        limited(&command, &self.folder(), &[])
    }

    /// The cells about a crate: how it was generated, how large it is, whether it compiles.
    fn cells(&self, outcome: &Outcome, out: &Path, dependencies: &str) -> Result<String, String> {
        if !outcome.success {
            return Ok(nothing_else(&generation(outcome)));
        }
        let (mut files, mut bytes) = (0, 0);
        sources(out, &mut files, &mut bytes)?;
        let checked = match crate_root(out) {
            Some(file) => self.check(out, &file, dependencies)?,
            None => "no crate".to_owned(),
        };
        Ok(format!("{} | {files} files, {} | {checked}", generation(outcome), megabytes(bytes)))
    }

    /// Checks a crate, without its dependencies.
    fn check(&self, out: &Path, file: &Path, dependencies: &str) -> Result<String, String> {
        complete_manifest(out, file, dependencies)?;
        let failed = |error: std::io::Error| format!("error: {}: {error}", file.display());
        let target = self.folder().join("checked");
        let environment =
            [("CARGO_TARGET_DIR", target.as_os_str()), ("CARGO_INCREMENTAL", "0".as_ref())];
        // The first run has an empty crate in place of what was generated.
        let source = fs::read(file).map_err(failed)?;
        fs::write(file, "").map_err(failed)?;
        let cargo = cargo_program();
        let needed = Outcome::of(&cargo, &["check", "--lib"], out, &environment)?;
        fs::write(file, source).map_err(failed)?;
        if !needed.success {
            return Ok(format!("its dependencies fail: {}", reason(&needed.stderr)));
        }
        let checked = limited(&[&text(Path::new(&cargo)), "check", "--lib"], out, &environment)?;
        if let Some(taken) = taken(&checked) {
            return Ok(taken);
        }
        let errors = checked.stderr.rsplit_once("due to ").map(|(_, after)| after);
        let errors = errors.and_then(|after| after.split_whitespace().next());
        let errors = errors.filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
        let first = reason(&checked.stderr);
        Ok(match errors {
            Some(count) => format!("fails with {count} errors, the first: {first}"),
            None => format!("fails: {first}"),
        })
    }
}

/// Runs a command that may take only so long and so much memory.
fn limited(
    command: &[&str],
    folder: &Path,
    environment: &[(&str, &OsStr)],
) -> Result<Outcome, String> {
    let kilobytes = GIGABYTES * 1024 * 1024;
    let script = format!("ulimit -v {kilobytes} && exec timeout -k 5 {SECONDS} \"$@\"");
    let mut arguments = vec!["-c", &script, "sh"];
    arguments.extend(command);
    Outcome::of("sh".as_ref(), &arguments, folder, environment)
}

/// The arguments of a generator.
fn arguments(peer: &Peer, document: &Path, out: &Path, api: &str) -> Vec<String> {
    let (document, out) = (text(document), text(out));
    let filled = |argument: &&str| {
        argument.replace("{in}", &document).replace("{out}", &out).replace("{api}", api)
    };
    peer.arguments.iter().map(filled).collect()
}

/// Adds to each operation of an `OpenAPI` document the name, and to the document the version, which the
/// converter leaves out and generators require. Returns how many operations there are.
fn completed(path: &Path) -> Result<usize, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: {}: {error}", path.display());
    let document = fs::read(path).map_err(|error| failed(&error))?;
    let mut document: serde_json::Value =
        serde_json::from_slice(&document).map_err(|error| failed(&error))?;
    let count = name_operations(&mut document);
    let document = serde_json::to_vec(&document).map_err(|error| failed(&error))?;
    fs::write(path, document).map_err(|error| failed(&error))?;
    Ok(count)
}

fn name_operations(document: &mut serde_json::Value) -> usize {
    if let Some(info) = document.get_mut("info").and_then(serde_json::Value::as_object_mut) {
        info.insert("version".to_owned(), "1.0.0".into());
    }
    let mut count = 0;
    let paths = document.get_mut("paths").and_then(serde_json::Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let words = path.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let methods = ["get", "put", "post", "patch", "delete"];
            if let Some(operation) = operation.as_object_mut()
                && methods.contains(&method.as_str())
            {
                count += 1;
                // The number separates names that differ only in punctuation.
                let name = format!("{method}_{}_{count}", words.join("_"));
                operation.insert("operationId".to_owned(), name.into());
            }
        }
    }
    count
}

/// The file of the root of a crate.
fn crate_root(out: &Path) -> Option<PathBuf> {
    ["src/lib.rs", "src/mod.rs"].map(|file| out.join(file)).into_iter().find(|file| file.is_file())
}

/// Makes a separate package from what was generated.
fn complete_manifest(out: &Path, file: &Path, dependencies: &str) -> Result<(), String> {
    let path = out.join("Cargo.toml");
    let mut manifest = fs::read_to_string(&path).unwrap_or_else(|_| {
        let required = fs::read_to_string(out.join("src/REQUIRED_DEPS.toml")).unwrap_or_default();
        format!(
            "[package]\nname = \"api\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [lib]\npath = \"{}\"\n\n{required}{dependencies}",
            text(file)
        )
    });
    if !manifest.contains("[workspace]") {
        manifest.push_str("\n[workspace]\n");
    }
    write_file(&path, &manifest)
}

/// Counts the Rust files of a folder.
fn sources(folder: &Path, files: &mut usize, bytes: &mut u64) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("error: {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            sources(&path, files, bytes)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            *files += 1;
            *bytes += path.metadata().map_err(failed)?.len();
        }
    }
    Ok(())
}

/// The cells of a row about a generator that could not be installed.
fn missing(error: &str) -> String {
    nothing_else(&format!("not installed: {}", reason(error)))
}

/// The cells of a row that ends with generation.
fn nothing_else(generation: &str) -> String {
    format!("{generation} | | ")
}

fn generation(outcome: &Outcome) -> String {
    let failed = || format!("fails after {:.1} s: {}", outcome.usage.wall, reason(&outcome.stderr));
    taken(outcome).unwrap_or_else(failed)
}

/// The cost of a command that did not fail by itself.
fn taken(outcome: &Outcome) -> Option<String> {
    if outcome.success {
        return Some(outcome.usage.to_string());
    }
    let is_stopped = outcome.usage.wall >= f64::from(SECONDS);
    is_stopped.then(|| format!("stopped after {SECONDS} s"))
}

/// The line of an output that reports what failed, fit for a cell of a table.
fn reason(output: &str) -> String {
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

#[allow(clippy::cast_precision_loss)] // No file is so large.
fn megabytes(bytes: u64) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_get_names_of_their_own() {
        let mut document = serde_json::json!({
            "info": { "version": "" },
            "paths": { "/a/{b}": { "parameters": [], "get": {} }, "/a({b})": { "get": {} } },
        });
        assert_eq!(name_operations(&mut document), 2);
        assert_eq!(document["info"]["version"], "1.0.0");
        assert_ne!(
            document["paths"]["/a/{b}"]["get"]["operationId"],
            document["paths"]["/a({b})"]["get"]["operationId"]
        );
    }

    #[test]
    fn a_reason_is_the_line_that_explains_it() {
        assert_eq!(reason("   Compiling a\nerror: `a` | b\n"), "`error: 'a' / b`");
        assert_eq!(reason("Compiling thiserror\nerror: no\n"), "`error: no`");
        assert_eq!(reason("\nKilled\n"), "`Killed`");
        assert_eq!(reason(""), "`no output`");
    }
}
