//! `schemacrate snippet`.

use super::crates::Keys;
use super::{Outcome, Terminal, documents};
use clap::Args;
use schemacrate::Builder;
use schemacrate::internals::disk;
use schemacrate::snippet::{HttpRequest, Snippets};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The request, and the crate that makes it.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("of").required(true).multiple(true).args(["schema", "config"]))]
pub(super) struct Snippet {
    /// The method and the URL, absolute or below the service root: 'GET /users/{id}?$select=id'
    #[arg(value_name = "METHOD URL")]
    request: String,
    /// A CSDL document (XML or JSON), or an OpenAPI document; may be given more than once
    #[arg(long, value_name = "FILE")]
    schema: Vec<PathBuf>,
    /// The schemacrate.toml of the crate; flags take precedence over it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// A header; may be given more than once
    #[arg(long, value_name = "'NAME: VALUE'")]
    header: Vec<String>,
    /// The file with the body, or - for standard input
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,
    /// Prints a whole program with a `main`
    #[arg(long)]
    full: bool,
    /// The name of the crate [default: generated]
    #[arg(long, value_name = "NAME")]
    crate_name: Option<String>,
    /// The default service root of the client
    #[arg(long, value_name = "URL")]
    service_root: Option<String>,
    /// How keys are written in paths
    #[arg(long, value_enum, value_name = "STYLE")]
    keys: Option<Keys>,
    /// A namespace whose operations are called in paths by their simple names; may be given more
    /// than once
    #[arg(long, value_name = "NAMESPACE")]
    default_namespace: Vec<String>,
}

impl Snippet {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let request = self.request.trim();
        let Some((method, url)) = request.split_once(char::is_whitespace) else {
            return Err(format!(
                "error: `{request}` is not a request; write a method and a URL, like 'GET /users/{{id}}'"
            ));
        };
        let headers = self.header.iter().map(|one| header(one)).collect::<Result<Vec<_>, _>>()?;
        let body = self.body.as_deref().map(|path| read(path, terminal)).transpose()?;
        let (planned, config) =
            self.builder().plan().map_err(|error| error.render(terminal.colour()))?;
        let snippets = Snippets::new(&planned.schema, &planned.plan, &config);
        let request =
            HttpRequest { method, url: url.trim(), headers: &headers, body: body.as_deref() };
        let written =
            if self.full { snippets.write_program(&request) } else { snippets.write(&request) };
        let snippet = written.map_err(|error| format!("error: {error}"))?;
        super::print(&snippet.code)?;
        if self.full {
            let package = &config.package;
            terminal.note(&format!(
                "note: the program needs in its Cargo.toml\n  [dependencies]\n  {} = {{ path = \"{}\" }}\n  \
                 tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}",
                package.name, package.directory
            ));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn builder(&self) -> Builder {
        let mut builder = match &self.config {
            Some(config) => Builder::from_config(config),
            None => Builder::new("generated"),
        };
        for schema in &self.schema {
            builder = builder.schema(schema);
        }
        if let Some(name) = &self.crate_name {
            builder = builder.crate_name(name);
        }
        if let Some(root) = &self.service_root {
            builder = builder.service_root(root);
        }
        if let Some(keys) = self.keys {
            builder = builder.keys(keys.into());
        }
        for overlay in self.reading.overlays() {
            builder = builder.overlay(overlay);
        }
        if let Some(unresolved) = self.reading.unresolved() {
            builder = builder.unresolved(unresolved);
        }
        for namespace in &self.default_namespace {
            builder = builder.default_namespace(namespace);
        }
        builder
    }
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| format!("error: `{text}` is not a header; write 'Name: value'"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// The content of a file, or of standard input.
fn read(path: &Path, terminal: Terminal) -> Result<Vec<u8>, String> {
    if path != Path::new("-") {
        return disk::read(path).map_err(|error| super::shown(&error, terminal));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map_err(|error| format!("error: cannot read standard input: {error}"))?;
    Ok(bytes)
}
