//! Requests for documents, and the limit of all answers.

use super::super::Terminal;
use super::super::saved::Saved;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use reqwest::{StatusCode, Url};
use std::io::Read;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(300);

/// Downloads documents.
pub(super) struct Download {
    client: Client,
    /// Headers with a name and a value, for the host of the first document.
    headers: Vec<(String, String)>,
    first: Url,
    /// How many bytes may still come.
    left: u64,
    limit: u64,
    terminal: Terminal,
}

/// What was answered.
pub(super) enum Answer {
    /// The document is as it was saved. It is at this address.
    Unchanged(Url),
    Changed(Page),
}

/// A document.
pub(super) struct Page {
    /// Its address, after redirects.
    pub(super) url: Url,
    pub(super) bytes: Vec<u8>,
    /// Its entity tag.
    pub(super) tag: Option<String>,
}

impl Answer {
    /// The document, which is the saved one if it has not changed.
    pub(super) fn or_saved(self, saved: &Saved) -> Result<Page, String> {
        match self {
            Self::Changed(page) => Ok(page),
            Self::Unchanged(url) => {
                let tag = saved.tag().map(str::to_owned);
                Ok(Page { url, bytes: saved.bytes()?, tag })
            }
        }
    }
}

impl Download {
    pub(super) fn new(
        first: &Url,
        headers: &[String],
        limit: u64,
        terminal: Terminal,
    ) -> Result<Self, String> {
        let header = |header: &String| {
            let (name, value) = header.split_once(':').ok_or_else(|| {
                format!(
                    "error: `{}` is not a header; write `Name: value`",
                    header.split(' ').next().unwrap_or_default()
                )
            })?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        };
        let headers = headers.iter().map(header).collect::<Result<_, String>>()?;
        let client = Client::builder().timeout(TIMEOUT).build();
        let client = client.map_err(|error| failed(first, error))?;
        let left = limit.saturating_mul(1024 * 1024);
        Ok(Self { client, headers, first: first.clone(), left, limit, terminal })
    }

    /// Whether a document is of the host of the first one, which may get its headers.
    pub(super) fn is_of_first_host(&self, url: &Url) -> bool {
        url.origin() == self.first.origin()
    }

    /// Asks for a document, or whether it is no longer the one with the tag.
    pub(super) fn get(&mut self, url: &Url, tag: Option<&str>) -> Result<Answer, String> {
        let path = url.path();
        let accepted = match [".xml", ".csdl", "$metadata"].iter().any(|end| path.ends_with(end)) {
            true => "application/xml",
            false => "application/json, application/yaml, application/xml;q=0.9, */*;q=0.8",
        };
        let mut request = self.client.get(url.clone()).header(ACCEPT, accepted);
        if self.is_of_first_host(url) {
            for (name, value) in &self.headers {
                request = request.header(name, value);
            }
        }
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        let response = request.send().map_err(|error| failed(url, error))?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Answer::Unchanged(response.url().clone()));
        }
        if !response.status().is_success() {
            return Err(format!(
                "error: {url} answered {}; is the address right, and does it need a token (--header 'Authorization: Bearer …')?",
                response.status(),
            ));
        }
        let tag = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        let at = response.url().clone();
        Ok(Answer::Changed(Page { bytes: self.body(url, response)?, url: at, tag }))
    }

    fn body(&mut self, url: &Url, response: Response) -> Result<Vec<u8>, String> {
        let bar = self.terminal.bytes(response.content_length());
        let mut bytes = Vec::new();
        let most = self.left.saturating_add(1);
        let read = bar.wrap_read(response).take(most).read_to_end(&mut bytes);
        bar.finish_and_clear();
        read.map_err(|error| format!("error: the response of {url} ended early: {error}"))?;
        let length = bytes.len() as u64;
        if length > self.left {
            return Err(format!(
                "error: {url} sent more than {} MiB; raise --limit if that is right",
                self.limit
            ));
        }
        self.left -= length;
        Ok(bytes)
    }
}

fn failed(url: &Url, error: reqwest::Error) -> String {
    use std::error::Error as _;
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("error: cannot fetch {url}: {}{cause}", error.without_url())
}
