//! `schemacrate validate`.

use super::documents;
use super::{Outcome, Terminal, TextOrJson};
use clap::Args;
use schemacrate::Session;
use schemacrate::diagnostic::{Diagnostic, Severity};
use schemacrate::source::SourceMap;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// The documents to check.
#[derive(Args)]
pub(super) struct Validate {
    /// Documents that belong together: CSDL (XML or JSON) or OpenAPI (JSON or YAML), of which the first
    /// one describes the API
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How findings are shown: `text` on standard error, `json` as an array on standard output
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    format: TextOrJson,
    #[command(flatten)]
    reading: documents::Reading,
    /// Reports violations of the specification as errors, even those that generation can handle
    #[arg(long)]
    strict: bool,
}

impl Validate {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let session = if self.strict { Session::strict() } else { Session::new() };
        let session = documents::check(&self.files, &self.reading, session);
        let diagnostics = session.diagnostics();
        match self.format {
            TextOrJson::Json => {
                let findings = diagnostics.sorted().into_iter();
                let findings: Vec<Value> =
                    findings.map(|one| finding(one, session.sources())).collect();
                let mut text = serde_json::to_string_pretty(&findings).unwrap_or_default();
                text.push('\n');
                super::print(&text)?;
            }
            TextOrJson::Text if diagnostics.has_errors() => {
                super::complain(&session.render(terminal.colour()));
            }
            TextOrJson::Text => terminal.note(&session.render(terminal.colour())),
        }
        let failed = diagnostics.has_errors();
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn finding(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = diagnostic.place.as_ref().map(|(span, _)| {
        let (line, column) = sources.line_column(*span);
        (sources.get(span.source).name.as_str(), line, column)
    });
    json!({
        "code": diagnostic.code,
        "severity": severity,
        "message": diagnostic.message,
        "file": place.map(|(file, _, _)| file),
        "line": place.map(|(_, line, _)| line),
        "column": place.map(|(_, _, column)| column),
    })
}
