//! The chores of this repository: `cargo xtask regen`, `cargo xtask check`, and the others of `--help`.
//!
//! Exit codes: 0 success, 1 the schema is wrong or `generated/` does not match it, 2 wrong usage.

mod audit;
mod bench;
mod ci;
mod conformance;
mod diff;
mod e2e;
mod fuzz;
mod project;
mod random;
mod resolve;
mod workplace;

use audit::Audit;
use bench::{Bench, Instructions, Part};
use ci::Ci;
use clap::{Parser, Subcommand};
use conformance::{Conformance, Documentation, OpenApi};
use diff::SchemaDiff;
use e2e::{EndToEnd, HttpSpecs, Prefect, Prism};
use fuzz::{Fuzz, Reader};
use project::Project;
use schemacrate::Build;
use schemacrate::internals::ODataSchema;
use schemacrate::internals::disk::{FileState, Overwrite};
use schemacrate::review::{Format, Gate};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
    /// The project that the chore works on [default: this repository]
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Chore {
    /// Regenerates generated/ from the schema
    Regen {
        /// Overwrites files that schemacrate did not write; links and folders in the way stay
        #[arg(long)]
        force: bool,
    },
    /// Reports how generated/ differs from what the schema specifies, without changing it
    Check,
    /// Reports how the schema in the work tree affects users of the one in a commit
    Diff {
        /// The commit [default: the one at which the work tree left main]
        base: Option<String>,
        /// The format: text, markdown, json, github or sarif
        #[arg(long, default_value = "text", value_parser = format)]
        format: Format,
        /// What makes the chore fail: wire, rust, any or none
        #[arg(long, default_value = "any", value_parser = gate)]
        fail_on: Gate,
    },
    /// Compares the verdicts of the comparison on real revisions with those of cargo-semver-checks
    /// and cargo-public-api, which have to be installed, as has a nightly toolchain
    DiffAudit {
        /// Only pairs whose old file has a name that contains this; may be given more than once
        only: Vec<String>,
    },
    /// Makes crates from the real schemas in ../shared and checks, lints and documents them; with a
    /// corpus, compares the crate of one schema with the examples of a documentation
    Conformance {
        /// Only documents, or pages of the corpus, whose name contains this; may be given more than once
        only: Vec<String>,
        /// Only a sample of the documents
        #[arg(long, conflicts_with = "corpus")]
        sample: bool,
        #[command(flatten)]
        examples: Box<Examples>,
        #[command(flatten)]
        openapi: Box<OpenApiValues>,
    },
    /// Measures the cost of the programs of this repository and of what they generate
    Bench {
        /// What is measured, for its section of docs/performance.md [default: everything]
        #[arg(value_enum)]
        parts: Vec<Part>,
        /// Counts instructions and compares them with the recorded counts; needs valgrind
        #[arg(long)]
        instructions: bool,
        /// Records the counts in benches/instructions.toml in place of comparing them
        #[arg(long, requires = "instructions")]
        update: bool,
    },
    /// Prints the cost of a command
    #[command(hide = true)]
    Measure {
        /// The command
        #[arg(last = true)]
        command: Vec<std::ffi::OsString>,
    },
    /// Reads an `OpenAPI` document as far as its references are resolved
    #[command(hide = true)]
    Resolve {
        /// The document
        file: PathBuf,
    },
    /// Runs the steps that a change must pass, up to the first that fails
    #[command(group(clap::ArgGroup::new("way").required(true)))]
    Ci {
        /// A few minutes: format, check, clippy, unit and golden tests
        #[arg(long, group = "way")]
        fast: bool,
        /// Everything
        #[arg(long, group = "way")]
        full: bool,
        /// Only this step, or the steps of this job; may be given more than once
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
        /// Not this step, nor the steps of this job; may be given more than once
        #[arg(long, value_name = "NAME")]
        leave_out: Vec<String>,
    },
    /// Reads damaged documents, compares what the readers of JSON and YAML make of them, and generates from
    /// them
    Fuzz {
        /// Folders of documents [default: those of ../shared]
        folders: Vec<PathBuf>,
        /// The CPU time for each reader
        #[arg(long, value_name = "COUNT", default_value_t = 120)]
        seconds: u64,
        /// Only this reader
        #[arg(long, value_enum)]
        reader: Vec<Reader>,
        /// What the random numbers begin with
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        seed: u64,
    },
    /// Runs generated clients against services that other people wrote: SAP CAP on SQLite, or another one that is
    /// named; needs Node, or Python for Prefect
    E2e {
        /// Fails if what a service needs is missing
        #[arg(long)]
        require: bool,
        /// Prefect's API server, with a client of its OpenAPI document
        #[arg(long, conflicts_with_all = ["http_specs", "prism"])]
        prefect: bool,
        /// The mock service of `TypeSpec`'s http-specs, which checks requests
        #[arg(long)]
        http_specs: bool,
        /// Only documents in this version of OpenAPI: 3.0, 3.1 or 3.2
        #[arg(long, value_name = "VERSION", requires = "http_specs", value_parser = ["3.0", "3.1", "3.2"])]
        version: Option<String>,
        /// Only specs whose name contains this; may be given more than once
        #[arg(requires = "http_specs")]
        only: Vec<String>,
        #[command(flatten)]
        prism: PrismCalls,
    },
}

