//! `cargo xtask bench`: the cost of the programs of this repository and of what they generate.
//!
//! Each part measures and writes its section of `docs/performance.md`. Times depend on the machine and on
//! its load, so only ratios within one part count; the guard of `.ci/run` counts instructions.

mod compile;
mod decode;
mod documents;
mod generate;
mod instructions;
mod limits;
mod models;
mod operations;
mod output;
mod peer;
mod peers;
mod report;
mod twin;
mod usage;
mod yaml;

pub(crate) use instructions::Instructions;
pub(crate) use usage::measure;

use crate::workplace::{build_release, shared};
use clap::ValueEnum;
use compile::Compile;
use documents::Documents;
use generate::Generate;
use models::Crates;
use operations::Operations;
use peers::Peers;
use std::path::Path;
use std::process::Command;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Nothing: makes the crates that `cargo bench` in benches/ compares
    Models,
    /// The cost of the command line for a whole schema
    Generate,
    /// The cost of a large `OpenAPI` document up to its resolved references; installs it from npm, and needs
    /// valgrind
    Documents,
    /// How long the crate of a whole schema compiles
    Compile,
    /// The cost of reading and writing models; needs valgrind
    Decode,
    /// The cost of a request in the client
    Client,
    /// What this generator and another one make of large `OpenAPI` documents, with all requests; installs
    /// them from package registries
    Operations,
    /// What other generators make of the same schemas; installs them from package registries
    Peers,
}

/// The measurements.
pub(crate) struct Bench<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// The parts; all if there are none.
    pub(crate) parts: &'a [Part],
}

impl Bench<'_> {
    /// Measures. Returns whether it could.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let shared = shared(self.root);
        let schema = shared.join("graph/v1.0.csdl");
        let all = [
            Part::Generate,
            Part::Documents,
            Part::Compile,
            Part::Decode,
            Part::Client,
            Part::Operations,
            Part::Peers,
        ];
        let parts = if self.parts.is_empty() { &all[..] } else { self.parts };
        for part in parts {
            if !matches!(part, Part::Documents | Part::Operations) && !schema.is_file() {
                println!("left out: there is no schema at {}", schema.display());
                continue;
            }
            self.part(*part, &schema)?;
        }
        Ok(true)
    }

    fn part(&self, part: Part, schema: &Path) -> Result<(), String> {
        let root = self.root;
        let target = root.join("target/bench/compiled");
        let text = match part {
            Part::Models => return Crates::of_slice(root, schema).map(drop),
            Part::Generate => {
                build_release(root, &["--package", "schemacrate"])?;
                Generate { root, schema, target }.run()?
            }
            Part::Documents => {
                build_release(root, &["--package", "xtask"])?;
                Documents { root }.run()?
            }
            Part::Compile => Compile { crates: &Crates::of_whole(root, schema)?, target }.run()?,
            Part::Decode => {
                Crates::of_slice(root, schema)?;
                decode::decode(root)?
            }
            Part::Client => self.client()?,
            Part::Operations => {
                build_release(root, &["--package", "schemacrate"])?;
                Operations { root }.run()?
            }
            Part::Peers => {
                build_release(root, &["--package", "schemacrate"])?;
                Peers { root, schema }.run()?
            }
        };
        let name = part.to_possible_value().map(|value| value.get_name().to_owned());
        report::record(root, &name.unwrap_or_default(), &text)
    }

    /// The output of the example that compares clients.
    fn client(&self) -> Result<String, String> {
        let example = ["--package", "schemacrate-runtime", "--example", "overhead"];
        build_release(self.root, &example)?;
        let program = self.root.join("target/release/examples/overhead");
        let compared = Command::new(program).arg("compare").output();
        let compared = compared.map_err(|error| format!("error: {error}"))?;
        if !compared.status.success() {
            return Err(String::from_utf8_lossy(&compared.stderr).into_owned());
        }
        Ok(String::from_utf8_lossy(&compared.stdout).into_owned())
    }
}
