//! Prefect's API server: the package `prefect` of PyPI, in a virtual environment of its own.
//!
//! Enters: a folder. Leaves: the service installed and started, with an empty database. Must not know: what is
//! sent to it.

use super::super::process::{Server, get, succeeded};
use super::super::workspace::failed;
use crate::workplace::text;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What the service runs on, at least in version 3.10.
pub(super) const PYTHON: &str = "python3";

/// What is installed.
const PACKAGE: &str = "prefect==3.9.1";

/// Where the paths of the document are.
pub(super) const BASE: &str = "/api";

/// How long the service may take until it answers; it makes its database first.
const PATIENCE: Duration = Duration::from_secs(180);

/// The address of the API.
pub(super) fn root(address: &str) -> String {
    [address, BASE].concat()
}

/// Installs the service, unless it is there already.
///
/// # Errors
/// Why it cannot be installed; without a network, pip explains it.
pub(super) fn install(folder: &Path) -> Result<(), String> {
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|known| known == PACKAGE) {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let environment = folder.join("venv");
    let mut python = Command::new(PYTHON);
    python.args(["-m", "venv", "--clear"]).arg(&environment);
    if !succeeded(&mut python, PYTHON)? {
        return Err("`python3 -m venv` failed".to_owned());
    }
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]);
    if !succeeded(&mut pip, "pip")? {
        return Err(format!("`pip install {PACKAGE}` failed"));
    }
    fs::write(&installed, PACKAGE).map_err(|error| failed(&installed, &error))
}

/// Starts the service on a free port, with an empty database, and waits until it answers.
pub(super) fn start(folder: &Path) -> Result<Server, String> {
    let home = folder.join("home");
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| failed(&home, &error))?;
    }
    let port = free_port().map_err(|error| format!("error: there is no free port: {error}"))?;
    let mut prefect = Command::new(folder.join("venv/bin/python"));
    prefect.args(["-m", "prefect", "server", "start", "--no-ui"]);
    prefect.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    prefect.env("PREFECT_HOME", text(&home)).env("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
    // Python keeps back what it prints to a pipe, and its address with it.
    prefect.env("PYTHONUNBUFFERED", "1").env("NO_COLOR", "1").current_dir(folder);
    let server = Server::start(prefect, &folder.join("service.log"))?;
    let begun = Instant::now();
    while get(&server.address, &[BASE, "/health"].concat()).ok().as_deref() != Some("true") {
        if begun.elapsed() > PATIENCE {
            return Err(format!("error: the service does not answer; see {}", folder.display()));
        }
        sleep(Duration::from_millis(200));
    }
    Ok(server)
}

/// A port that nobody uses at the moment.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