/// The examples of a documentation.
#[derive(clap::Args)]
struct Examples {
    /// The schema of the service
    #[arg(long, value_name = "FILE", requires = "corpus")]
    schema: Option<PathBuf>,
    /// The examples, one JSON object a line
    #[arg(long, value_name = "FILE", requires = "schema")]
    corpus: Option<PathBuf>,
    /// Where a report on each example is written, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Overwrites an existing report
    #[arg(long, requires = "report")]
    force: bool,
    /// Only pages whose path contains this; may be given more than once
    #[arg(long = "only", value_name = "TEXT", requires = "corpus")]
    pages: Vec<String>,
    /// The service root [default: the one of most requests in the corpus]
    #[arg(long, value_name = "URL", requires = "corpus")]
    service_root: Option<String>,
    /// Records the totals in conformance/baseline.json in place of comparing them
    #[arg(long, requires = "corpus")]
    update_baseline: bool,
}

/// Documents of OpenAPI, and values of their schemas.
#[derive(clap::Args)]
struct OpenApiValues {
    /// Documents of OpenAPI in place of CSDL; with examples or suites, their values
    #[arg(long, conflicts_with = "corpus")]
    openapi: bool,
    /// Examples, one JSON object a line, which the types of their documents have to read and write
    #[arg(long, value_name = "FILE", requires_all = ["openapi", "documents"])]
    examples: Option<PathBuf>,
    /// The folder of the documents of the examples
    #[arg(long, value_name = "DIR", requires = "examples")]
    documents: Option<PathBuf>,
    /// A test suite, one JSON object with a document and instances a line; may be given more than once
    #[arg(long, value_name = "FILE", requires = "openapi")]
    suite: Vec<PathBuf>,
    /// Parameters in every style with values, one JSON object a line, which clients have to write as expected
    #[arg(long, value_name = "FILE", requires = "openapi", conflicts_with_all = ["examples", "suite", "random"])]
    parameters: Option<PathBuf>,
    /// So many random descriptions, with values that another validator accepts
    #[arg(long, value_name = "COUNT", requires = "openapi")]
    random: Option<u64>,
    /// The number of the first random description
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "random")]
    seed: u64,
}

/// Requests that Prism validates.
#[derive(clap::Args)]
struct PrismCalls {
    /// Prism, which finds what is wrong with a request by the document alone: every operation of the documents in
    /// xtask/e2e-prism.txt, with random values
    #[arg(long, conflicts_with = "http_specs")]
    prism: bool,
    /// All documents that the index of a folder names, in place of the listed ones
    #[arg(long, value_name = "DIR", requires = "prism")]
    documents: Option<PathBuf>,
    /// Only documents whose name contains this; may be given more than once
    #[arg(long = "only", value_name = "NAME", requires = "prism")]
    names: Vec<String>,
    /// What the random values begin with
    #[arg(long, value_name = "NUMBER", default_value_t = e2e::USUAL_SEED, requires = "prism")]
    seed: u64,
}

fn main() -> ExitCode {
    let Arguments { chore, project } = Arguments::parse();
    let root = project.unwrap_or_else(repository);
    match run(&chore, &root, Instant::now()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            // A comparison that cannot be made is different from one that fails.
            ExitCode::from(if matches!(chore, Chore::Diff { .. }) { 2 } else { 1 })
        }
    }
}

fn format(name: &str) -> Result<Format, String> {
    match name {
        "text" => Ok(Format::Text),
        "markdown" => Ok(Format::Markdown),
        "json" => Ok(Format::Json),
        "github" => Ok(Format::Github),
        "sarif" => Ok(Format::Sarif),
        _ => Err("there are text, markdown, json, github and sarif".to_owned()),
    }
}

fn gate(name: &str) -> Result<Gate, String> {
    match name {
        "wire" => Ok(Gate::Wire),
        "rust" => Ok(Gate::Rust),
        "any" => Ok(Gate::Any),
        "none" => Ok(Gate::None),
        _ => Err("there are wire, rust, any and none".to_owned()),
    }
}

/// The folder of this repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

