//! Requests for documents, and the limit of all answers.

use super::super::Terminal;
use super::super::saved::Saved;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use std::io::Read;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How long a server may take to accept a connection, and how long it may be silent after that.
const CONNECT: Duration = Duration::from_secs(20);
const SILENT: Duration = Duration::from_secs(60);

/// After how long it is shown what is being waited for.
const LONG: Duration = Duration::from_secs(3);

/// The most redirects for one document.
const REDIRECTS: usize = 10;

/// Downloads documents.
pub(super) struct Download {
    client: Client,
    /// Headers with a name and a value, for the host of the first document.
    headers: Vec<(String, String)>,
    first: Url,
    /// Whether documents of other hosts are asked for, and redirects to them followed.
    other_hosts: bool,
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
        other_hosts: bool,
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
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .timeout(SILENT)
            // A redirect may be to a host that must not see the headers, or must not be asked.
            .redirect(Policy::none())
            .build();
        let client = client.map_err(|error| failed(first, error))?;
        let left = limit.saturating_mul(1024 * 1024);
        Ok(Self { client, headers, first: first.clone(), other_hosts, left, limit, terminal })
    }

    /// Whether a document is of the host of the first one, which may get its headers.
    pub(super) fn is_of_first_host(&self, url: &Url) -> bool {
        url.origin() == self.first.origin()
    }

    /// Whether a document may be asked for.
    pub(super) fn is_allowed(&self, url: &Url) -> bool {
        self.other_hosts || self.is_of_first_host(url)
    }

    /// Asks for a document, or whether it is no longer the one with the tag.
    pub(super) fn get(&mut self, url: &Url, tag: Option<&str>) -> Result<Answer, String> {
        let response = self.followed(url, tag)?;
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

    /// The response after all redirects.
    fn followed(&self, url: &Url, tag: Option<&str>) -> Result<Response, String> {
        let mut at = url.clone();
        for _ in 0..=REDIRECTS {
            let response = self.send(&at, tag)?;
            let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            let Some(location) = location.filter(|_| response.status().is_redirection()) else {
                return Ok(response);
            };
            let next = at.join(location).map_err(|error| {
                format!("error: {url} redirects to `{location}`, which is not a URL: {error}")
            })?;
            if !matches!(next.scheme(), "http" | "https") {
                return Err(format!(
                    "error: {url} redirects to {next}, which is at neither an http nor an https address"
                ));
            }
            // The host of the first document is not known before its redirects.
            if *url != self.first && !self.is_allowed(&next) && !is_secured(&at, &next) {
                return Err(format!(
                    "error: {url} redirects to {next}, which is on another host; add --other-hosts to save it too"
                ));
            }
            at = next;
        }
        Err(format!("error: {url} redirects more than {REDIRECTS} times"))
    }

    fn send(&self, url: &Url, tag: Option<&str>) -> Result<Response, String> {
        let path = url.path();
        let accepted = match [".xml", ".csdl", "$metadata"].iter().any(|end| path.ends_with(end)) {
            true => "application/xml",
            false => "application/json, application/yaml, application/xml;q=0.9, */*;q=0.8",
        };
        let mut request = self.client.get(self.with_login(url)).header(ACCEPT, accepted);
        if self.is_of_first_host(url) {
            for (name, value) in &self.headers {
                request = request.header(name, value);
            }
        }
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        self.waiting(url, || request.send()).map_err(|error| failed(url, error))
    }

    /// An address with the name and the password of the first one, if it is of the same host. The address of
    /// an answer has none, so neither has what is relative to it.
    fn with_login(&self, url: &Url) -> Url {
        let mut url = url.clone();
        if self.is_of_first_host(&url) && url.username().is_empty() && url.password().is_none() {
            // It fails only for an address without a host, which is never asked for.
            let _ = url.set_username(self.first.username());
            let _ = url.set_password(self.first.password());
        }
        url
    }

    /// Shows what is being waited for, if it takes long.
    fn waiting<T>(&self, url: &Url, run: impl FnOnce() -> T) -> T {
        let (done, is_done) = channel::<()>();
        let note = format!("waiting for {url} …");
        let terminal = self.terminal;
        let waiting = thread::spawn(move || {
            if is_done.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
                terminal.note(&note);
            }
        });
        let result = run();
        drop(done);
        // It only shows a line.
        drop(waiting.join());
        result
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

/// Whether one address is the other one with encryption.
fn is_secured(from: &Url, to: &Url) -> bool {
    (from.scheme(), to.scheme()) == ("http", "https")
        && from.host() == to.host()
        && from.port().is_none()
        && to.port().is_none()
}

fn failed(url: &Url, error: reqwest::Error) -> String {
    use std::error::Error as _;
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("error: cannot fetch {url}: {}{cause}", error.without_url())
}
