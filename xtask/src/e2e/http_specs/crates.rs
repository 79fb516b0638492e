//! The clients, and the program that makes the exchanges with them.
//!
//! Enters: documents and exchanges. Leaves: for each exchange why there is no Rust for it, or what came of
//! running it. Must not know: what should have come.
//!
//! The Rust of each exchange is a module of one program, in a file of its own, so an error of the compiler names
//! the exchange: modules with errors are taken out and the rest is built again.

use super::exchanges::{Exchange, SERVICE};
use super::failed;
use super::report::Row;
use crate::conformance::documentation::cargo::{self, Built};
use crate::workplace;
use schemacrate::Builder;
use schemacrate::config::Config;
use schemacrate::internals::crate_plan::{
    Authorization, BodyKind, CratePlan, Item, Part, Reach, Sent,
};
use schemacrate::snippet::{HttpRequest, Snippet, Snippets};
use schemacrate::{Build, Schema};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with the clients of one version and the program.
pub(super) struct Workspace {
    folder: PathBuf,
    runtime: PathBuf,
    version: String,
    packages: Vec<String>,
    /// The modules of the program, by the numbers of their exchanges.
    modules: BTreeMap<usize, String>,
}

/// What came of an exchange.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    pub(super) record: usize,
    /// What the value is: `json`, `bytes`, `items` or `other`; or `error`.
    pub(super) kind: String,
    /// The value, or the message of the error.
    pub(super) value: String,
    /// The status of an answer that is an error.
    pub(super) status: Option<u16>,
    /// The media type and the body of the answer, as they were received.
    pub(super) media_type: String,
    pub(super) body: Vec<u8>,
}

/// A client that is made of a document.
struct Client {
    document: String,
    package: String,
    plan: CratePlan,
    schema: Schema,
}

