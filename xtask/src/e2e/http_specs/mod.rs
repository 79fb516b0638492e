//! `cargo xtask e2e --http-specs`: clients of OpenAPI documents against the mock service of `TypeSpec`.
//!
//! Enters: the documents and the exchanges of `@typespec/http-specs`, which are not part of the repository.
//! Leaves: for each version of OpenAPI, which scenarios the service accepts, and whether these are all but
//! the known exceptions. Must not know: how anything is generated.
//!
//! The requests are the Rust that `schemacrate snippet` writes, compiled and run. The service checks what is
//! sent and keeps the coverage; `judge.rs` checks what is made of its answers.

mod crates;
mod exchanges;
mod judge;
mod report;
mod service;

use super::process::missing;
use super::workspace::failed;
use crate::workplace::shared;
use crates::Workspace;
use exchanges::Exchange;
use report::Row;
use std::path::Path;

/// The versions of OpenAPI in which there are documents.
const VERSIONS: &[&str] = &["3.0", "3.1", "3.2"];

/// What is to be done.
pub(crate) struct HttpSpecs<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Whether it is an error if something is missing.
    pub(crate) required: bool,
    /// Only this version of OpenAPI.
    pub(crate) version: Option<&'a str>,
    /// Only specs whose name holds one of these; all if there are none.
    pub(crate) only: &'a [String],
}

impl HttpSpecs<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let specs = shared(self.root).join("openapi/http-specs");
        if !specs.is_dir() {
            return Ok(self.left_out(&format!("there are no documents at {}", specs.display())));
        }
        if let Some(tool) = missing(&["node", "npm"]) {
            return Ok(self.left_out(&format!("there is no `{tool}`")));
        }
        let folder = self.root.join("target/e2e/http-specs");
        let installed = folder.join("service");
        if let Err(why) = service::install(&installed) {
            return Ok(self.left_out(&why));
        }
        let exchanges = exchanges::read(&specs.join("exchanges.jsonl"))?;
        let chosen = |one: &&Exchange| {
            self.only.is_empty() || self.only.iter().any(|part| one.spec.contains(part.as_str()))
        };
        let exchanges: Vec<&Exchange> = exchanges.iter().filter(chosen).collect();
        let mut is_fine = true;
        for version in VERSIONS.iter().filter(|one| self.version.is_none_or(|only| only == **one)) {
            let rows = self.version(version, &specs.join(version), &folder, &exchanges)?;
            is_fine &= report::print(version, &rows, self.only.is_empty());
        }
        Ok(is_fine)
    }

    /// Makes all exchanges with clients of the documents in one version.
    fn version<'e>(
        &self,
        version: &str,
        documents: &Path,
        folder: &Path,
        exchanges: &[&'e Exchange],
    ) -> Result<Vec<Row<'e>>, String> {
        let mut workspace = Workspace::new(&folder.join("clients"), self.root, version)?;
        let mut rows = workspace.generate(documents, exchanges)?;
        workspace.build(&mut rows)?;
        let service = service::start(&folder.join("service"), version)?;
        let outcomes = workspace.run(&service.address)?;
        let coverage = service::coverage(&service)?;
        drop(service);
        judge::judge(&mut rows, &outcomes);
        report::covered(&mut rows, &coverage);
        Ok(rows)
    }

    fn left_out(&self, why: &str) -> bool {
        println!("left out: the mock service of TypeSpec: {why}");
        !self.required
    }
}
