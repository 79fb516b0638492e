//! `cargo xtask e2e`: a client of an OData service against a real one.
//!
//! The service in `e2e/` is SAP CAP on SQLite. It is installed and started below `target/e2e`, its
//! `$metadata` is fetched and a client is generated from it, both by the command line, and the crate
//! in `e2e/tests` is run against it. Without Node this reports what is left out.

use super::client::{schemacrate, tests};
use super::process::{Server, missing, succeeded};
use crate::workplace::text;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is to be done.
pub(crate) struct EndToEnd<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Whether it is an error if there is no Node.
    pub(crate) required: bool,
}

impl EndToEnd<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        if let Some(tool) = missing(&["node", "npm"]) {
            println!("left out: the end-to-end tests need Node, and there is no `{tool}`");
            return Ok(!self.required);
        }
        let folder = self.root.join("target/e2e");
        let server = folder.join("server");
        self.install(&server)?;
        let server = start(&server)?;
        let root = format!("{}/odata/v4/library", server.address);
        let metadata = folder.join("library.csdl");
        // What is below `target` belongs to this chore.
        schemacrate(self.root, &["fetch", &root, "--out", &text(&metadata), "--force"])?;
        let client = text(&folder.join("client"));
        let schema = text(&metadata);
        let generate = ["generate", "--schema", &schema, "--out", &client, "--force"];
        let runtime = text(&self.root.join("runtime"));
        let named =
            ["--crate-name", "library-client", "--service-root", &root, "--runtime", &runtime];
        schemacrate(self.root, &[&generate[..], &named[..]].concat())?;
        tests(self.root, &self.root.join("e2e/tests"), &[("LIBRARY_ROOT", &root)])
    }

    /// Installs the service, unless it is there already.
    fn install(&self, server: &Path) -> Result<(), String> {
        let source = self.root.join("e2e");
        for folder in ["db", "srv"] {
            copy(&source.join(folder), &server.join(folder))?;
        }
        let lock = "package-lock.json";
        let is_current = fs::read(server.join(lock)).ok() == fs::read(source.join(lock)).ok();
        for file in ["package.json", lock, ".npmrc"] {
            copy_file(&source.join(file), &server.join(file))?;
        }
        if is_current && server.join("node_modules/@sap/cds").is_dir() {
            return Ok(());
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(server);
        match succeeded(&mut npm, "npm ci")? {
            true => Ok(()),
            false => Err("error: the service could not be installed".to_owned()),
        }
    }
}

fn start(folder: &Path) -> Result<Server, String> {
    let mut node = Command::new("node");
    node.args(["node_modules/@sap/cds/bin/serve.js", "all", "--in-memory"]);
    // Port 0 is any free one.
    node.current_dir(folder).env("PORT", "0").env("NO_COLOR", "1");
    Server::start(node, &folder.join("errors.log"))
}

/// Copies a folder and what is in it.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let entries = fs::read_dir(from).map_err(|error| format!("error: {}: {error}", text(from)))?;
    fs::create_dir_all(to).map_err(|error| format!("error: {}: {error}", text(to)))?;
    for entry in entries {
        let path: PathBuf =
            entry.map_err(|error| format!("error: {}: {error}", text(from)))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copy(&path, &target)? } else { copy_file(&path, &target)? }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|error| format!("error: {}: {error}", text(from)))
}