impl Workspace {
    pub(super) fn new(folder: &Path, root: &Path, version: &str) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        let lock = folder.join("Cargo.lock");
        fs::copy(root.join("Cargo.lock"), &lock).map_err(|error| failed(&lock, &error))?;
        Ok(Self {
            folder: folder.to_owned(),
            runtime: root.join("runtime"),
            version: version.to_owned(),
            packages: Vec::new(),
            modules: BTreeMap::new(),
        })
    }

    /// Makes the clients and the Rust of the exchanges, of which those without a document are left out.
    pub(super) fn generate<'e>(
        &mut self,
        documents: &Path,
        exchanges: &[&'e Exchange],
    ) -> Result<Vec<Row<'e>>, String> {
        let entries = fs::read_dir(documents).map_err(|error| failed(documents, &error))?;
        let mut paths: Vec<PathBuf> =
            entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        let is_needed = |path: &&PathBuf| {
            let document = stem(path);
            exchanges.iter().any(|exchange| is_of(&document, &exchange.spec))
        };
        let clients: Vec<Client> = paths
            .iter()
            .filter(is_needed)
            .map(|path| self.client(path))
            .collect::<Result<_, _>>()?;
        self.packages = clients.iter().map(|client| client.package.clone()).collect();
        let mut rows = Vec::new();
        for exchange in exchanges {
            let own: Vec<&Client> =
                clients.iter().filter(|one| is_of(&one.document, &exchange.spec)).collect();
            if own.is_empty() {
                continue;
            }
            let number = rows.len();
            let written = best(&own, exchange);
            let mut row = Row::new(exchange);
            match written {
                Ok((client, snippet)) => {
                    row.reads_json = snippet.code.contains("from_json");
                    self.modules.insert(number, module(client, exchange, &snippet));
                }
                Err(why) => row.fault = Some(format!("no snippet: {why}")),
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Makes the client of a document.
    fn client(&self, path: &Path) -> Result<Client, String> {
        let document = stem(path);
        let package = format!("v{}_{document}", self.version).replace(['.', '-'], "_");
        let out = self.folder.join(&package);
        let built = Builder::new(&out)
            .schema(path)
            .crate_name(&package)
            .runtime_path(&self.runtime)
            .force()
            .run();
        let Build { generated, difference, .. } = match built {
            Ok(build) => {
                build.write().map_err(|error| failed(path, &error))?;
                build
            }
            Err(error) => return Err(failed(path, &error)),
        };
        drop(difference);
        Ok(Client { document, package, plan: generated.plan, schema: generated.schema })
    }

    /// Compiles everything. What does not compile is a fault of its exchange.
    pub(super) fn build(&mut self, rows: &mut [Row<'_>]) -> Result<(), String> {
        loop {
            self.write()?;
            eprintln!(
                "building {} clients and {} exchanges",
                self.packages.len(),
                self.modules.len()
            );
            let Built::Failed(failure) = cargo::build(&self.folder)? else { return Ok(()) };
            if failure.by_module.is_empty() {
                return Err(format!("error: the clients cannot be built\n{}", failure.messages));
            }
            for (number, error) in failure.by_module {
                self.modules.remove(&number);
                rows[number].fault.get_or_insert(format!("does not compile: {error}"));
            }
        }
    }

    /// Writes the manifests and the program.
    fn write(&self) -> Result<(), String> {
        let members = self.packages.iter().map(String::as_str).chain(["runner"]);
        self.put("Cargo.toml", &workplace::workspace_manifest(members))?;
        let mut manifest = include_str!("../../../e2e/runner.toml").to_owned();
        let _ = writeln!(manifest, "schemacrate-runtime = {{ path = {:?} }}", self.runtime);
        for name in &self.packages {
            let _ = writeln!(manifest, "{name} = {{ path = \"../{name}\" }}");
        }
        self.put("runner/Cargo.toml", &manifest)?;
        self.put("runner/src/main.rs", include_str!("../../../e2e/runner.rs"))?;
        self.put("runner/src/harness.rs", include_str!("../../../e2e/harness.rs"))?;
        let mut exchanges = String::new();
        for number in self.modules.keys() {
            let _ = writeln!(exchanges, "#[path = \"record_{number}.rs\"]\nmod record_{number};");
        }
        exchanges.push_str("\npub async fn all(base: &str) {\n");
        for number in self.modules.keys() {
            let _ = writeln!(
                exchanges,
                "    crate::harness::report({number}, Box::pin(record_{number}::run(base)).await);"
            );
        }
        exchanges.push_str("}\n");
        self.put("runner/src/exchanges.rs", &exchanges)?;
        for (number, text) in &self.modules {
            self.put(&format!("runner/src/record_{number}.rs"), text)?;
        }
        Ok(())
    }

    /// Writes a file of the workspace, if its content is new.
    fn put(&self, path: &str, content: &str) -> Result<(), String> {
        workplace::put(&self.folder.join(path), content)
    }

    /// Makes the exchanges, in order, with a service at an address.
    pub(super) fn run(&self, address: &str) -> Result<Vec<(usize, Outcome)>, String> {
        let program = self.folder.join("target/debug/runner");
        let output = Command::new(&program)
            .arg(address)
            .output()
            .map_err(|error| failed(&program, &error))?;
        let outcomes = String::from_utf8_lossy(&output.stdout);
        let outcomes = outcomes.lines().map(|line| {
            let outcome: Outcome =
                serde_json::from_str(line).map_err(|error| failed(&program, &error))?;
            Ok((outcome.record, outcome))
        });
        let outcomes: Vec<(usize, Outcome)> = outcomes.collect::<Result<_, String>>()?;
        if !output.status.success() {
            let last = outcomes.last().map(|(number, _)| *number);
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(format!("error: the program ended after exchange {last:?}\n{message}"));
        }
        Ok(outcomes)
    }
}

fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_default().trim_end_matches(".yaml").to_owned()
}

/// Whether a document is one of a spec: its name may have a version of the API at its end.
fn is_of(document: &str, spec: &str) -> bool {
    let rest = document.strip_prefix(&spec.replace('/', "_"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The Rust of an exchange by the client of the version of the API that its URL names, else of the latest one
/// that has such a request.
fn best<'c>(clients: &[&'c Client], exchange: &Exchange) -> Result<(&'c Client, Snippet), String> {
    let names = |client: &Client| {
        let version = client.document.split_once('.').map(|(_, version)| version);
        version.is_some_and(|version| {
            let mut parts = exchange.url.split(['/', ':', '=', '&', '?']);
            parts.any(|part| part == version)
        })
    };
    let (named, others): (Vec<&Client>, Vec<&Client>) =
        clients.iter().rev().partition(|client| names(client));
    let mut why = String::new();
    for client in named.into_iter().chain(others) {
        // A crate of another configuration has the same requests.
        let config = Config::new(&client.package, "out");
        let snippets = Snippets::new(&client.schema, &client.plan, &config);
        let Exchange { method, url, headers, body, text, .. } = exchange;
        let request = HttpRequest { method, url, headers, body: body.as_deref() };
        // If an operation takes text, the body is text.
        let headers = [("Content-Type".to_owned(), "text/plain".to_owned())];
        let as_text = text.as_ref().filter(|_| takes_text(&client.plan, url));
        let as_text = as_text.map(|text| HttpRequest {
            headers: &headers,
            body: Some(text.as_bytes()),
            ..request
        });
        match snippets.write(&as_text.unwrap_or(request)) {
            Ok(snippet) => return Ok((client, snippet)),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

/// Whether an operation without variables takes text.
fn takes_text(plan: &CratePlan, url: &str) -> bool {
    let items = plan.modules.values().flat_map(|module| module.files.values());
    let groups = items.flat_map(|file| &file.items).filter_map(|item| match item {
        Item::Group(group) => Some(group),
        _ => None,
    });
    let is_text = |part: &Part| matches!(part, Part::Body(BodyKind::Text, _));
    groups.flat_map(|group| &group.methods).map(|method| &method.operation).any(|operation| {
        url.ends_with(&operation.path) && operation.arguments.iter().any(|(_, part)| is_text(part))
    })
}

/// The module of an exchange: the snippet, and a function that calls it with a client.
fn module(client: &Client, exchange: &Exchange, snippet: &Snippet) -> String {
    let root = snippet.service_root.as_deref().unwrap_or(SERVICE);
    let path = root.strip_prefix(SERVICE).unwrap_or_default();
    let package = &client.package;
    let mut text = format!(
        "{}\npub async fn run(base: &str) -> crate::harness::Outcome {{\n    \
         let client = {package}::Client::builder().server(format!(\"{{base}}{path}\"));\n    \
         let client = client.retry({package}::runtime::RetryPolicy::none()).no_client_request_id();\n    \
         let client = client.transport(crate::harness::Recorder::new());\n    \
         let client = match client.build() {{\n        \
         Ok(client) => client,\n        \
         Err(error) => return crate::harness::Outcome::failed(&error),\n    }};\n",
        snippet.code
    );
    for (method, arguments) in credentials(&client.plan, exchange) {
        let arguments: Vec<String> = arguments.iter().map(|one| format!("{one:?}")).collect();
        let _ = writeln!(text, "    let client = client.{method}({});", arguments.join(", "));
    }
    text.push_str("    crate::outcome!(example(&client).await)\n}\n");
    text
}

/// The methods that authorize a client by what an exchange sends, and their arguments.
fn credentials(plan: &CratePlan, exchange: &Exchange) -> Vec<(String, Vec<String>)> {
    let Some(service) = &plan.service else { return Vec::new() };
    let header = |wanted: &str| {
        let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(wanted);
        exchange.headers.iter().find(named).map(|(_, value)| value.as_str())
    };
    let methods = service.accesses.iter().filter_map(|access| {
        let Reach::Authorized { scheme, with } = &access.reach else { return None };
        let sent = &service.schemes.iter().find(|one| one.name == *scheme)?.sent;
        let value = match (sent, with) {
            (Sent::KeyInHeader(name), _) => header(name)?,
            (Sent::Custom(name), _) => header("authorization")?.strip_prefix(name)?.trim_start(),
            (Sent::Bearer, Authorization::Bearer) => {
                header("authorization")?.strip_prefix("Bearer ")?
            }
            _ => return None,
        };
        Some((access.name.clone(), vec![value.to_owned()]))
    });
    methods.collect()
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_document_may_have_a_version_of_the_api_in_its_name() {
        assert!(is_of("versioning_added.v1", "versioning/added"));
        assert!(is_of("payload_xml", "payload/xml"));
        assert!(!is_of("type_union_discriminated", "type/union"));
        assert!(!is_of("type_union", "type/union/discriminated"));
    }
}
