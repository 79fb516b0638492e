//! The commands.

mod crates;
mod diff;
mod documents;
mod fetch;
mod inspect;
mod saved;
mod slice;
mod snippet;
mod validate;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::disk::{self, DiskError, Overwrite};
use schemacrate::internals::without_passwords;
use schemacrate::source::SourceMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Generates typed Rust crates from OData CSDL.
#[derive(Parser)]
#[command(name = "schemacrate", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    terminal: Terminal,
}

const EXIT_CODES: &str =
    "Exit codes: 0 all is well; 1 an error in an input, or a difference; 2 wrong usage.";

#[derive(Subcommand)]
enum Command {
    /// Writes a crate for a service
    Generate(crates::Generate),
    /// Reports how a crate differs from what its schema generates, and changes nothing
    Check(crates::Crate),
    /// Checks documents by the rules of CSDL or OpenAPI
    Validate(validate::Validate),
    /// Writes a smaller schema: the part of a service that some paths, types and operations need
    Slice(slice::Slice),
    /// Shows what a schema contains, what a path or a URL refers to, and what a type needs or is there for
    Inspect(inspect::Inspect),
    /// Reports what a change of a schema does to the wire and to the crate
    Diff(diff::Diff),
    /// Prints the Rust that makes a request
    Snippet(snippet::Snippet),
    /// Saves the description of a service: its `$metadata`, or an OpenAPI document with all that it refers to
    Fetch(fetch::Fetch),
    /// Prints a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What is shown, and how.
#[derive(Args, Clone, Copy)]
pub(crate) struct Terminal {
    /// Shows errors only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When diagnostics have colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The format of a report: for people or for programs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TextOrJson {
    Text,
    Json,
}

/// The result of a command. An error is ready to be shown.
pub(crate) type Outcome = Result<ExitCode, String>;

/// Reads the arguments and runs the command.
pub(crate) fn main() -> ExitCode {
    let Arguments { command, terminal } = Arguments::parse();
    // This thread takes part in the work instead of waiting, and reuses memory that it has freed
    // before.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let outcome = match command {
        Command::Generate(command) => command.run(terminal),
        Command::Check(command) => command.check(terminal),
        Command::Validate(command) => command.run(terminal),
        Command::Slice(command) => command.run(terminal),
        Command::Inspect(command) => command.run(terminal),
        Command::Diff(command) => command.run(terminal),
        Command::Snippet(command) => command.run(terminal),
        Command::Fetch(command) => command.run(terminal),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "schemacrate", &mut script);
            print(&String::from_utf8_lossy(&script)).map(|()| ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|message| {
        complain(&message);
        ExitCode::FAILURE
    })
}

impl Terminal {
    /// Whether diagnostics have colours.
    pub(crate) fn colour(self) -> bool {
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        }
    }

    /// Writes a message to standard error, unless the command is quiet.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet && !text.is_empty() {
            complain(text);
        }
    }

    /// Shows that something takes a while, if standard error is a terminal.
    pub(crate) fn spinner(self, message: &'static str) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(message);
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// Shows how much of something has arrived, if standard error is a terminal.
    pub(crate) fn bytes(self, total: Option<u64>) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let template =
            if total.is_some() { "{bytes} of {total_bytes} {bar:30}" } else { "{spinner} {bytes}" };
        bar.with_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        )
    }
}

/// Writes a message for people to standard error, without the passwords of addresses. A closed standard
/// error is not an error.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", without_passwords(text.trim_end()));
}

/// Writes the result of a command to standard output.
fn print(text: &str) -> Result<(), String> {
    match io::stdout().write_all(text.as_bytes()) {
        // A reader that closed the pipe needs no more output.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("error: cannot write: {error}"))
        }
        _ => Ok(()),
    }
}

/// Whether a command overwrites a file with other content.
#[derive(Args, Clone, Copy)]
struct Force {
    /// Overwrites an existing file that has other content
    #[arg(long)]
    force: bool,
}

impl Force {
    /// Writes the result of a command to a file. An existing file with other content stays, unless
    /// the user allowed overwriting.
    fn save(self, path: &Path, text: &str, terminal: Terminal) -> Result<(), String> {
        disk::save(path, text.as_bytes(), self.overwrite(), |_| false)
            .map_err(|error| shown(&error, terminal))
    }

    fn overwrite(self) -> Overwrite {
        if self.force { Overwrite::Files } else { Overwrite::Own }
    }
}

/// Why files could not be written, ready to be shown.
fn shown(error: &DiskError, terminal: Terminal) -> String {
    let mut diagnostics = Diagnostics::default();
    error.diagnostics().into_iter().for_each(|one| diagnostics.push(one));
    diagnostics.render(&SourceMap::new(), terminal.colour())
}
