//! Answers that are streams of values.

#![allow(unreachable_pub, missing_docs)] // The types are as in a crate of their own.

use std::time::Duration;

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::codegen::{self, Invocation, Operation};
use schemacrate_runtime::model::{Additional, Events, Lines, WholeEvent};
use schemacrate_runtime::transport::{Replay, TransportError, TransportFailure};
use schemacrate_runtime::{ErrorKind, Request, RetryPolicy, ServiceClient, http};

use crate::declare::object;

object! {
    Sold = codegen::Shape::json("Sold", &["count"]).with_required(&[0]);
    required count: i64,
}

object! {
    SoldEvent = codegen::Shape::json("SoldEvent", &["event", "data", "id", "retry"]).with_required(&[1]);
    optional event: Option<String>,
    required data: Sold,
    optional id: Option<String>,
    optional retry: Option<i64>,
}

const SALES: Operation = Operation::new("GET", "/sales").with_accept("text/event-stream");

struct Sales<T>(Invocation<T>);

schemacrate_runtime::options!(Sales);

fn answer(service: &Replay, media_type: &str, body: &'static str) {
    let response = http::Response::builder().header("content-type", media_type);
    service.respond(response.body(Bytes::from(body)).expect("an answer"));
}

fn client(service: &Replay) -> ServiceClient {
    let builder = ServiceClient::builder("https://example.com/v1").max_response_size(50);
    builder.retry(RetryPolicy::none()).transport(service.clone()).build().expect("a client")
}

fn sales<T>(service: &Replay) -> Request<T> {
    Invocation::new(&client(service), &SALES).request()
}

#[tokio::test]
async fn events_are_read_as_they_come() {
    let service = Replay::new();
    let body = "event: sold\nid: 7\nretry: 50\ndata: {\"count\":1}\n\ndata: {}\n\ndata: {\"count\":2}\n\ndata: [DONE]\n\n";
    for _ in 0..3 {
        answer(&service, "text/event-stream; charset=utf-8", body);
    }
    let mut events: Events<Sold> = sales::<Events<Sold>>(&service).await.expect("a stream");
    let first = events.next().await.expect("an event").expect("a sale");
    assert_eq!((first.data.count, &*first.name, first.id.as_deref()), (1, "sold", Some("7")));
    let error = events.next().await.expect("an event").expect_err("no count");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = error.to_string();
    assert!(error.starts_with("GET /sales: an event of the stream cannot be read: "), "{error}");
    let third = events.next().await.expect("an event").expect("a sale");
    assert_eq!((third.data.count, &*third.name), (2, "message"));
    assert!(events.next().await.is_none() && events.next().await.is_none());
    assert_eq!(service.requests()[0].headers()["accept"], "text/event-stream");

    let opened = sales::<Events<Sold>>(&service).send_full().await.expect("a stream");
    assert_eq!(opened.status(), 200);
    assert_eq!(opened.into_value().next().await.expect("an event").expect("a sale").data.count, 1);

    let sales = Sales::<Events<SoldEvent, WholeEvent>>(Invocation::new(&client(&service), &SALES));
    let whole =
        sales.await.expect("a stream").next().await.expect("an event").expect("a sale").data;
    assert_eq!((whole.data.count, whole.retry), (1, Some(50)));
    assert_eq!((whole.event.as_deref(), whole.id.as_deref()), (Some("sold"), Some("7")));
}

#[tokio::test]
async fn a_value_is_not_longer_than_the_client_allows() {
    let service = Replay::new();
    answer(
        &service,
        "text/event-stream",
        "data: {\"count\":1,\"more\":\"01234567890123456789012345678901234567890\"}\n\ndata: {\"count\":2}\n\n",
    );
    let mut events: Events<Sold> = sales::<Events<Sold>>(&service).await.expect("a stream");
    let error = events.next().await.expect("an event").expect_err("it is too long");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(events.next().await.expect("an event").expect("a sale").data.count, 2);
}