fn run(chore: &Chore, root: &Path, began: Instant) -> Result<bool, String> {
    let colour = std::io::stderr().is_terminal();
    match chore {
        Chore::Regen { force } => {
            let overwrite = if *force { Overwrite::Files } else { Overwrite::Own };
            regen(&Project::read(root, colour, overwrite)?, began)
        }
        Chore::Check => check(&Project::read(root, colour, Overwrite::Own)?),
        Chore::Diff { base, format, fail_on } => {
            SchemaDiff { root, base: base.as_deref(), format: *format, gate: *fail_on }.run()
        }
        Chore::DiffAudit { only } => Audit { root, only }.run(),
        Chore::Conformance { only, sample, examples, openapi } if openapi.openapi => OpenApi {
            root,
            only,
            sample: *sample,
            examples: openapi.examples.as_deref(),
            documents: openapi.documents.as_deref(),
            suites: &openapi.suite,
            random: openapi.random.map(|count| (count, openapi.seed)),
            parameters: openapi.parameters.as_deref(),
            report: examples.report.as_deref(),
        }
        .run(),
        Chore::Conformance { only, sample, examples, .. } => match &**examples {
            Examples { schema: Some(schema), corpus: Some(corpus), .. } => Documentation {
                root,
                schema,
                corpus,
                report: examples.report.as_deref(),
                force: examples.force,
                only: &[only.as_slice(), &examples.pages].concat(),
                service_root: examples.service_root.as_deref(),
                update_baseline: examples.update_baseline,
            }
            .run(),
            _ => Conformance { root, only, sample: *sample }.run(),
        },
        Chore::Bench { instructions: true, update, .. } => {
            Instructions { root, update: *update }.run()
        }
        Chore::Bench { parts, .. } => Bench { root, parts }.run(),
        Chore::Measure { command } => bench::measure(command),
        Chore::Resolve { file } => resolve::resolve(file),
        Chore::Ci { fast, full: _, only, leave_out } => {
            Ci { root, fast: *fast, only, leave_out }.run()
        }
        Chore::Fuzz { folders, seconds, reader, seed } => {
            Fuzz { root, readers: reader, folders, seconds: *seconds, seed: *seed }.run()
        }
        Chore::E2e { require, prefect: true, .. } => Prefect { root, required: *require }.run(),
        Chore::E2e { require, http_specs: true, version, only, .. } => {
            HttpSpecs { root, required: *require, version: version.as_deref(), only }.run()
        }
        Chore::E2e {
            require, prism: PrismCalls { prism: true, documents, names, seed }, ..
        } => {
            let documents = documents.as_deref();
            Prism { root, required: *require, documents, only: names, seed: *seed }.run()
        }
        Chore::E2e { require, .. } => EndToEnd { root, required: *require }.run(),
    }
}

fn regen(project: &Project, began: Instant) -> Result<bool, String> {
    let Build { generated, difference, inputs, .. } = &project.build;
    let failed = |error| format!("error: {error}");
    // Both are checked before one of them is written.
    project.lock_differs().map_err(failed)?;
    project.build.write().map_err(failed)?;
    let lock = project.write_lock().map_err(failed)?;
    let Some(ODataSchema { model, .. }) = generated.schema.odata() else {
        return Err("error: the schema is not CSDL".to_owned());
    };
    println!(
        "read     {} ({} structured types, {} enumerations)",
        inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", "),
        model.structured_types.len(),
        model.enum_types.len(),
    );
    for file in &difference.files {
        let verb = match file.kind {
            FileState::Missing => "made",
            FileState::Changed | FileState::InTheWay | FileState::NotAFile => "changed",
            FileState::LeftOver => "removed",
            FileState::Beside => "foreign",
        };
        println!("{verb:8} generated/{}", file.path);
    }
    note_beside(project);
    println!(
        "done     {} files: {} made, {} changed, {} removed, {} unchanged{}; {} ms",
        generated.tree.len() + generated.runtime.len(),
        difference.count(FileState::Missing),
        difference.count(FileState::Changed) + difference.count(FileState::InTheWay),
        difference.count(FileState::LeftOver),
        difference.unchanged,
        if lock { "; schema/schemacrate.lock updated" } else { "" },
        began.elapsed().as_millis(),
    );
    Ok(true)
}

/// Names the files among the generated ones that are not generated and stay.
fn note_beside(project: &Project) {
    for file in project.build.difference.files.iter().filter(|file| file.kind == FileState::Beside)
    {
        eprintln!("note: generated/{} {}", file.path, file.description());
    }
}

fn check(project: &Project) -> Result<bool, String> {
    let difference = &project.build.difference;
    let lock_is_current = !project.lock_differs().map_err(|error| format!("error: {error}"))?;
    note_beside(project);
    if difference.is_empty() && lock_is_current {
        println!("generated/ is up to date with the schema ({} files)", difference.unchanged);
        return Ok(true);
    }
    print!("{}", difference.unified());
    for file in difference.differing() {
        eprintln!("generated/{} {}", file.path, file.description());
    }
    if !lock_is_current {
        eprintln!("schema/schemacrate.lock does not record these inputs");
    }
    eprintln!("error: generated/ is not up to date with the schema; run `cargo xtask regen`");
    Ok(false)
}
