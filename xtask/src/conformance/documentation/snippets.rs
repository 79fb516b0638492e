//! Where the examples of requests come from.
//!
//! Enters: a request of a page. Leaves: the text of a Rust module that makes it. This is all that the
//! chore knows of the generator of snippets.

use super::client::GeneratedClient;
use super::record::Request;
use odatagen::config::Config;
use odatagen::edm::Model;
use odatagen::plan::CratePlan;

/// A Rust module that makes a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Snippet {
    /// `use` lines and `pub async fn example(client: &Client) -> Result<T, Box<dyn Error>>`.
    pub(super) code: String,
    /// What the code does not show.
    pub(super) notes: Vec<String>,
}

/// A request as the generator takes it.
#[derive(Debug)]
#[allow(dead_code)] // Nothing reads them until there is a generator.
struct HttpRequest<'a> {
    method: &'a str,
    url: &'a str,
    headers: &'a [(String, String)],
    body: Option<&'a str>,
}

/// Writes snippets for one crate.
#[allow(dead_code)] // Nothing reads them until there is a generator.
pub(super) struct Snippets<'a> {
    model: &'a Model,
    plan: &'a CratePlan,
    config: &'a Config,
}

impl<'a> Snippets<'a> {
    pub(super) fn new(client: &'a GeneratedClient) -> Self {
        Self { model: &client.model, plan: &client.plan, config: &client.config }
    }

    /// The snippet for a request, whose URL is as printed, but at the service root of the crate.
    pub(super) fn write(&self, request: &Request, url: &str) -> Result<Snippet, String> {
        let (headers, body) = (request.headers(), request.body_text());
        let request =
            HttpRequest { method: &request.method, url, headers: &headers, body: body.as_deref() };
        self.generated(&request)
    }

    fn generated(&self, _request: &HttpRequest<'_>) -> Result<Snippet, String> {
        Err("not there yet".to_owned())
    }
}
