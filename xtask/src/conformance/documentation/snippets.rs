//! Where the Rust of the requests comes from.
//!
//! Enters: a request of a page. Leaves: the text of a Rust module that makes it. Only this module of the
//! chore uses the generator of snippets.

use super::client::GeneratedClient;
use super::record::Request;
use schemacrate::snippet::{self, HttpRequest, Snippet};

/// Writes snippets for one crate.
pub(super) struct Snippets<'a>(snippet::Snippets<'a>);

impl<'a> Snippets<'a> {
    pub(super) fn new(client: &'a GeneratedClient) -> Self {
        Self(snippet::Snippets::new(&client.schema, &client.plan, &client.config))
    }

    /// The snippet for a request, whose URL is as printed, but at the service root of the crate.
    pub(super) fn write(&self, request: &Request, url: &str) -> Result<Snippet, String> {
        let (headers, body) = (request.headers(), request.body_text());
        let body = body.as_deref().map(str::as_bytes);
        let request = HttpRequest { method: &request.method, url, headers: &headers, body };
        self.0.write(&request).map_err(|error| error.to_string())
    }
}
