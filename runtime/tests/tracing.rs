//! What a request reports to a `tracing` subscriber: enough to follow it, no secret and no personal
//! data.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Request, ServiceClient, bytes::Bytes, http};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes every field of every span and event down, one to a line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn note(&self, record: impl FnOnce(&mut dyn Visit)) {
        let mut lines = Lines(String::new());
        record(&mut lines);
        self.0.lock().expect("a lock").push_str(&lines.0);
    }
}

struct Lines(String);

impl Visit for Lines {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        writeln!(self.0, "{field}={value:?}").expect("memory");
    }
}

impl Subscriber for Log {
    /// The spans of other libraries are not checked.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("schemacrate_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(|visit| span.record(visit));
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        self.note(|visit| values.record(visit));
    }

    fn event(&self, event: &Event<'_>) {
        self.note(|visit| event.record(visit));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn a_span_names_the_request_and_no_more() {
    let log = Log::default();
    let service = Replay::new();
    service.answer(429, "");
    let answer =
        http::Response::builder().header("request-id", "r-9").body(Bytes::from_static(br#""Ada""#));
    service.respond(answer.expect("a response"));
    let client = ServiceClient::builder("https://example.com/v1")
        .credential("s3cret")
        .transport(service)
        .build()
        .expect("a client");
    let users = client.resource("users");
    let read: Request<String> = users.key_segment("ada@example.com").child("name").get();

    let guard = tracing::subscriber::set_default(log.clone());
    read.query("$filter", "mail eq 'ada'").await.expect("the second try");
    drop(guard);

    let log = log.0.lock().expect("a lock").clone();
    for line in [
        "method=GET",
        "path=/users/{key}/name",
        "status=429",
        "retries=1",
        "status=200",
        "request_id=\"r-9\"",
    ] {
        assert!(log.lines().any(|other| other == line), "{line} is not in\n{log}");
    }
    for secret in ["s3cret", "ada", "Ada", "example.com"] {
        assert!(!log.contains(secret), "{secret} is in\n{log}");
    }
}
