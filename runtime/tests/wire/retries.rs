//! When a request is tried again, and after how long.

use std::time::Duration;

use schemacrate_runtime::{Request, RetryPolicy};

use crate::model::{UserStatus, update, user_status};
use crate::service::{Reaction, Service};

const OK: &str = r#"{"id":"x"}"#;

#[tokio::test]
async fn retry_after_in_seconds_is_kept() {
    let service = Service::start().await;
    service.answer_with("429 Too Many Requests", &["retry-after: 7"], "");
    service.answer_with("503 Service Unavailable", &["retry-after: 0"], "");
    service.answer("200 OK", OK);
    let request: Request<UserStatus> = user_status(&service.client(), "a", "b").update(&update());
    request.await.expect("the third try");
    assert_eq!(service.sleeps(), [Duration::from_secs(7), Duration::ZERO]);
    let sent = service.recorded();
    assert_eq!(sent.len(), 3);
    for again in &sent {
        assert_eq!(again.body, sent[0].body);
        assert_eq!(again.header("authorization"), Some("Bearer token"));
    }
}

#[tokio::test]
async fn retry_after_as_a_date_is_kept() {
    let service = Service::start().await;
    let headers =
        ["date: Sun, 06 Nov 1994 08:49:37 GMT", "retry-after: Sun, 06 Nov 1994 08:49:48 GMT"];
    service.answer_with("429 Too Many Requests", &headers, "");
    service.answer("200 OK", OK);
    let request: Request<UserStatus> = user_status(&service.client(), "a", "b").update(&update());
    request.await.expect("the second try");
    assert_eq!(service.sleeps(), [Duration::from_secs(11)]);
}

#[tokio::test]
async fn tries_end_and_the_last_answer_is_the_error() {
    let service = Service::start().await;
    for _ in 0..4 {
        service.answer("429 Too Many Requests", r#"{"error":{"code":"TooManyRequests"}}"#);
    }
    let read: Request<UserStatus> = user_status(&service.client(), "a", "b").get();
    let error = read.await.expect_err("throttled");
    assert!(error.is_throttled());
    assert_eq!(error.service_error().map(|error| error.code()), Some("TooManyRequests"));
    assert_eq!(service.recorded().len(), 4);
    let sleeps = service.sleeps();
    let bounds = [500, 1000, 2000].map(Duration::from_millis);
    assert_eq!(sleeps.len(), 3);
    assert!(sleeps.iter().zip(bounds).all(|(sleep, bound)| *sleep <= bound), "{sleeps:?}");
}

#[tokio::test]
async fn a_wait_beyond_the_patience_of_the_policy_ends_the_tries() {
    let service = Service::start().await;
    service.answer_with("503 Service Unavailable", &["retry-after: 86400"], "");
    let read: Request<UserStatus> = user_status(&service.client(), "a", "b").get();
    let error = read.await.expect_err("a day is too long");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86400)));
    assert!(error.is_unavailable());
    assert!(service.sleeps().is_empty());
}

#[tokio::test]
async fn what_may_have_acted_is_not_sent_twice() {
    for status in ["503 Service Unavailable", "504 Gateway Timeout", "500 Internal Server Error"] {
        let service = Service::start().await;
        service.answer(status, "");
        let request: Request<UserStatus> =
            user_status(&service.client(), "a", "b").update(&update());
        request.await.expect_err(status);
        assert_eq!(service.recorded().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_update_with_an_etag_is_safe_to_send_twice() {
    let service = Service::start().await;
    service.answer("504 Gateway Timeout", "");
    service.react(Reaction::SendAndClose(String::new()));
    service.answer("200 OK", OK);
    let request: Request<UserStatus> = user_status(&service.client(), "a", "b").update(&update());
    request.if_match("W/\"1\"").await.expect("the third try");
    let sent = service.recorded();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|sent| sent.header("if-match") == Some("W/\"1\"")));
}

#[tokio::test]
async fn a_read_survives_dropped_and_cut_connections() {
    let service = Service::start().await;
    service.react(Reaction::SendAndClose(String::new()));
    service
        .react(Reaction::SendAndClose("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_owned()));
    service.answer("200 OK", OK);
    let read: Request<UserStatus> = user_status(&service.client(), "a", "b").get();
    assert_eq!(read.await.expect("the third try").id.as_deref(), Some("x"));
    assert_eq!(service.recorded().len(), 3);
}

#[tokio::test]
async fn a_policy_without_retries_tries_once() {
    let service = Service::start().await;
    service.answer_with("429 Too Many Requests", &["retry-after: 1"], "");
    let client = service.builder().retry(RetryPolicy::none()).build().expect("a client");
    let read: Request<String> = client.resource("a").get();
    assert!(read.await.expect_err("throttled").is_throttled());
    assert_eq!(service.recorded().len(), 1);
}
