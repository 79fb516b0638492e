//! The clients of the documents in one version, and the program that makes the exchanges with them.
//!
//! Enters: documents and exchanges. Leaves: for each exchange why there is no Rust for it, or what came of
//! running it. Must not know: what should have come.

use super::super::outcome::Outcome;
use super::super::workspace::{self, Client};
use super::exchanges::{Exchange, SERVICE};
use super::failed;
use super::report::Row;
use schemacrate::internals::crate_plan::{
    Authorization, BodyKind, CratePlan, Item, Part, Reach, Sent,
};
use schemacrate::snippet::{HttpRequest, Snippet};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the program.
const PROGRAM: &str = "runner";

/// The folder with the clients of one version and the program.
pub(super) struct Workspace {
    whole: workspace::Workspace,
    version: String,
}

/// A client and the name of its document.
struct Made {
    document: String,
    client: Client,
}

impl Workspace {
    pub(super) fn new(folder: &Path, root: &Path, version: &str) -> Result<Self, String> {
        let whole = workspace::Workspace::new(folder, root)?;
        Ok(Self { whole, version: version.to_owned() })
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
        let clients: Vec<Made> = paths
            .iter()
            .filter(is_needed)
            .map(|path| self.client(path))
            .collect::<Result<_, _>>()?;
        let mut rows = Vec::new();
        for exchange in exchanges {
            let own: Vec<&Made> =
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
                    let root = snippet.service_root.as_deref().unwrap_or(SERVICE);
                    let path = root.strip_prefix(SERVICE).unwrap_or_default();
                    let client = &client.client;
                    let module =
                        client.module(&snippet, path, &credentials(&client.plan, exchange));
                    self.whole.program(PROGRAM).add(number, client, module);
                }
                Err(why) => row.fault = Some(format!("no snippet: {why}")),
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Makes the client of a document.
    fn client(&self, path: &Path) -> Result<Made, String> {
        let document = stem(path);
        let package = format!("v{}_{document}", self.version).replace(['.', '-'], "_");
        Ok(Made { client: self.whole.client(path, &package)?, document })
    }

    /// Compiles everything. What does not compile is a fault of its exchange.
    pub(super) fn build(&mut self, rows: &mut [Row<'_>]) -> Result<(), String> {
        let broken = self.whole.build()?;
        if let Some((package, error)) = broken.packages.first_key_value() {
            return Err(format!("error: {package} cannot be built: {error}"));
        }
        for (number, error) in broken.modules {
            rows[number].fault.get_or_insert(format!("does not compile: {error}"));
        }
        Ok(())
    }

    /// Makes the exchanges, in order, with a service at an address.
    pub(super) fn run(&self, address: &str) -> Result<Vec<(usize, Outcome)>, String> {
        self.whole.run(PROGRAM, address, 0)
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
fn best<'c>(clients: &[&'c Made], exchange: &Exchange) -> Result<(&'c Made, Snippet), String> {
    let names = |client: &Made| {
        let version = client.document.split_once('.').map(|(_, version)| version);
        version.is_some_and(|version| {
            let mut parts = exchange.url.split(['/', ':', '=', '&', '?']);
            parts.any(|part| part == version)
        })
    };
    let (named, others): (Vec<&Made>, Vec<&Made>) =
        clients.iter().rev().partition(|client| names(client));
    let mut why = String::new();
    for made in named.into_iter().chain(others) {
        let Exchange { method, url, headers, body, text, .. } = exchange;
        let request = HttpRequest { method, url, headers, body: body.as_deref() };
        // If an operation takes text, the body is text.
        let headers = [("Content-Type".to_owned(), "text/plain".to_owned())];
        let as_text = text.as_ref().filter(|_| takes_text(&made.client.plan, url));
        let as_text = as_text.map(|text| HttpRequest {
            headers: &headers,
            body: Some(text.as_bytes()),
            ..request
        });
        match made.client.snippet(&as_text.unwrap_or(request)) {
            Ok(snippet) => return Ok((made, snippet)),
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
