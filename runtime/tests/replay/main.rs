//! How answers are read, and which requests follow them, against a double of the service.

mod changes;
mod created;
mod errors;
mod foreign;
mod framing;
#[cfg(feature = "tokio")]
mod media;
mod operations;
mod pages;
mod settings;
#[cfg(feature = "tokio")]
mod sources;
#[path = "../../src/odata/tests/structure.rs"]
mod structure;
mod uploads;

use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{ServiceClient, bytes::Bytes, http};

/// A client of `https://example.com/v1` with a token.
pub(crate) fn client(service: &Replay) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").credential("s3cret-token");
    builder.transport(service.clone()).build().expect("a client")
}

/// Answers with headers.
pub(crate) fn respond(service: &Replay, status: u16, headers: &[(&str, &str)], body: &str) {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        let value = http::HeaderValue::from_bytes(value.as_bytes()).expect("a value");
        response = response.header(*name, value);
    }
    service.respond(response.body(Bytes::from(body.to_owned())).expect("a response"));
}

/// The requests so far, each as its method and URL, and with `+` if it had the token.
pub(crate) fn sent(service: &Replay) -> Vec<String> {
    let shown = |request: http::Request<Bytes>| {
        let token = if request.headers().contains_key("authorization") { " +" } else { "" };
        format!("{} {}{token}", request.method(), request.uri())
    };
    service.requests().into_iter().map(shown).collect()
}
