//! The command line of schemacrate.
//!
//! Enters: arguments. Leaves: files, text on standard output, diagnostics on standard error, and
//! an exit code: 0 all is well, 1 an error in an input or a difference, 2 wrong usage.
//! Must not know: how a stage does its work.

mod cli;

/// A generation allocates and frees millions of small texts; this allocator saves a quarter of its
/// instructions.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
