//! Processes that the end-to-end tests start.
//!
//! Enters: a command. Leaves: a service that listens, until it is dropped, and what it answers, or whether a
//! command succeeded.
//! Must not know: what the service is for.

use super::workspace::failed;
use crate::workplace::text;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A service on this machine, as long as this lives.
pub(super) struct Server {
    process: Child,
    /// Its output, which must stay open as long as it writes.
    output: Option<BufReader<ChildStdout>>,
    pub(super) address: String,
}

impl Server {
    /// Starts a service that prints its address when it listens. What it reports goes to a file, since tests
    /// provoke errors, which services report at length.
    pub(super) fn start(mut command: Command, log: &Path) -> Result<Self, String> {
        let file = File::create(log).map_err(|error| format!("error: {}: {error}", text(log)))?;
        let program = text(Path::new(command.get_program()));
        let mut log_file = file.try_clone().map_err(|error| error.to_string())?;
        let spawned = command.stdout(Stdio::piped()).stderr(file).spawn();
        let mut process =
            spawned.map_err(|error| format!("error: {program} cannot be run: {error}"))?;
        let output = process.stdout.take().map(BufReader::new);
        let mut server = Self { process, output, address: String::new() };
        server.address = server.announced(log)?;
        println!("serving  {}", server.address);
        // It waits if nobody reads what it prints later.
        if let Some(mut output) = server.output.take() {
            std::thread::spawn(move || std::io::copy(&mut output, &mut log_file));
        }
        Ok(server)
    }

    /// Whether the service has ended by itself, or does so within a moment.
    pub(super) fn has_ended(&mut self) -> bool {
        let is_listening = || {
            let authority = self.address.trim_start_matches("http://");
            std::net::TcpStream::connect(authority).is_ok()
        };
        !is_listening() || self.process.try_wait().is_ok_and(|status| status.is_some())
    }

    /// The address that the service prints.
    fn announced(&mut self, log: &Path) -> Result<String, String> {
        let mut printed = String::new();
        while let Some(output) = &mut self.output {
            let start = printed.len();
            let read = output.read_line(&mut printed).map_err(|error| error.to_string())?;
            if read == 0 {
                break;
            }
            if let Some(authority) = authority(&printed[start..]) {
                return Ok(format!("http://{authority}"));
            }
        }
        Err(format!("error: the service did not start; see {}\n{printed}", text(log)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The host and the port in a line that has an address of this machine.
fn authority(line: &str) -> Option<&str> {
    let hosts = ["localhost:", "127.0.0.1:"];
    let (start, host) = hosts.iter().find_map(|host| Some((line.find(host)?, host)))?;
    let rest = &line[start + host.len()..];
    let digits = rest.find(|one: char| !one.is_ascii_digit()).unwrap_or(rest.len());
    (digits > 0).then(|| &line[start..start + host.len() + digits])
}

/// The first of some programs that is not on this machine.
pub(super) fn missing<'t>(tools: &[&'t str]) -> Option<&'t str> {
    let is_there = |tool: &&&str| {
        let mut command = Command::new(tool);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    tools.iter().find(|tool| !is_there(tool)).copied()
}

/// Installs npm packages in a folder, unless they are there already.
///
/// # Errors
/// Why they cannot be installed; without a network, npm explains it.
pub(super) fn install(folder: &Path, packages: &str) -> Result<(), String> {
    let manifest = folder.join("package.json");
    let installed = folder.join("installed.json");
    if fs::read_to_string(&installed).is_ok_and(|known| known == packages) {
        return Ok(());
    }
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&manifest, packages))
        .map_err(|error| failed(&manifest, &error))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--legacy-peer-deps", "--no-audit", "--no-fund"]).current_dir(folder);
    if !succeeded(&mut npm, "npm install")? {
        return Err("`npm install` failed".to_owned());
    }
    fs::write(&installed, packages).map_err(|error| failed(&installed, &error))
}

/// The body of what a service answers to a request.
pub(super) fn get(address: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://"))?;
    let mut answer = String::new();
    // HTTP 1.0: the body ends where the connection does.
    write!(stream, "GET {path} HTTP/1.0\r\n\r\n")?;
    stream.read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    body.ok_or_else(|| std::io::Error::other("no answer"))
}

/// Runs a command with its output shown.
pub(super) fn succeeded(command: &mut Command, name: &str) -> Result<bool, String> {
    let status = command.status().map_err(|error| format!("error: {name}: {error}"))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::authority;

    #[test]
    fn services_print_their_address_in_a_line() {
        for (line, expected) in [
            (
                "[cds] - server listening on { url: 'http://localhost:4004' }",
                Some("localhost:4004"),
            ),
            ("info Started server on 127.0.0.1:39001\n", Some("127.0.0.1:39001")),
            ("http://localhost:\n", None),
            ("no address", None),
        ] {
            assert_eq!(authority(line), expected, "{line}");
        }
    }
}
