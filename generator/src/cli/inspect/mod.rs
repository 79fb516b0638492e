//! `schemacrate inspect`.

mod api;
mod service;
mod url;

use super::documents::{self, Described};
use super::{Outcome, Terminal, TextOrJson};
use clap::Args;
use schemacrate::internals::edm::Model;
use schemacrate::{Builder, Schema};
use serde_json::Value;
use service::Slicing;
use std::path::PathBuf;
use std::process::ExitCode;
use toml::Spanned;

/// What to show.
#[derive(Args)]
pub(super) struct Inspect {
    /// CSDL or OpenAPI documents that belong together
    #[arg(required_unless_present = "config", conflicts_with = "config", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A schemacrate.toml, for the documents, the part and the names of a crate
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// Shows what a path such as /users/{id}/messages refers to; may be given more than once
    #[arg(long, value_name = "PATH")]
    path: Vec<String>,
    /// Shows what a type or an operation needs, by qualified name, or the shape of a schema of OpenAPI, by a name
    /// in which * is any text; may be given more than once
    #[arg(long = "type", value_name = "NAME")]
    types: Vec<String>,
    /// Shows what each segment of a URL is and returns, and what is wrong with its query options; of OpenAPI the
    /// operation of a URL, with or without a method before it
    #[arg(long, value_name = "URL")]
    url: Vec<String>,
    /// Shows the operation of OpenAPI with an id; may be given more than once
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// Shows the operations of OpenAPI with a tag, and the Rust that calls each; may be given more than once
    #[arg(long, value_name = "NAME")]
    tag: Vec<String>,
    /// Shows the shortest way to a type of the slice, or from an operation of OpenAPI to a schema or a type; may
    /// be given more than once
    #[arg(long, value_name = "NAME")]
    why: Vec<String>,
    /// What the slice includes, for --why, as for `schemacrate slice` [default: everything]
    #[arg(long, value_name = "PATTERN", requires = "why", conflicts_with = "config")]
    include: Vec<String>,
    /// What the slice excludes, for --why
    #[arg(long, value_name = "PATTERN", requires = "why", conflicts_with = "config")]
    exclude: Vec<String>,
    /// Shows what to add to schemacrate.toml for operations of OpenAPI that look like lists in pages
    #[arg(long)]
    pages: bool,
    /// A namespace that URLs may leave out of names; may be given more than once
    #[arg(long, value_name = "NAMESPACE")]
    default_namespace: Vec<String>,
    /// The format of the result
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    format: TextOrJson,
}

/// What was found, for people and for programs.
struct Found {
    text: String,
    json: Value,
}

impl Inspect {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let found = match &self.config {
            Some(config) => self.configured(config.clone(), terminal)?,
            None => match documents::describe(&self.files, &self.reading, terminal)? {
                Described::Service(model) => {
                    let (include, exclude) = (self.include.clone(), self.exclude.clone());
                    self.of_service(&model, &Slicing { whole: &model, include, exclude })?
                }
                Described::Api(api) => self.whole_api(*api, terminal)?,
            },
        };
        super::print(&match self.format {
            TextOrJson::Json => {
                serde_json::to_string_pretty(&found.json).unwrap_or_default() + "\n"
            }
            TextOrJson::Text => found.text,
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// What is asked for of the part that a configuration describes.
    fn configured(&self, config: PathBuf, terminal: Terminal) -> Result<Found, String> {
        let mut builder = Builder::from_config(config);
        for overlay in self.reading.overlays() {
            builder = builder.overlay(overlay);
        }
        if let Some(unresolved) = self.reading.unresolved() {
            builder = builder.unresolved(unresolved);
        }
        let (planned, config) = builder.plan().map_err(|error| error.render(terminal.colour()))?;
        match &planned.schema {
            Schema::OData(schema) => {
                let texts = |all: &[Spanned<String>]| {
                    all.iter().map(|one| one.get_ref().clone()).collect::<Vec<_>>()
                };
                let slicing = Slicing {
                    whole: schema.whole.as_ref().unwrap_or(&schema.model),
                    include: texts(&config.slice.include),
                    exclude: texts(&config.slice.exclude),
                };
                self.of_service(&schema.model, &slicing)
            }
            Schema::OpenApi(schema) => self.api(schema, &planned.plan),
        }
    }

    fn of_service(&self, model: &Model, slicing: &Slicing<'_>) -> Result<Found, String> {
        let json = self.service(model, slicing)?;
        let mut text = String::new();
        service::outline(&json, 0, &mut text);
        Ok(Found { text, json })
    }
}
