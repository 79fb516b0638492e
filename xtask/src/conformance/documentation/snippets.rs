//! Where the examples of requests come from.
//!
//! Enters: a request of a page. Leaves: the text of a Rust module that makes it. This is all that the
//! chore knows of the generator of snippets.

use super::client::GeneratedClient;
use super::record::Request;

/// A Rust module that makes a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Snippet {
    /// `use` lines and `pub async fn example(client: &Client) -> Result<T, Box<dyn Error>>`.
    pub(super) code: String,
    /// What the code does not show.
    pub(super) notes: Vec<String>,
}

/// Writes snippets for one crate.
pub(super) struct Snippets;

impl Snippets {
    pub(super) fn new(_client: &GeneratedClient) -> Self {
        Self
    }

    /// The snippet for a request, whose URL is as printed, but at the service root of the crate.
    pub(super) fn write(&self, _request: &Request, _url: &str) -> Result<Snippet, String> {
        Err("not there yet".to_owned())
    }
}
