//! Other generators on the same schemas, in the same run.
//!
//! Enters: the schemas next to the repository, and the list of the generators. Leaves: a table with a
//! row for each generator and schema; what cannot be installed, fails or takes too long is a row with the
//! reason. Must not know: how a generator is installed and called.

use super::limits::{Limits, reason};
use super::models::SLICE;
use super::output::{Output, megabytes};
use super::peer::{CONVERTER, PEERS, Peer, Reads};
use super::usage::{Outcome, Usage};
use crate::workplace::{shared, text};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What one command may take.
const LIMITS: Limits = Limits { seconds: 300, gigabytes: 12 };

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
        let outcome = self.limited(program, &peer.filled(document, &out, ""))?;
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
            self.limited(program, &CONVERTER.filled(&input.schema, &document, version))?;
        let generation = match LIMITS.cost(&outcome) {
            Ok(usage) => usage,
            Err(failed) => return Ok((None, nothing_else(&failed))),
        };
        let size = fs::metadata(&document).map_or(0, |found| found.len());
        let operations = completed(&document)?;
        let cells = format!("{generation} | {operations} operations, {} | ", megabytes(size));
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
        LIMITS.run(program, arguments, &self.folder(), &[])
    }

    /// The cells about a crate: how it was generated, how large it is, whether it compiles.
    fn cells(&self, outcome: &Outcome, out: &Path, dependencies: &str) -> Result<String, String> {
        let generation = match LIMITS.cost(outcome) {
            Ok(usage) => usage,
            Err(failed) => return Ok(nothing_else(&failed)),
        };
        let output = Output { folder: out, dependencies };
        let size = output.size()?;
        let checked = output.check(&self.folder().join("checked"), LIMITS)?;
        let checked = checked.map_or_else(|failed| failed, |usage| usage.to_string());
        Ok(format!("{generation} | {} files, {} | {checked}", size.files, megabytes(size.bytes)))
    }
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

/// The cells of a row about a generator that could not be installed.
fn missing(error: &str) -> String {
    nothing_else(&format!("not installed: {}", reason(error)))
}

/// The cells of a row that ends with generation.
fn nothing_else(generation: &str) -> String {
    format!("{generation} | | ")
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
}
