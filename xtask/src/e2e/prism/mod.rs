//! `cargo xtask e2e --prism`: clients of real OpenAPI documents against Prism, which knows only the document.
//!
//! Enters: real documents, which are not part of the repository. Leaves: for each document in how many requests
//! Prism finds something wrong, which answers are not read as their types, and whether that is as expected. Must
//! not know: how anything is generated.
//!
//! Every operation is called with random values of its schemas: with only what is required, and with everything for
//! each media type of its body. The requests are the Rust that `schemacrate snippet` writes, compiled and run.

mod asked;
mod body;
mod judge;
mod list;
mod report;
mod requests;
mod service;
mod styled;
mod texts;
mod values;

use super::process::missing;
use super::workspace::{Client, Workspace, failed};
use crate::workplace::shared;
use report::{Fault, Report, Row};
use requests::Request;
use schemacrate::internals::crate_plan::{Authorization, Reach};
use schemacrate::snippet::HttpRequest;
use std::path::{Path, PathBuf};

/// Where the service is in the requests from which Rust is written.
const SERVICE: &str = "http://service.test";

/// What the random values begin with unless it is said.
pub(crate) const USUAL_SEED: u64 = 1;

/// What is to be done.
pub(crate) struct Prism<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Whether it is an error if something is missing.
    pub(crate) required: bool,
    /// The folder of documents, of which all are taken in place of the listed ones.
    pub(crate) documents: Option<&'a Path>,
    /// Only documents whose name holds one of these; all if there are none.
    pub(crate) only: &'a [String],
    /// What the random values begin with.
    pub(crate) seed: u64,
}

/// A document, its client and the exchanges with it.
struct Called {
    name: String,
    path: PathBuf,
    program: String,
    report: Report,
}

impl Prism<'_> {
    /// Runs everything. Returns whether all is as expected.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let usual = shared(self.root).join("openapi/documents");
        let folder = self.documents.unwrap_or(&usual);
        if !folder.is_dir() {
            return Ok(self.not_run(&format!("there are no documents at {}", folder.display())));
        }
        if let Some(tool) = missing(&["node", "npm"]) {
            return Ok(self.not_run(&format!("there is no `{tool}`")));
        }
        let target = self.root.join("target/e2e/prism");
        let installed = target.join("service");
        if let Err(why) = service::install(&installed) {
            return Ok(self.not_run(&why));
        }
        let mut workspace = Workspace::new(&target.join("clients"), self.root)?;
        let names = list::documents(folder, self.documents.is_some())?;
        let is_chosen = |name: &String| {
            self.only.is_empty() || self.only.iter().any(|part| name.contains(part.as_str()))
        };
        let mut number = 0;
        let mut all = Vec::new();
        for name in names.into_iter().filter(is_chosen) {
            all.push(self.prepare(&mut workspace, folder, name, &mut number)?);
        }
        self.build(&mut workspace, &mut all)?;
        for called in &mut all {
            if called.report.why_not.is_none() {
                called.exchange(&workspace, &installed, &target)?;
            }
        }
        let reports: Vec<Report> = all.into_iter().map(|one| one.report).collect();
        // Other values may come by chance to where nothing goes wrong.
        Ok(report::print(&reports, self.seed == USUAL_SEED))
    }

    /// Makes the client of a document and the Rust of its requests.
    fn prepare(
        &self,
        workspace: &mut Workspace,
        folder: &Path,
        name: String,
        number: &mut usize,
    ) -> Result<Called, String> {
        let path = folder.join(&name);
        let package = package(&name);
        let program = format!("calls_{package}");
        let mut report = Report::new(&name);
        match workspace.client(&path, &package) {
            Ok(client) => {
                let Some(schema) = client.schema.openapi() else {
                    return Err(failed(&path, &"this is not OpenAPI"));
                };
                let (operations, requests, left_out) = requests::of(&schema.api, self.seed);
                report.operations = operations;
                report.left_out = left_out;
                for request in requests {
                    *number += 1;
                    let mut row = Row::new(*number, request);
                    match module(&client, &row.request) {
                        Ok(module) => workspace.program(&program).add(*number, &client, module),
                        Err(why) => row.fault = Some(Fault::NoRust(why)),
                    }
                    report.rows.push(row);
                }
            }
            Err(why) => report.why_not = Some(why),
        }
        Ok(Called { name, path, program, report })
    }

    /// Compiles everything. What does not compile is a fault of its exchange or its document.
    fn build(&self, workspace: &mut Workspace, all: &mut [Called]) -> Result<(), String> {
        let broken = workspace.build()?;
        for called in all {
            if let Some(error) = broken.packages.get(&package(&called.name)) {
                called.report.why_not = Some(format!("the client does not compile: {error}"));
            }
            for row in &mut called.report.rows {
                if let Some(error) = broken.modules.get(&row.number) {
                    row.fault = Some(Fault::NoRust(format!("does not compile: {error}")));
                }
            }
        }
        Ok(())
    }

    fn not_run(&self, why: &str) -> bool {
        println!("not run: requests that Prism validates: {why}");
        !self.required
    }
}

