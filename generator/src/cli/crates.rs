//! `schemacrate generate` and `schemacrate check`.

use super::{Outcome, Terminal, documents};
use clap::{Args, ValueEnum};
use schemacrate::config::KeyStyle;
use schemacrate::internals::disk::FileState;
use schemacrate::{Build, Builder};
use std::path::PathBuf;
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
    /// A schemacrate.toml; flags take precedence over it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// The package name [default: the name of the folder]
    #[arg(long, value_name = "NAME")]
    crate_name: Option<String>,
    /// The default service root of the client
    #[arg(long, value_name = "URL")]
    service_root: Option<String>,
    /// Only models, and nothing that makes a request
    #[arg(long)]
    models_only: bool,
    /// One file in the folder, for `include!` in a module of some crate, in place of a crate
    #[arg(long, value_name = "FILE")]
    module: Option<String>,
    /// How keys are written in paths
    #[arg(long, value_enum, value_name = "STYLE")]
    keys: Option<Keys>,
    /// A namespace whose operations are called in paths by their simple names; may be given more
    /// than once
    #[arg(long, value_name = "NAMESPACE")]
    default_namespace: Vec<String>,
    /// A path such as /users/{id}/messages/**, or a type or operation by qualified name
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// A path, type or operation to leave out of what is included
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// The folder of schemacrate-runtime, for a `path` dependency [default: the runtime is written
    /// into the crate, unless the configuration names a source of it]
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
}

/// The crate to write.
#[derive(Args)]
pub(super) struct Generate {
    #[command(flatten)]
    of: Crate,
    /// Overwrites files that schemacrate did not write; never touches links and folders
    #[arg(long)]
    force: bool,
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

impl Generate {
    /// Writes the crate.
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let began = Instant::now();
        let mut builder = self.of.builder();
        if self.force {
            builder = builder.force();
        }
        let build = build(builder, terminal)?;
        build.write().map_err(|error| super::shown(&error, terminal))?;
        let difference = &build.difference;
        note_beside(&build, terminal);
        note_removed(&build, terminal);
        note_slice(&build, terminal);
        terminal.note(&format!(
            "{}: {} files ({} made, {} changed, {} removed, {} unchanged) in {} ms",
            build.folder.display(),
            build.generated.tree.len() + build.generated.runtime.len(),
            difference.count(FileState::Missing),
            difference.count(FileState::Changed) + difference.count(FileState::InTheWay),
            difference.count(FileState::LeftOver),
            difference.unchanged,
            began.elapsed().as_millis(),
        ));
        // The process ends here. Freeing a model, a plan and a crate piece by piece would only take
        // time.
        std::mem::forget(build);
        Ok(ExitCode::SUCCESS)
    }
}

/// Reports what the patterns of a slice brought.
fn note_slice(build: &Build, terminal: Terminal) {
    for line in build.generated.schema.odata().iter().flat_map(|schema| &schema.brought) {
        terminal.note(&format!("note: {line}"));
    }
}

/// Names files among the generated ones that the generator did not write, and that stay.
fn note_beside(build: &Build, terminal: Terminal) {
    for file in build.difference.files.iter().filter(|file| file.kind == FileState::Beside) {
        terminal.note(&format!(
            "note: {} {}",
            build.folder.join(&file.path).display(),
            file.description()
        ));
    }
}

/// Names removed files, since a copy of a generated file also has the mark.
fn note_removed(build: &Build, terminal: Terminal) {
    /// The most files that are named; a smaller slice can remove thousands.
    const NAMED: usize = 5;
    let removed = build.difference.files.iter().filter(|file| file.kind == FileState::LeftOver);
    for file in removed.take(NAMED) {
        let place = build.folder.join(&file.path);
        terminal.note(&format!("note: removed {}, which is no longer generated", place.display()));
    }
    let others = build.difference.count(FileState::LeftOver).saturating_sub(NAMED);
    if others > 0 {
        terminal.note(&format!("note: and {others} more"));
    }
}

fn build(builder: Builder, terminal: Terminal) -> Result<Build, String> {
    let spinner = terminal.spinner("generating");
    let built = builder.run();
    spinner.finish_and_clear();
    let build = built.map_err(|error| error.render(terminal.colour()))?;
    terminal.note(&build.warnings(terminal.colour()));
    Ok(build)
}

impl Crate {
    /// Compares the crate.
    pub(super) fn check(self, terminal: Terminal) -> Outcome {
        let build = build(self.builder(), terminal)?;
        note_beside(&build, terminal);
        if build.difference.is_empty() {
            terminal.note(&format!("{} is up to date with the schema", build.folder.display()));
            std::mem::forget(build);
            return Ok(ExitCode::SUCCESS);
        }
        super::print(&build.difference.unified())?;
        for file in build.difference.differing() {
            if matches!(file.kind, FileState::LeftOver | FileState::InTheWay | FileState::NotAFile)
            {
                let place = build.folder.join(&file.path);
                super::complain(&format!("{} {}", place.display(), file.description()));
            }
        }
        Err(format!(
            "error: {} files in {} are not up to date with the schema; run `{}`",
            build.difference.differing().count(),
            build.folder.display(),
            build.generated.plan.command,
        ))
    }

    fn builder(self) -> Builder {
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
        if let Some(file) = self.module {
            builder = builder.module(file);
        }
        if self.models_only {
            builder = builder.models_only();
        }
        for overlay in self.reading.overlays() {
            builder = builder.overlay(overlay);
        }
        if let Some(unresolved) = self.reading.unresolved() {
            builder = builder.unresolved(unresolved);
        }
        if let Some(keys) = self.keys {
            builder = builder.keys(keys.into());
        }
        match self.runtime {
            Some(folder) => builder.runtime_path(folder),
            None => builder,
        }
    }
}
