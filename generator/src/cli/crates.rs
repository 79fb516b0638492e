//! `odatagen generate` and `odatagen check`.

use super::{Outcome, Terminal, documents};
use clap::{Args, ValueEnum};
use odatagen::config::KeyStyle;
use odatagen::disk::Kind;
use odatagen::{Build, Builder};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// The crate to write or to compare.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("input").required(true).multiple(true).args(["schema", "config"]))]
pub(super) struct Crate {
    /// A CSDL document (XML or JSON); may be given more than once
    #[arg(long, value_name = "FILE")]
    schema: Vec<PathBuf>,
    /// The folder of the crate
    #[arg(long, value_name = "DIR", required_unless_present = "config")]
    out: Option<PathBuf>,
    /// An odatagen.toml; the flags win over what it says
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// The package name [default: the name of the folder]
    #[arg(long, value_name = "NAME")]
    crate_name: Option<String>,
    /// The service root that the client uses unless it is told another
    #[arg(long, value_name = "URL")]
    service_root: Option<String>,
    /// Only models, and nothing that makes a request
    #[arg(long)]
    models_only: bool,
    /// How keys are written in paths
    #[arg(long, value_enum, value_name = "STYLE")]
    keys: Option<Keys>,
    /// A namespace whose operations paths call by their simple names; may be given more than once
    #[arg(long, value_name = "NAMESPACE")]
    default_namespace: Vec<String>,
    /// A path such as /users/{id}/messages/**, or a type or operation by qualified name
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// What is cut out of what is included
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// The folder of the runtime crate, for a `path` dependency
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
}

/// How keys are written in paths.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Keys {
    /// Users('a'), which every service understands
    Parentheses,
    /// users/a, where the service supports it
    Segment,
}

impl From<Keys> for KeyStyle {
    fn from(keys: Keys) -> Self {
        match keys {
            Keys::Parentheses => Self::Parentheses,
            Keys::Segment => Self::Segment,
        }
    }
}

impl Crate {
    /// Writes the crate.
    pub(super) fn generate(self, terminal: Terminal) -> Outcome {
        let began = Instant::now();
        let build = self.build(terminal)?;
        build.write().map_err(|error| format!("error: {error}"))?;
        let difference = &build.difference;
        if difference.count(Kind::Foreign) > 0 {
            terminal.say("warning: files under src/ that odatagen did not write were left alone");
        }
        terminal.say(&format!(
            "{}: {} files ({} made, {} changed, {} removed, {} unchanged) in {} ms",
            build.folder.display(),
            build.generated.tree.len(),
            difference.count(Kind::Missing),
            difference.count(Kind::Changed),
            difference.count(Kind::LeftOver),
            difference.unchanged,
            began.elapsed().as_millis(),
        ));
        // The process ends here. To free a model, a plan and a crate piece by piece would only take
        // time.
        std::mem::forget(build);
        Ok(ExitCode::SUCCESS)
    }

    /// Compares the crate.
    pub(super) fn check(self, terminal: Terminal) -> Outcome {
        let build = self.build(terminal)?;
        if build.difference.is_empty() {
            terminal.say(&format!("{} is what the schema says", build.folder.display()));
            std::mem::forget(build);
            return Ok(ExitCode::SUCCESS);
        }
        super::write_result(None, &build.difference.unified())?;
        Err(format!(
            "error: {} files in {} are not what the schema says; run `{}`",
            build.difference.files.len(),
            build.folder.display(),
            build.generated.plan.command,
        ))
    }

    fn build(self, terminal: Terminal) -> Result<Build, String> {
        let spinner = terminal.spinner("generating");
        let built = self.builder()?.run();
        spinner.finish_and_clear();
        let build = built.map_err(|error| error.render(terminal.colour()))?;
        terminal.say(&build.warnings(terminal.colour()));
        Ok(build)
    }

    fn builder(self) -> Result<Builder, String> {
        let configured = self.config.is_some();
        let mut builder = match (self.config, &self.out) {
            (Some(config), None) => Builder::from_config(config),
            (Some(config), Some(out)) => Builder::from_config(config).out(out),
            (None, out) => Builder::new(out.clone().unwrap_or_default()),
        };
        for schema in self.schema {
            builder = builder.schema(schema);
        }
        for namespace in self.default_namespace {
            builder = builder.default_namespace(namespace);
        }
        for pattern in self.include {
            builder = builder.include(pattern);
        }
        for pattern in self.exclude {
            builder = builder.exclude(pattern);
        }
        if let Some(name) = self.crate_name {
            builder = builder.crate_name(name);
        }
        if let Some(root) = self.service_root {
            builder = builder.service_root(root);
        }
        if self.models_only {
            builder = builder.models_only();
        }
        if let Some(unresolved) = self.reading.unresolved() {
            builder = builder.unresolved(unresolved);
        }
        if let Some(keys) = self.keys {
            builder = builder.keys(keys.into());
        }
        let runtime = match self.runtime {
            Some(folder) => Some(existing(&folder)?),
            None if configured => None,
            None => own_runtime(),
        };
        Ok(match runtime {
            Some(folder) => builder.runtime_path(folder),
            None => builder,
        })
    }
}

fn existing(folder: &Path) -> Result<PathBuf, String> {
    if folder.join("Cargo.toml").is_file() {
        return std::path::absolute(folder).map_err(|error| format!("error: {error}"));
    }
    Err(format!(
        "error: {} holds no Cargo.toml; --runtime names the folder of odatagen-runtime",
        folder.display()
    ))
}

/// The runtime beside the sources that this binary was built from. Until the runtime is on a
/// registry, only it can make a new crate build.
fn own_runtime() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("runtime");
    folder.join("Cargo.toml").is_file().then_some(folder)
}
