//! The service: the npm package `@stoplight/prism-cli`.
//!
//! Enters: a folder, and a document. Leaves: the service installed, and started for the document. Must not know:
//! what is sent to it.

use super::super::process::{self, Server};
use std::path::Path;
use std::process::Command;

const PACKAGES: &str = r#"{
  "private": true,
  "dependencies": {
    "@stoplight/prism-cli": "5.14.2"
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

/// Starts the service for a document, at any free port.
pub(super) fn start(folder: &Path, document: &Path, log: &Path) -> Result<Server, String> {
    let document = document.canonicalize().unwrap_or_else(|_| document.to_owned());
    let mut node = Command::new("node");
    node.arg("node_modules/@stoplight/prism-cli/dist/index.js");
    node.args(["mock", "--errors", "-h", "127.0.0.1", "-p", "0"]).arg(document);
    node.current_dir(folder).env("NO_COLOR", "1");
    Server::start(node, log)
}
