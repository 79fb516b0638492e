//! The cost of a large OpenAPI document, from its text to its resolved references.

use super::instructions::Run;
use super::peer::install_npm;
use super::report::{Row, table};
use super::usage::Usage;
use super::yaml::yaml;
use crate::workplace::text;
use schemacrate::internals::node::json;
use schemacrate::source::SourceMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The package with the document, and its path in it.
const PACKAGE: &str = "@octokit/openapi@23.0.2";
const DOCUMENT: &str = "node_modules/@octokit/openapi/generated/api.github.com.json";

/// How often each document is read; the best run counts.
const RUNS: usize = 7;

/// The document in several forms.
pub(super) struct Documents<'a> {
    /// The folder of this repository.
    pub(super) root: &'a Path,
}

impl Documents<'_> {
    /// Measures, and writes the table.
    pub(super) fn run(&self) -> Result<String, String> {
        let folder = self.root.join("target/bench/documents");
        let document = folder.join(DOCUMENT);
        if !document.is_file() {
            println!("installing {PACKAGE}");
            fs::create_dir_all(&folder).map_err(|error| format!("error: {error}"))?;
            install_npm(&folder, PACKAGE)?;
        }
        let (compact, yaml) = (folder.join("compact.json"), folder.join("document.yaml"));
        write_forms(&document, &compact, &yaml)?;
        let rows = [
            self.row("JSON as it is published", "≤ 0.25 s and ≤ 8 × its size", &document)?,
            self.row("the same without blanks", "≤ 0.25 s and ≤ 8 × its size", &compact)?,
            self.row("the same as YAML", "≤ 1 s and ≤ 8 × its size", &yaml)?,
        ];
        Ok(table(&rows))
    }

    #[allow(clippy::cast_precision_loss)] // No count is so large.
    fn row(&self, form: &str, target: &str, document: &Path) -> Result<Row, String> {
        let program = self.root.join("target/release/xtask");
        let path = text(document);
        let runs: Result<Vec<Usage>, String> = (0..RUNS)
            .map(|_| Usage::of(program.as_os_str(), &["resolve", &path], self.root, &[]))
            .collect();
        let usage = Usage::least(runs?).ok_or("error: no run")?;
        let run = Run { program, arguments: vec!["resolve".to_owned(), path], out: None };
        let size = fs::metadata(document).map_err(|error| format!("error: {error}"))?.len() as f64;
        let (instructions, megabytes) = (run.count(self.root)? as f64, size / 1e6);
        // The memory is in units of 1024 × 1024 bytes.
        let memory = usage.megabytes * 1.048_576;
        let measured = format!(
            "{:.3} s CPU, {memory:.0} MB, {:.0} instructions for each byte: {:.3} s for 10 MB, {:.1} × its size",
            usage.cpu,
            instructions / size,
            usage.cpu * 10.0 / megabytes,
            memory / megabytes
        );
        Ok(Row::new(&format!("{form}, {megabytes:.1} MB"), target, measured))
    }
}

/// Writes the other forms of a document.
fn write_forms(document: &Path, compact: &PathBuf, as_yaml: &PathBuf) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("error: {error}");
    let bytes = fs::read(document).map_err(failed)?;
    let mut sources = SourceMap::new();
    let source = sources.add(text(document), &bytes).map_err(|error| format!("error: {error}"))?;
    let read = json::read(&sources, source).map_err(|error| format!("error: {}", error.message))?;
    fs::write(compact, read.tree.root().json()).map_err(failed)?;
    fs::write(as_yaml, yaml(read.tree.root())).map_err(failed)
}