#[tokio::test]
async fn a_stream_goes_on_after_the_last_event() {
    let service = Replay::new();
    let builder = ServiceClient::builder("https://example.com/v1").transport(service.clone());
    let client = builder.retry(RetryPolicy::none()).build().expect("a client");
    answer(
        &service,
        "text/event-stream",
        "id: 7\nretry: 50\ndata: {\"count\":1}\n\nid: 8\ndata: {\"cou",
    );
    answer(&service, "text/event-stream", "data: {\"count\":2}\n\n");
    service.answer(204, "");
    let mut events: Events<Sold> =
        Invocation::<Events<Sold>>::new(&client, &SALES).request().await.expect("a stream");
    assert_eq!(events.last_id(), None);
    events = events.reconnecting();
    let mut counts = Vec::new();
    while let Some(event) = events.next().await {
        let event = event.expect("a sale");
        counts.push(event.data.count);
        assert_eq!(event.id.as_deref(), Some("7"));
    }
    assert_eq!((counts, events.last_id()), (vec![1, 2], Some("7")));
    let ids: Vec<_> = service
        .requests()
        .iter()
        .map(|request| request.headers().get("last-event-id").cloned())
        .collect();
    assert_eq!(ids, [None, Some("7".parse().expect("an id")), Some("7".parse().expect("an id"))]);
    let waits = service.sleeps().into_iter().filter(|wait| *wait == Duration::from_millis(50));
    assert_eq!(waits.count(), 2);
}

#[tokio::test]
async fn a_stream_that_cannot_be_opened_again_is_an_error() {
    let service = Replay::new();
    answer(&service, "text/event-stream", "data: {\"count\":1}\n\n");
    service.fail(TransportError::new(TransportFailure::Connect, "refused"));
    let mut events: Events<Sold> =
        sales::<Events<Sold>>(&service).await.expect("a stream").reconnecting();
    assert!(events.next().await.expect("an event").is_ok());
    let error = events.next().await.expect("an error").expect_err("no connection");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(events.next().await.is_none());
    assert!(service.sleeps().contains(&Duration::from_secs(3)));
}

#[tokio::test]
async fn json_is_not_a_stream_of_events() {
    let service = Replay::new();
    answer(&service, "application/json", "{\"count\":1}");
    let error = sales::<Events<Sold>>(&service).await.expect_err("it is JSON").to_string();
    assert_eq!(
        error,
        "GET /sales: 200 OK: the answer is not what was expected: it is `application/json`, and not a stream of events"
    );
    service.answer(404, "");
    let error = sales::<Events<Sold>>(&service).await.expect_err("it is not there");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn lines_and_sequences_are_values() {
    let service = Replay::new();
    answer(&service, "application/jsonl", "{\"count\":1}\n[]\n\n{\"count\":2}");
    answer(
        &service,
        "application/json-seq",
        "\u{1e}{\"count\":1}\n\u{1e}[]\n\u{1e}{\"count\":2}\n",
    );
    for _ in 0..2 {
        let mut lines: Lines<Sold> = sales::<Lines<Sold>>(&service).await.expect("a stream");
        assert_eq!(lines.next().await.expect("a value").expect("a sale").count, 1);
        let error = lines.next().await.expect("a value").expect_err("a list").to_string();
        assert!(error.starts_with("GET /sales: a value of the stream cannot be read: "), "{error}");
        assert_eq!(lines.next().await.expect("a value").expect("a sale").count, 2);
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn a_list_is_sent_in_lines_or_as_a_sequence() {
    const LINES: Operation = Operation::new("POST", "/sales");
    const SEQUENCE: Operation =
        Operation::new("POST", "/sales").with_content_type("application/json-seq");
    let service = Replay::new();
    service.answer(204, "");
    service.answer(204, "");
    let client = client(&service);
    for operation in [&LINES, &SEQUENCE] {
        let sales = [1, 2].map(|count| Sold { count, ..codegen::blank() });
        let request: Request<()> =
            Invocation::new(&client, operation).lines::<Sold>(sales).request();
        request.await.expect("204");
    }
    let sent = service.requests();
    assert_eq!(sent[0].headers()["content-type"], "application/jsonl");
    assert_eq!(sent[0].body(), "{\"count\":1}\n{\"count\":2}\n");
    assert_eq!(sent[1].headers()["content-type"], "application/json-seq");
    assert_eq!(sent[1].body(), "\u{1e}{\"count\":1}\n\u{1e}{\"count\":2}\n");
}