impl Called {
    /// Makes the exchanges.
    fn exchange(
        &mut self,
        workspace: &Workspace,
        installed: &Path,
        target: &Path,
    ) -> Result<(), String> {
        if self.report.rows.iter().all(|row| row.fault.is_some()) {
            return Ok(());
        }
        let log = target.join(format!("{}.log", package(&self.name)));
        let mut first = 0;
        loop {
            let mut service = match service::start(installed, &self.path, &log) {
                Ok(service) => service,
                Err(why) => {
                    self.report.why_not = Some(format!("Prism does not read it: {why}"));
                    return Ok(());
                }
            };
            let outcomes = workspace.run(&self.program, &service.address, first)?;
            let has_ended = service.has_ended();
            drop(service);
            judge::judge(&mut self.report.rows, &outcomes);
            // Some requests end Prism, which are not judged; it is started again for the others.
            let last = outcomes.last().map(|(number, _)| *number);
            let Some(last) = last.filter(|_| has_ended) else { break };
            let row = self.report.rows.iter_mut().find(|row| row.number == last);
            if let Some(row) = row {
                row.fault = Some(Fault::OfPrism("it ends".to_owned()));
            }
            first = last + 1;
        }
        for row in &mut self.report.rows {
            if !row.is_made && row.fault.is_none() {
                row.fault = Some(Fault::NotSent("the program ended before".to_owned()));
            }
        }
        Ok(())
    }
}

/// The module of a request.
fn module(client: &Client, request: &Request) -> Result<String, String> {
    let url = format!("{SERVICE}{}", request.target);
    let asked = HttpRequest {
        method: &request.method,
        url: &url,
        headers: &request.headers,
        body: request.body.as_deref(),
    };
    let snippet = client.snippet(&asked).map_err(|error| error.to_string())?;
    Ok(client.module(&snippet, "", &credentials(client)))
}

/// The methods that authorize a client by all schemes, and their arguments.
fn credentials(client: &Client) -> Vec<(String, Vec<String>)> {
    let accesses = client.plan.service.iter().flat_map(|service| &service.accesses);
    let methods = accesses.filter_map(|access| {
        let Reach::Authorized { with, .. } = &access.reach else { return None };
        let arguments: &[&str] = match with {
            Authorization::Basic => &["user", "password"],
            Authorization::Key | Authorization::Bearer | Authorization::Custom => &["secret"],
        };
        Some((access.name.clone(), arguments.iter().map(|one| (*one).to_owned()).collect()))
    });
    methods.collect()
}

/// The package of the client of a document.
fn package(name: &str) -> String {
    let fits = |one: char| if one.is_ascii_alphanumeric() { one.to_ascii_lowercase() } else { '_' };
    let words: String = name.chars().map(fits).collect();
    let words: Vec<&str> = words.split('_').filter(|word| !word.is_empty()).collect();
    format!("api_{}", words.join("_"))
}
