//! The chores of this repository: `cargo xtask regen` and `cargo xtask check`.
//!
//! Exit codes: 0 all is well, 1 the schema is wrong or `generated/` is not what it says, 2 usage.

mod project;

use clap::{Parser, Subcommand};
use odatagen::disk::{self, Difference, Kind};
use project::Project;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Makes generated/ what the schema says
    Regen,
    /// Says how generated/ differs from what the schema says, and changes nothing
    Check,
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    let began = Instant::now();
    match run(&chore, began) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: &Chore, began: Instant) -> Result<bool, String> {
    let project = Project::read(std::io::stderr().is_terminal())?;
    let difference =
        disk::compare(&project.folder, &project.generated.tree).map_err(|e| e.to_string())?;
    match chore {
        Chore::Regen => regen(&project, &difference, began),
        Chore::Check => check(&project, &difference),
    }
}

fn regen(project: &Project, difference: &Difference, began: Instant) -> Result<bool, String> {
    disk::apply(&project.folder, difference).map_err(|error| error.to_string())?;
    let lock = project.write_lock()?;
    let model = &project.generated.model;
    println!(
        "read     {} ({} structured types, {} enumerations)",
        project.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", "),
        model.structured_types.len(),
        model.enum_types.len(),
    );
    for file in &difference.files {
        let verb = match file.kind {
            Kind::Missing => "made",
            Kind::Changed => "changed",
            Kind::LeftOver => "removed",
            Kind::Foreign => "foreign",
        };
        println!("{verb:8} generated/{}", file.path);
    }
    if difference.count(Kind::Foreign) > 0 {
        eprintln!(
            "warning: files under generated/src/ that odatagen did not write were left alone; move or delete them"
        );
    }
    println!(
        "done     {} files: {} made, {} changed, {} removed, {} unchanged{}; {} ms",
        project.generated.tree.len(),
        difference.count(Kind::Missing),
        difference.count(Kind::Changed),
        difference.count(Kind::LeftOver),
        difference.unchanged,
        if lock { "; schema/odatagen.lock updated" } else { "" },
        began.elapsed().as_millis(),
    );
    Ok(true)
}

fn check(project: &Project, difference: &Difference) -> Result<bool, String> {
    let lock_is_current = project.lock_is_current()?;
    if difference.is_empty() && lock_is_current {
        println!("generated/ is what the schema says ({} files)", difference.unchanged);
        return Ok(true);
    }
    print!("{}", difference.unified());
    for file in &difference.files {
        let says = match file.kind {
            Kind::Missing => "is missing",
            Kind::Changed => "is not what the schema says",
            Kind::LeftOver => "is left over",
            Kind::Foreign => "was not written by odatagen: move or delete it",
        };
        eprintln!("generated/{} {says}", file.path);
    }
    if !lock_is_current {
        eprintln!("schema/odatagen.lock does not record these inputs");
    }
    eprintln!("error: generated/ is not what the schema says; run `cargo xtask regen`");
    Ok(false)
}
