//! What the calls of operations send.

use schemacrate_runtime::codegen::{Invocation, Operation};
use schemacrate_runtime::transport::{Replay, TransportError, TransportFailure};
use schemacrate_runtime::{ErrorKind, Request, model};

use crate::issues::{Client, NewIssue};

#[tokio::test]
async fn a_call_sends_its_arguments_where_they_belong() {
    let service = Replay::new();
    service.answer(204, "");
    let client = Client::of(&service);
    let create = client.issues().create("a/b c", NewIssue::new("It's broken"));
    let create = create.theme("dark").session("s 1").draft(false).draft(true).x_trace("t-1");
    create.await.expect("204");
    let sent = &service.requests()[0];
    assert_eq!(sent.method(), "POST");
    assert_eq!(sent.uri(), "https://api.example.com/v1/repos/a%2Fb%20c/issues?draft=true");
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(sent.headers()["accept"], "application/json, text/plain");
    assert_eq!(sent.headers()["x-trace"], "t-1");
    assert_eq!(sent.headers()["cookie"], "session=s%201; theme=dark");
    assert_eq!(sent.body(), r#"{"title":"It's broken"}"#);
}

#[tokio::test]
async fn a_builder_is_a_value() {
    let service = Replay::new();
    service.answer(204, "");
    service.answer(204, "");
    let client = Client::of(&service);
    let create = client.issues().create("octo", NewIssue::new("secret")).draft(true);
    assert_eq!(format!("{create:?}"), "Invocation(POST /repos/{owner}/issues)");
    create.clone().send_full().await.expect("204");
    let request: schemacrate_runtime::Request<_> = create.into();
    let shown = format!("{request:?}");
    assert!(
        shown.contains("draft") && !shown.contains("octo") && !shown.contains("secret"),
        "{shown}"
    );
    request.header("x-own", "1").query("y", "2").await.expect("204");
    let uri = service.requests()[1].uri().to_string();
    assert_eq!(uri, "https://api.example.com/v1/repos/octo/issues?draft=true&y=2");
}

#[tokio::test]
async fn a_fault_is_reported_before_anything_is_sent() {
    let service = Replay::new();
    let client = Client::of(&service);
    for (owner, why) in [("..", "`..`"), (".", "`.`"), ("", "an empty segment")] {
        let error = client.issues().get(owner, 7).await.expect_err("a path that cannot be sent");
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!(
                "GET /repos/{{owner}}/issues/{{number}}: the value of `owner` cannot be sent: the path \
                 would have {why}, which no address can carry"
            )
        );
    }
    let error = client.issues().get(None::<&str>, 7).await.expect_err("no owner");
    assert!(
        error.to_string().ends_with("the value of `owner` cannot be sent: it is null"),
        "{error}"
    );
    let create = client.issues().create("octo", NewIssue::new("a")).x_trace("a\r\nb: c");
    let error = create.await.expect_err("a line break");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(!error.to_string().contains("b: c"), "{error}");
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_text_is_sent_as_its_media_type() {
    let service = Replay::new();
    service.answer(204, "");
    let client = Client::of(&service);
    assert_eq!(client.issues().set_readme("octo", "# Ä \"b\"").await.expect("204"), None);
    let sent = &service.requests()[0];
    assert_eq!(sent.headers()["content-type"], "text/markdown");
    assert_eq!(sent.body(), "# Ä \"b\"");
}

#[tokio::test]
async fn null_is_not_the_absence_of_a_value() {
    let client = Client::of(&Replay::new());
    let create = || client.issues().create("octo", NewIssue::new("a"));
    let absent = create().request().to_http().expect("a request");
    assert!(!absent.headers().contains_key("cookie"));
    let null = create().theme(model::Null).request().to_http().expect("a request");
    assert!(null.headers().contains_key("cookie"));
}

#[tokio::test]
async fn all_tries_of_a_call_have_one_key() {
    const PAY: Operation =
        Operation::new("POST", "/payments").with_idempotency_key("Idempotency-Key");
    let service = Replay::new();
    let busy = TransportError::new(TransportFailure::Broken, "reset");
    service.fail(busy);
    service.answer(503, "");
    for _ in 0..3 {
        service.answer(204, "");
    }
    let pay: Request<()> = Invocation::new(&Client::of(&service), &PAY).request();
    assert!(!pay.to_http().expect("a request").headers().contains_key("idempotency-key"));
    pay.clone().await.expect("204");
    pay.clone().await.expect("204");
    pay.header("Idempotency-Key", "own").await.expect("204");
    let sent = service.requests();
    let key = |at: usize| sent[at].headers()["idempotency-key"].to_str().expect("ASCII");
    assert_eq!(key(0).len(), 36);
    assert!(key(0) == key(1) && key(1) == key(2) && key(2) != key(3));
    assert_eq!(key(4), "own");
}
