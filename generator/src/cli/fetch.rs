//! `schemacrate fetch`.

mod description;
mod download;
mod place;

use super::saved::Saved;
use super::{Force, Outcome, Terminal};
use clap::Args;
use description::Saving;
use download::{Answer, Download};
use place::Layout;
use reqwest::Url;
use schemacrate::internals::openapi;
use std::path::PathBuf;
use std::process::ExitCode;

/// The description of a service to save.
#[derive(Args)]
pub(super) struct Fetch {
    /// The root of an OData service, or the address of its `$metadata` or of an OpenAPI document
    url: String,
    /// The file to write; FILE.etag records its digest, so that a changed file is not overwritten. For
    /// OpenAPI also a folder (DIR/), in which each document has the path HOST/PATH
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    force: Force,
    /// The greatest size that is read, of all documents, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    limit: u64,
    /// The most documents that are saved where an OpenAPI document refers to others
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    documents: usize,
    /// Also saves documents of other hosts that an OpenAPI document refers to, or to which one redirects
    #[arg(long)]
    other_hosts: bool,
    /// A header to send, such as 'Authorization: Bearer …'; documents of other hosts are asked for
    /// without it
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<String>,
}

impl Fetch {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        let url = address(&self.url);
        let url =
            Url::parse(&url).map_err(|error| format!("error: {url} is not a URL: {error}"))?;
        let layout = Layout::new(&self.out, &url)?;
        let saved = Saved::at(&layout.first_file());
        let mut download =
            Download::new(&url, &self.header, self.limit, self.other_hosts, terminal)?;
        let answer = download.get(&url, saved.tag())?;
        let is_changed = matches!(answer, Answer::Changed(_));
        let page = answer.or_saved(&saved)?;
        if openapi::is_document(&String::from_utf8_lossy(&page.bytes)) {
            let saving = Saving::new(layout, download, self.documents);
            return saving.run(page, self.force, terminal);
        }
        if !is_changed {
            terminal.note(&format!("{} is up to date", self.out.display()));
            return Ok(ExitCode::SUCCESS);
        }
        check(&page.bytes, &self.url)?;
        Saved::at(&self.out)
            .save(&page.bytes, (&page.url, page.tag), self.force.overwrite())
            .map_err(|error| super::shown(&error, terminal))?;
        terminal.note(&format!("{}: {} bytes", self.out.display(), page.bytes.len()));
        Ok(ExitCode::SUCCESS)
    }
}

/// The address of the description of a service: that of a document, or what OData adds to a service root.
fn address(url: &str) -> String {
    let (path, query) = url.split_once('?').map_or((url, ""), |(path, query)| (path, query));
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let endings = ["$metadata", ".xml", ".csdl", ".json", ".yaml", ".yml"];
    let words = ["openapi", "swagger", "api-docs"];
    if endings.iter().any(|ending| name.ends_with(ending))
        || words.iter().any(|word| name.contains(word))
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
            "{}error: {url} sent neither CSDL nor OpenAPI; nothing was written",
            diagnostics.render(&sources, false)
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn only_the_root_of_a_service_gets_a_longer_address() {
        for (url, expected) in [
            ("https://h/service", "https://h/service/$metadata"),
            ("https://h/service/?k=v", "https://h/service/$metadata?k=v"),
            ("https://h/service/$metadata?k=v", "https://h/service/$metadata?k=v"),
            ("https://h/a.csdl", "https://h/a.csdl"),
            ("https://h/a.YML?raw=1", "https://h/a.YML?raw=1"),
            ("https://h/v3/api-docs", "https://h/v3/api-docs"),
            ("https://h/openapi", "https://h/openapi"),
            ("https://openapi.example/service", "https://openapi.example/service/$metadata"),
        ] {
            assert_eq!(address(url), expected);
        }
    }
}
