//! The command line of odatagen.
//!
//! Enters: arguments. Leaves: files, text on standard output, diagnostics on standard error, and
//! an exit code: 0 all is well, 1 an error in an input or a difference, 2 wrong usage.
//! Must not know: how a stage does its work.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
