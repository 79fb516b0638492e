//! `cargo xtask e2e --prefect`: a client of an OpenAPI document against a real service with a database.
//!
//! Enters: the folder of this repository. Leaves: whether the client does what the service expects, and how many
//! of its operations were called. Must not know: how anything is generated.
//!
//! Prefect's API server is installed from PyPI and started on `SQLite` below `target/e2e`. Its document is
//! fetched, an overlay adds the errors that the document lacks, and a client is generated, all by the command
//! line; the tests are those in `e2e/prefect`.

mod coverage;
mod service;

use super::client::{schemacrate, tests};
use super::process::missing;
use super::workspace::failed;
use crate::workplace::text;
use std::fs;
use std::path::Path;

/// What is to be done.
pub(crate) struct Prefect<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Whether it is an error if the service cannot be installed.
    pub(crate) required: bool,
}

impl Prefect<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        if let Some(tool) = missing(&[service::PYTHON]) {
            return Ok(self.left_out(&format!("there is no `{tool}`")));
        }
        let folder = self.root.join("target/e2e/prefect");
        if let Err(why) = service::install(&folder) {
            return Ok(self.left_out(&why));
        }
        let server = service::start(&folder)?;
        let tests_folder = self.root.join("e2e/prefect");
        let document = folder.join("openapi.json");
        self.generate(&server.address, &document, &tests_folder)?;
        let requests = folder.join("requests.txt");
        if requests.exists() {
            fs::remove_file(&requests).map_err(|error| failed(&requests, &error))?;
        }
        let (root, requests_path) = (service::root(&server.address), text(&requests));
        let variables = [("PREFECT_ROOT", &*root), ("PREFECT_REQUESTS", &*requests_path)];
        let is_passed = tests(self.root, &tests_folder, &variables)?;
        drop(server);
        let coverage = coverage::read(&document, &requests, service::BASE)?;
        Ok(coverage.print() && is_passed)
    }

    /// Fetches the document of a service, and generates a client of it.
    fn generate(&self, address: &str, document: &Path, tests: &Path) -> Result<(), String> {
        let (from, document) = (format!("{address}/openapi.json"), text(document));
        // What is below `target` belongs to this chore.
        schemacrate(self.root, &["fetch", &from, "--out", &document, "--force", "--quiet"])?;
        let overlay = text(&tests.join("overlay.yaml"));
        let client = text(&self.root.join("target/e2e/prefect/client"));
        let root = service::root(address);
        let runtime = text(&self.root.join("runtime"));
        let from = ["generate", "--schema", &document, "--overlay", &overlay, "--quiet"];
        let to = ["--out", &client, "--crate-name", "prefect-client", "--force"];
        let with = ["--service-root", &root, "--runtime", &runtime];
        schemacrate(self.root, &[&from[..], &to[..], &with[..]].concat())
    }

    fn left_out(&self, why: &str) -> bool {
        println!("left out: the end-to-end tests with Prefect were not run: {why}");
        !self.required
    }
}
