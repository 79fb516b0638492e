//! The mock service: the npm package `@typespec/spector` with the specs of `@typespec/http-specs`.
//!
//! Enters: a folder. Leaves: the service installed and started, and its coverage. Must not know: what is sent
//! to it.

use super::super::process::{self, Server, get};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What is installed. The documents were made from these specs; Node 22 is what the service needs.
const PACKAGES: &str = r#"{
  "private": true,
  "dependencies": {
    "@typespec/compiler": "1.17.0",
    "@typespec/events": "0.81.0",
    "@typespec/http": "1.17.0",
    "@typespec/http-specs": "0.1.0-alpha.43",
    "@typespec/rest": "0.86.0",
    "@typespec/spec-api": "0.1.0-alpha.17",
    "@typespec/spector": "0.1.0-alpha.29",
    "@typespec/sse": "0.81.0",
    "@typespec/streams": "0.81.0",
    "@typespec/versioning": "0.86.0",
    "@typespec/xml": "0.80.0",
    "node": "22.23.3"
  }
}
"#;

/// Installs the service, unless it is there already.
///
/// # Errors
/// Why it cannot be installed; without a network, npm explains it.
pub(super) fn install(folder: &Path) -> Result<(), String> {
    process::install(folder, PACKAGES)
}

/// Starts the service at any free port.
pub(super) fn start(folder: &Path, version: &str) -> Result<Server, String> {
    let specs = folder.join("node_modules/@typespec/http-specs/specs");
    repository(&specs)?;
    let mut node = Command::new(folder.join("node_modules/.bin/node"));
    node.arg("node_modules/@typespec/spector/cmd/cli.mjs").arg("serve").arg(&specs);
    node.args(["--port", "0", "--coverageFile", &format!("coverage-{version}.json")]);
    node.current_dir(folder).env("NO_COLOR", "1");
    Server::start(node, &folder.join(format!("service-{version}.log")))
}

/// The service asks for the commit of its specs, so there has to be one.
fn repository(folder: &Path) -> Result<(), String> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(folder).output()
    };
    if git(&["rev-parse", "HEAD"]).is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    let author = ["-c", "user.name=e2e", "-c", "user.email=e2e@localhost"];
    let commit = [&author[..], &["commit", "--quiet", "--allow-empty", "-m", "The specs"]].concat();
    for arguments in [&["init", "--quiet"][..], &commit] {
        let output = git(arguments).map_err(|error| format!("error: git: {error}"))?;
        if !output.status.success() {
            return Err(format!("error: git: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Report {
    results: BTreeMap<String, String>,
}

/// What the service reports on each scenario.
pub(super) fn coverage(server: &Server) -> Result<BTreeMap<String, String>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: the coverage: {error}");
    let body = get(&server.address, "/.coverage").map_err(|error| failed(&error))?;
    let reports: Vec<Report> = serde_json::from_str(&body).map_err(|error| failed(&error))?;
    Ok(reports.into_iter().flat_map(|report| report.results).collect())
}
