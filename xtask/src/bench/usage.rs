//! The cost of a command: time, processor time and memory, with all the processes that it starts.
//!
//! A command is run by a copy of this program that does nothing else, because a process can read only the
//! largest memory of all its children together.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

/// The cost of a command.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// Seconds of processor time, in the program and in the kernel.
    pub(super) cpu: f64,
    /// The largest memory of one of its processes, in megabytes.
    pub(super) megabytes: f64,
}

impl fmt::Display for Usage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wall, cpu, megabytes } = self;
        write!(formatter, "{wall:.2} s wall, {cpu:.2} s CPU, {megabytes:.0} MB")
    }
}

/// The outcome of a command.
pub(super) struct Outcome {
    /// Its cost, whether it succeeded or not.
    pub(super) usage: Usage,
    /// Whether it succeeded.
    pub(super) success: bool,
    /// What it wrote to standard error.
    pub(super) stderr: String,
}

impl Outcome {
    /// Runs a command in a folder.
    pub(super) fn of(
        program: &OsStr,
        arguments: &[&str],
        folder: &Path,
        environment: &[(&str, &OsStr)],
    ) -> Result<Self, String> {
        let run = Command::new(own()?)
            .args(["measure", "--"])
            .arg(program)
            .args(arguments)
            .current_dir(folder)
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("error: {error}"))?;
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        let numbers = String::from_utf8_lossy(&run.stdout);
        let numbers: Vec<f64> = numbers.split_whitespace().flat_map(str::parse).collect();
        match numbers.as_slice() {
            &[wall, cpu, megabytes] => {
                let usage = Usage { wall, cpu, megabytes };
                Ok(Self { usage, success: run.status.success(), stderr })
            }
            _ => Err(failed(&stderr, program, arguments, folder)),
        }
    }
}

fn failed(stderr: &str, program: &OsStr, arguments: &[&str], folder: &Path) -> String {
    format!(
        "{stderr}\nerror: {} {} failed in {}",
        program.display(),
        arguments.join(" "),
        folder.display()
    )
}

impl Usage {
    /// The cost of a command that succeeded.
    pub(super) fn of(
        program: &OsStr,
        arguments: &[&str],
        folder: &Path,
        environment: &[(&str, &OsStr)],
    ) -> Result<Self, String> {
        let outcome = Outcome::of(program, arguments, folder, environment)?;
        if outcome.success {
            return Ok(outcome.usage);
        }
        Err(failed(&outcome.stderr, program, arguments, folder))
    }

    /// The run that took the least processor time.
    pub(super) fn least(runs: impl IntoIterator<Item = Self>) -> Option<Self> {
        runs.into_iter().min_by(|one, other| one.cpu.total_cmp(&other.cpu))
    }
}

/// This program. Its path is determined once, because after another build it is no longer a file.
fn own() -> Result<&'static Path, String> {
    static OWN: OnceLock<PathBuf> = OnceLock::new();
    if let Some(own) = OWN.get() {
        return Ok(own);
    }
    let own = std::env::current_exe().map_err(|error| format!("error: {error}"))?;
    Ok(OWN.get_or_init(|| own))
}

/// Runs a command and prints its cost: the work of the copy. Returns whether the command succeeded.
#[cfg(unix)]
pub(crate) fn measure(command: &[OsString]) -> Result<bool, String> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let Some((program, arguments)) = command.split_first() else { return Ok(false) };
    let began = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    let wall = began.elapsed().as_secs_f64();
    let status = status.map_err(|error| format!("error: {}: {error}", program.display()))?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| format!("error: {error}"))?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    let seconds = std::time::Duration::from_micros(microseconds.unsigned_abs()).as_secs_f64();
    // Linux counts in kilobytes.
    let megabytes = u32::try_from(usage.max_rss() / 1024).unwrap_or(u32::MAX);
    println!("{wall} {seconds} {megabytes}");
    Ok(status.success())
}

/// The cost of a process cannot be read here.
#[cfg(not(unix))]
pub(crate) fn measure(_: &[OsString]) -> Result<bool, String> {
    let _ = Instant::now();
    Err("error: the cost of a process can be read only on Unix".to_owned())
}
