//! `schemacrate fetch`.

use super::saved::Saved;
use super::{Force, Outcome, Terminal};
use clap::Args;
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The metadata to save.
#[derive(Args)]
pub(super) struct Fetch {
    /// The service root, or the address of its `$metadata`
    url: String,
    /// The file to write; FILE.etag records its digest, so that a changed file is not overwritten
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    force: Force,
    /// The greatest size that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    limit: u64,
    /// A header to send, such as 'Authorization: Bearer …'
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<String>,
}

const TIMEOUT: Duration = Duration::from_secs(300);

impl Fetch {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let saved = Saved::at(&self.out);
        let response = self.send(saved.tag())?;
        if response.status() == StatusCode::NOT_MODIFIED {
            terminal.note(&format!("{} is up to date", self.out.display()));
            return Ok(ExitCode::SUCCESS);
        }
        if !response.status().is_success() {
            return Err(format!(
                "error: {} answered {}; is the address right, and does it need a token (--header 'Authorization: Bearer …')?",
                self.url,
                response.status(),
            ));
        }
        let tag = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        let bytes = self.body(response, terminal)?;
        check(&bytes, &self.url)?;
        saved
            .save(&bytes, tag, self.force.overwrite())
            .map_err(|error| super::shown(&error, terminal))?;
        terminal.note(&format!("{}: {} bytes", self.out.display(), bytes.len()));
        Ok(ExitCode::SUCCESS)
    }

    fn send(&self, tag: Option<&str>) -> Result<Response, String> {
        let failed = |error: reqwest::Error| {
            use std::error::Error as _;
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("error: cannot fetch {}: {}{cause}", self.url, error.without_url())
        };
        let client = Client::builder().timeout(TIMEOUT).build().map_err(failed)?;
        let mut request = client.get(address(&self.url)).header(ACCEPT, "application/xml");
        for header in &self.header {
            let (name, value) = header.split_once(':').ok_or_else(|| {
                format!(
                    "error: `{}` is not a header; write `Name: value`",
                    header.split(' ').next().unwrap_or_default()
                )
            })?;
            request = request.header(name.trim(), value.trim());
        }
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        request.send().map_err(failed)
    }

    fn body(&self, response: Response, terminal: Terminal) -> Result<Vec<u8>, String> {
        let limit = self.limit.saturating_mul(1024 * 1024);
        let bar = terminal.bytes(response.content_length());
        let mut bytes = Vec::new();
        let read = bar.wrap_read(response).take(limit.saturating_add(1)).read_to_end(&mut bytes);
        bar.finish_and_clear();
        read.map_err(|error| format!("error: the response of {} ended early: {error}", self.url))?;
        if bytes.len() as u64 > limit {
            return Err(format!(
                "error: {} sent more than {} MiB; raise --limit if that is right",
                self.url, self.limit
            ));
        }
        Ok(bytes)
    }
}

/// The address of the metadata of a service.
fn address(url: &str) -> String {
    let (path, query) = url.split_once('?').map_or((url, ""), |(path, query)| (path, query));
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    if path.ends_with("$metadata")
        || path.ends_with(".xml")
        || path.ends_with(".csdl")
        || path.ends_with(".json")
    {
        return url.to_owned();
    }
    format!("{}/$metadata{query}", path.trim_end_matches('/'))
}

/// Whether the answer is metadata, and not a sign-in page.
fn check(bytes: &[u8], url: &str) -> Result<(), String> {
    let mut sources = schemacrate::source::SourceMap::new();
    let mut diagnostics = schemacrate::diagnostic::Diagnostics::default();
    let source = sources.add(url, bytes).map_err(|unreadable| format!("error: {unreadable}"))?;
    schemacrate::internals::csdl::parse(&sources, source, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(format!(
            "{}error: {url} sent no CSDL; nothing was written",
            diagnostics.render(&sources, false)
        ));
    }
    Ok(())
}
