//! `schemacrate slice`.

mod api;

use super::documents::{self, Described};
use super::{Force, Outcome, Terminal};
use clap::{Args, ValueEnum};
use schemacrate::internals::csdl::write;
use schemacrate::internals::edm::{Model, document};
use schemacrate::internals::slice::{At, Pattern, PatternError, Sliced, Slip, slice};
use std::path::PathBuf;
use std::process::ExitCode;

/// The part of a schema to write.
#[derive(Args)]
pub(super) struct Slice {
    /// Documents that belong together: CSDL (XML or JSON) or OpenAPI (JSON or YAML), of which the first one
    /// describes the API
    #[arg(required = true, value_name = "IN")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// A path such as /users/{id}/messages/**, or a type or operation by qualified name; of OpenAPI also
    /// 'GET /pets', tag:…, operation:…, component:… and webhook:…; may be given more than once
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// What to leave out of what is included, written in the same way
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// The file to write [default: standard output], or, with `/` at its end, the folder, which a part of several
    /// documents needs
    #[arg(long, value_name = "OUT")]
    out: Option<PathBuf>,
    #[command(flatten)]
    force: Force,
    /// The format of the result [default: xml, or that of the OpenAPI document]
    #[arg(long, value_enum)]
    format: Option<DocumentFormat>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    Xml,
    Json,
    Yaml,
}

impl Slice {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        match documents::describe(&self.files, &self.reading, terminal)? {
            Described::Service(model) => self.service(&model, terminal),
            Described::Api(api) => self.api(*api, terminal),
        }
    }

    /// Writes a part of a service of OData.
    fn service(&self, model: &Model, terminal: Terminal) -> Outcome {
        let include = patterns(&self.include, Pattern::parse_included)?;
        let exclude = patterns(&self.exclude, Pattern::parse_excluded)?;
        let Sliced { model: sliced, slips, brought } = slice(model, &include, &exclude);
        if !slips.is_empty() {
            return Err(slips.iter().map(|one| self.explained(one)).collect::<Vec<_>>().join("\n"));
        }
        let text = match self.format.unwrap_or(DocumentFormat::Xml) {
            DocumentFormat::Xml => write::xml(&document(&sliced)),
            DocumentFormat::Json => write::json(&document(&sliced)),
            DocumentFormat::Yaml => return Err("error: CSDL is XML or JSON, not YAML".to_owned()),
        };
        match &self.out {
            Some(path) => self.force.save(path, &text, terminal)?,
            None => super::print(&text)?,
        }
        for line in brought.lines(self.include.iter().map(String::as_str)) {
            terminal.note(&line);
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

    /// Why a pattern matches nothing.
    fn explained(&self, slip: &Slip) -> String {
        let pattern = match slip.pattern {
            At::Include(at) => &self.include[at],
            At::Exclude(at) => &self.exclude[at],
        };
        let help = slip.help.as_ref().map(|help| format!("\nhelp: {help}"));
        let help = help.unwrap_or_default();
        format!("error: nothing in the service matches `{pattern}`: {}{help}", slip.message)
    }

    /// An error if included patterns match nothing.
    fn check_matched(&self, unmatched: &[usize], what: &str) -> Result<(), String> {
        if unmatched.is_empty() {
            return Ok(());
        }
        let unmatched: Vec<_> =
            unmatched.iter().map(|at| format!("`{}`", self.include[*at])).collect();
        Err(format!("error: nothing in the {what} matches {}", unmatched.join(", ")))
    }
}

/// Reads patterns of a service.
pub(super) fn patterns(
    texts: &[String],
    parse: fn(&str) -> Result<Pattern, PatternError>,
) -> Result<Vec<Pattern>, String> {
    let patterns = texts.iter().map(|text| parse(text));
    patterns.collect::<Result<_, _>>().map_err(|error| format!("error: {error}"))
}
