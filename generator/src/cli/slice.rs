//! `schemacrate slice`.

use super::documents;
use super::{Force, Outcome, Terminal};
use clap::{Args, ValueEnum};
use schemacrate::Session;
use schemacrate::internals::csdl::write;
use schemacrate::internals::edm::document;
use schemacrate::internals::slice::{Pattern, slice};
use std::path::PathBuf;
use std::process::ExitCode;

/// The part of a schema to write.
#[derive(Args)]
pub(super) struct Slice {
    /// CSDL documents (XML or JSON) that belong together
    #[arg(required = true, value_name = "IN")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// A path such as /users/{id}/messages/**, or a type or operation by qualified name
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// A path, type or operation to leave out of what is included
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "OUT")]
    out: Option<PathBuf>,
    #[command(flatten)]
    force: Force,
    /// The format of the result
    #[arg(long, value_enum, default_value_t = DocumentFormat::Xml)]
    format: DocumentFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    Xml,
    Json,
}

impl Slice {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let include = patterns(&self.include)?;
        let exclude = patterns(&self.exclude)?;
        let model = documents::read(&self.files, &self.reading, Session::new()).model(terminal)?;
        let (sliced, unmatched) = slice(&model, &include, &exclude);
        if !unmatched.is_empty() {
            let unmatched: Vec<_> =
                unmatched.into_iter().map(|at| format!("`{}`", self.include[at])).collect();
            return Err(format!("error: nothing in the service matches {}", unmatched.join(", ")));
        }
        let text = match self.format {
            DocumentFormat::Xml => write::xml(&document(&sliced)),
            DocumentFormat::Json => write::json(&document(&sliced)),
        };
        match &self.out {
            Some(path) => self.force.save(path, &text, terminal)?,
            None => super::print(&text)?,
        }
        terminal.note(&format!(
            "kept {} of {} types and {} of {} operations",
            sliced.types_by_name.len(),
            model.types_by_name.len(),
            sliced.operations.len(),
            model.operations.len(),
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn patterns(texts: &[String]) -> Result<Vec<Pattern>, String> {
    let patterns = texts.iter().map(|text| Pattern::parse(text));
    patterns.collect::<Result<_, _>>().map_err(|error| format!("error: {error}"))
}
